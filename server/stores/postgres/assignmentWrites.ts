/**
 * Runs the commands of a tenant that change assignments, in groups. One statement locks and loads the rows for all commands
 * of the group. After all commands are decided, the changes are written with one statement for each kind of change.
 */
import type { AssignmentLoads } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { assignmentOf, type Row, rememberedOf } from "../rows.ts";
import { deleteAssignments, insertAssignments, lockAndLoad, updateAssignments } from "./assignmentStatements.ts";
import type { Connections } from "./connections/connections.ts";
import { RowVanished } from "./connections/sqlStates.ts";
import {
  inTransaction,
  type RunStatement,
  type Transaction,
  type TransactionOptions,
} from "./connections/transactions.ts";
import { loadAnswers, remember } from "./remembered.ts";
import { type GroupWrites, type LocatedAssignment, WorkingSet } from "./workingSet.ts";

/** Decides the jobs of one tenant and commits their changes. */
export async function changeAssignments(
  connections: Connections,
  options: TransactionOptions,
  jobs: readonly Job[],
): Promise<void> {
  const { tenant } = options;
  await inTransaction(connections, options, async (transaction) => {
    const set = await load(transaction.run, tenant, jobs);
    for (const job of jobs) {
      for (const change of job.decide(set.state(loadsOf(job)))) set.apply(change);
    }
    write(transaction, tenant, set.writes());
  });
}

async function load(run: RunStatement, tenant: string, jobs: readonly Job[]): Promise<WorkingSet> {
  const keys = jobs.flatMap(({ loads }) => loads.key ?? []);
  const [rows, remembered] = await Promise.all([
    run(lockAndLoad, [tenant, ...namesIn(jobs)]),
    // The answers are loaded after the rows. So if the rows contain the changes of an earlier request with the same key,
    // its answer is found as well.
    keys.length === 0 ? [] : run(loadAnswers, [tenant, keys]),
  ]);
  return workingSetOf(rows, remembered);
}

function write(
  transaction: Transaction,
  tenant: string,
  { inserted, updated, deleted, remembered }: GroupWrites,
): void {
  const { send } = transaction;
  // Deletions come first, so that an insertion can use the target or the id of a deleted row.
  if (deleted.length > 0) send(deleteAssignments, [tenant, ...keyColumns(deleted)]);
  if (updated.length > 0) send(updateAssignments, [tenant, ...keyColumns(updated), ...valueColumns(updated)]);
  if (inserted.length > 0) {
    const identities = inserted.map(({ assignment }) => identityOf(assignment.target));
    send(insertAssignments, [tenant, ...keyColumns(inserted), ...valueColumns(inserted), identities]);
  }
  if (remembered.length > 0) remember(transaction, tenant, remembered);
}

/** Narrows the type. Commands that load the order are never processed here, because they have a different queue. */
function loadsOf({ loads }: Job): AssignmentLoads {
  return loads.order ? {} : loads;
}

/** Returns the parameters of `lockAndLoad` after the tenant. */
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

/** @throws RowVanished */
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
  if (count > 0) throw new RowVanished(`${count} rows were deleted before they could be locked.`);
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
