import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Long, for a machine that is busy with other tests: it only ends a test that would wait for good. */
const longest = 60_000;

/**
 * Looks again and again until there is something: for what happens beside an answer.
 *
 * @param look answers undefined or false while it is not there yet.
 * @param missing what to say if it never comes.
 */
export async function eventually<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  missing: () => string = () => "This does not come true.",
): Promise<Value> {
  for (const end = Date.now() + longest; ; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < end, missing());
    await sleep(20);
  }
}
