/**
 * The long run of the fault tests, `npm run test:faults -- --rounds 100 --seed 1`. `npm test` runs the same files with
 * only a few rounds.
 *
 * | fault | file |
 * |---|---|
 * | kill -9 of the service, its processes or PostgreSQL under load | killSqlite.test.ts, killPostgres.test.ts |
 * | a full disk | disk.test.ts |
 * | PostgreSQL frozen or stopped under load | outage.test.ts |
 * | a connection that is cut between the commit and the answer | cut.test.ts |
 * | many concurrent writes of the same entities | races.test.ts |
 * | SIGTERM with requests in flight | stop.test.ts |
 * | random operations of several clients, compared with a model | model.test.ts |
 * | a second process on one SQLite file | ../cli/cli.test.ts, ../stores/sqlite.test.ts |
 */
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileCache } from "../support/compileCache.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "100" },
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
  },
});
const { rounds, seed } = values;
for (const [name, text] of Object.entries({ rounds, seed })) {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`--${name} must be a positive number, not '${text}'.`);
}

const all = globSync(fileURLToPath(new URL("*.test.ts", import.meta.url))).sort();
const files = all.filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)));
console.log(`rounds ${rounds}, seed ${seed}`);
const tests = spawn(process.execPath, ["--test", "--test-concurrency=2", ...files], {
  env: { ...process.env, FAULT_ROUNDS: rounds, FAULT_SEED: seed, NODE_COMPILE_CACHE: compileCache },
  stdio: "inherit",
});
const [code] = await once(tests, "close");
process.exitCode = code === 0 ? 0 : 1;
