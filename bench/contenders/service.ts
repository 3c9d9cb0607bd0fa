/** This service, put together as server/main.ts does it, with its commits counted. */
import { buildApp } from "../../server/app.ts";
import { storedIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { logAt } from "../../server/logging.ts";
import { openPostgresStore } from "../../server/stores/postgres.ts";
import { openSqliteStore } from "../../server/stores/sqlite.ts";
import { setting, untilStopped } from "./lifecycle.ts";

let [commits, decisions] = [0, 0];
const committed = (count: number) => {
  commits++;
  decisions += count;
};

const { verifyToken } = await storedIdentity(setting("DATA_DIR"));
const store = await openStore(setting("DATABASE_URL"));
// What a user has by default; without it, the others have no more to do than to answer.
const log = process.env["OBSERVED"] ? logAt("info", setting("DATABASE_URL")) : undefined;
const app = buildApp({ store, verifyToken, observe: log?.request });
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(
  async () => {
    await app.close();
    await store.close();
  },
  () => (commits === 0 ? {} : { commits, decisions }),
);

function openStore(url: string): Store | Promise<Store> {
  // As many connections as the contender that sends a statement for each request.
  if (!url.startsWith("sqlite:")) return openPostgresStore(url, { poolSize: 10, committed });
  return openSqliteStore(url.replace("sqlite:", ""), { committed });
}
