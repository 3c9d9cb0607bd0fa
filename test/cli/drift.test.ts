import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCli } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const contract = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

describe("verify --against", () => {
  test("verify --against prints that nothing changed and exits with 0", async () => {
    assert.deepEqual(await runCli(["verify", "--against", contract]), {
      code: 0,
      stdout: "Nothing changed.\n",
      stderr: "",
    });
  });
  test("verify --against prints breaking changes, writes them as JSON and exits with 1", async () => {
    const newer = join(folder, "newer.yaml");
    writeFileSync(newer, readFileSync(contract, "utf8").replace("operationId: countProfiles", "operationId: count"));
    const args = ["verify", "--against", contract, "--contract", newer];
    const text = await runCli(args);
    assert.equal(text.stdout, "Breaks clients:\n  countProfiles: is now called count\n");
    assert.equal(text.code, 1);
    const report = join(folder, "drift.json");
    await runCli([...args, "--json", report]);
    assert.deepEqual(JSON.parse(readFileSync(report, "utf8")), [
      {
        operation: "countProfiles",
        where: "",
        change: "is now called count",
        breaks: "clients",
        sentence: "countProfiles: is now called count.",
      },
    ]);
  });
  for (const [what, against, sentence] of [
    ["a git option instead of a revision", "--output=x", /^--output=x is neither a file nor a git revision/],
    [
      "an argument that is neither a file nor a revision",
      "no-such-thing",
      /^no-such-thing is neither a file nor a git revision with an openapi\.yaml\.$/,
    ],
    [
      "a file that is not an OpenAPI document",
      fileURLToPath(new URL("../../package.json", import.meta.url)),
      /is not an OpenAPI 3\.1 document\.$/,
    ],
  ] as const) {
    test(`verify --against refuses ${what} with one sentence and exit code 2`, async () => {
      const { code, stderr } = await runCli(["verify", "--against", against]);
      assert.match(stderr.trimEnd(), sentence);
      assert.equal(code, 2);
    });
  }
});
