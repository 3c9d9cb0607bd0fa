/** Asserts that a log contains no tokens, keys, passwords or stack traces. Stack traces are allowed only at the level `debug`. */
import assert from "node:assert/strict";

const forbidden: readonly (readonly [string, RegExp])[] = [
  ["a token", /\beyJ[\w-]{8,}/],
  ["an Authorization header", /\b(?:Bearer|Basic) (?!realm|\[)[\w.~+/-]{8,}/],
  ["a private key in PEM", /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ["a private key as JWK", /\\?"d\\?":\s*\\?"[\w-]{20,}/],
  ["a password in a URL", /\w:\/\/[^\s:/@]+:(?!\[password\])[^\s@/]+@/],
  ["a stack trace", /(?:^|\\n|\n)\s+at .*:\d+:\d+/],
];

export function assertNoSecret(log: string): void {
  for (const [what, pattern] of forbidden) {
    const found = pattern.exec(log);
    assert.equal(found?.[0], undefined, `the log contains ${what}`);
  }
}
