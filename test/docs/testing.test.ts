/** Runs every code block of docs/testing.md and the README's example, with the test's port and this checkout as the package. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/testing.md"), "utf8");
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const dataDir = join(folder, "data");

const env = { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, DATA_DIR: dataDir, HOME: folder };

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "gm"))].map(([, text = ""]) => text);
}

/** Writes one of the page's programs to a file. The written program imports this checkout instead of the package. */
function writeProgram(module: string, file: string): string {
  const [program = "", ...others] = blocks("ts").filter((text) => text.includes(`from "${module}"`));
  assert.deepEqual(others, []);
  const path = join(folder, file);
  writeFileSync(path, program.replace("apple-enrollment/server", join(root, "server/testing.ts")));
  return path;
}

describe("docs/testing.md", () => {
  test("the tests for node:test in docs/testing.md pass", async () => {
    const { stdout } = await run(
      process.execPath,
      ["--test", "--test-reporter", "tap", writeProgram("node:test", "node.test.ts")],
      { env },
    );
    assert.match(stdout, /^# pass 2\n# fail 0$/m);
  });
  test("the tests for Vitest in docs/testing.md pass", async () => {
    writeProgram("vitest", "vitest.test.ts");
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
    const args = ["run", "--root", root, "--dir", folder, "--reporter", "tap-flat", "vitest.test.ts"];
    const { stdout } = await run(process.execPath, [vitest, ...args], { env, cwd: root });
    assert.equal(stdout.match(/^ok /gm)?.length, 3);
  });
  test("the commands in docs/testing.md seed a tenant, restore it and make a request fail", async (t) => {
    const service = await serve({ DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:" }, ["--control"]);
    t.after(() => service.stop("SIGTERM"));
    const [install, start, ...commands] = blocks("sh");
    assert.equal(install, "npm install --save-dev apple-enrollment\n");
    assert.equal(start, "DATABASE_URL=sqlite::memory: npm start -- --control\n");
    const script = commands.join("\n").replaceAll("http://127.0.0.1:3000", new URL(service.url).origin);
    const { stdout } = await run("sh", ["-ec", script], { env, cwd: root });
    const [none, reset, seeded = "", ok, , again, , restored, , asked, failed = "", ...answers] = stdout.split("\n");
    assert.deepEqual([none, reset, ok, again, restored, asked], ["", "204", "200", "204", "204", "204"]);
    assert.equal(JSON.parse(seeded).profiles[0].assignments.length, 1);
    assert.equal(JSON.parse(failed).error.code, "TooManyRequests");
    assert.deepEqual(answers, ["429", "1", "200", ""]);
  });
  test("the startService example in README.md works as its comments say", async () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [, example = ""] = /```ts\n(import \{ startService \}[\s\S]*?)```/.exec(readme) ?? [];
    const path = join(folder, "readme.ts");
    const printing =
      "console.log(answer.status, (await service.client.listProfiles()).status);\nawait service.close();";
    const program = example.replace("apple-enrollment/server", join(root, "server/testing.ts"));
    writeFileSync(path, program.replace("await service.close();", printing));
    assert.equal((await run(process.execPath, [path], { env })).stdout, "429 200\n");
  });
  test("docs/testing.md links only to files that exist", () => {
    const links = [...page.matchAll(/\]\((\.\.\/[\w./-]+)/g)].map(([, path = ""]) => path);
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((path) => !existsSync(join(root, "docs", path))),
      [],
    );
  });
});
