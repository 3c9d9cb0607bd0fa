/** What the port's `read` door asks of PostgreSQL: a statement each, which sees whatever was committed before it. */
import type { Pool } from "pg";
import type { Reads } from "../domain/store.ts";
import { countProfiles, getProfile } from "./postgresProfiles.ts";
import { asking, type Statement } from "./postgresTransactions.ts";
import { assignmentColumns, profileColumns, profileOf, storedAssignmentOf } from "./rows.ts";

const listProfiles: Statement = {
  name: "list-profiles",
  text: `SELECT ${profileColumns} FROM apple_enrollment.profiles WHERE tenant = $1 ORDER BY priority`,
};

/** One row at least for a profile that exists; all columns are null in it if there is no assignment. */
const listAssignments: Statement = {
  name: "list-assignments",
  text: `
    SELECT a.${assignmentColumns.replaceAll(", ", ", a.")} FROM apple_enrollment.profiles AS p
    LEFT JOIN apple_enrollment.assignments AS a ON a.tenant = p.tenant AND a.profile_id = p.id
    WHERE p.tenant = $1 AND p.id = $2 ORDER BY a.id`,
};

const getAssignment: Statement = {
  name: "get-assignment",
  text: `
    SELECT ${assignmentColumns} FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2 AND id = $3`,
};

const countAssignments: Statement = {
  name: "count-assignments",
  text: `
    SELECT (SELECT count(*) FROM apple_enrollment.assignments WHERE tenant = $1 AND profile_id = $2)
    FROM apple_enrollment.profiles WHERE tenant = $1 AND id = $2`,
};

export function postgresReads(pool: Pool): Reads {
  const ask = asking(pool);
  return {
    profiles: async (tenant) => (await ask(listProfiles, [tenant])).map(profileOf),
    profile: async (tenant, id) => {
      const [row] = await ask(getProfile, [tenant, id]);
      return row && profileOf(row);
    },
    countProfiles: async (tenant) => {
      const [row] = await ask(countProfiles, [tenant]);
      return Number(row?.[0]);
    },
    assignments: async (tenant, profileId) => {
      const rows = await ask(listAssignments, [tenant, profileId]);
      if (rows.length === 0) return undefined;
      return rows.filter(([id]) => id !== null).map(storedAssignmentOf);
    },
    assignment: async (tenant, profileId, id) => {
      const [row] = await ask(getAssignment, [tenant, profileId, id]);
      return row && storedAssignmentOf(row);
    },
    countAssignments: async (tenant, profileId) => {
      const [row] = await ask(countAssignments, [tenant, profileId]);
      return row && Number(row[0]);
    },
  };
}
