/** What a process occupies, as Linux counts it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";

const MiB = 2 ** 20;

/** What a round may add and still have found room in what the rounds before it left. */
const slack = 16 * MiB;

/** Rounds. V8 and malloc keep what they once had, and have it after a few; what leaks grows with each. */
const patience = 8;

/** The resident memory of a process in bytes; undefined where there is no /proc. */
export function residentMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

/**
 * Repeats the attack until a round finds room in the memory that the rounds before it have let go: nothing is held on to.
 * Resident memory itself seldom shrinks.
 */
export async function assertMemoryReturns(test: TestContext, pid: number, attack: () => Promise<void>): Promise<void> {
  await attack();
  const occupied = [residentMemory(pid)];
  for (let round = 0; round < patience; round++) {
    await attack();
    const [before, now] = [occupied.at(-1), residentMemory(pid)];
    if (before === undefined || now === undefined) {
      test.diagnostic("The memory of another process can't be read here: only Linux has /proc.");
      return;
    }
    if (now < before + slack) return;
    occupied.push(now);
  }
  assert.fail(`round by round, MiB: ${occupied.map((bytes = 0) => Math.round(bytes / MiB))}`);
}
