/** The service as who installs it has it: packed as npm would publish it, installed, run, imported, compiled. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { delimiter, join } from "node:path";
import { after, describe, test } from "node:test";
import ts from "typescript";
import { compileErrorsOf, projects } from "./compiled.ts";
import {
  attwsFindings,
  env,
  install,
  installing,
  npmFile,
  outside,
  pack,
  publintsFindings,
  remove,
  runFile,
} from "./packed.ts";
import { unresolvedSources } from "./sourceMaps.ts";

const folder = outside();
after(() => remove(folder));
const packed = await pack(".", folder);
const complaints = await install(packed.file, folder, "service");
const installed = join(folder, "node_modules/apple-enrollment");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
const cli = join(installed, manifest.bin["apple-enrollment"]);

describe("the service's package", () => {
  test("holds JavaScript, types, source maps, the contract and the documents, and nothing else", () => {
    const fits = [
      /^(LICENSE|README\.md|CHANGELOG\.md|SECURITY\.md|package\.json)$/,
      /^docs\/(languages\/)?[\w-]+\.(md|svg|png)$/,
      /^dist\/(server|client|generated|verify)\/([\w-]+\/)*\w+(\.js|\.js\.map|\.d\.ts)$/,
      /^dist\/(openapi\.yaml|server\/seeding\/sample\.yaml|generated\/(openapi|control)\.json)$/,
    ];
    assert.deepEqual(
      packed.paths.filter((path) => !fits.some((pattern) => pattern.test(path))),
      [],
    );
    for (const path of ["dist/server/cli/cli.js", "dist/generated/control.d.ts", "dist/openapi.yaml"]) {
      assert.ok(packed.paths.includes(path), path);
    }
  });
  test("has source maps that bring their sources", () => assert.deepEqual(unresolvedSources(installed), []));
  test("has nothing that publint would say", async () => assert.deepEqual(await publintsFindings(packed), []));
  test("has types that are not wrong", async () => assert.deepEqual(await attwsFindings(packed, ["./server"]), []));
  test("installs without a warning and without a script", () => assert.equal(complaints, ""));
  test("depends on what it imports, also where that is up to who installs it, and on nothing else", () => {
    // A package can also be named in require.resolve, which the compiler does not report as an import.
    const resolved = /createRequire\(import\.meta\.url\)\.resolve\([`"]([^`"]+)/g;
    const imported = globSync("dist/**/*.js", { cwd: installed })
      .map((file) => readFileSync(join(installed, file), "utf8"))
      .flatMap((text) => [
        ...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
        ...[...text.matchAll(resolved)].map(([, name = ""]) => name),
      ])
      .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !builtinModules.includes(name))
      .map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/"));
    const known = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    assert.deepEqual([...new Set(imported)].sort(), known.sort());
  });
});

describe("installed, the service", () => {
  test("starts in a test that is an ES module, and brings the contract", async () => {
    assert.equal(await runFile(join(folder, "module.mjs")), "1 3.1.0 openapi: 3.1.0\n");
  });
  test("starts in a test that is CommonJS", async () => {
    assert.equal(await runFile(join(folder, "commonjs.cjs")), "0 3.1.0\n");
  });
  for (const project of projects.filter(({ resolution }) => resolution === "nodenext")) {
    test(`compiles with ${project.resolution}, exactOptionalPropertyTypes ${project.exact}`, () => {
      assert.deepEqual(compileErrorsOf(folder, project), []);
    });
  }
  test("plays its demo", async () => {
    const { status, stdout } = spawnSync(process.execPath, [cli, "demo"], { cwd: folder, env, encoding: "utf8" });
    assert.equal(status, 0);
    assert.match(stdout, /the list has 1\.\n$/);
  });
  test("serves, says how to get a token, and keeps its data where it was started", async (t) => {
    const { lines, stop } = await serving([cli, "serve", "--port", "0", "--tls"], folder);
    t.after(stop);
    assert.equal(lines[2], "Token  npx apple-enrollment token");
    assert.ok(existsSync(join(folder, "data/tls/ca.pem")));
  });

  const old = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((place) => !place.includes("node_modules"))
    .map((place) => join(place, "node"))
    .find(
      (file) => existsSync(file) && /^v(1[2-9]|2[0-3])\./.test(spawnSync(file, ["-v"], { encoding: "utf8" }).stdout),
    );
  const skip = old === undefined && "no older Node is on the PATH";
  test("says in one sentence which Node it needs, where that is too old", { skip }, () => {
    const { status, stdout, stderr } = spawnSync(old ?? "", [cli, "serve"], { cwd: folder, encoding: "utf8" });
    const [, needed = ""] = /^>=(\d+)$/.exec(manifest.engines.node) ?? [];
    assert.match(
      stderr,
      new RegExp(`^apple-enrollment needs Node ${needed} or newer; this is Node \\d+\\.\\d+\\.\\d+\\.\n$`),
    );
    assert.deepEqual([status, stdout], [2, ""]);
  });
});

describe("npx with the tarball", () => {
  test("serves from an empty folder, and prints a token command that works there", async (t) => {
    const empty = outside();
    t.after(() => remove(empty));
    const { lines, stop } = await serving(
      [npmFile("npx"), "--yes", ...installing, `file:${packed.file}`, "serve", "--port", "0"],
      empty,
    );
    t.after(stop);
    const [url = ""] = /http:\S+/.exec(lines[0] ?? "") ?? [];
    const command = (lines[2] ?? "").replace("Token", "").trim();
    // What npx has installed for this tarball, which nobody asks for again.
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
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts what ends up serving, in a group of its own: on SIGTERM its npx would stay. */
async function serving(args: readonly string[], cwd: string): Promise<Serving> {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await closed;
  };
  // npx without a network, say.
  const impatience = setTimeout(stop, 120_000);
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const lines = await new Promise<string[]>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (/^Token .*\n/m.test(stdout)) resolve(stdout.trimEnd().split("\n"));
    });
    child.once("close", (code) => reject(new Error(`it ended with ${code}: ${stderr}`)));
  });
  clearTimeout(impatience);
  return { lines, stop };
}
