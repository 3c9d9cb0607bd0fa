/**
 * Commands that change assignments, many at once: the rows that all of them name are loaded by one statement, and what
 * is different after the last decision is written by one statement of each kind.
 *
 * Mostly that is all: a load and a write, each of them whole by itself. The write goes through only if every row still
 * has the version that was loaded. If another process was faster, or there is more than one write, the group is decided
 * again in a transaction that locks its rows first.
 */
import type { Pool } from "pg";
import type { AssignmentLoads } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { assignmentOf, type Row, rememberedOf } from "../rows.ts";
import { wasOvertaken } from "./failures.ts";
import { loadRemembered, remember, rememberValues } from "./remembered.ts";
import { type Ask, asking, inTransaction, type Statement } from "./transactions.ts";
import { type Placed, WorkingSet, type Written } from "./workingSet.ts";

const byId = "unnest($1::text[], $2::text[], $3::text[]) AS k(tenant, profile_id, id)";
const byIdentity = "unnest($4::text[], $5::text[], $6::text[]) AS k(tenant, profile_id, target_identity)";

const load: Statement = {
  name: "load-assignments",
  text: `
    SELECT tenant, id, NULL, NULL::integer, NULL FROM apple_enrollment.profiles
    JOIN unnest($7::text[], $8::text[]) AS k(tenant, id) USING (tenant, id)
    UNION ALL
    SELECT tenant, profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN ${byId} USING (tenant, profile_id, id)
    UNION ALL
    SELECT tenant, profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN ${byIdentity} USING (tenant, profile_id, target_identity)`,
};

/**
 * Profiles before their assignments, as whoever deletes a profile locks them; else an insertion, which locks its profile
 * by the foreign key, could wait for a deletion that waits for the assignments locked here.
 */
const lockProfiles: Statement = {
  name: "lock-profiles",
  text: `
    SELECT FROM apple_enrollment.profiles AS p
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, id) USING (tenant, id)
    ORDER BY p.tenant, p.id
    FOR KEY SHARE OF p`,
};

/** In the order of the primary key, as every write: two groups wait for one another and don't deadlock. */
const lock: Statement = {
  name: "lock-assignments",
  text: `
    WITH wanted AS (
      SELECT tenant, profile_id, id FROM ${byId}
      UNION
      SELECT tenant, profile_id, id FROM apple_enrollment.assignments
      JOIN ${byIdentity} USING (tenant, profile_id, target_identity)
    )
    SELECT FROM apple_enrollment.assignments AS a
    JOIN wanted USING (tenant, profile_id, id)
    ORDER BY a.tenant, a.profile_id, a.id
    FOR UPDATE OF a`,
};

const insert: Statement = {
  name: "insert-assignments",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, version, target, target_identity)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])`,
};

/** Fails with division_by_zero, and so as a whole, if not all of the rows were as they had been loaded. */
const unlessOvertaken = "SELECT 1 / (count(*) = cardinality($1::text[]))::integer FROM done";

const update: Statement = {
  name: "update-assignments",
  text: `
    WITH done AS (
      UPDATE apple_enrollment.assignments AS a
      SET version = k.version, target = k.target
      FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::integer[])
        AS k(tenant, profile_id, id, version, target, loaded)
      WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
      RETURNING 1
    )
    ${unlessOvertaken}`,
};

const remove: Statement = {
  name: "delete-assignments",
  text: `
    WITH done AS (
      DELETE FROM apple_enrollment.assignments AS a
      USING unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS k(tenant, profile_id, id, loaded)
      WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
      RETURNING 1
    )
    ${unlessOvertaken}`,
};

/** Decides the jobs and commits what they change. */
export async function changeAssignments(pool: Pool, jobs: readonly Job[]): Promise<void> {
  const keys = keysOf(jobs);
  // What is to be remembered is one write more.
  const isOneWrite = jobs.every(({ loads }) => loads.key === undefined);
  if (isOneWrite && (await changeAtOnce(pool, jobs, keys))) return;
  await inTransaction(pool, async ({ rows, send }) => {
    send(lockProfiles, keys.slice(6));
    send(lock, keys.slice(0, 6));
    for (const write of await decide(rows, jobs, keys)) send(...write);
  });
}

/** Whether it was possible without a transaction. */
async function changeAtOnce(pool: Pool, jobs: readonly Job[], keys: readonly unknown[]): Promise<boolean> {
  const ask = asking(pool);
  try {
    const [first, ...others] = await decide(ask, jobs, keys);
    if (others.length > 0) return false;
    if (first) await ask(...first);
    return true;
  } catch (error) {
    if (wasOvertaken(error)) return false;
    throw error;
  }
}

type Write = readonly [statement: Statement, values: readonly unknown[]];

/** Loads, decides, and says what is to be written. */
async function decide(ask: Ask, jobs: readonly Job[], keys: readonly unknown[]): Promise<Write[]> {
  const keyed = jobs.filter(({ loads }) => loads.key !== undefined);
  const [rows, remembered] = await Promise.all([
    ask(load, keys),
    // In this order: who finds its rows as an earlier one of the same key has left them finds what that one remembered.
    keyed.length === 0
      ? []
      : ask(loadRemembered, [keyed.map(({ tenant }) => tenant), keyed.map(({ loads }) => loads.key)]),
  ]);
  const set = workingSetOf(rows, remembered);
  for (const job of jobs) {
    for (const change of job.decide(set.state(job.tenant, loadsOf(job)))) set.apply(job.tenant, change);
  }
  const { inserted, updated, deleted, remembered: answers } = set.writes();
  const writes: Write[] = [];
  // In this order a target that one command gives up is free for another, and so is an id that gets another target.
  if (deleted.length > 0) writes.push([remove, [...columns(deleted).slice(0, 3), loadedVersions(deleted)]]);
  if (updated.length > 0) writes.push([update, [...columns(updated).slice(0, 5), loadedVersions(updated)]]);
  if (inserted.length > 0) writes.push([insert, columns(inserted)]);
  if (answers.length > 0) writes.push([remember, rememberValues(answers)]);
  return writes;
}

/** Commands that load the order are not of this lane. */
function loadsOf({ loads }: Job): AssignmentLoads {
  return loads.order ? {} : loads;
}

/** The values of `load`, column by column: assignments by id and by identity, which are those of `lock`, and profiles. */
function keysOf(jobs: readonly Job[]): string[][] {
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
  return [...transposed(ids, 3), ...transposed(identities, 3), ...transposed([...profiles.values()], 2)];
}

function workingSetOf(rows: readonly Row[], remembered: readonly Row[]): WorkingSet {
  const profiles: [tenant: string, id: string][] = [];
  const assignments: Placed[] = [];
  for (const [tenant, profileId, ...assignment] of rows) {
    if (assignment[0] === null) profiles.push([String(tenant), String(profileId)]);
    else
      assignments.push({ tenant: String(tenant), profileId: String(profileId), assignment: assignmentOf(assignment) });
  }
  const answers = remembered.map(
    ([tenant, key, ...answer]) => [String(tenant), String(key), rememberedOf(answer)] as const,
  );
  return new WorkingSet(profiles, assignments, answers);
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

function loadedVersions(rows: readonly Written[]): unknown[] {
  return rows.map(({ loaded }) => loaded);
}

function transposed<Value>(rows: readonly (readonly Value[])[], width: number): Value[][] {
  return Array.from({ length: width }, (_, column) => rows.flatMap((row) => row.slice(column, column + 1)));
}
