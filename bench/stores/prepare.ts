/** Prepares the store of a contender. */
import { join } from "node:path";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import type { Contender } from "../contenders.ts";
import type { Fixture } from "../fixture.ts";
import { fill, fillPlain, postgresServer, postgresVersions } from "./postgres.ts";
import type { Versions } from "./rows.ts";
import { makeSqliteFile, sqliteVersions } from "./sqlite.ts";

export interface PreparedStore {
  /** The value of DATABASE_URL. Empty if there is no store. */
  readonly url: string;
  /** Counts the row changes. Call it only while no contender uses the store. */
  readonly versions?: () => Promise<Versions>;
  /** The process id of the database server, if there is one. */
  readonly pid?: number;
}

/** @param folder the contender's folder. @param shared the run's folder, which the PostgreSQL server uses. */
export async function prepareStore(
  kind: Contender["store"],
  fixture: Fixture,
  folder: string,
  shared: string,
): Promise<PreparedStore> {
  switch (kind) {
    case "none":
      return { url: "" };
    case "sqlite": {
      const file = join(folder, "store.sqlite");
      await makeSqliteFile(file, fixture);
      return { url: `sqlite:${file}`, versions: async () => sqliteVersions(file) };
    }
    case "postgres":
    case "plain table": {
      const { create, pid } = await postgresServer(join(shared, "postgres"));
      const url = await create();
      if (kind === "plain table") await fillPlain(url, fixture);
      else {
        await (await openPostgresStore(url)).close();
        await fill(url, fixture);
      }
      return { url, pid, versions: () => postgresVersions(url) };
    }
  }
}
