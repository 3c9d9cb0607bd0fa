import { rmSync } from "node:fs";
import { after } from "node:test";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";
import { describeLists } from "./lists.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

describeLists("SQLite", async () => openSqliteStore(":memory:"));

/** Every query that may read many rows runs in slices, of a row each. */
describeLists("SQLite in slices", async () => openSqliteStore(":memory:", { scanLimits: { slice: -1 } }));

/** A database with this locale does not sort text bytewise by default. */
const language = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'";
describeLists("PostgreSQL", async () => openPostgresStore(await postgres.newDatabase(language)));
