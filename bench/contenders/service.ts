/** The contender for this service, assembled as in server/process/service.ts. It also counts the commits. */
import { buildApp } from "../../server/app.ts";
import { storedIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { createLazyLog } from "../../server/observability/lazyLog.ts";
import { openMetrics } from "../../server/observability/metrics.ts";
import { combineObservers } from "../../server/observability/observation.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { setting, untilStopped } from "./lifecycle.ts";

// Log and metrics are off, because the other contenders have neither. Only the contender `sqlite-observed` sets OBSERVED.
const isObserved = process.env["OBSERVED"] !== undefined;
const metrics = isObserved ? openMetrics() : undefined;
const log = isObserved ? createLazyLog("info", setting("DATABASE_URL")) : undefined;

let [commits, decisions] = [0, 0];
const committed = (count: number) => {
  commits++;
  decisions += count;
  metrics?.committed(count);
};

const { verifyToken } = await storedIdentity(setting("DATA_DIR"));
const store = await openStore(setting("DATABASE_URL"));
const app = buildApp({ store, verifyToken, observe: combineObservers(log?.request, metrics?.observe) });
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(
  async () => {
    await app.close();
    await store.close();
  },
  () => (commits === 0 ? {} : { commits, decisions }),
);

function openStore(url: string): Store | Promise<Store> {
  // The contender pg-statement uses the same number of connections.
  if (!url.startsWith("sqlite:")) return openPostgresStore(url, { poolSize: 10, committed });
  return openSqliteStore(url.replace("sqlite:", ""), { committed });
}
