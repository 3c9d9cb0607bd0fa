/** docs/verify.md matches the options, scenarios and output of the command. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { runCli } from "../support/process.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${root}docs/verify.md`, "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text);

describe("docs/verify.md", () => {
  test("lists exactly the options of the command", async () => {
    const { stdout } = await runCli(["verify", "--help"]);
    const options = [...stdout.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name = ""]) => name);
    assert.ok(options.length > 15);
    assert.deepEqual(
      options.filter((name) => !page.includes(`\`${name}`)),
      [],
    );
    const named = [...page.matchAll(/`(--[\w-]+)/g)].map(([, name = ""]) => name);
    assert.deepEqual(
      named.filter((name) => !options.includes(name)),
      [],
    );
  });
  test("contains CI workflows with well-formed steps and valid verify commands", async () => {
    const [steps, workflow] = blocks("yaml").map((text) => parse(text));
    assert.equal(steps.filter((step: object) => "run" in step).length, 3);
    for (const { run } of [steps.at(-1), workflow.jobs.contract.steps.at(-2)]) {
      const [, args = ""] = /contract verify -- (.*)$/.exec(run) ?? [];
      const { code } = await runCli(["verify", ...args.split(" "), "--dry-run"]);
      assert.equal(code, 0);
    }
  });
  test("quotes a scenario that exists in the code", () => {
    const lines = (text: string) => text.trim().replaceAll(/\s+/g, " ");
    const [scenario = ""] = blocks("ts");
    const [, one = ""] = /(\{[\s\S]*\}),\s*\],\s*$/.exec(scenario) ?? [];
    assert.ok(one.length > 100);
    assert.ok(
      lines(readFileSync(`${root}verify/scenarios/assignments/updateAssignments.ts`, "utf8")).includes(lines(one)),
    );
  });
});
