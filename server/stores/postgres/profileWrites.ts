/**
 * Commands that change profiles. A tenant's order of priorities is one thing: whoever changes it holds the tenant's row
 * until the commit, whatever process it is in. The commands of a tenant that arrive together share the lock and the
 * commit.
 */
import type { Pool } from "pg";
import type { Change, OrderLoads, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { Job } from "../jobs.ts";
import { rankOfPriority } from "../ranks.ts";
import { profileColumns, profileOf, propertiesOf, ranksOf, rememberedOf } from "../rows.ts";
import { forget, loadRemembered, remember, rememberValues } from "./remembered.ts";
import { inTransaction, type Statement, type Transaction } from "./transactions.ts";

const knowTenant: Statement = {
  name: "know-tenant",
  text: "INSERT INTO apple_enrollment.tenants (tenant) VALUES ($1) ON CONFLICT DO NOTHING",
};

const lockTenant: Statement = {
  name: "lock-tenant",
  text: "SELECT FROM apple_enrollment.tenants WHERE tenant = $1 FOR UPDATE",
};

/** Priorities have no gaps, so that the last one tells the number without counting. */
export const countProfiles: Statement = {
  name: "count-profiles",
  text: "SELECT coalesce(max(priority), -1) + 1 FROM apple_enrollment.profiles WHERE tenant = $1",
};

export const getProfile: Statement = {
  name: "get-profile",
  text: `SELECT ${profileColumns} FROM apple_enrollment.profiles WHERE tenant = $1 AND id = $2`,
};

/** Around a place, or around the end if that is nearer. */
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

/** Two: ranks are unique in every row's turn, and the new ones may be others' old ones. */
const parkRanks: Statement = {
  name: "park-ranks",
  text: "UPDATE apple_enrollment.profiles SET rank = '~' || rank WHERE tenant = $1",
};

const spreadRanks: Statement = {
  name: "spread-ranks",
  text: `UPDATE apple_enrollment.profiles SET rank = ${rankOfPriority} WHERE tenant = $1`,
};

/** One for each: who fills a whole tenant is a test, and its lists are short. */
const insertAssignment: Statement = {
  name: "insert-assignment",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, target_identity, target, version)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

/** Decides the jobs, all of one tenant, and commits what they change. */
export async function changeProfiles(pool: Pool, tenant: string, jobs: readonly Job[]): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    transaction.send(knowTenant, [tenant]);
    transaction.send(lockTenant, [tenant]);
    for (const { loads, decide } of jobs) {
      const state = await load(transaction, tenant, loads.order ? loads : { order: true });
      for (const change of decide(state)) apply(transaction, tenant, change);
    }
  });
}

async function load({ rows }: Transaction, tenant: string, { key, profileId, around }: OrderLoads): Promise<State> {
  const [[count], [row], ranks, [answer]] = await Promise.all([
    rows(countProfiles, [tenant]),
    profileId === undefined ? [] : rows(getProfile, [tenant, profileId]),
    around === undefined ? [] : rows(loadRanks, [tenant, around]),
    key === undefined ? [] : rows(loadRemembered, [[tenant], [key]]),
  ]);
  return {
    profileExists: row !== undefined,
    profile: row && profileOf(row),
    assignments: new Map(),
    holders: new Map(),
    profileCount: Number(count?.[0]),
    ranks: ranksOf(ranks),
    remembered: rememberedOf(answer?.slice(2)),
  };
}

/** @throws Error for a change of an assignment that is there: commands that make one don't load the order. */
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
      transaction.send(remember, rememberValues([{ tenant, ...change.answer }]));
      return;
    case "forget":
      transaction.send(forget, [tenant]);
      return;
    case "shiftPriorities":
      transaction.send(shiftPriorities, [tenant, change.by, change.first, change.last]);
      return;
    case "spreadRanks":
      transaction.send(parkRanks, [tenant]);
      transaction.send(spreadRanks, [tenant]);
      return;
    default:
      throw new Error(`A command that loads the order wants to ${change.kind}.`);
  }
}
