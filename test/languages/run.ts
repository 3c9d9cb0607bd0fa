/**
 * `npm run clients` checks openapi.yaml with each validator. Then it generates a client with each generator, compiles it, and runs a
 * program that uses it against the service. `npm run clients -- go hey-api` does this for some generators only, and
 * `npm run clients -- validators` runs only the validators. A tool is skipped, with the reason, if it is missing or its registry cannot
 * be reached. Exit code 1 means that a validator, a generator, a compiler or a program failed.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startService } from "../../server/testing.ts";
import { command, missing, workplace } from "./commands.ts";
import { type Driver, drivers, type Validator, validators } from "./drivers.ts";

const here = fileURLToPath(new URL("./", import.meta.url));
const contract = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

const wanted = process.argv.slice(2);
const chosen = drivers.filter(
  ({ name, page }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(page),
);
const isValidated = wanted.length === 0 || wanted.includes("validators");
if (chosen.length === 0 && !isValidated) {
  const names = ["validators", ...drivers.map(({ name }) => name)];
  console.error(`The arguments must be names of generators, or validators: ${names.join(", ")}.`);
  process.exit(2);
}

const steps = ["generated", "compiles", "conversation"] as const;

/** Formats one row of the printed table. */
function row(cells: readonly string[]): string {
  const widths = [
    Math.max(...drivers.map(({ name }) => name.length)) + 2,
    9,
    ...steps.map((step) => step.length + 2),
    9,
  ];
  return cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("");
}

/** Installs the npm packages, unless the lock file is unchanged since the last installation. */
async function installPackages(): Promise<void> {
  const lock = (folder: string) => readFileSync(join(folder, "package-lock.json"), "utf8");
  if (existsSync(join(workplace, "node_modules")) && lock(workplace) === lock(here)) return;
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(here, file), join(workplace, file));
  await command("npm ci --ignore-scripts --no-audit --no-fund", workplace);
}

/** Creates a new copy of a folder, with the same files that a user would have. */
function copyOf(name: string, { isTypescript = false } = {}): string {
  const folder = join(workplace, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(here, name), folder, { recursive: true });
  cpSync(contract, join(folder, "openapi.yaml"));
  if (isTypescript) cpSync(join(here, "typescript.json"), join(folder, "tsconfig.json"));
  return folder;
}

/** Runs a validator, and prints its row in the table, and any error. */
async function validate({ name, version, needs, validate }: Validator, folder: string): Promise<void> {
  const started = performance.now();
  const absent = await missing(needs);
  const failure = absent === undefined ? await failureOf(command(validate, folder)) : undefined;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const note = absent === undefined ? "" : `skipped: ${absent}`;
  console.log(row([name, version, failure === undefined && absent === undefined ? "yes" : "", "", "", seconds, note]));
  report(failure);
}

/** Returns the message of the error if the promise rejects. */
function failureOf(work: Promise<void>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** Prints an error, and makes the exit code 1. */
function report(failure: string | undefined): void {
  if (failure === undefined) return;
  console.log(failure);
  process.exitCode = 1;
}

/** Runs the steps of a driver. Prints the row of the driver in the table, and any error. */
async function attempt(driver: Driver, env: Readonly<Record<string, string>>): Promise<void> {
  const started = performance.now();
  const folder = copyOf(driver.name, { isTypescript: driver.page === "typescript" });
  const done: string[] = [];
  const run = async () => {
    for (const text of driver.install ?? []) await command(text, folder, env);
    for (const text of [driver.generate, driver.compile, driver.converse]) {
      await command(text, folder, env);
      done.push("yes");
    }
  };
  const failure = await failureOf(run());
  const marks = steps.map((_, index) => done[index] ?? (index === done.length ? "no" : ""));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    row([driver.name, driver.version, ...marks, seconds, failure === undefined ? (driver.note ?? "") : "failed"]),
  );
  report(failure);
}

mkdirSync(workplace, { recursive: true });
const [absent] = await Promise.all([Promise.all(chosen.map(({ needs }) => missing(needs))), installPackages()]);
if (isValidated) {
  console.log(row(["validator", "version", "no errors", "", "", "seconds", "note"]));
  const folder = copyOf("validators");
  for (const validator of validators) await validate(validator, folder);
}
if (chosen.length === 0) process.exit();
const service = await startService();
console.log(row(["generator", "version", ...steps, "seconds", "note"]));
for (const [index, driver] of chosen.entries()) {
  if (absent[index] !== undefined) {
    console.log(row([driver.name, driver.version, ...steps.map(() => ""), "", `skipped: ${absent[index]}`]));
    continue;
  }
  const tenant = await service.inTenant();
  // Requests to the service on this machine must not go through a proxy.
  await attempt(driver, { BASE_URL: service.url, TOKEN: await tenant.token(), NO_PROXY: "127.0.0.1" });
}
await service.close();
