/** The schema of a database file: whose it is, and how it is brought to the version of this release. */
import type { DatabaseSync } from "node:sqlite";
import { StartRefused } from "../../shared/startRefused.ts";
import { migrations } from "./migrations.ts";

/** "aple" in SQLite's header: what tells this program's databases from others'. */
export const applicationId = 0x61706c65;

/** Makes or migrates the tables, in one transaction. @throws StartRefused for another program's file, or one of a newer release. */
export function migrate(database: DatabaseSync, file: string): void {
  // The write lock is taken here at the latest, so that a second process is refused at its start.
  database.exec("BEGIN IMMEDIATE");
  const pragma = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  const version = pragma("user_version");
  if (isEmpty ? version !== 0 : pragma("application_id") !== applicationId) {
    throw new StartRefused(`The database ${file} belongs to another program: name another file.`);
  }
  if (version > migrations.length) {
    throw new StartRefused(
      `The database ${file} has schema version ${version}, but this release knows only up to ${migrations.length}: use a newer release.`,
    );
  }
  for (const step of migrations.slice(version)) database.exec(step);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`);
}
