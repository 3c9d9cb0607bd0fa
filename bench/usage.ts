/** Reads the CPU time and the memory of a process and its child processes from /proc (Linux only). */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

export interface Usage {
  /** The user and system time since the start of the processes, in milliseconds. The kernel counts in units of 10 ms. */
  readonly cpu: number;
  /** The sum of the peak resident sizes of the processes since `resetPeak`, in bytes. The peaks may be at different times. */
  readonly peak: number;
}

/** Whether /proc exists. Without it, the CPU and memory columns are empty. */
export const isMeasured = existsSync("/proc/self/status");

/** Returns the usage of a process and its child processes; undefined if there is no /proc. */
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

/** Resets the peak memory of a process and its child processes. */
export function resetPeak(pid: number): void {
  if (!isMeasured) return;
  for (const { id } of processTreeOf(pid)) {
    try {
      writeFileSync(`/proc/${id}/clear_refs`, "5");
    } catch {
      // Not every kernel allows a reset. The peak then includes the time since the start of the process.
    }
  }
}

interface Process {
  readonly id: number;
  /** The fields of /proc/<pid>/stat after the process name. The name itself may contain any character. */
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
    // The process has ended in the meantime.
    return "";
  }
}
