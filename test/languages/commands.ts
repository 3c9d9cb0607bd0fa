/** Runs shell commands in the working folder, with the tools that are installed there. */
import { exec } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Needs } from "./drivers.ts";

const run = promisify(exec);

/** The folder in which clients are generated, compiled and run. git ignores it, and it keeps downloads for the next run. */
export const workplace = fileURLToPath(new URL("../.output/languages/", import.meta.url));

const path = [
  ...["node_modules/.bin", ".venv/bin", ".venv/Scripts"].map((folder) => join(workplace, folder)),
  process.env["PATH"],
].join(delimiter);

/** The time limit of a command in milliseconds. The slowest command downloads a hundred packages from a registry. */
const longest = 10 * 60_000;

/** Runs a command in a folder. @throws Error with the output of the command, if it fails. */
export async function command(text: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const options = { cwd, env: { ...process.env, PATH: path, ...env }, timeout: longest, maxBuffer: 2 ** 26 };
  await run(text, options).catch((error) => {
    throw new Error(`${text}\n${error.stdout}${error.stderr}`);
  });
}

/** Returns the reason why a driver cannot run, or `undefined` if all of its tools are available. */
export async function missing(needs: Needs | undefined): Promise<string | undefined> {
  if (!needs) return undefined;
  const found = await command(needs.probe, workplace).then(
    () => true,
    () => false,
  );
  if (!found) return `no ${needs.command}`;
  const { host } = new URL(needs.registry);
  const reached = await fetch(needs.registry, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return reached?.ok ? undefined : `${host} cannot be reached`;
}
