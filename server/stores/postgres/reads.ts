/** Implements the reads for PostgreSQL. Each read is one statement, which sees everything that was committed before. */
import type { AssignmentPath, Condition } from "../../domain/query.ts";
import {
  defaultOrder,
  type List,
  type ProfileKey,
  QueryTooLong,
  type Reads,
  type StoredAssignment,
} from "../../domain/store.ts";
import { scans } from "../../shared/limits.ts";
import { postgresAssignmentColumns, postgresProfileColumns } from "../columns.ts";
import { postgres, type Sql } from "../conditionSql.ts";
import { countSql, listSql, pageCondition, type Source } from "../listSql.ts";
import { assignmentColumns, profileColumns, profileOf, type Row, storedAssignmentOf } from "../rows.ts";
import type { Connections } from "./connections/connections.ts";
import { isStatementTimeout } from "./connections/sqlStates.ts";
import { patience } from "./connections/timeLimits.ts";
import { type RunStatement, type Statement, statementRunner } from "./connections/transactions.ts";
import { countProfiles, getProfile } from "./profileWrites.ts";

const getAssignment: Statement = {
  name: "get-assignment",
  text: `
    SELECT ${assignmentColumns} FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2 AND id = $3`,
};

const assignmentsOfAll: Statement = {
  name: "assignments-of-all",
  text: `
    SELECT a.* FROM unnest($2::text[]) AS p(id) CROSS JOIN LATERAL (
      SELECT profile_id, ${assignmentColumns} FROM apple_enrollment.assignments
      WHERE tenant = $1 AND profile_id = p.id ORDER BY id LIMIT $3::integer
    ) AS a
    ORDER BY a.profile_id, a.id`,
};

export function profileSource(tenant: string): Source<ProfileKey> {
  return {
    dialect: postgres,
    defaultOrder: defaultOrder.profiles,
    keys: postgresProfileColumns,
    bound: [tenant],
    from: "FROM apple_enrollment.profiles WHERE tenant = $1",
  };
}

function assignmentSource(tenant: string, profileId: string): Source<AssignmentPath> {
  const from = "FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2";
  return {
    dialect: postgres,
    defaultOrder: defaultOrder.assignments,
    keys: postgresAssignmentColumns,
    bound: [tenant, profileId],
    from,
  };
}

export function postgresReads(connections: Connections): Reads {
  const runnerOf = (tenant: string) => statementRunner(connections, tenant);
  /** @param name the name of a prepared statement. A query without one has a filter or an order of the caller's choice. */
  const runSql = (tenant: string, { sql, values }: Sql, name?: string) =>
    name === undefined
      ? stoppable(runnerOf(tenant)({ text: sql }, values))
      : runnerOf(tenant)({ text: sql, name }, values);
  const profileExists = async (tenant: string, id: string) =>
    (await runnerOf(tenant)(getProfile, [tenant, id])).length > 0;
  return {
    profiles: async (tenant, list) => {
      const sql = listSql(profileSource(tenant), profileColumns, list);
      return (await runSql(tenant, sql, statementNameOf("profiles", list))).map(profileOf);
    },
    profile: async (tenant, id) => {
      const [row] = await runnerOf(tenant)(getProfile, [tenant, id]);
      return row && profileOf(row);
    },
    countProfiles: async (tenant, condition) => {
      const [row] = condition
        ? await runSql(tenant, countSql(profileSource(tenant), condition))
        : await runnerOf(tenant)(countProfiles, [tenant]);
      return Number(row?.[0]);
    },
    assignments: async (tenant, profileId, list) => {
      const sql = listSql(assignmentSource(tenant, profileId), assignmentColumns, list);
      const rows = await runSql(tenant, sql, statementNameOf("assignments", list));
      if (rows.length === 0 && !(await profileExists(tenant, profileId))) return undefined;
      return rows.map(storedAssignmentOf);
    },
    assignmentsOfAll: (tenant, profileIds, limit) => loadAssignmentsOf(runnerOf(tenant), tenant, profileIds, limit),
    assignment: async (tenant, profileId, id) => {
      const [row] = await runnerOf(tenant)(getAssignment, [tenant, profileId, id]);
      return row && storedAssignmentOf(row);
    },
    countAssignments: async (tenant, profileId, condition?: Condition<AssignmentPath>) => {
      const sql = countSql(assignmentSource(tenant, profileId), condition);
      const [row] = await runSql(tenant, sql, condition === undefined ? "count-assignments" : undefined);
      const count = Number(row?.[0]);
      return count === 0 && !(await profileExists(tenant, profileId)) ? undefined : count;
    },
  };
}

/** @throws QueryTooLong if the server has stopped the query. */
async function stoppable<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    throw isStatementTimeout(error) ? new QueryTooLong(patience, scans.retryAfter) : error;
  }
}

async function loadAssignmentsOf(
  run: RunStatement,
  tenant: string,
  profileIds: readonly string[],
  // In PostgreSQL, LIMIT NULL means no limit.
  limit: number | null = null,
): Promise<ReadonlyMap<string, readonly StoredAssignment[]>> {
  const rows = await run(assignmentsOfAll, [tenant, profileIds, limit]);
  const grouped = Map.groupBy(rows, ([profileId]) => String(profileId));
  return new Map([...grouped].map(([id, found]) => [id, found.map(([, ...row]: Row) => storedAssignmentOf(row))]));
}

/**
 * Returns the name of the prepared statement for a list. Lists with a filter or another order have no prepared
 * statement, because each combination would need its own.
 */
function statementNameOf<Key extends string>(entities: string, list: List<Key> = {}): string | undefined {
  if (pageCondition(list) !== undefined || list.order !== undefined) return undefined;
  return `list-${entities}${list.limit === undefined ? "" : "-limited"}${list.skip ? "-skipped" : ""}`;
}
