/** docs/client.md: each program compiles and runs as it stands, but for where the client comes from. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { temporaryFolder } from "../setting.ts";
import { enterWorld } from "../tenant.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${root}docs/client.md`, "utf8");
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const world = await enterWorld();
process.env["BASE_URL"] = world.direct;
process.env["TOKEN"] = (await world.tenant()).token;

/** The first makes the client that the others use. */
const programs = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = ""], index) => {
  const file = join(folder, `program-${index}.ts`);
  const prelude = index === 0 ? "" : 'import { client } from "./program-0.ts";\n';
  writeFileSync(file, prelude + text.replaceAll('"apple-enrollment-client"', '"../../../client/index.ts"'));
  return file;
});

describe("docs/client.md", () => {
  test("has programs that compile", () => {
    assert.equal(programs.length, 6);
    const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
    const faults = ts.getPreEmitDiagnostics(ts.createProgram(programs, options));
    assert.deepEqual(
      faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
      [],
    );
  });
  for (const [index, file] of programs.entries()) {
    test(`has a program ${index + 1} that runs, and prints no error`, async (t) => {
      const printed = t.mock.method(console, "log", () => {});
      const failed = t.mock.method(console, "error", () => {});
      await import(pathToFileURL(file).href);
      assert.equal(failed.mock.callCount(), 0);
      if (index === 2 || index === 3) assert.equal(printed.mock.callCount(), 1);
      if (index === 5) assert.deepEqual(printed.mock.calls[0]?.arguments, ["1", "assignment"]);
    });
  }
  test("says the defaults that are", () => {
    const source = readFileSync(`${root}client/options.ts`, "utf8");
    for (const [, name = "", value = ""] of source.matchAll(/\b(timeout|times|base|longest|budget) = ([\d_]+)/g)) {
      const row = name === "timeout" ? "timeout" : name === "times" ? "retries" : `retries.${name}`;
      assert.ok(page.includes(`| \`${row}\` | ${Number(value.replaceAll("_", "")).toLocaleString("en")} |`), row);
    }
  });
});
