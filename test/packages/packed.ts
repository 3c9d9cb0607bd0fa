/** Packs a package as npm would publish it, and installs it in a project. */
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

/** Matches the environment variables that this machine needs to reach its npm registry (certificates, settings, cache). */
const registryVariable =
  /^(NODE_EXTRA_CA_CERTS|npm_config_(ca|cafile|registry|cache|userconfig|globalconfig|https_proxy|proxy|noproxy))$/i;

/**
 * The environment variables of a user. This Node comes first in PATH. Other variables set by the npm that runs the tests are
 * removed, because they would make npm install packages into this checkout.
 */
export const env: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => registryVariable.test(name) || !/^(npm_|NODE_)/.test(name)),
  ),
  PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
};

/** Returns the script of `npm` or `npx`. Node runs it, because on Windows the commands are not executables. @throws Error */
export function npmFile(command: "npm" | "npx"): string {
  const file = process.env["npm_execpath"];
  if (file === undefined)
    throw new Error("Start these tests with `npm run test:packages`: npm then sets npm_execpath.");
  return join(dirname(file), `${command}-cli.js`);
}

/** Runs npm. @throws Error with the output of npm if npm fails. */
async function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [npmFile("npm"), ...args], { cwd, env, timeout: 120_000 });
}

export interface Packed {
  /** The path of the tarball. */
  readonly file: string;
  /** The paths of the files in the tarball. */
  readonly paths: readonly string[];
}

/** Builds and packs a package into a folder. */
export async function pack(packageFolder: string, into: string): Promise<Packed> {
  const cwd = join(root, packageFolder);
  const { stdout } = await npm(["pack", "--json", "--silent", "--pack-destination", into], cwd);
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  return { file: join(into, filename), paths: files.map(({ path }: { path: string }) => path).sort() };
}

/**
 * Creates a folder outside the checkout, so that a package cannot use the checkout's node_modules. The caller must remove it.
 */
export function outside(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "apple-enrollment-")));
}

/** Flags that make npm use its cache first, and give up soon if it cannot reach the registry. */
export const installFlags = [
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
  "--fetch-retries=1",
  "--fetch-timeout=30000",
];

/** Installs tarballs in a new project. @param fixtures a folder of fixtures/ that is copied into it. @returns the warnings of npm. */
export async function install(tarballs: readonly string[], folder: string, fixtures?: string): Promise<string> {
  if (fixtures !== undefined) cpSync(join(root, "test/packages/fixtures", fixtures), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  return (await npm(["install", ...installFlags, ...tarballs], folder)).stderr;
}

/** Runs a script in the folder that contains it. @returns the output. */
export async function runFile(file: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: dirname(file), env: { ...env, ...more } });
  return stdout + stderr;
}

/** Runs publint. @returns all findings, including suggestions. */
export async function publintFindings({ file }: Packed): Promise<readonly string[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg = {} } = await publint({ pack: { tarball } });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/**
 * Runs "are the types wrong". @returns its findings, except for two kinds that are expected, because the packages contain only
 * ES modules. Projects with `moduleResolution: node10` cannot import an entry point, and `require` returns an ES module, which
 * Node supports since 20.19.
 */
export async function attwFindings({ file }: Packed, entrypoints: string[]): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(file)), { entrypoints });
  if (!result.types) return ["the package has no types"];
  return result.problems
    .filter((problem) => problem.kind !== "CJSResolvesToESM")
    .filter((problem) => !("resolutionKind" in problem && problem.resolutionKind === "node10"))
    .map((problem) => JSON.stringify(problem));
}

/** Removes a folder that a test has created. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
