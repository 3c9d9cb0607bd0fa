/** What a process occupies, as Linux counts it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";

const MiB = 2 ** 20;

/** What the garbage collector may have left to do. */
const slack = 64 * MiB;

/** Milliseconds. */
const patience = 10_000;

/** The resident memory of a process in bytes; undefined where there is no /proc. */
export function residentMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

/**
 * Does the attack once, so that what is made on first use is there, then again, and asserts that the process comes back
 * to what it occupied after the first time.
 * @param calm does what any service does meanwhile, so that its garbage collector has reason to run.
 */
export async function assertMemoryReturns(
  test: TestContext,
  pid: number,
  attack: () => Promise<void>,
  calm: () => Promise<unknown>,
): Promise<void> {
  await attack();
  const warm = residentMemory(pid);
  await attack();
  if (warm === undefined) {
    test.diagnostic("The memory of another process can't be read here: only Linux has /proc.");
    return;
  }
  const end = Date.now() + patience;
  for (;;) {
    const now = residentMemory(pid) ?? 0;
    if (now < warm + slack) return;
    assert.ok(Date.now() < end, `${Math.round(now / MiB)} MiB are occupied, ${Math.round(warm / MiB)} MiB were`);
    for (let count = 0; count < 50; count++) await calm();
  }
}
