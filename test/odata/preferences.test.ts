import assert from "node:assert/strict";
import { test } from "node:test";
import { preferencesOf } from "../../server/odata/preferences.ts";

test("a comma in a quoted string does not separate preferences", () => {
  assert.equal(preferencesOf({ Prefer: 'note="a, return=minimal ,b"' }).return, undefined);
  assert.equal(preferencesOf({ Prefer: 'note="a, b", return=minimal' }).return, "minimal");
});
