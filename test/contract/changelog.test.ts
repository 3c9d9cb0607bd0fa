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

describe("a breaking change of the contract", () => {
  test("is documented by a line that names an affected operation, or the last name of its place", () => {
    for (const line of ["Contract: `updateProfile` is another.", "Contract: a profile\n  has no `displayName`."]) {
      assert.deepEqual(findUndocumented(changelog("Other.", line), [change]), []);
    }
  });
  test("is not documented by lines about other things, or about released versions", () => {
    for (const line of ["`createProfile` is faster.", "Contract: `getProfile` is removed."]) {
      assert.deepEqual(findUndocumented(changelog(line), [change]), [change]);
    }
  });
});
