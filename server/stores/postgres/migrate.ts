import { StartRefused } from "../../shared/startRefused.ts";
import type { Connections } from "./connections/connections.ts";
import { patience } from "./connections/timeLimits.ts";
import { inTransaction, type Statement } from "./connections/transactions.ts";
import { migrations } from "./migrations.ts";

/** Takes a lock, so that only one process at a time migrates. The lock's number ("aple" in ASCII) must never change. */
const lock: Statement = { name: "lock-schema", text: `SELECT pg_advisory_xact_lock(${0x61706c65})` };

const findSchema: Statement = {
  name: "find-schema",
  text: "SELECT to_regclass('apple_enrollment.schema_version') IS NOT NULL",
};

const findVersion: Statement = { name: "find-version", text: "SELECT version FROM apple_enrollment.schema_version" };

/**
 * Migrates the schema to the version of this release, in one transaction.
 * @throws StartRefused if a newer release has written the schema.
 */
export async function migrate(connections: Connections): Promise<void> {
  // Waits as long as possible for a process that migrates at the same time.
  await inTransaction(connections, { tenant: "", lockWait: patience }, async ({ run, send }) => {
    await run(lock, []);
    const [[exists] = []] = await run(findSchema, []);
    if (!exists) {
      send({ text: "CREATE SCHEMA IF NOT EXISTS apple_enrollment" });
      send({ text: "CREATE TABLE apple_enrollment.schema_version (version integer NOT NULL)" });
      send({ text: "INSERT INTO apple_enrollment.schema_version VALUES (0)" });
    }
    const [[found] = []] = await run(findVersion, []);
    const version = Number(found);
    if (version > migrations.length) {
      throw new StartRefused(
        `The database has schema version ${version}, but this release supports only versions up to ${migrations.length}. Use a newer release.`,
      );
    }
    for (const text of migrations.slice(version)) send({ text });
    if (version < migrations.length) {
      send({ text: `UPDATE apple_enrollment.schema_version SET version = ${migrations.length}` });
    }
  });
}
