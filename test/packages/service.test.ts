/** Tests the service package as npm would publish it. The tests install, run, import and compile it. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, describe, test } from "node:test";
import { compilerErrors, projects } from "./compiled.ts";
import { importedPackages } from "./imports.ts";
import {
  attwFindings,
  env,
  install,
  installFlags,
  npmFile,
  outside,
  pack,
  publintFindings,
  remove,
  runFile,
} from "./packed.ts";
import { unresolvedSources } from "./sourceMaps.ts";

const folder = outside();
after(() => remove(folder));
const packed = await pack(".", folder);
const warnings = await install([packed.file], folder, "service");
const installed = join(folder, "node_modules/apple-enrollment");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
const cli = join(installed, manifest.bin["apple-enrollment"]);

describe("the service package", () => {
  test("contains only JavaScript, types, source maps, the contract and the documentation", () => {
    const allowed = [
      /^(LICENSE|README\.md|CHANGELOG\.md|SECURITY\.md|package\.json)$/,
      /^docs\/(languages\/)?[\w-]+\.(md|svg|png)$/,
      /^dist\/(server|client|contract|generated)\/([\w-]+\/)*\w+(\.js|\.js\.map|\.d\.ts)$/,
      /^dist\/(openapi\.yaml|server\/seeding\/sample\.yaml|generated\/(openapi|control)\.json)$/,
    ];
    assert.deepEqual(
      packed.paths.filter((path) => !allowed.some((pattern) => pattern.test(path))),
      [],
    );
    for (const path of ["dist/server/cli/cli.js", "dist/generated/control.d.ts", "dist/openapi.yaml"]) {
      assert.ok(packed.paths.includes(path), path);
    }
  });
  test("has source maps that contain their sources", () => assert.deepEqual(unresolvedSources(installed), []));
  test("passes publint without findings", async () => assert.deepEqual(await publintFindings(packed), []));
  test('has types that "are the types wrong" accepts', async () =>
    assert.deepEqual(await attwFindings(packed, ["./server"]), []));
  test("installs without a warning and without an install script", () => assert.equal(warnings, ""));
  test("depends on exactly the packages that it imports, with the checker as an optional one", () => {
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    assert.deepEqual(importedPackages(installed), [...declared, "apple-enrollment-verify"].sort());
  });
});

describe("the installed service", () => {
  test("can be started by a test that is an ES module, and contains the contract", async () => {
    assert.equal(await runFile(join(folder, "module.mjs")), "1 3.1.0 openapi: 3.1.0\n");
  });
  test("can be started by a test that is CommonJS", async () => {
    assert.equal(await runFile(join(folder, "commonjs.cjs")), "0 3.1.0\n");
  });
  for (const project of projects.filter(({ resolution }) => resolution === "nodenext")) {
    test(`compiles with moduleResolution ${project.resolution} and exactOptionalPropertyTypes ${project.exact}`, () => {
      assert.deepEqual(compilerErrors(folder, project), []);
    });
  }
  test("runs the command demo", async () => {
    const { status, stdout } = spawnSync(process.execPath, [cli, "demo"], { cwd: folder, env, encoding: "utf8" });
    assert.equal(status, 0);
    assert.match(stdout, /the number of assignments is 1\.\n$/);
  });
  test("prints how to get a token, and stores its data in the folder where it was started", async (t) => {
    const { lines, stop } = await serving([cli, "serve", "--port", "0", "--tls"], folder);
    t.after(stop);
    assert.equal(lines[2], "Token  npx apple-enrollment token");
    assert.ok(existsSync(join(folder, "data/tls/ca.pem")));
  });

  test("explains how to install the checker, which is a separate package", () => {
    for (const words of [["--help"], ["http://127.0.0.1:3000/beta"]]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "verify", ...words], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      assert.equal(
        stderr,
        "verify needs a package that is not installed: npm install --save-dev apple-enrollment-verify\n",
      );
      assert.deepEqual([status, stdout], [2, ""]);
    }
  });

  const old = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((place) => !place.includes("node_modules"))
    .map((place) => join(place, "node"))
    .find(
      (file) => existsSync(file) && /^v(1[2-9]|2[0-3])\./.test(spawnSync(file, ["-v"], { encoding: "utf8" }).stdout),
    );
  const skip = old === undefined && "PATH contains no older Node";
  test("prints one sentence with the required Node version if Node is too old", { skip }, () => {
    const { status, stdout, stderr } = spawnSync(old ?? "", [cli, "serve"], { cwd: folder, encoding: "utf8" });
    const [, needed = ""] = /^>=(\d+)$/.exec(manifest.engines.node) ?? [];
    assert.match(
      stderr,
      new RegExp(`^apple-enrollment needs Node ${needed} or newer; this is Node \\d+\\.\\d+\\.\\d+\\.\n$`),
    );
    assert.deepEqual([status, stdout], [2, ""]);
  });
});

describe("npx with the tarball of the service", () => {
  test("starts the service in an empty folder, and prints a token command that works there", async (t) => {
    const empty = outside();
    t.after(() => remove(empty));
    const { lines, stop } = await serving(
      [npmFile("npx"), "--yes", ...installFlags, `file:${packed.file}`, "serve", "--port", "0"],
      empty,
    );
    t.after(stop);
    const [url = ""] = /http:\S+/.exec(lines[0] ?? "") ?? [];
    const command = (lines[2] ?? "").replace("Token", "").trim();
    // npx has installed the tarball into a folder of its cache. The folder is removed, because it is not used again.
    const [place] = /\S+[\\/]_npx[\\/]\w+/.exec(command) ?? [];
    assert.ok(place, command);
    t.after(() => remove(place));
    const { stdout: token } = spawnSync(command, { cwd: empty, env, shell: true, encoding: "utf8" });
    const path = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";
    const answer = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token.trim()}` } });
    assert.equal(answer.status, 200);
    assert.equal(globSync("data/*.sqlite", { cwd: empty }).length, 1);
  });
});

interface Serving {
  /** The lines that the service has printed. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts a service, directly or through npx. A new process group lets `stop` end npx together with the service. */
async function serving(args: readonly string[], cwd: string): Promise<Serving> {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await closed;
  };
  // npx may wait for a network that is not available.
  const timeout = setTimeout(stop, 120_000);
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const lines = await new Promise<string[]>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (/^Token .*\n/m.test(stdout)) resolve(stdout.trimEnd().split("\n"));
    });
    child.once("close", (code) => reject(new Error(`The process ended with exit code ${code}: ${stderr}`)));
  });
  clearTimeout(timeout);
  return { lines, stop };
}
