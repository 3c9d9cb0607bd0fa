/** Creates SQLite files with a fixture. The service's store creates the schema, and the rows are inserted in bulk. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import type { Fixture } from "../fixture.ts";
import { assignmentRows, profileRows, type Versions, versionsQuery } from "./rows.ts";

export async function makeSqliteFile(file: string, fixture: Fixture): Promise<void> {
  await openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  // Durability is off, because a lost file can be created again.
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  const profile = database.prepare(
    "INSERT INTO profiles (tenant, id, priority, rank, version, properties) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const row of profileRows(fixture)) profile.run(...row);
  const assignment = database.prepare(
    "INSERT INTO assignments (tenant, profile_id, id, target_identity, target, version) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const row of assignmentRows(fixture)) assignment.run(...row);
  database.exec("COMMIT");
  database.close();
  // The file is flushed before the rounds, so that the disk is idle during them.
  const descriptor = openSync(file, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Counts the row changes. Call it only while no service has the file open, because the service locks the file. */
export function sqliteVersions(file: string): Versions {
  const database = new DatabaseSync(file);
  const row = database.prepare(versionsQuery).get();
  database.close();
  return { assignments: Number(row?.["assignments"]), profiles: Number(row?.["profiles"]) };
}
