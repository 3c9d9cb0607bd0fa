/** The SQLite store's SQL statements, and the functions that use them to load states and to apply changes. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Assignment } from "../../domain/model.ts";
import type { Change, Loads, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import { forgottenAtOnce } from "../../shared/limits.ts";
import { rankOfPriority } from "../ranks.ts";
import {
  assignmentColumns,
  assignmentOf,
  placesAround,
  profileColumns,
  profileOf,
  propertiesOf,
  type Row,
  ranksOf,
  rememberedOf,
} from "../rows.ts";
import type { Removals } from "./removals.ts";

export type Statements = ReturnType<typeof prepareStatements>;

/** Excludes profiles that are being deleted. With the plus sign, SQLite uses no index for this condition. */
export const isVisible = "+priority >= 0";

/** Prepares all statements once, because compiling a statement costs more than running it. */
export function prepareStatements(database: DatabaseSync, removals: Removals) {
  const write = (sql: string): StatementSync => database.prepare(sql);
  const read = (sql: string): Query => toQuery(database.prepare(sql));
  const profile = `SELECT ${profileColumns} FROM profiles`;
  const assignment = `SELECT ${assignmentColumns} FROM assignments`;
  return {
    begin: write("BEGIN"),
    commit: write("COMMIT"),
    profile: read(`${profile} WHERE tenant = ? AND id = ? AND ${isVisible}`),
    profileExists: read(`SELECT 1 FROM profiles WHERE tenant = ? AND id = ? AND ${isVisible}`),
    // Priorities have no gaps, so the highest one plus 1 is the number of profiles. This is faster than counting rows.
    lastPriority: read("SELECT coalesce(max(priority), -1) FROM profiles WHERE tenant = ? AND priority >= 0"),
    ranks: read("SELECT priority, rank FROM profiles WHERE tenant = ? AND priority BETWEEN ? AND ?"),
    insertProfile: write(
      "INSERT INTO profiles (tenant, id, priority, rank, version, properties) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    updateProfile: write(
      "UPDATE profiles SET priority = ?, rank = ?, version = ?, properties = ? WHERE tenant = ? AND id = ?",
    ),
    deleteProfiles: write("DELETE FROM profiles WHERE tenant = ?"),
    shiftPriorities: write(
      "UPDATE profiles SET priority = priority + ?, version = version + 1 WHERE tenant = ? AND priority BETWEEN ? AND ?",
    ),
    // Runs before spreadRanks. SQLite checks that ranks are unique after each row, and a new rank can equal the old rank
    // of another row, so the old ranks get a prefix first.
    parkRanks: write("UPDATE profiles SET rank = '~' || rank WHERE tenant = ? AND priority >= 0"),
    spreadRanks: write(`UPDATE profiles SET rank = ${rankOfPriority} WHERE tenant = ? AND priority >= 0`),
    // A negative limit means no limit.
    assignments: read(`${assignment} WHERE tenant = ? AND profile_id = ? ORDER BY id LIMIT ?`),
    assignment: read(`${assignment} WHERE tenant = ? AND profile_id = ? AND id = ?`),
    holder: read(`${assignment} WHERE tenant = ? AND profile_id = ? AND target_identity = ?`),
    insertAssignment: write(
      "INSERT INTO assignments (tenant, profile_id, id, target_identity, target, version) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    updateAssignment: write(
      "UPDATE assignments SET target = ?, version = ? WHERE tenant = ? AND profile_id = ? AND id = ?",
    ),
    // Not part of updateAssignment, because SQLite rewrites the index of identities if an UPDATE names the column.
    retargetAssignment: write(
      "UPDATE assignments SET target_identity = ?, target = ?, version = ? WHERE tenant = ? AND profile_id = ? AND id = ?",
    ),
    deleteAssignment: write("DELETE FROM assignments WHERE tenant = ? AND profile_id = ? AND id = ?"),
    remembered: read("SELECT request, value FROM remembered WHERE tenant = ? AND key = ?"),
    remember: write("INSERT INTO remembered (tenant, key, request, value, expires) VALUES (?, ?, ?, ?, ?)"),
    forgetExpired: write(
      "DELETE FROM remembered WHERE rowid IN (SELECT rowid FROM remembered WHERE expires < ? ORDER BY expires LIMIT ?)",
    ),
    forget: write("DELETE FROM remembered WHERE tenant = ?"),
    removals,
  };
}

export interface Query {
  all(...values: readonly SQLInputValue[]): readonly Row[];
  get(...values: readonly SQLInputValue[]): Row | undefined;
}

export function toQuery(statement: StatementSync): Query {
  statement.setReturnArrays(true);
  const toRow = (row: unknown): Row => (Array.isArray(row) ? row : []);
  return {
    all: (...values) => statement.all(...values).map(toRow),
    get: (...values) => {
      const row: unknown = statement.get(...values);
      return row === undefined ? undefined : toRow(row);
    },
  };
}

export function load(statements: Statements, tenant: string, loads: Loads): State {
  const { profileId } = loads;
  const profile = profileId === undefined ? undefined : statements.profile.get(tenant, profileId);
  const inProfile = (query: Query, keys: readonly string[] = []) => {
    const found = new Map<string, Assignment>();
    for (const key of keys) {
      const row = profileId === undefined ? undefined : query.get(tenant, profileId, key);
      if (row) found.set(key, assignmentOf(row));
    }
    return found;
  };
  const profileCount = loads.order ? countProfiles(statements, tenant) : 0;
  return {
    profileExists: profile !== undefined,
    profile: loads.order && profile && profileOf(profile),
    profileCount,
    ranks: ranksOf(loads.order ? ranksAround(statements, tenant, loads.around, profileCount) : []),
    assignments: inProfile(statements.assignment, loads.order ? [] : loads.assignmentIds),
    holders: inProfile(statements.holder, loads.order ? [] : loads.targetIdentities),
    remembered: loads.key === undefined ? undefined : rememberedOf(statements.remembered.get(tenant, loads.key)),
  };
}

function ranksAround(
  statements: Statements,
  tenant: string,
  position: number | undefined,
  profileCount: number,
): readonly Row[] {
  return position === undefined ? [] : statements.ranks.all(tenant, ...placesAround(position, profileCount));
}

export function countProfiles(statements: Statements, tenant: string): number {
  return Number(statements.lastPriority.get(tenant)?.[0]) + 1;
}

export function apply(statements: Statements, tenant: string, change: Change): void {
  switch (change.kind) {
    case "insertProfile": {
      const { id, priority, rank, version } = change.profile;
      statements.insertProfile.run(tenant, id, priority, rank, version, propertiesOf(change.profile));
      return;
    }
    case "updateProfile": {
      const { id, priority, rank, version } = change.profile;
      statements.updateProfile.run(priority, rank, version, propertiesOf(change.profile), tenant, id);
      return;
    }
    case "deleteProfile":
      statements.removals.delete(tenant, change.profileId);
      return;
    case "deleteProfiles":
      statements.deleteProfiles.run(tenant);
      return;
    case "shiftPriorities":
      statements.shiftPriorities.run(change.by, tenant, change.first, change.last);
      return;
    case "spreadRanks":
      statements.parkRanks.run(tenant);
      statements.spreadRanks.run(tenant);
      return;
    case "insertAssignment": {
      const { id, target, version } = change.assignment;
      const identity = identityOf(target);
      statements.insertAssignment.run(tenant, change.profileId, id, identity, JSON.stringify(target), version);
      return;
    }
    case "updateAssignment": {
      const { id, target, version } = change.assignment;
      statements.updateAssignment.run(JSON.stringify(target), version, tenant, change.profileId, id);
      return;
    }
    case "retargetAssignment": {
      const { id, target, version } = change.assignment;
      const identity = identityOf(target);
      statements.retargetAssignment.run(identity, JSON.stringify(target), version, tenant, change.profileId, id);
      return;
    }
    case "deleteAssignment":
      statements.deleteAssignment.run(tenant, change.profileId, change.assignmentId);
      return;
    case "remember": {
      const { key, request, value, expires } = change.answer;
      statements.remember.run(tenant, key, request, value, expires);
      statements.forgetExpired.run(Date.now(), forgottenAtOnce);
      return;
    }
    case "forget":
      statements.forget.run(tenant);
      return;
  }
}
