/** What the port's `read` door asks of PostgreSQL: a statement each, which sees whatever was committed before it. */
import type { Pool } from "pg";
import type { AssignmentPath, Condition } from "../../domain/query.ts";
import { defaultOrder, type List, type ProfileKey, type Reads, type StoredAssignment } from "../../domain/store.ts";
import { postgresAssignmentColumns, postgresProfileColumns } from "../columns.ts";
import { postgres, type Sql } from "../conditionSql.ts";
import { countSql, listSql, type Source } from "../listSql.ts";
import { assignmentColumns, profileColumns, profileOf, type Row, storedAssignmentOf } from "../rows.ts";
import { countProfiles, getProfile } from "./profileWrites.ts";
import { type Ask, asking, type Statement } from "./transactions.ts";

const getAssignment: Statement = {
  name: "get-assignment",
  text: `
    SELECT ${assignmentColumns} FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2 AND id = $3`,
};

const assignmentsOfAll: Statement = {
  name: "assignments-of-all",
  text: `
    SELECT profile_id, ${assignmentColumns} FROM apple_enrollment.assignments
    WHERE tenant = $1 AND profile_id = ANY($2::text[]) ORDER BY profile_id, id`,
};

/** A tenant's profiles. */
export function profilesOf(tenant: string): Source<ProfileKey> {
  return {
    dialect: postgres,
    defaultOrder: defaultOrder.profiles,
    keys: { ...postgresProfileColumns, rank: "rank" },
    bound: [tenant],
    from: "FROM apple_enrollment.profiles WHERE tenant = $1",
  };
}

function assignmentsOf(tenant: string, profileId: string): Source<AssignmentPath> {
  const from = "FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2";
  return {
    dialect: postgres,
    defaultOrder: defaultOrder.assignments,
    keys: postgresAssignmentColumns,
    bound: [tenant, profileId],
    from,
  };
}

export function postgresReads(pool: Pool): Reads {
  const ask = asking(pool);
  const run = ({ sql, values }: Sql, name?: string) => ask({ text: sql, ...(name && { name }) }, values);
  const isThere = async (tenant: string, id: string) => (await ask(getProfile, [tenant, id])).length > 0;
  return {
    profiles: async (tenant, list) =>
      (await run(listSql(profilesOf(tenant), profileColumns, list), nameOf("profiles", list))).map(profileOf),
    profile: async (tenant, id) => {
      const [row] = await ask(getProfile, [tenant, id]);
      return row && profileOf(row);
    },
    countProfiles: async (tenant, condition) => {
      const [row] = condition ? await run(countSql(profilesOf(tenant), condition)) : await ask(countProfiles, [tenant]);
      return Number(row?.[0]);
    },
    assignments: async (tenant, profileId, list) => {
      const source = assignmentsOf(tenant, profileId);
      const rows = await run(listSql(source, assignmentColumns, list), nameOf("assignments", list));
      if (rows.length === 0 && !(await isThere(tenant, profileId))) return undefined;
      return rows.map(storedAssignmentOf);
    },
    assignmentsOfAll: (tenant, profileIds) => byProfile(ask, tenant, profileIds),
    assignment: async (tenant, profileId, id) => {
      const [row] = await ask(getAssignment, [tenant, profileId, id]);
      return row && storedAssignmentOf(row);
    },
    countAssignments: async (tenant, profileId, condition?: Condition<AssignmentPath>) => {
      const [row] = await run(
        countSql(assignmentsOf(tenant, profileId), condition),
        condition === undefined ? "count-assignments" : undefined,
      );
      const count = Number(row?.[0]);
      return count === 0 && !(await isThere(tenant, profileId)) ? undefined : count;
    },
  };
}

async function byProfile(
  ask: Ask,
  tenant: string,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredAssignment[]>> {
  const rows = await ask(assignmentsOfAll, [tenant, profileIds]);
  const grouped = Map.groupBy(rows, ([profileId]) => String(profileId));
  return new Map([...grouped].map(([id, found]) => [id, found.map(([, ...row]: Row) => storedAssignmentOf(row))]));
}

/** The lists that everybody asks for are prepared; each filter and sort order would be a statement of its own. */
function nameOf<Key extends string>(what: string, list: List<Key> = {}): string | undefined {
  if (list.condition !== undefined || list.order !== undefined) return undefined;
  return `list-${what}${list.limit === undefined ? "" : "-limited"}${list.skip ? "-skipped" : ""}`;
}
