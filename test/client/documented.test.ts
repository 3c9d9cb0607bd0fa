/** Compiles and runs each program of docs/client.md. Only the import of the client is replaced. */
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { after, describe, test } from "node:test";
import { compileErrorsOf, pageOf, programsOf, run } from "../support/documented.ts";
import { temporaryFolder } from "../support/setting.ts";
import { enterWorld } from "../support/tenant.ts";

const page = pageOf("client.md");
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const world = await enterWorld();
process.env["BASE_URL"] = world.direct;
process.env["TOKEN"] = (await world.tenant()).token;

/** The first program creates the client that the other programs use, unless a program creates its own client. */
const programs = programsOf(page, folder, (_, text) =>
  text.includes("createClient(") ? "" : 'import { client } from "./program-0.ts";\n',
);

describe("docs/client.md", () => {
  test("the programs of docs/client.md compile", () => {
    assert.equal(programs.length, 7);
    assert.deepEqual(compileErrorsOf(programs), []);
  });
  for (const [index, program] of programs.entries()) {
    test(`program ${index + 1} of docs/client.md runs and prints no error`, async (t) => {
      const failed = t.mock.method(console, "error", () => {});
      const printed = await run(t, program);
      assert.equal(failed.mock.callCount(), 0);
      if (index === 2 || index === 3) assert.equal(printed.split("\n").length, 2);
      if (index === 5) assert.equal(printed, "1 assignment\n");
    });
  }
  test("docs/client.md documents the defaults in client/options.ts", () => {
    const source = readFileSync(new URL("../../client/options.ts", import.meta.url), "utf8");
    for (const [, name = "", value = ""] of source.matchAll(/\b(timeout|times|base|longest|budget) = ([\d_]+)/g)) {
      const row = name === "timeout" ? "timeout" : name === "times" ? "retries" : `retries.${name}`;
      assert.ok(page.includes(`| \`${row}\` | ${Number(value.replaceAll("_", "")).toLocaleString("en")} |`), row);
    }
  });
});
