/** Runs the README's commands as a new user would paste them. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { declaredCells } from "../../verify/judging/coverage.ts";
import { compileErrorsOf, pageOf, programsOf, run } from "../support/documented.ts";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { enterWorld, groupTarget } from "../support/tenant.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(`${root}README.md`, "utf8");
const contributing = readFileSync(`${root}CONTRIBUTING.md`, "utf8");
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

describe("the README", () => {
  test("README.md and CONTRIBUTING.md name only npm scripts that exist", () => {
    const named = [...`${readme}${contributing}`.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
      ([, name = ""]) => name,
    );
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
  test("the curl commands in README.md and docs/fidelity.md work when pasted", async () => {
    const pages = readme + pageOf("fidelity.md");
    const curls = [...pages.matchAll(/```sh\n((?:curl|sent=)[\s\S]*?)```/g)].map(([, command = ""]) => command);
    assert.equal(curls.length, 2);
    const dataDir = temporaryFolder();
    const service = await serve({ DATA_DIR: dataDir });
    const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
    const env = { ...process.env, DATA_DIR: dataDir, PATH: path };
    const answers: unknown[] = [];
    for (const curl of curls) {
      const command = curl.replace("http://127.0.0.1:3000", new URL(service.url).origin);
      const { stdout } = await promisify(execFile)("sh", ["-c", command], { cwd: root, env });
      for (const line of stdout.trim().split("\n")) answers.push(JSON.parse(line));
    }
    const [created, once, again, ...others] = answers;
    assert.equal(Object(created).displayName, "Personal iPhones");
    assert.equal(Object(once).displayName, "Created once");
    assert.deepEqual([again, others], [once, []]);
    await service.stop("SIGTERM");
    rmSync(dataDir, { recursive: true });
  });
  test("the client program in README.md compiles and runs", async (t) => {
    const folder = temporaryFolder();
    t.after(() => rmSync(folder, { recursive: true }));
    const world = await enterWorld();
    const tenant = await world.tenant();
    const { id: profileId } = await tenant.profile();
    const { groupId } = groupTarget("sales");
    const given = `const { token, profileId, groupId } = ${JSON.stringify({ token: tenant.token, profileId, groupId })};\n`;
    const example = readme.slice(readme.indexOf("## Use the client"), readme.indexOf("## Test with it"));
    const [first = "", second = ""] = [...example.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    const text = `${given}${first}{\n${second}}\n`.replace("http://127.0.0.1:3000/beta", world.direct);
    const page = `\`\`\`ts\n${text}\`\`\``;
    const [program, ...others] = programsOf(page, folder, () => "");
    assert.ok(program);
    assert.deepEqual(others, []);
    assert.deepEqual(compileErrorsOf([program]), []);
    assert.match(await run(t, program), /^[\da-f-]{36}\n$/);
    const read = await tenant.client.getProfile({ path: { profileId } });
    assert.equal(read.ok && read.status === 200 && read.data.description, "Reviewed");
  });
  test("README.md shows the lines that serve prints", async () => {
    const dataDir = temporaryFolder();
    const service = await serve({ DATA_DIR: dataDir });
    const { origin } = new URL(service.url);
    for (const line of service.lines.slice(0, 2)) {
      assert.ok(readme.includes(line.replace(origin, "http://127.0.0.1:3000")), line);
    }
    await service.stop("SIGTERM");
    rmSync(dataDir, { recursive: true });
  });
  test("README.md has the correct numbers of operations and declared statuses", () => {
    assert.ok(readme.includes(`the ${declaredCells().length} declared`));
    const operations = new Set(declaredCells().map((cell) => cell.split(" ")[0]));
    assert.ok(readme.includes(`The ${operations.size} operations`));
  });
});
