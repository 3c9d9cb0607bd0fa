import type { Pool } from "pg";
import { StartRefused } from "../../shared/startRefused.ts";
import { migrations } from "./migrations.ts";
import { inTransaction, type Statement } from "./transactions.ts";

/** "aple": the lock that processes which start together take in turn. Any number will do that is always the same. */
const lock: Statement = { name: "lock-schema", text: `SELECT pg_advisory_xact_lock(${0x61706c65})` };

const findSchema: Statement = {
  name: "find-schema",
  text: "SELECT to_regclass('apple_enrollment.schema_version') IS NOT NULL",
};

const findVersion: Statement = { name: "find-version", text: "SELECT version FROM apple_enrollment.schema_version" };

/**
 * Brings the schema to this release's version, in one transaction.
 * @throws StartRefused if the schema is a newer release's.
 */
export async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async ({ rows, send }) => {
    await rows(lock, []);
    const [[exists] = []] = await rows(findSchema, []);
    if (!exists) {
      send("CREATE SCHEMA IF NOT EXISTS apple_enrollment");
      send("CREATE TABLE apple_enrollment.schema_version (version integer NOT NULL)");
      send("INSERT INTO apple_enrollment.schema_version VALUES (0)");
    }
    const [[found] = []] = await rows(findVersion, []);
    const version = Number(found);
    if (version > migrations.length) {
      throw new StartRefused(
        `The database has schema version ${version}, but this release knows only up to ${migrations.length}: use a newer release.`,
      );
    }
    for (const step of migrations.slice(version)) send(step);
    if (version < migrations.length) send(`UPDATE apple_enrollment.schema_version SET version = ${migrations.length}`);
  });
}
