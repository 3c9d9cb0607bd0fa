/**
 * Commands that change assignments, many in one transaction: the rows that all of them name are loaded and locked by
 * one statement, and what is different after the last decision is written by one statement of each kind.
 *
 * Rows are locked in the order of their keys, and written in that order, so that two groups wait for one another and
 * don't deadlock. What no lock can hold still, a target that nobody has yet or a profile that is being deleted, the
 * table's own constraints decide: the group then runs again.
 */
import type { Pool } from "pg";
import type { AssignmentLoads } from "../domain/store.ts";
import { identityOf } from "../domain/targets.ts";
import type { Job } from "./jobs.ts";
import { inTransaction, type Statement, type Transaction } from "./postgresTransactions.ts";
import { assignmentOf } from "./rows.ts";
import { type Placed, WorkingSet } from "./workingSet.ts";

const findProfiles: Statement = {
  name: "find-profiles",
  text: `
    SELECT tenant, id FROM apple_enrollment.profiles
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, id) USING (tenant, id)`,
};

const lockAssignments: Statement = {
  name: "lock-assignments",
  text: `
    WITH wanted AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS k(tenant, profile_id, id)
      UNION
      SELECT tenant, profile_id, id FROM apple_enrollment.assignments
      JOIN unnest($4::text[], $5::text[], $6::text[]) AS k(tenant, profile_id, target_identity)
      USING (tenant, profile_id, target_identity)
    )
    SELECT a.tenant, a.profile_id, a.id, a.version, a.target FROM apple_enrollment.assignments AS a
    JOIN wanted USING (tenant, profile_id, id)
    ORDER BY a.tenant, a.profile_id, a.id
    FOR UPDATE OF a`,
};

const insertAssignments: Statement = {
  name: "insert-assignments",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, version, target, target_identity)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])
      AS k(tenant, profile_id, id, version, target, target_identity)
    ORDER BY tenant, profile_id, target_identity`,
};

const updateAssignments: Statement = {
  name: "update-assignments",
  text: `
    UPDATE apple_enrollment.assignments AS a
    SET version = k.version, target = k.target, target_identity = k.target_identity
    FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])
      AS k(tenant, profile_id, id, version, target, target_identity)
    WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id`,
};

const deleteAssignments: Statement = {
  name: "delete-assignments",
  text: `
    DELETE FROM apple_enrollment.assignments AS a
    USING unnest($1::text[], $2::text[], $3::text[]) AS k(tenant, profile_id, id)
    WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id`,
};

/** Decides the jobs and commits what they change. */
export async function changeAssignments(pool: Pool, jobs: readonly Job[]): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    const set = await load(transaction, jobs);
    for (const job of jobs) {
      for (const change of job.decide(set.state(job.tenant, loadsOf(job)))) set.apply(job.tenant, change);
    }
    const { inserted, updated, deleted } = set.writes();
    // In this order a target that one command gives up is free for another.
    if (deleted.length > 0) transaction.send(deleteAssignments, columns(deleted).slice(0, 3));
    if (updated.length > 0) transaction.send(updateAssignments, columns(updated));
    if (inserted.length > 0) transaction.send(insertAssignments, columns(inserted));
  });
}

/** Commands that load the order are not of this lane. */
function loadsOf({ loads }: Job): AssignmentLoads {
  return loads.order ? {} : loads;
}

async function load(transaction: Transaction, jobs: readonly Job[]): Promise<WorkingSet> {
  const profiles = new Map<string, [tenant: string, id: string]>();
  const ids: string[][] = [];
  const identities: string[][] = [];
  for (const job of jobs) {
    const { tenant } = job;
    const { profileId, assignmentIds = [], targetIdentities = [] } = loadsOf(job);
    if (profileId === undefined) continue;
    profiles.set(`${tenant}\0${profileId}`, [tenant, profileId]);
    for (const id of assignmentIds) ids.push([tenant, profileId, id]);
    for (const identity of targetIdentities) identities.push([tenant, profileId, identity]);
  }
  const [found, locked] = await Promise.all([
    transaction.rows(findProfiles, transposed([...profiles.values()], 2)),
    transaction.rows(lockAssignments, [...transposed(ids, 3), ...transposed(identities, 3)]),
  ]);
  return new WorkingSet(
    found.map(([tenant, id]) => [String(tenant), String(id)]),
    locked.map(([tenant, profileId, ...assignment]) => ({
      tenant: String(tenant),
      profileId: String(profileId),
      assignment: assignmentOf(assignment),
    })),
  );
}

/** The columns of the rows, as `unnest` takes them. */
function columns(rows: readonly Placed[]): unknown[][] {
  return transposed(
    rows.map(({ tenant, profileId, assignment: { id, version, target } }) => [
      tenant,
      profileId,
      id,
      version,
      JSON.stringify(target),
      identityOf(target),
    ]),
    6,
  );
}

function transposed<Value>(rows: readonly (readonly Value[])[], width: number): (Value | undefined)[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
