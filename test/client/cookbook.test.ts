/** Runs the programs of docs/cookbook.md in the order of the page. Each compiles and prints the output that the page shows. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { compileErrorsOf, pageOf, programsOf, run } from "../support/documented.ts";
import { temporaryFolder } from "../support/setting.ts";
import { enterWorld } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const world = await enterWorld();
process.env["BASE_URL"] = world.direct;
process.env["TOKEN"] = (await world.tenant()).token;
process.env["OTHER_TOKEN"] = (await world.tenant()).token;
process.env["FILE"] = join(folder, "profiles.json");

const page = pageOf("cookbook.md");
const shared = 'import { client, find, group, other } from "./program-0.ts";\nvoid [client, find, group, other];\n';
const programs = programsOf(page, folder, (index) => (index === 0 ? "" : shared));
const tasks = [...page.matchAll(/^## \d+\. (.*)$/gm)].map(([, task = ""]) => task);

describe("docs/cookbook.md", () => {
  test("docs/cookbook.md has ten programs that compile", () => {
    assert.equal(tasks.length, 10);
    assert.equal(programs.length, 1 + tasks.length);
    assert.deepEqual(compileErrorsOf(programs), []);
  });
  for (const [index, program] of programs.slice(1).entries()) {
    test(`docs/cookbook.md shows the real output of its program: ${tasks[index]}`, async (t) =>
      assert.equal(await run(t, program), program.shown));
  }
});
