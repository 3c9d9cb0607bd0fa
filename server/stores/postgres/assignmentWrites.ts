/**
 * Runs the commands that change assignments, in groups. One statement loads the rows for all commands of the group.
 * After all commands are decided, the changes are written with one statement for each kind of change.
 *
 * Most groups need only one statement to load rows and one to write them, without a transaction. The write succeeds
 * only if every row still has the version that was loaded. If another process has changed a row, or if more than one
 * write is necessary, the group is decided again in a transaction that first locks the rows.
 */
import type { Pool } from "pg";
import type { AssignmentLoads } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { assignmentOf, type Row, rememberedOf } from "../rows.ts";
import {
  deleteAssignments,
  insertAssignments,
  loadAssignments,
  lockAssignments,
  lockProfiles,
  updateAssignments,
} from "./assignmentStatements.ts";
import { insertAnswers, insertAnswersValues, loadAnswers } from "./remembered.ts";
import { isWriteConflict } from "./sqlStates.ts";
import { inTransaction, type RunStatement, runOnPool, type Statement } from "./transactions.ts";
import { type LoadedAssignment, type LocatedAssignment, WorkingSet } from "./workingSet.ts";

/** Decides the jobs and commits their changes. */
export async function changeAssignments(pool: Pool, jobs: readonly Job[]): Promise<void> {
  const keys = keysOf(jobs);
  // A repeatable command also stores its answer, which is a second write.
  const needsOneWrite = jobs.every(({ loads }) => loads.key === undefined);
  if (needsOneWrite && (await changeWithoutTransaction(pool, jobs, keys))) return;
  await inTransaction(pool, async ({ run, send }) => {
    send(lockProfiles, keys.slice(6));
    send(lockAssignments, keys.slice(0, 6));
    for (const write of await decide(run, jobs, keys)) send(...write);
  });
}

/** Decides the jobs and writes their changes with a single statement. @returns false if a transaction is necessary. */
async function changeWithoutTransaction(pool: Pool, jobs: readonly Job[], keys: readonly unknown[]): Promise<boolean> {
  const run = runOnPool(pool);
  try {
    const [first, ...others] = await decide(run, jobs, keys);
    if (others.length > 0) return false;
    if (first) await run(...first);
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}

type Write = readonly [statement: Statement, values: readonly unknown[]];

/** Loads the rows and decides the jobs. @returns the statements that write their changes. */
async function decide(run: RunStatement, jobs: readonly Job[], keys: readonly unknown[]): Promise<Write[]> {
  const keyed = jobs.filter(({ loads }) => loads.key !== undefined);
  const [rows, remembered] = await Promise.all([
    run(loadAssignments, keys),
    // The answers are loaded after the rows. So if the rows contain the changes of an earlier request with the same key,
    // its answer is found as well.
    keyed.length === 0
      ? []
      : run(loadAnswers, [keyed.map(({ tenant }) => tenant), keyed.map(({ loads }) => loads.key)]),
  ]);
  const set = workingSetOf(rows, remembered);
  for (const job of jobs) {
    for (const change of job.decide(set.state(job.tenant, loadsOf(job)))) set.apply(job.tenant, change);
  }
  const { inserted, updated, deleted, remembered: answers } = set.writes();
  const writes: Write[] = [];
  // Deletions come first, so that an insertion can use the target or the id of a deleted row.
  if (deleted.length > 0) writes.push([deleteAssignments, [...keyColumns(deleted), loadedVersions(deleted)]]);
  if (updated.length > 0)
    writes.push([updateAssignments, [...keyColumns(updated), ...valueColumns(updated), loadedVersions(updated)]]);
  if (inserted.length > 0)
    writes.push([insertAssignments, [...keyColumns(inserted), ...valueColumns(inserted), identities(inserted)]]);
  if (answers.length > 0) writes.push([insertAnswers, insertAnswersValues(answers)]);
  return writes;
}

/** Narrows the type. Commands that load the order are never processed here, because they have a different queue. */
function loadsOf({ loads }: Job): AssignmentLoads {
  return loads.order ? {} : loads;
}

/**
 * Returns the parameters of `loadAssignments`: three columns for assignments by id, three for assignments by target
 * identity, and two for profiles. The first six are also the parameters of `lockAssignments`, and the last two are the
 * parameters of `lockProfiles`.
 */
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
  return [...transpose(ids, 3), ...transpose(identities, 3), ...transpose([...profiles.values()], 2)];
}

function workingSetOf(rows: readonly Row[], remembered: readonly Row[]): WorkingSet {
  const profiles: [tenant: string, id: string][] = [];
  const assignments: LocatedAssignment[] = [];
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

/** The parameters are columns and not rows, because `unnest` takes one array per column. */
function keyColumns(rows: readonly LocatedAssignment[]): unknown[][] {
  return [
    rows.map(({ tenant }) => tenant),
    rows.map(({ profileId }) => profileId),
    rows.map(({ assignment }) => assignment.id),
  ];
}

function valueColumns(rows: readonly LocatedAssignment[]): unknown[][] {
  return [
    rows.map(({ assignment }) => assignment.version),
    rows.map(({ assignment }) => JSON.stringify(assignment.target)),
  ];
}

function identities(rows: readonly LocatedAssignment[]): string[] {
  return rows.map(({ assignment }) => identityOf(assignment.target));
}

function loadedVersions(rows: readonly LoadedAssignment[]): unknown[] {
  return rows.map(({ loaded }) => loaded);
}

function transpose<Value>(rows: readonly (readonly Value[])[], width: number): Value[][] {
  return Array.from({ length: width }, (_, column) => rows.flatMap((row) => row.slice(column, column + 1)));
}
