/** Backups of the SQLite store: copies an open database, checks a copy, and restores a database from a copy. */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { makePrivateFolder } from "../../shared/files.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { migrations } from "./migrations.ts";
import { describeSqliteError, isLocked } from "./resultCodes.ts";
import { applicationId } from "./schema.ts";

export interface DatabaseContents {
  readonly profiles: number;
  readonly assignments: number;
  readonly schemaVersion: number;
}

/**
 * Copies an open database, some pages at a time, without blocking the event loop. The copy also contains writes that
 * use the same connection while the copy is being made (https://sqlite.org/backup.html).
 * @param file must not exist. @throws the error of the system or of SQLite, after deleting the incomplete file.
 */
export async function copyDatabase(database: DatabaseSync, file: string): Promise<void> {
  // Creates an empty file that only this user may access. SQLite treats an empty file as an empty database.
  writeFileSync(file, "", { flag: "wx", mode: 0o600 });
  try {
    await backup(database, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

/** Copies a database that no service has open. @throws StartRefused if the database cannot be copied. */
export async function copyDatabaseFile(source: string, file: string): Promise<void> {
  if (!existsSync(source)) throw new StartRefused(`The database ${source} does not exist, so it cannot be backed up.`);
  const database = new DatabaseSync(source);
  try {
    await copyDatabase(database, file);
  } catch (error) {
    throw new StartRefused(`The database ${source} cannot be backed up: ${describeSqliteError(error)}.`, {
      cause: error,
    });
  } finally {
    database.close();
  }
}

/**
 * Completes a copy: makes it a single file without a write-ahead log, checks every row, and flushes it to disk.
 * @throws StartRefused if the copy is damaged, or if another program or a newer release has written it.
 */
export function finishCopy(file: string): DatabaseContents {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    const readValue = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
    database.exec("PRAGMA journal_mode = DELETE");
    if (readValue("PRAGMA application_id") !== applicationId)
      throw new StartRefused("it is not a database of this program");
    const schemaVersion = Number(readValue("PRAGMA user_version"));
    if (schemaVersion > migrations.length) {
      throw new StartRefused(
        `it has schema version ${schemaVersion}, but this release supports only versions up to ${migrations.length}`,
      );
    }
    const found = readValue("PRAGMA integrity_check");
    if (found !== "ok") throw new StartRefused(`it is damaged (${String(found)})`);
    if (readValue("PRAGMA foreign_key_check") !== undefined)
      throw new StartRefused("it has assignments without a profile");
    const count = (table: string) => Number(readValue(`SELECT count(*) FROM ${table}`));
    return { profiles: count("profiles"), assignments: count("assignments"), schemaVersion };
  } catch (error) {
    const reason = error instanceof StartRefused ? error.message : describeSqliteError(error);
    throw new StartRefused(`The backup cannot be used: ${reason}.`, { cause: error });
  } finally {
    database.close();
    flushFile(file);
  }
}

/** Renames a complete copy. @throws StartRefused if the file cannot be written or already exists. */
export function nameCopy(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    throw new StartRefused(
      `The file ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  } finally {
    rmSync(draft);
  }
  flushFile(dirname(file));
}

export interface RestoredDatabase extends DatabaseContents {
  /** The new path of the previous database. Undefined if there was no database. */
  readonly replaced: string | undefined;
}

/**
 * Replaces a database with a copy of a backup. Until the last step, the database is not changed.
 * @param force allows replacing an existing database, which is kept under another name.
 * @throws StartRefused if the backup cannot be restored. The database is then unchanged.
 */
export function restoreDatabase(from: string, file: string, force: boolean): RestoredDatabase {
  if (!existsSync(from)) throw new StartRefused(`The backup ${from} does not exist.`);
  if (existsSync(`${from}-wal`) && statSync(`${from}-wal`).size > 0) {
    throw new StartRefused(`${from} is not a backup but a database in use: its latest writes are in ${from}-wal.`);
  }
  const exists = existsSync(file);
  const isReadable = exists && mergeLog(file);
  if (exists && !force) {
    throw new StartRefused(
      `The database ${file} already exists. With --force it is replaced, and the previous database is kept under another name.`,
    );
  }
  makePrivateFolder(dirname(file));
  const draft = `${file}.restoring`;
  rmSync(draft, { force: true });
  try {
    copyFileSync(from, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o600);
    const contents = finishCopy(draft);
    const replaced = exists ? keepUnderNewName(file, isReadable) : undefined;
    renameSync(draft, file);
    flushFile(dirname(file));
    return { ...contents, replaced };
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Merges the write-ahead log of a database into its file.
 * @returns false if the database cannot be read. @throws StartRefused if another process is using it.
 */
function mergeLog(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT; PRAGMA journal_mode = DELETE");
    return true;
  } catch (error) {
    if (!isLocked(error)) return false;
    throw new StartRefused(`The database ${file} is in use. Stop the service first.`, { cause: error });
  } finally {
    database?.close();
  }
}

function keepUnderNewName(file: string, isReadable: boolean): string {
  const newName = `${file}.replaced-${new Date().toISOString().replaceAll(":", "-")}`;
  linkSync(file, newName);
  // The log of an unreadable database is also renamed. Otherwise, SQLite would apply the log to the restored database.
  if (!isReadable && existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${newName}-wal`);
  return newName;
}

function flushFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
