/** What a process and all its children use, from /proc: the same measure for every contender. Linux only. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

export interface Usage {
  /** User and system time since the start, milliseconds. The kernel counts in hundredths of a second. */
  readonly cpu: number;
  /** The largest resident size since `resetPeak`, bytes; a sum over the processes, whose peaks may be at other times. */
  readonly peak: number;
}

/** Whether there is a /proc to read; where there is none, these columns stay empty. */
export const isMeasured = existsSync("/proc/self/status");

/** Undefined where there is no /proc. */
export function usageOf(pid: number): Usage | undefined {
  if (!isMeasured) return undefined;
  const usages = treeOf(pid).map(({ fields, id }) => ({
    // Fields 14 to 17 of proc_pid_stat(5): its own times and those of children it has waited for, in ticks of 10 ms.
    cpu: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0),
    peak: Number(/^VmHWM:\s*(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) * 1_024,
  }));
  return {
    cpu: usages.reduce((sum, { cpu }) => sum + cpu, 0),
    peak: usages.reduce((sum, { peak }) => sum + peak, 0),
  };
}

/** Peaks are counted from now on. */
export function resetPeak(pid: number): void {
  if (!isMeasured) return;
  for (const { id } of treeOf(pid)) {
    try {
      writeFileSync(`/proc/${id}/clear_refs`, "5");
    } catch {
      // Not every kernel lets it be reset; the peak then is the one since the start.
    }
  }
}

interface Process {
  readonly id: number;
  /** From the third field of /proc/<pid>/stat on: what follows the name, which may hold anything. */
  readonly fields: readonly string[];
}

function treeOf(root: number): Process[] {
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
    // A process that has just ended.
    return "";
  }
}
