/**
 * The embedded store: one SQLite file (or memory) in one process. WAL with synchronous=FULL: a write is answered only
 * after its commit is on disk.
 */
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import type { DomainError } from "../domain/errors.ts";
import type { Assignment, Profile } from "../domain/model.ts";
import type { Change, Command, Loads, Outcome, Reads, State, Store } from "../domain/store.ts";
import { identityOf } from "../domain/targets.ts";
import { makeFolder } from "../folder.ts";
import { StartRefused } from "../startRefused.ts";
import { migrations } from "./migrations.ts";
import { guarded, reason } from "./sqliteFailures.ts";

type Row = Record<string, SQLOutputValue>;

/**
 * @param file path of the database, made and migrated if need be, or `:memory:`.
 * @param inspect looks at the open connection: some promises (synchronous=FULL) can be seen nowhere else.
 * @throws StartRefused if the file cannot serve as the store.
 */
export function openSqliteStore(file: string, inspect: (database: DatabaseSync) => void = () => {}): Store {
  const database = open(file);
  inspect(database);
  const statements = prepare(database);
  let closed = false;

  return {
    read: reads(statements),
    async decide<Value, Failure extends DomainError>(tenant: string, command: Command<Value, Failure>) {
      return guarded(() => transact(database, statements, tenant, command));
    },
    async close() {
      if (closed) return;
      closed = true;
      database.close();
    },
  };
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") makeFolder(dirname(file));
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
    // Exclusive: a second process on the same file would break the promise that reads see every answered write.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`The database ${file} can't be used: ${reason(error)}.`, { cause: error });
  }
}

/** "aple" in SQLite's header: what tells this program's databases from others'. */
const applicationId = 0x61706c65;

function migrate(database: DatabaseSync, file: string): void {
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

function prepare(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    profiles: sql("SELECT * FROM profiles WHERE tenant = ? ORDER BY priority"),
    profile: sql("SELECT * FROM profiles WHERE tenant = ? AND id = ?"),
    countProfiles: sql("SELECT count(*) AS n FROM profiles WHERE tenant = ?"),
    // Priorities have no gaps, so that the last one tells the number without counting.
    lastPriority: sql("SELECT coalesce(max(priority), -1) AS n FROM profiles WHERE tenant = ?"),
    insertProfile: sql("INSERT INTO profiles (tenant, id, priority, version, properties) VALUES (?, ?, ?, ?, ?)"),
    updateProfile: sql("UPDATE profiles SET priority = ?, version = ?, properties = ? WHERE tenant = ? AND id = ?"),
    deleteProfile: sql("DELETE FROM profiles WHERE tenant = ? AND id = ?"),
    shiftPriorities: sql(
      "UPDATE profiles SET priority = priority + ?, version = version + 1 WHERE tenant = ? AND priority BETWEEN ? AND ?",
    ),
    assignments: sql("SELECT * FROM assignments WHERE tenant = ? AND profile_id = ? ORDER BY id"),
    assignment: sql("SELECT * FROM assignments WHERE tenant = ? AND profile_id = ? AND id = ?"),
    holder: sql("SELECT * FROM assignments WHERE tenant = ? AND profile_id = ? AND target_identity = ?"),
    countAssignments: sql("SELECT count(*) AS n FROM assignments WHERE tenant = ? AND profile_id = ?"),
    insertAssignment: sql(
      "INSERT INTO assignments (tenant, profile_id, id, target_identity, target, version) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    updateAssignment: sql(
      "UPDATE assignments SET target_identity = ?, target = ?, version = ? WHERE tenant = ? AND profile_id = ? AND id = ?",
    ),
    deleteAssignment: sql("DELETE FROM assignments WHERE tenant = ? AND profile_id = ? AND id = ?"),
  };
}

type Statements = ReturnType<typeof prepare>;

function reads(statements: Statements): Reads {
  const isThere = (tenant: string, profileId: string) => statements.profile.get(tenant, profileId) !== undefined;
  return {
    profiles: async (tenant) => guarded(() => statements.profiles.all(tenant).map(profileOfRow)),
    profile: async (tenant, id) => guarded(() => profileOf(statements.profile.get(tenant, id))),
    countProfiles: async (tenant) => guarded(() => Number(statements.countProfiles.get(tenant)?.["n"])),
    assignments: async (tenant, profileId) =>
      guarded(() => {
        if (!isThere(tenant, profileId)) return undefined;
        return statements.assignments.all(tenant, profileId).map(assignmentOfRow);
      }),
    assignment: async (tenant, profileId, id) =>
      guarded(() => assignmentOf(statements.assignment.get(tenant, profileId, id))),
    countAssignments: async (tenant, profileId) =>
      guarded(() => {
        if (!isThere(tenant, profileId)) return undefined;
        return Number(statements.countAssignments.get(tenant, profileId)?.["n"]);
      }),
  };
}

function transact<Value, Failure extends DomainError>(
  database: DatabaseSync,
  statements: Statements,
  tenant: string,
  command: Command<Value, Failure>,
): Outcome<Value, Failure> {
  database.exec("BEGIN");
  try {
    const { changes, outcome } = command.decide(load(statements, tenant, command.loads));
    for (const change of changes) apply(statements, tenant, change);
    database.exec("COMMIT");
    return outcome;
  } catch (error) {
    // A full disk rolls back by itself; any other failure leaves the transaction open.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function load(statements: Statements, tenant: string, loads: Loads): State {
  const { profileId, assignmentIds = [], targetIdentities = [], order } = loads;
  const inProfile = (statement: StatementSync, keys: readonly string[]) => {
    const found = new Map<string, Assignment>();
    for (const key of keys) {
      const row = profileId === undefined ? undefined : statement.get(tenant, profileId, key);
      if (row) found.set(key, assignmentOfRow(row));
    }
    return found;
  };
  return {
    profile: profileId === undefined ? undefined : profileOf(statements.profile.get(tenant, profileId)),
    assignments: inProfile(statements.assignment, assignmentIds),
    holders: inProfile(statements.holder, targetIdentities),
    profileCount: order ? Number(statements.lastPriority.get(tenant)?.["n"]) + 1 : 0,
  };
}

function apply(statements: Statements, tenant: string, change: Change): void {
  switch (change.kind) {
    case "insertProfile": {
      const { id, priority, version } = change.profile;
      statements.insertProfile.run(tenant, id, priority, version, propertiesOf(change.profile));
      return;
    }
    case "updateProfile": {
      const { id, priority, version } = change.profile;
      statements.updateProfile.run(priority, version, propertiesOf(change.profile), tenant, id);
      return;
    }
    case "deleteProfile":
      statements.deleteProfile.run(tenant, change.profileId);
      return;
    case "shiftPriorities":
      statements.shiftPriorities.run(change.by, tenant, change.first, change.last);
      return;
    case "insertAssignment": {
      const { id, target, version } = change.assignment;
      const identity = identityOf(target);
      statements.insertAssignment.run(tenant, change.profileId, id, identity, JSON.stringify(target), version);
      return;
    }
    case "updateAssignment": {
      const { id, target, version } = change.assignment;
      const identity = identityOf(target);
      statements.updateAssignment.run(identity, JSON.stringify(target), version, tenant, change.profileId, id);
      return;
    }
    case "deleteAssignment":
      statements.deleteAssignment.run(tenant, change.profileId, change.assignmentId);
      return;
  }
}

function propertiesOf({ id: _id, priority: _priority, version: _version, ...properties }: Profile): string {
  return JSON.stringify(properties);
}

function profileOf(row: Row | undefined): Profile | undefined {
  return row && profileOfRow(row);
}

function profileOfRow(row: Row): Profile {
  const properties: Omit<Profile, "id" | "priority" | "version"> = JSON.parse(String(row["properties"]));
  return { ...properties, id: String(row["id"]), priority: Number(row["priority"]), version: Number(row["version"]) };
}

function assignmentOf(row: Row | undefined): Assignment | undefined {
  return row && assignmentOfRow(row);
}

function assignmentOfRow(row: Row): Assignment {
  const target: Assignment["target"] = JSON.parse(String(row["target"]));
  return { id: String(row["id"]), target, version: Number(row["version"]) };
}
