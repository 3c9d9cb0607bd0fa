/** Reads the CPU time and memory of a process and its children from /proc, in the same way for every contender. Linux only. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

export interface Usage {
  /** User and system time since the start, in milliseconds. The kernel counts in units of 10 ms. */
  readonly cpu: number;
  /** The largest resident size since `resetPeak`, in bytes: the sum of the processes, which may peak at different times. */
  readonly peak: number;
}

/** Whether there is a /proc. If not, the columns of CPU and memory are empty. */
export const isMeasured = existsSync("/proc/self/status");

/** Undefined if there is no /proc. */
export function usageOf(pid: number): Usage | undefined {
  if (!isMeasured) return undefined;
  const usages = processTreeOf(pid).map(({ fields, id }) => ({
    // Fields 14 to 17 of proc_pid_stat(5): the times of the process and of ended children, in ticks of 10 ms.
    cpu: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0),
    peak: Number(/^VmHWM:\s*(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) * 1_024,
  }));
  return {
    cpu: usages.reduce((sum, { cpu }) => sum + cpu, 0),
    peak: usages.reduce((sum, { peak }) => sum + peak, 0),
  };
}

/** Peaks are counted from this call on. */
export function resetPeak(pid: number): void {
  if (!isMeasured) return;
  for (const { id } of processTreeOf(pid)) {
    try {
      writeFileSync(`/proc/${id}/clear_refs`, "5");
    } catch {
      // Not every kernel allows it. The peak is then the one since the start of the process.
    }
  }
}

interface Process {
  readonly id: number;
  /** The fields of /proc/<pid>/stat after the name, which may contain any character. */
  readonly fields: readonly string[];
}

function processTreeOf(root: number): Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      id: Number(name),
      fields: read(`/proc/${name}/stat`)
        .replace(/^.*\) /s, "")
        .split(" "),
    }));
  const below = (id: number): Process[] => [
    ...all.filter((one) => one.id === id && one.fields.length > 1),
    ...all.filter((one) => Number(one.fields[1]) === id).flatMap((child) => below(child.id)),
  ];
  return below(root);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process has just ended.
    return "";
  }
}
