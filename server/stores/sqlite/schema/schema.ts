/** Checks that a database file belongs to this program, and migrates its schema to the version of this release. */
import type { DatabaseSync } from "node:sqlite";
import { StartRefused } from "../../../shared/startRefused.ts";
import { migrations } from "./migrations.ts";

/** The application id in SQLite's file header, "aple" in ASCII. It marks the databases of this program. */
export const applicationId = 0x61706c65;

/**
 * Creates or migrates the tables, in one transaction.
 * @throws StartRefused if another program or a newer release has written the file.
 */
export function migrate(database: DatabaseSync, file: string): void {
  // Takes the write lock, so that a second process cannot start with the same file.
  database.exec("BEGIN IMMEDIATE");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  const version = readPragma(database, "user_version");
  if (isEmpty ? version !== 0 : readPragma(database, "application_id") !== applicationId) {
    throw new StartRefused(`The database ${file} belongs to another program. Use another file.`);
  }
  if (version > migrations.length) {
    throw new StartRefused(
      `The database ${file} has schema version ${version}, but this release supports only versions up to ${migrations.length}. Use a newer release.`,
    );
  }
  for (const step of migrations.slice(version)) database.exec(step);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`);
}

/** Reads a number from the header of a database file. */
export function readPragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
