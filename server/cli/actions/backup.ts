/** Backs up the SQLite database, and restores it from a backup. */
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { requestBackup } from "../../process/backupSocket.ts";
import { defaultDatabase } from "../../process/database.ts";
import type { GivenSettings } from "../../process/givenSettings.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import type { DatabaseContents } from "../../stores/sqlite/backup.ts";

/** Writes a backup and prints a summary of its content. @throws StartRefused */
export async function backUp(fileName: string, settings: GivenSettings): Promise<void> {
  const database = requireSqliteFile(settings);
  const file = resolve(fileName);
  if (existsSync(file)) throw new StartRefused(`${file} already exists: give the name of a new file.`);
  const { copyDatabaseFile, finishCopy, nameCopy } = await import("../../stores/sqlite/backup.ts");
  const draft = `${file}.${randomUUID()}`;
  try {
    if (!(await requestBackup(database, draft))) await copyDatabaseFile(database, draft);
    const contents = finishCopy(draft);
    nameCopy(draft, file);
    console.log(`${file}: ${describeContents(contents)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Replaces the database with a backup. @param force whether an existing database may be replaced. @throws StartRefused */
export async function restore(fileName: string, settings: GivenSettings, force: boolean): Promise<void> {
  const database = requireSqliteFile(settings);
  const { restoreDatabase } = await import("../../stores/sqlite/backup.ts");
  const { replaced, ...contents } = restoreDatabase(resolve(fileName), database, force);
  console.log(`${database}: ${describeContents(contents)}`);
  if (replaced !== undefined) console.log(`The previous database is now ${replaced}.`);
}

function describeContents({ profiles, assignments, schemaVersion }: DatabaseContents): string {
  return `${profiles} profiles, ${assignments} assignments, schema version ${schemaVersion}; checked.`;
}

/** Returns the path of the SQLite file. @throws StartRefused if the database is in memory or PostgreSQL. */
function requireSqliteFile({ value }: GivenSettings): string {
  const database = value("databaseUrl") ?? defaultDatabase(value("dataDir"));
  if (database.kind === "postgres") {
    throw new StartRefused("backup and restore support only SQLite: use pg_dump and pg_restore for PostgreSQL.");
  }
  if (database.file === ":memory:") {
    throw new StartRefused("A database in memory cannot be backed up or restored: DATABASE_URL must be sqlite:<file>.");
  }
  return resolve(database.file);
}
