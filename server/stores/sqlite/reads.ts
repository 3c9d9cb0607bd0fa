/** Implements the store's reads for SQLite. */
import type { DatabaseSync } from "node:sqlite";
import type { AssignmentPath } from "../../domain/query.ts";
import { defaultOrder, type ProfileKey, type Reads } from "../../domain/store.ts";
import { sqliteAssignmentColumns, sqliteProfileColumns } from "../columns.ts";
import { type Sql, sqlite } from "../conditionSql.ts";
import { countSql, listSql, type Source } from "../listSql.ts";
import { assignmentColumns, profileColumns, profileOf, type Row, storedAssignmentOf } from "../rows.ts";
import type { Flushes } from "./flushes.ts";
import type { Health } from "./health.ts";
import { countProfiles, type Query, type Statements, toQuery } from "./statements.ts";

export function profileSource(tenant: string): Source<ProfileKey> {
  return {
    dialect: sqlite,
    defaultOrder: defaultOrder.profiles,
    keys: sqliteProfileColumns,
    bound: [tenant],
    from: "FROM profiles WHERE tenant = ?",
  };
}

function assignmentSource(tenant: string, profileId: string): Source<AssignmentPath> {
  const from = "FROM assignments WHERE tenant = ? AND profile_id = ?";
  return {
    dialect: sqlite,
    defaultOrder: defaultOrder.assignments,
    keys: sqliteAssignmentColumns,
    bound: [tenant, profileId],
    from,
  };
}

/** The state that the store's reads share with its writes. */
export interface ReadOptions {
  readonly flushes: Flushes;
  readonly health: Health;
}

export function sqliteReads(database: DatabaseSync, statements: Statements, options: ReadOptions): Reads {
  const read = atEndOfTurn(options);
  const run = runCached(database);
  const profileExists = (tenant: string, profileId: string) => statements.profile.get(tenant, profileId) !== undefined;
  const everyAssignment = (tenant: string, profileId: string) => statements.assignments.all(tenant, profileId);
  return {
    profiles: (tenant, list) => read(() => run(listSql(profileSource(tenant), profileColumns, list)).map(profileOf)),
    profile: (tenant, id) =>
      read(() => {
        const row = statements.profile.get(tenant, id);
        return row && profileOf(row);
      }),
    countProfiles: (tenant, condition) =>
      read(() =>
        condition ? Number(run(countSql(profileSource(tenant), condition))[0]?.[0]) : countProfiles(statements, tenant),
      ),
    assignments: (tenant, profileId, list) =>
      read(() => {
        if (!profileExists(tenant, profileId)) return undefined;
        return run(listSql(assignmentSource(tenant, profileId), assignmentColumns, list)).map(storedAssignmentOf);
      }),
    assignmentsOfAll: (tenant, profileIds) =>
      read(() => new Map(profileIds.map((id) => [id, everyAssignment(tenant, id).map(storedAssignmentOf)]))),
    assignment: (tenant, profileId, id) =>
      read(() => {
        const row = statements.assignment.get(tenant, profileId, id);
        return row && storedAssignmentOf(row);
      }),
    countAssignments: (tenant, profileId, condition) =>
      read(() => {
        if (!profileExists(tenant, profileId)) return undefined;
        return Number(run(countSql(assignmentSource(tenant, profileId), condition))[0]?.[0]);
      }),
  };
}

/** The largest number of prepared statements in the cache. The oldest statements are removed first. */
const cachedStatements = 100;

/** Returns a function that runs generated SQL and caches prepared statements, because most queries occur repeatedly. */
function runCached(database: DatabaseSync): (sql: Sql) => readonly Row[] {
  const cache = new Map<string, Query>();
  return ({ sql, values }) => {
    let statement = cache.get(sql);
    if (statement === undefined) {
      statement = toQuery(database.prepare(sql));
      const [first] = cache.keys();
      if (first !== undefined && cache.size >= cachedStatements) cache.delete(first);
      cache.set(sql, statement);
    }
    return statement.all(...values);
  };
}

/**
 * Collects the reads of one turn of the event loop and runs them together at the end of the turn. This saves CPU time.
 * If parsing requests, reading rows and writing answers are not interleaved, the code and data of each step stay in the
 * processor's caches. A read is answered when all data that it has seen is on disk.
 */
function atEndOfTurn({ flushes, health }: ReadOptions): <Value>(work: () => Value) => Promise<Value> {
  let waiting: (() => void)[] = [];
  const runAll = () => {
    const reads = waiting;
    waiting = [];
    for (const read of reads) read();
  };
  return (work) =>
    new Promise((resolve, reject) => {
      const read = () => {
        try {
          health.assertUndamaged();
          const value = work();
          flushes.afterFlush({ settle: () => resolve(value), fail: reject });
        } catch (error) {
          reject(health.readFailed(error));
        }
      };
      if (waiting.push(read) === 1) setImmediate(runAll);
    });
}
