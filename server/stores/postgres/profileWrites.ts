/**
 * Runs the commands that change profiles. Each change can affect the priorities of all the tenant's profiles, so a
 * transaction locks the tenant's row until it commits. Commands of a tenant that arrive together share a transaction.
 */
import type { Change, OrderLoads, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { rankOfPriority } from "../ranks.ts";
import { profileColumns, profileOf, propertiesOf, ranksOf, rememberedOf } from "../rows.ts";
import type { Connections } from "./connections/connections.ts";
import {
  inTransaction,
  type Statement,
  type Transaction,
  type TransactionOptions,
} from "./connections/transactions.ts";
import { deleteAnswers, loadAnswers, remember } from "./remembered.ts";

const insertTenant: Statement = {
  name: "insert-tenant",
  text: "INSERT INTO apple_enrollment.tenants (tenant) VALUES ($1) ON CONFLICT DO NOTHING",
};

const lockTenant: Statement = {
  name: "lock-tenant",
  text: "SELECT FROM apple_enrollment.tenants WHERE tenant = $1 FOR UPDATE",
};

/** Priorities have no gaps, so the highest one plus 1 is the number of profiles. This is faster than counting rows. */
export const countProfiles: Statement = {
  name: "count-profiles",
  text: "SELECT coalesce(max(priority), -1) + 1 FROM apple_enrollment.profiles WHERE tenant = $1",
};

export const getProfile: Statement = {
  name: "get-profile",
  text: `SELECT ${profileColumns} FROM apple_enrollment.profiles WHERE tenant = $1 AND id = $2`,
};

/**
 * Selects the ranks at a priority and next to it. If the priority is larger than the last one, uses the end of the
 * order.
 */
const loadRanks: Statement = {
  name: "load-ranks",
  text: `
    WITH place AS (
      SELECT least($2::integer, (SELECT coalesce(max(priority), -1) FROM apple_enrollment.profiles WHERE tenant = $1)) AS at
    )
    SELECT priority, rank FROM apple_enrollment.profiles, place
    WHERE tenant = $1 AND priority BETWEEN at - 1 AND at + 1`,
};

const insertProfile: Statement = {
  name: "insert-profile",
  text: `
    INSERT INTO apple_enrollment.profiles (tenant, id, priority, rank, version, properties)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

const updateProfile: Statement = {
  name: "update-profile",
  text: `
    UPDATE apple_enrollment.profiles SET priority = $3, rank = $4, version = $5, properties = $6
    WHERE tenant = $1 AND id = $2`,
};

const deleteProfile: Statement = {
  name: "delete-profile",
  text: "DELETE FROM apple_enrollment.profiles WHERE tenant = $1 AND id = $2",
};

const deleteProfiles: Statement = {
  name: "delete-profiles",
  text: "DELETE FROM apple_enrollment.profiles WHERE tenant = $1",
};

const shiftPriorities: Statement = {
  name: "shift-priorities",
  text: `
    UPDATE apple_enrollment.profiles SET priority = priority + $2, version = version + 1
    WHERE tenant = $1 AND priority BETWEEN $3 AND $4`,
};

/**
 * Runs before `spreadRanks`. PostgreSQL checks that ranks are unique after each row, and a new rank can equal the old
 * rank of another row, so the old ranks get a prefix first.
 */
const parkRanks: Statement = {
  name: "park-ranks",
  text: "UPDATE apple_enrollment.profiles SET rank = '~' || rank WHERE tenant = $1",
};

const spreadRanks: Statement = {
  name: "spread-ranks",
  text: `UPDATE apple_enrollment.profiles SET rank = ${rankOfPriority} WHERE tenant = $1`,
};

/** Inserts one assignment. Only commands that fill a whole tenant use this statement: those of `seed` and of the control API. */
const insertAssignment: Statement = {
  name: "insert-assignment",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, target_identity, target, version)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

/** Decides the jobs of one tenant and commits their changes. */
export async function changeProfiles(
  connections: Connections,
  options: TransactionOptions,
  jobs: readonly Job[],
): Promise<void> {
  const { tenant } = options;
  await inTransaction(connections, options, async (transaction) => {
    transaction.send(insertTenant, [tenant]);
    transaction.send(lockTenant, [tenant]);
    for (const { loads, decide } of inOrderOfProfiles(jobs)) {
      const state = await load(transaction, tenant, loads.order ? loads : { order: true });
      for (const change of decide(state)) apply(transaction, tenant, change);
    }
  });
}

/**
 * Sorts the jobs by the ids of their profiles. The order is free, because the jobs have arrived together. A deletion locks the
 * rows of its profile, so several deletions must lock them in the order of the primary key, like every other statement.
 * Otherwise there could be a deadlock with a group that changes assignments of the same profiles.
 */
function inOrderOfProfiles(jobs: readonly Job[]): readonly Job[] {
  const idOf = ({ loads }: Job) => loads.profileId ?? "";
  return jobs.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : Number(idOf(one) > idOf(other))));
}

async function load({ run }: Transaction, tenant: string, { key, profileId, around }: OrderLoads): Promise<State> {
  const [[count], [row], ranks, [remembered]] = await Promise.all([
    run(countProfiles, [tenant]),
    profileId === undefined ? [] : run(getProfile, [tenant, profileId]),
    around === undefined ? [] : run(loadRanks, [tenant, around]),
    key === undefined ? [] : run(loadAnswers, [tenant, [key]]),
  ]);
  return {
    profileExists: row !== undefined,
    profile: row && profileOf(row),
    assignments: new Map(),
    holders: new Map(),
    profileCount: Number(count?.[0]),
    ranks: ranksOf(ranks),
    remembered: rememberedOf(remembered?.slice(1)),
  };
}

/** @throws Error if the change updates or deletes an assignment, because such commands do not load the order. */
function apply(transaction: Transaction, tenant: string, change: Change): void {
  switch (change.kind) {
    case "insertProfile":
    case "updateProfile": {
      const { id, priority, rank, version } = change.profile;
      const statement = change.kind === "insertProfile" ? insertProfile : updateProfile;
      transaction.send(statement, [tenant, id, priority, rank, version, propertiesOf(change.profile)]);
      return;
    }
    case "deleteProfile":
      transaction.send(deleteProfile, [tenant, change.profileId]);
      return;
    case "deleteProfiles":
      transaction.send(deleteProfiles, [tenant]);
      return;
    case "insertAssignment": {
      const { id, target, version } = change.assignment;
      const values = [tenant, change.profileId, id, identityOf(target), JSON.stringify(target), version];
      transaction.send(insertAssignment, values);
      return;
    }
    case "remember":
      remember(transaction, tenant, [change.answer]);
      return;
    case "forget":
      transaction.send(deleteAnswers, [tenant]);
      return;
    case "shiftPriorities":
      transaction.send(shiftPriorities, [tenant, change.by, change.first, change.last]);
      return;
    case "spreadRanks":
      transaction.send(parkRanks, [tenant]);
      transaction.send(spreadRanks, [tenant]);
      return;
    default:
      throw new Error(`A command that loads the order of the profiles cannot make the change ${change.kind}.`);
  }
}
