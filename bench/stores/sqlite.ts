/** Creates SQLite files with a fixture. The store of the service creates the schema; the rows are inserted in bulk. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import type { Fixture } from "../fixture.ts";
import { assignmentRows, profileRows, type Versions, versionsQuery } from "./rows.ts";

export async function makeSqliteFile(file: string, fixture: Fixture): Promise<void> {
  await openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  // Durability is not needed: a lost file is created again.
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
  // Flushed now, so that the disk is idle during the rounds.
  const descriptor = openSync(file, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Call it only when no service has the file open, because a service locks it. */
export function sqliteVersions(file: string): Versions {
  const database = new DatabaseSync(file);
  const row = database.prepare(versionsQuery).get();
  database.close();
  return { assignments: Number(row?.["assignments"]), profiles: Number(row?.["profiles"]) };
}
