/** The memory of a process, as Linux reports it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";

const MiB = 2 ** 20;

/** A round of the attack may add at most this many bytes of memory; more counts as a leak. */
const slack = 16 * MiB;

/** V8 and malloc do not return memory to the system, but stop growing after a few rounds. A leak grows in every round. */
const maxRounds = 8;

/** The resident memory of a process in bytes, or undefined if the system has no /proc. */
export function residentMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

/**
 * Repeats the attack until a round needs no more memory than earlier rounds. This shows that the service released the memory.
 * Resident memory itself rarely shrinks, so it cannot be compared directly.
 */
export async function assertMemoryReleased(test: TestContext, pid: number, attack: () => Promise<void>): Promise<void> {
  await attack();
  const occupied = [residentMemory(pid)];
  for (let round = 0; round < maxRounds; round++) {
    await attack();
    const [before, now] = [occupied.at(-1), residentMemory(pid)];
    if (before === undefined || now === undefined) {
      test.diagnostic("The memory of another process can be read only on Linux.");
      return;
    }
    if (now < before + slack) return;
    occupied.push(now);
  }
  assert.fail(`the memory grows in each round; MiB: ${occupied.map((bytes = 0) => Math.round(bytes / MiB))}`);
}
