/** Copies of the embedded store: made of it while it is at work, looked at, and put in its place. */
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
import { makeFolder } from "../../shared/files.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { reason } from "./failures.ts";
import { migrations } from "./migrations.ts";
import { applicationId } from "./schema.ts";

/** What a copy holds. */
export interface Contents {
  readonly profiles: number;
  readonly assignments: number;
  readonly schemaVersion: number;
}

/**
 * Copies a database that is at work, some pages at a time, beside the event loop. What is written meanwhile through the
 * same connection is in the copy as well (https://sqlite.org/backup.html).
 * @param file that is not there yet. @throws Error of the system or of SQLite; then nothing is left of it.
 */
export async function copyDatabase(database: DatabaseSync, file: string): Promise<void> {
  // SQLite takes an empty file for an empty database; so nobody else can read what comes into it.
  writeFileSync(file, "", { flag: "wx", mode: 0o600 });
  try {
    await backup(database, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

/** As copyDatabase, of a database that no service has open. @throws StartRefused */
export async function copyDatabaseFile(source: string, file: string): Promise<void> {
  if (!existsSync(source)) throw new StartRefused(`There is no database ${source} to back up.`);
  const database = new DatabaseSync(source);
  try {
    await copyDatabase(database, file);
  } catch (error) {
    throw new StartRefused(`The database ${source} can't be backed up: ${reason(error)}.`, { cause: error });
  } finally {
    database.close();
  }
}

/**
 * Makes a copy whole: one file without a log beside it, checked to the last row, on disk.
 * @throws StartRefused if it is none of this program's databases, a newer release's, or damaged.
 */
export function finishCopy(file: string): Contents {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    const one = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
    database.exec("PRAGMA journal_mode = DELETE");
    if (one("PRAGMA application_id") !== applicationId) throw new StartRefused("it is no database of this program");
    const schemaVersion = Number(one("PRAGMA user_version"));
    if (schemaVersion > migrations.length) {
      throw new StartRefused(
        `it has schema version ${schemaVersion}, and this release knows only up to ${migrations.length}`,
      );
    }
    const found = one("PRAGMA integrity_check");
    if (found !== "ok") throw new StartRefused(`it is damaged (${String(found)})`);
    if (one("PRAGMA foreign_key_check") !== undefined) throw new StartRefused("assignments in it have no profile");
    const count = (table: string) => Number(one(`SELECT count(*) FROM ${table}`));
    return { profiles: count("profiles"), assignments: count("assignments"), schemaVersion };
  } catch (error) {
    const why = error instanceof StartRefused ? error.message : reason(error);
    throw new StartRefused(`The backup can't be used: ${why}.`, { cause: error });
  } finally {
    database.close();
    flushFile(file);
  }
}

/** Gives a whole copy its name, if nothing has that name. @throws StartRefused */
export function nameCopy(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    throw new StartRefused(`${file} can't be written: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    rmSync(draft);
  }
  flushFile(dirname(file));
}

export interface Restored extends Contents {
  /** Where the database is that was there before. */
  readonly replaced: string | undefined;
}

/**
 * Puts a copy of a backup in the place of a database. Until its last step, the database is what it was.
 * @param force replaces one that is there, which is kept beside it. @throws StartRefused; then nothing is changed.
 */
export function restoreDatabase(from: string, file: string, force: boolean): Restored {
  if (!existsSync(from)) throw new StartRefused(`There is no backup ${from}.`);
  if (existsSync(`${from}-wal`) && statSync(`${from}-wal`).size > 0) {
    throw new StartRefused(`${from} is no backup but a database at work: its latest writes are in ${from}-wal.`);
  }
  const isThere = existsSync(file);
  const isWell = isThere && isIdle(file);
  if (isThere && !force) {
    throw new StartRefused(
      `There is a database ${file} already: --force replaces it, and keeps it beside the new one.`,
    );
  }
  makeFolder(dirname(file));
  const draft = `${file}.restoring`;
  rmSync(draft, { force: true });
  try {
    copyFileSync(from, draft, constants.COPYFILE_EXCL);
    chmodSync(draft, 0o600);
    const contents = finishCopy(draft);
    const replaced = isThere ? keepAside(file, isWell) : undefined;
    renameSync(draft, file);
    flushFile(dirname(file));
    return { ...contents, replaced };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether a database that nobody uses can be read. Its log becomes a part of it. @throws StartRefused if somebody uses it. */
function isIdle(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT; PRAGMA journal_mode = DELETE");
    return true;
  } catch (error) {
    if (reason(error) !== "another process is using it") return false;
    throw new StartRefused(`The database ${file} is in use: stop the service first.`, { cause: error });
  } finally {
    database?.close();
  }
}

function keepAside(file: string, isWell: boolean): string {
  const aside = `${file}.replaced-${new Date().toISOString().replaceAll(":", "-")}`;
  linkSync(file, aside);
  // Of one that can't be read, nobody knows what its log is worth; left there, it would be applied to the new one.
  if (!isWell && existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  return aside;
}

function flushFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
