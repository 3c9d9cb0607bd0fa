import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { untold } from "./changelog.ts";

const change = {
  operations: ["createProfile", "updateProfile"],
  where: "request body displayName",
  change: "is gone",
  breaks: "clients",
} as const;
const changelog = (...lines: readonly string[]) =>
  `# Changelog\n\n## Unreleased\n\n${lines.map((line) => `- ${line}\n`).join("")}\n## 1.0.0\n\n- Contract: \`createProfile\`.\n`;

describe("a break of the contract", () => {
  test("is told by a line that names one of its operations, or the last name of its place", () => {
    for (const line of ["Contract: `updateProfile` is another.", "Contract: a profile\n  has no `displayName`."]) {
      assert.deepEqual(untold(changelog("Other.", line), [change]), []);
    }
  });
  test("is untold in lines about other things, and in those of versions that are out", () => {
    for (const line of ["`createProfile` is faster.", "Contract: `getProfile` is gone."]) {
      assert.deepEqual(untold(changelog(line), [change]), [change]);
    }
  });
});
