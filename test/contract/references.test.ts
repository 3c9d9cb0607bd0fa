/** References in an OpenAPI document are JSON pointers (RFC 6901). */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lookUp } from "../../contract/references.ts";

describe("a reference", () => {
  const document = { paths: { "/a/{id}": "a slash", "a~b": "a tilde", "~1": "a tilde before 1" } };
  for (const [escaped, found] of [
    ["~1a~1{id}", "a slash"],
    ["a~0b", "a tilde"],
    ["~01", "a tilde before 1"],
  ] as const) {
    test(`finds a member whose name contains ${found}`, () => {
      assert.equal(lookUp(document, `#/paths/${escaped}`), found);
    });
  }
});
