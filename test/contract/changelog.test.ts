import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findUndocumented } from "./changelog.ts";

const change = {
  operations: ["createProfile", "updateProfile"],
  where: "request body displayName",
  change: "is removed",
  breaks: "clients",
} as const;
const changelog = (...lines: readonly string[]) =>
  `# Changelog\n\n## Unreleased\n\n${lines.map((line) => `- ${line}\n`).join("")}\n## 1.0.0\n\n- Contract: \`createProfile\`.\n`;

describe("breaking changes in the changelog", () => {
  test("a line that names an affected operation or the changed property documents a breaking change", () => {
    for (const line of ["Contract: `updateProfile` is another.", "Contract: a profile\n  has no `displayName`."]) {
      assert.deepEqual(findUndocumented(changelog("Other.", line), [change]), []);
    }
  });
  test("a line about another operation or a released version does not document a breaking change", () => {
    for (const line of ["`createProfile` is faster.", "Contract: `getProfile` is removed."]) {
      assert.deepEqual(findUndocumented(changelog(line), [change]), [change]);
    }
  });
});
