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
import { describeSqliteError, isBusy } from "./resultCodes.ts";
import { migrations } from "./schema/migrations.ts";
import { applicationId, readPragma } from "./schema/schema.ts";
import { describeSchemaDifference } from "./schema/schemaCheck.ts";

/** The endings of the files that SQLite keeps next to a database, and applies to any database that has the same name. */
const companionEndings = ["-wal", "-shm", "-journal"] as const;

export interface DatabaseContents {
  readonly profiles: number;
  readonly assignments: number;
  readonly schemaVersion: number;
}

/**
 * Copies an open database, some pages at a time, without blocking the event loop. The copy also contains writes that
 * use the same connection while the copy is being made (https://sqlite.org/backup.html).
 * @param file must not exist. @param signal stops the copy.
 * @throws the error of the system or of SQLite, or the signal's reason, after deleting the incomplete file.
 */
export async function copyDatabase(database: DatabaseSync, file: string, signal: AbortSignal): Promise<void> {
  // Creates an empty file that only this user may access. SQLite treats an empty file as an empty database.
  writeFileSync(file, "", { flag: "wx", mode: 0o600 });
  try {
    await backup(database, file, { progress: () => signal.throwIfAborted() });
    // SQLite reports no progress after the last step, and a small database needs only one.
    signal.throwIfAborted();
  } catch (error) {
    removeDraft(file);
    throw error;
  }
}

/** Deletes an unfinished copy, and the files that SQLite keeps next to it. */
export function removeDraft(file: string): void {
  for (const ending of ["", ...companionEndings]) rmSync(`${file}${ending}`, { force: true });
}

/**
 * Copies a database that no service has open. @param signal stops the copy.
 * @throws StartRefused if the database cannot be copied.
 */
export async function copyDatabaseFile(source: string, file: string, signal: AbortSignal): Promise<void> {
  if (!existsSync(source)) throw new StartRefused(`The database ${source} does not exist, so it cannot be backed up.`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(source);
    await copyDatabase(database, file, signal);
  } catch (error) {
    throw new StartRefused(`The database ${source} cannot be backed up: ${describeSqliteError(error)}.`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}

/**
 * Completes a copy: makes it a single file without a write-ahead log, checks its schema and every row, and flushes it to
 * disk.
 * @throws StartRefused if the copy is damaged, or if another program or a newer release has written it.
 */
export function finishCopy(file: string): DatabaseContents {
  let database: DatabaseSync | undefined;
  let contents: DatabaseContents;
  try {
    database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    database.exec("PRAGMA journal_mode = DELETE");
    contents = checkDatabase(database);
  } catch (error) {
    const reason = error instanceof StartRefused ? error.message : describeSqliteError(error);
    throw new StartRefused(`The backup cannot be used: ${reason}.`, { cause: error });
  } finally {
    database?.close();
  }
  flushFile(file);
  return contents;
}

/** Checks everything that a database must contain. @throws StartRefused with the end of a sentence. */
function checkDatabase(database: DatabaseSync): DatabaseContents {
  const readValue = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  if (readPragma(database, "application_id") !== applicationId)
    throw new StartRefused("it is not a database of this program");
  const schemaVersion = readPragma(database, "user_version");
  if (schemaVersion < 1 || schemaVersion > migrations.length) {
    throw new StartRefused(
      `it has schema version ${schemaVersion}, but this release supports only versions 1 to ${migrations.length}`,
    );
  }
  const found = readValue("PRAGMA integrity_check");
  if (found !== "ok") throw new StartRefused(`it is damaged (${String(found)})`);
  const difference = describeSchemaDifference(database, schemaVersion);
  if (difference !== undefined) throw new StartRefused(difference);
  if (readValue("PRAGMA foreign_key_check") !== undefined)
    throw new StartRefused("it has assignments without a profile");
  // A profile that is being deleted has a negative priority.
  const profiles = Number(readValue("SELECT count(*) FROM profiles WHERE priority >= 0"));
  const assignments = Number(
    readValue(
      "SELECT count(*) FROM assignments AS a JOIN profiles AS p ON p.tenant = a.tenant AND p.id = a.profile_id WHERE p.priority >= 0",
    ),
  );
  return { profiles, assignments, schemaVersion };
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
  /** The new paths of the files that SQLite kept next to the previous database. */
  readonly leftOver: readonly string[];
}

/**
 * Replaces a database with a copy of a backup. Until the last step, the database is not changed. The files that SQLite
 * keeps next to a database are renamed with it: otherwise SQLite would apply the old log to the restored database.
 * @param force allows replacing an existing database, which is kept under another name.
 * @throws StartRefused if the backup cannot be restored. The database is then unchanged.
 */
export function restoreDatabase(from: string, file: string, force: boolean): RestoredDatabase {
  if (!existsSync(from)) throw new StartRefused(`The backup ${from} does not exist.`);
  const log = [`${from}-wal`, `${from}-journal`].find((path) => existsSync(path) && statSync(path).size > 0);
  if (log !== undefined) {
    throw new StartRefused(`${from} is not a backup but a database in use: its latest writes are in ${log}.`);
  }
  const exists = existsSync(file);
  // SQLite would delete the log of an empty file.
  if (exists && statSync(file).size > 0) mergeLog(file);
  if (exists && !force) {
    throw new StartRefused(
      `The database ${file} already exists. With --force it is replaced, and the previous database is kept under another name.`,
    );
  }
  makePrivateFolder(dirname(file));
  const draft = `${file}.restoring`;
  removeDraft(draft);
  try {
    copyFileSync(from, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o600);
    const contents = finishCopy(draft);
    const kept = keepUnderNewName(file);
    renameSync(draft, file);
    flushFile(dirname(file));
    return { ...contents, ...kept };
  } finally {
    removeDraft(draft);
  }
}

/**
 * Merges the write-ahead log of a database into its file. Does nothing if the database cannot be read.
 * @throws StartRefused if another process is using it.
 */
function mergeLog(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT; PRAGMA journal_mode = DELETE");
  } catch (error) {
    if (!isBusy(error)) return;
    throw new StartRefused(`The database ${file} is in use. Stop the service first.`, { cause: error });
  } finally {
    database?.close();
  }
}

/** Keeps the previous database, as far as it exists, under another name. */
function keepUnderNewName(file: string): Pick<RestoredDatabase, "replaced" | "leftOver"> {
  const newName = `${file}.replaced-${new Date().toISOString().replaceAll(":", "-")}`;
  const replaced = existsSync(file) ? newName : undefined;
  if (replaced !== undefined) linkSync(file, replaced);
  const endings = companionEndings.filter((ending) => existsSync(`${file}${ending}`));
  for (const ending of endings) renameSync(`${file}${ending}`, `${newName}${ending}`);
  return { replaced, leftOver: endings.map((ending) => `${newName}${ending}`) };
}

function flushFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
