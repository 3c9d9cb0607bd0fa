import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Long, because the machine may be busy. It only ends a test that would wait forever. */
const longest = 60_000;

/**
 * Polls until there is a value, for effects that happen independently of an answer.
 *
 * @param look returns undefined or false while there is no value yet.
 * @param missing returns the message of the error if there is never a value.
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
