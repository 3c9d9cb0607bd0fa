/** Tests the checker package as npm would publish it, installed with and without the service package. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { startService } from "../../server/testing.ts";
import { importedPackages } from "./imports.ts";
import { attwFindings, env, install, outside, pack, publintFindings, remove, root } from "./packed.ts";
import { unresolvedSources } from "./sourceMaps.ts";

const alone = outside();
const withService = outside();
after(() => {
  remove(alone);
  remove(withService);
});
const checker = await pack("verify", alone);
const service = await pack(".", withService);
const warnings = await install([checker.file], alone);
await install([service.file, checker.file], withService);
const installed = join(alone, "node_modules/apple-enrollment-verify");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

const checked = await startService();
after(() => checked.close());
const chosen = [checked.url, "--include", "countProfiles 200"];

/** Runs a script of an installed package until it ends. It must not block, because the checked service runs in this process. */
async function run(folder: string, file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [join(folder, "node_modules", file), ...args], { cwd: folder, env });
  const [stdout, stderr, [status]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, "close"),
  ]);
  return { status, output: Buffer.concat([...stdout, ...stderr]).toString() };
}

describe("the checker package", () => {
  test("contains only JavaScript, types, source maps and the files that npm requires", () => {
    const allowed = [
      /^(LICENSE|README\.md|package\.json)$/,
      /^dist\/(verify|client|contract|generated)\/([\w-]+\/)*\w+(\.js|\.js\.map|\.d\.ts)$/,
      /^dist\/generated\/openapi\.json$/,
    ];
    assert.deepEqual(
      checker.paths.filter((path) => !allowed.some((pattern) => pattern.test(path))),
      [],
    );
    for (const path of ["dist/verify/index.js", "dist/verify/bin.js"]) assert.ok(checker.paths.includes(path), path);
  });
  test("has the same LICENSE file as the service package", () => {
    assert.equal(readFileSync(join(installed, "LICENSE"), "utf8"), readFileSync(join(root, "LICENSE"), "utf8"));
  });
  test("has source maps that contain their sources", () => assert.deepEqual(unresolvedSources(installed), []));
  test("passes publint without findings", async () => assert.deepEqual(await publintFindings(checker), []));
  test('has types that "are the types wrong" accepts', async () =>
    assert.deepEqual(await attwFindings(checker, ["."]), []));
  test("installs without a warning and without an install script", () => assert.equal(warnings, ""));
  test("depends on exactly the packages that it imports", () => {
    assert.deepEqual(importedPackages(installed), Object.keys(manifest.dependencies).sort());
  });
});

describe("the installed checker", () => {
  test("can check a server if the service package is not installed", async () => {
    const { status, output } = await run(alone, "apple-enrollment-verify/dist/verify/bin.js", chosen);
    assert.match(output, /no violation/);
    assert.equal(status, 0);
  });
  test("explains a wrong argument in one sentence and exits with code 2", async () => {
    const { status, output } = await run(alone, "apple-enrollment-verify/dist/verify/bin.js", []);
    assert.equal(
      output,
      "verify needs either the URL of a server or --against, not both. --contract can be used only with --against.\n",
    );
    assert.equal(status, 2);
  });
  test("can be run as a command of the service package", async () => {
    const { status, output } = await run(withService, "apple-enrollment/dist/server/cli/cli.js", ["verify", ...chosen]);
    assert.match(output, /no violation/);
    assert.equal(status, 0);
  });
});
