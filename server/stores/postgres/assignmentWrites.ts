/**
 * Runs the commands of a tenant that change assignments, in groups. One statement loads the rows for all commands of the
 * group. After all commands are decided, the changes are written with one statement for each kind of change.
 *
 * Most groups need only one kind of change. They do not lock the rows that they load, because locks cost the database much
 * more than reads: the write changes only rows that still have the version that was loaded. If it finds fewer rows,
 * another process was faster, and the group is decided again with locks. So are groups with several kinds of changes,
 * which could otherwise cause a deadlock.
 */
import type { AssignmentLoads } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { assignmentOf, type Row, rememberedOf } from "../rows.ts";
import {
  deleteAssignments,
  insertAssignments,
  loadAssignments,
  lockAndLoad,
  updateAssignments,
} from "./assignmentStatements.ts";
import type { Connections } from "./connections/connections.ts";
import { isWriteConflict, RowsChanged } from "./connections/sqlStates.ts";
import {
  inTransaction,
  type RunStatement,
  type Statement,
  type Transaction,
  type TransactionOptions,
} from "./connections/transactions.ts";
import { loadAnswers, remember } from "./remembered.ts";
import { type GroupWrites, type LoadedAssignment, type LocatedAssignment, WorkingSet } from "./workingSet.ts";

/** Decides the jobs of one tenant and commits their changes. */
export async function changeAssignments(
  connections: Connections,
  options: TransactionOptions,
  jobs: readonly Job[],
): Promise<void> {
  // A repeatable command also stores its answer, which is a second write.
  const needsLocks = jobs.some(({ loads }) => loads.key !== undefined);
  if (!needsLocks && (await changeWithoutLocks(connections, options, jobs))) return;
  await inTransaction(connections, options, async (transaction) => {
    write(transaction, options.tenant, await decide(transaction.run, lockAndLoad, options.tenant, jobs));
  });
}

/** @returns false if nothing was changed, because locks are necessary. */
async function changeWithoutLocks(
  connections: Connections,
  options: TransactionOptions,
  jobs: readonly Job[],
): Promise<boolean> {
  try {
    await inTransaction(connections, options, async (transaction) => {
      const writes = await decide(transaction.run, loadAssignments, options.tenant, jobs);
      const { inserted, updated, deleted } = writes;
      if ([inserted, updated, deleted].filter(({ length }) => length > 0).length > 1) throw new RowsChanged();
      const found = await Promise.all(write(transaction, options.tenant, writes));
      if (found.flat().length < updated.length + deleted.length) throw new RowsChanged();
    });
    return true;
  } catch (error) {
    if (isWriteConflict(error)) return false;
    throw error;
  }
}

/** Loads the rows and decides the jobs. @returns the changes to write. */
async function decide(
  run: RunStatement,
  statement: Statement,
  tenant: string,
  jobs: readonly Job[],
): Promise<GroupWrites> {
  const keys = jobs.flatMap(({ loads }) => loads.key ?? []);
  const [rows, remembered] = await Promise.all([
    run(statement, [tenant, ...namesIn(jobs)]),
    // The answers are loaded after the rows. So if the rows contain the changes of an earlier request with the same key,
    // its answer is found as well.
    keys.length === 0 ? [] : run(loadAnswers, [tenant, keys]),
  ]);
  const set = workingSetOf(rows, remembered);
  for (const job of jobs) {
    for (const change of job.decide(set.state(loadsOf(job)))) set.apply(change);
  }
  return set.writes();
}

/** Sends the changes. @returns a row for each row that was updated or deleted. */
function write(
  transaction: Transaction,
  tenant: string,
  { inserted, updated, deleted, remembered }: GroupWrites,
): Promise<readonly Row[]>[] {
  const { send } = transaction;
  const answers: Promise<readonly Row[]>[] = [];
  // Deletions come first, so that an insertion can use the target or the id of a deleted row.
  if (deleted.length > 0)
    answers.push(send(deleteAssignments, [tenant, ...keyColumns(deleted), loadedVersions(deleted)]));
  if (updated.length > 0) {
    const values = [...keyColumns(updated), loadedVersions(updated), ...valueColumns(updated)];
    answers.push(send(updateAssignments, [tenant, ...values]));
  }
  if (inserted.length > 0) {
    const identities = inserted.map(({ assignment }) => identityOf(assignment.target));
    send(insertAssignments, [tenant, ...keyColumns(inserted), ...valueColumns(inserted), identities]);
  }
  if (remembered.length > 0) remember(transaction, tenant, remembered);
  return answers;
}

/** Narrows the type. Commands that load the order are never processed here, because they have a different queue. */
function loadsOf({ loads }: Job): AssignmentLoads {
  return loads.order ? {} : loads;
}

/** Returns the parameters of `loadAssignments` and `lockAndLoad` after the tenant. */
function namesIn(jobs: readonly Job[]): unknown[] {
  const profiles = new Set<string>();
  const byId: [profileIds: string[], ids: string[]] = [[], []];
  const byIdentity: [profileIds: string[], identities: string[]] = [[], []];
  const addAll = ([profileIds, names]: [string[], string[]], profileId: string, added: readonly string[]) => {
    for (const name of added) {
      profileIds.push(profileId);
      names.push(name);
    }
  };
  for (const job of jobs) {
    const { profileId, assignmentIds = [], targetIdentities = [] } = loadsOf(job);
    if (profileId === undefined) continue;
    profiles.add(profileId);
    addAll(byId, profileId, assignmentIds);
    addAll(byIdentity, profileId, targetIdentities);
  }
  return [[...profiles], ...byId, ...byIdentity];
}

/** @throws RowsChanged */
function workingSetOf(rows: readonly Row[], remembered: readonly Row[]): WorkingSet {
  const profiles: string[] = [];
  const assignments: LocatedAssignment[] = [];
  for (const [profileId, ...assignment] of rows) {
    const [id, number] = assignment;
    if (profileId === null) assertNoneVanished(Number(number));
    else if (id === null) profiles.push(String(profileId));
    else assignments.push({ profileId: String(profileId), assignment: assignmentOf(assignment) });
  }
  const answers = remembered.map(([key, ...answer]) => [String(key), rememberedOf(answer)] as const);
  return new WorkingSet(profiles, assignments, answers);
}

function assertNoneVanished(count: number): void {
  if (count > 0) throw new RowsChanged();
}

/** The parameters are columns and not rows, because `unnest` takes one array per column. */
function keyColumns(rows: readonly LocatedAssignment[]): unknown[][] {
  return [rows.map(({ profileId }) => profileId), rows.map(({ assignment }) => assignment.id)];
}

function valueColumns(rows: readonly LocatedAssignment[]): unknown[][] {
  return [
    rows.map(({ assignment }) => assignment.version),
    rows.map(({ assignment }) => JSON.stringify(assignment.target)),
  ];
}

function loadedVersions(rows: readonly LoadedAssignment[]): number[] {
  return rows.map(({ loaded }) => loaded);
}
