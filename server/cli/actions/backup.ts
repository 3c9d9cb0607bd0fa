/** Copies of the embedded store, and a store made of a copy. */
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { askForBackup } from "../../process/backupSocket.ts";
import { databaseOf } from "../../process/config.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import type { DatabaseContents } from "../../stores/sqlite/backup.ts";

/** Where the store is. */
export interface Place {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/** Writes a backup and says what is in it. @throws StartRefused */
export async function backUp(name: string, place: Place): Promise<void> {
  const database = databaseFileOf(place);
  const file = resolve(name);
  if (existsSync(file)) throw new StartRefused(`${file} is there already: name another file.`);
  const { copyDatabaseFile, finishCopy, nameCopy } = await import("../../stores/sqlite/backup.ts");
  const draft = `${file}.${randomUUID()}`;
  try {
    if (!(await askForBackup(database, draft))) await copyDatabaseFile(database, draft);
    const contents = finishCopy(draft);
    nameCopy(draft, file);
    console.log(`${file}: ${sentence(contents)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Puts a backup in the place of a store. @param force whether one may be there. @throws StartRefused */
export async function restore(name: string, place: Place, force: boolean): Promise<void> {
  const file = databaseFileOf(place);
  const { restoreDatabase } = await import("../../stores/sqlite/backup.ts");
  const { replaced, ...contents } = restoreDatabase(resolve(name), file, force);
  console.log(`${file}: ${sentence(contents)}`);
  if (replaced !== undefined) console.log(`What was there before is ${replaced}.`);
}

function sentence({ profiles, assignments, schemaVersion }: DatabaseContents): string {
  return `${profiles} profiles, ${assignments} assignments, schema version ${schemaVersion}; checked.`;
}

function databaseFileOf({ databaseUrl, dataDir }: Place): string {
  const database = databaseOf(databaseUrl, dataDir, 1);
  if (database.kind === "postgres") {
    throw new StartRefused("backup and restore are for SQLite; for PostgreSQL there are pg_dump and pg_restore.");
  }
  if (database.file === ":memory:") throw new StartRefused("A store in memory can't be backed up or restored.");
  return resolve(database.file);
}
