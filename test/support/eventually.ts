import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** The time limit in milliseconds. It is long because the machine may be busy, and only ends tests that would wait forever. */
const longest = 60_000;

/**
 * Polls until `look` returns a value. Use it for effects that a test cannot await.
 *
 * @param look returns `undefined` or `false` while there is no value yet.
 * @param missing returns the message of the error that is thrown after the time limit.
 */
export async function eventually<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  missing: () => string = () => "The expected value never appeared.",
): Promise<Value> {
  for (const end = Date.now() + longest; ; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    assert.ok(Date.now() < end, missing());
    await sleep(20);
  }
}
