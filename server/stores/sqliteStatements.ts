/** The embedded store's SQL: what a command loads, what a change writes, what a read finds. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Assignment, Profile } from "../domain/model.ts";
import type { Change, Loads, State } from "../domain/store.ts";
import { identityOf } from "../domain/targets.ts";
import { assignmentOfRow, profileOfRow, propertiesOf, type Row } from "./rows.ts";

export type Statements = ReturnType<typeof prepare>;

/** Prepared once: compiling a statement costs more than running it. */
export function prepare(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    begin: sql("BEGIN"),
    commit: sql("COMMIT"),
    profiles: sql("SELECT * FROM profiles WHERE tenant = ? ORDER BY priority"),
    profile: sql("SELECT * FROM profiles WHERE tenant = ? AND id = ?"),
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

export function load(statements: Statements, tenant: string, loads: Loads): State {
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
    profileCount: order ? countProfiles(statements, tenant) : 0,
  };
}

export function apply(statements: Statements, tenant: string, change: Change): void {
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

export function countProfiles(statements: Statements, tenant: string): number {
  return Number(statements.lastPriority.get(tenant)?.["n"]) + 1;
}

export function profileOf(row: Row | undefined): Profile | undefined {
  return row && profileOfRow(row);
}

export function assignmentOf(row: Row | undefined): Assignment | undefined {
  return row && assignmentOfRow(row);
}
