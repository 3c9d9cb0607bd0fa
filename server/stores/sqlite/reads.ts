/** Implements the store's reads for SQLite. */
import type { DatabaseSync } from "node:sqlite";
import type { AssignmentPath, Condition } from "../../domain/query.ts";
import { defaultOrder, type List, type ProfileKey, type Reads } from "../../domain/store.ts";
import { sqliteAssignmentColumns, sqliteProfileColumns } from "../columns.ts";
import { type Sql, sqlite } from "../conditionSql.ts";
import { countSql, listSql, type Source } from "../listSql.ts";
import { assignmentColumns, profileColumns, profileOf, type Row, storedAssignmentOf } from "../rows.ts";
import type { Flushes } from "./flushes.ts";
import type { Health } from "./health.ts";
import { openScan, type ScanLimits } from "./scans.ts";
import { inTime, slicedCount, slicedList } from "./slices.ts";
import { countProfiles, isVisible, type Query, type Statements, toQuery } from "./statements.ts";
import type { Turns } from "./turns.ts";

export function profileSource(tenant: string): Source<ProfileKey> {
  return {
    dialect: sqlite,
    defaultOrder: defaultOrder.profiles,
    keys: sqliteProfileColumns,
    bound: [tenant],
    from: `FROM profiles WHERE tenant = ? AND ${isVisible}`,
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

/** What the store's reads share with its writes. */
export interface ReadOptions {
  readonly turns: Turns;
  readonly flushes: Flushes;
  readonly health: Health;
  readonly scanLimits: ScanLimits;
}

export function sqliteReads(database: DatabaseSync, statements: Statements, options: ReadOptions): Reads {
  const { turns, health, scanLimits } = options;
  const read = readInTurns(options);
  const run = runCached(database);
  const scan = openScan(database, { turns, run, assertReadable: health.assertUndamaged, limits: scanLimits });
  const profileExists = (tenant: string, profileId: string) =>
    statements.profileExists.get(tenant, profileId) !== undefined;

  const listOf = <Key extends string>(tenant: string, source: Source<Key>, columns: string, list: List<Key> = {}) => {
    // Without a filter, a list in the default order reads only the rows that it returns.
    if (list.condition === undefined && list.order === undefined) return run(listSql(source, columns, list));
    return scan(tenant, listSql(stoppable(source), columns, list), () => slicedList(source, columns, list));
  };
  const countOf = async <Key extends string>(tenant: string, source: Source<Key>, condition: Condition<Key>) => {
    const [row] = await scan(tenant, countSql(stoppable(source), condition), () => slicedCount(source, condition));
    return Number(row?.[0]);
  };
  return {
    profiles: (tenant, list) =>
      read(tenant, () => convert(listOf(tenant, profileSource(tenant), profileColumns, list), profileOf)),
    profile: (tenant, id) =>
      read(tenant, () => {
        const row = statements.profile.get(tenant, id);
        return row && profileOf(row);
      }),
    countProfiles: (tenant, condition) =>
      read(tenant, () =>
        condition ? countOf(tenant, profileSource(tenant), condition) : countProfiles(statements, tenant),
      ),
    assignments: (tenant, profileId, list) =>
      read(tenant, () => {
        if (!profileExists(tenant, profileId)) return undefined;
        const rows = listOf(tenant, assignmentSource(tenant, profileId), assignmentColumns, list);
        return convert(rows, storedAssignmentOf);
      }),
    assignmentsOfAll: (tenant, profileIds, limit = -1) =>
      read(tenant, () => {
        const shown = profileIds.filter((id) => !statements.removals.isHidden(tenant, id));
        const rowsOf = (id: string) => statements.assignments.all(tenant, id, limit);
        return new Map(shown.map((id) => [id, rowsOf(id).map(storedAssignmentOf)]));
      }),
    assignment: (tenant, profileId, id) =>
      read(tenant, () => {
        if (statements.removals.isHidden(tenant, profileId)) return undefined;
        const row = statements.assignment.get(tenant, profileId, id);
        return row && storedAssignmentOf(row);
      }),
    countAssignments: (tenant, profileId, condition) =>
      read(tenant, () => {
        if (!profileExists(tenant, profileId)) return undefined;
        const source = assignmentSource(tenant, profileId);
        return condition ? countOf(tenant, source, condition) : Number(run(countSql(source, undefined))[0]?.[0]);
      }),
  };
}

function convert<Entity>(
  rows: readonly Row[] | Promise<readonly Row[]>,
  entityOf: (row: Row) => Entity,
): readonly Entity[] | Promise<readonly Entity[]> {
  return rows instanceof Promise ? rows.then((found) => found.map(entityOf)) : rows.map(entityOf);
}

/** Returns the source with the condition that stops a statement, which is evaluated for each row before the filter. */
function stoppable<Key extends string>(source: Source<Key>): Source<Key> {
  return { ...source, from: `${source.from} AND ${inTime}` };
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

/** Returns a function that runs reads. A read is answered when all data that it has seen is on disk. */
function readInTurns({
  turns,
  flushes,
  health,
}: ReadOptions): <Value>(tenant: string, work: () => Value | Promise<Value>) => Promise<Value> {
  return <Value>(tenant: string, work: () => Value | Promise<Value>) =>
    new Promise<Value>((resolve, reject) => {
      const answer = (value: Value) => flushes.afterFlush({ settle: () => resolve(value), fail: reject });
      turns.run(tenant, () => {
        try {
          health.assertUndamaged();
          const value = work();
          if (value instanceof Promise) value.then(answer).catch((error) => reject(health.readFailed(error)));
          else answer(value);
        } catch (error) {
          reject(health.readFailed(error));
        }
      });
    });
}
