/** A package as npm would publish it, and a project that has installed it. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** What says how a machine reaches its registry: whose certificates it trusts, its settings, its cache. */
const reaching =
  /^(NODE_EXTRA_CA_CERTS|npm_config_(ca|cafile|registry|cache|userconfig|globalconfig|https_proxy|proxy|noproxy))$/i;

/** This Node first, as on a machine of a user's. Nothing else of the npm that runs the tests: it would install where that one is. */
export const env: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => reaching.test(name) || !/^(npm_|NODE_)/.test(name)),
  ),
  PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
};

/** `npm` or `npx` of the npm that runs the tests, as a file for Node: on Windows the commands are no programs. @throws Error */
export function npmFile(command: "npm" | "npx"): string {
  const file = process.env["npm_execpath"];
  if (file === undefined) throw new Error("Start this with npm run test:packages: npm says where it is.");
  return join(dirname(file), `${command}-cli.js`);
}

/** Runs npm to its end. @throws Error with what npm printed. */
async function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [npmFile("npm"), ...args], { cwd, env, timeout: 120_000 });
}

export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** The paths in it. */
  readonly paths: readonly string[];
}

/** Builds and packs a package into a folder. */
export async function pack(packageFolder: string, into: string): Promise<Packed> {
  const cwd = join(root, packageFolder);
  // Without the workspaces of the one, which npm would take for more packages.
  const { stdout } = await npm(["pack", "--json", "--silent", "--pack-destination", into], cwd);
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  return { file: join(into, filename), paths: files.map(({ path }: { path: string }) => path).sort() };
}

/**
 * A new folder outside the checkout, whose node_modules would give a package what it forgot to ask for. Whoever asks for
 * it removes it.
 */
export function outside(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "apple-enrollment-")));
}

/** A registry that isn't there ends a test soon, and is asked for what npm's cache doesn't have. */
export const installing = ["--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"];

/** Installs a tarball in a folder, with the fixtures of that name beside it. @returns what npm complained of. */
export async function install(tarball: string, folder: string, fixtures: string): Promise<string> {
  cpSync(join(root, "test/packages/fixtures", fixtures), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  return (await npm(["install", ...installing, tarball], folder)).stderr;
}

/** Runs a file of a folder with a Node. @returns what it printed. */
export async function runFile(file: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: dirname(file), env: { ...env, ...more } });
  return stdout + stderr;
}

/** What publint has to say, to its last suggestion. */
export async function publintsFindings({ file }: Packed): Promise<readonly string[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg = {} } = await publint({ pack: { tarball } });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/**
 * What "are the types wrong" finds of the entries that are modules. The packages are ES modules alone: a project with the
 * old resolution (`node10`) can't name an entry, and `require` gets an ES module, which Node allows since 20.19.
 */
export async function attwsFindings({ file }: Packed, entrypoints: string[]): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(file)), { entrypoints });
  if (!result.types) return ["it has no types"];
  return result.problems
    .filter((problem) => problem.kind !== "CJSResolvesToESM")
    .filter((problem) => !("resolutionKind" in problem && problem.resolutionKind === "node10"))
    .map((problem) => JSON.stringify(problem));
}

/** Removes what a test has made. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
