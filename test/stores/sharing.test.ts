/** Tests that the tenants of a process do not starve each other on PostgreSQL. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { after, describe, type TestContext, test } from "node:test";
import { Client } from "pg";
import { createAssignment, deleteAssignment, updateAssignments } from "../../server/domain/commands/assignments.ts";
import { createProfile } from "../../server/domain/commands/profiles.ts";
import { QueryTooLong, type Store, StoreUnavailable } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { storeQueue } from "../../server/shared/limits.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { eventually } from "../support/eventually.ts";
import { query, startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

const slow = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const properties = newProperties({ displayName: "A profile" });

const newProfile = (store: Store, tenant: string, id = "p") =>
  store.decide(
    tenant,
    createProfile({ properties, priority: undefined, newId: () => id, now: "2026-11-23T12:00:00Z" }),
  );

/** Creates an assignment. Its target is the group with the same id. */
const assign = (store: Store, tenant: string, id: string) =>
  store.decide(tenant, createAssignment({ profileId: "p", target: target(id), newId: () => id }));

const target = (groupId: string) => ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;

/** Changes an assignment that `assign` has created. */
const change = (store: Store, tenant: string, id: string) =>
  store.decide(
    tenant,
    updateAssignments({
      profileId: "p",
      input: { id, target: { ...target(id), deviceAndAppManagementAssignmentFilterId: randomUUID() } },
      preconditions: {},
      newId: () => "-",
    }),
  );

async function openSession(t: TestContext, url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  t.after(() => client.end());
  return client;
}

interface Fixture {
  readonly store: Store;
  readonly url: string;
  /** The number of sessions of the service that wait for a lock. */
  countWaiting(): Promise<number>;
}

async function openStore(t: TestContext, poolSize: number, url: string): Promise<Fixture> {
  const store = await openPostgresStore(url, { poolSize });
  t.after(() => store.close());
  const countWaiting = async () => {
    const sessions = await query(
      url,
      "SELECT FROM pg_stat_activity WHERE application_name = 'apple-enrollment' AND datname = current_database() AND wait_event_type = 'Lock'",
    );
    return sessions.length;
  };
  return { store, url, countWaiting };
}

/**
 * Opens a store in which each statement that reads the profiles of the tenant `slow` waits until `release` is called. The
 * statements wait in a row security policy, which PostgreSQL does not apply to superusers.
 */
async function openSlowStore(t: TestContext, poolSize: number): Promise<Fixture & { release(): Promise<void> }> {
  const url = await postgres.newDatabase();
  const role = `service_${randomUUID().replaceAll("-", "")}`;
  const blocker = await openSession(t, url);
  await blocker.query(`
    CREATE ROLE ${role} LOGIN PASSWORD 'service';
    GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO ${role}`);
  const fixture = await openStore(
    t,
    poolSize,
    Object.assign(new URL(url), { username: role, password: "service" }).href,
  );
  await blocker.query(`
    SELECT pg_advisory_lock(1);
    ALTER TABLE apple_enrollment.profiles ENABLE ROW LEVEL SECURITY;
    ALTER TABLE apple_enrollment.profiles FORCE ROW LEVEL SECURITY;
    CREATE POLICY wait ON apple_enrollment.profiles
      USING (CASE WHEN tenant = '${slow}' THEN pg_advisory_xact_lock_shared(1) IS NOT NULL ELSE TRUE END)
      WITH CHECK (TRUE)`);
  await blocker.query(`
    INSERT INTO apple_enrollment.profiles (tenant, id, priority, rank, version, properties)
    VALUES ('${slow}', 'p', 0, 'a0', 1, '{}')`);
  const release = async () => {
    await blocker.query("SELECT pg_advisory_unlock(1)");
  };
  return { ...fixture, release };
}

/** Starts a request, and tells whether it is settled. */
function start<Value>(request: Promise<Value>) {
  const started = { answer: request, isSettled: false };
  const settle = () => {
    started.isSettled = true;
  };
  request.then(settle, settle);
  return started;
}

describe("the connections of a PostgreSQL store", () => {
  test("are shared, so that a tenant with slow reads does not stop the reads, writes and probes of others", async (t) => {
    const { store, countWaiting, release } = await openSlowStore(t, 4);
    const reads = Array.from({ length: 40 }, () => start(store.read.profiles(slow)));
    await eventually(async () => (await countWaiting()) > 0);

    const other = randomUUID();
    assert.ok((await newProfile(store, other)).ok);
    assert.ok((await assign(store, other, "a")).ok);
    assert.equal((await store.read.profiles(other)).length, 1);
    // The probes read from the tenant "".
    assert.equal(await store.read.countProfiles(""), 0);
    assert.ok(reads.every(({ isSettled }) => !isSettled));
    assert.equal(await countWaiting(), 2, "the slow tenant holds half of the four connections");

    await release();
    for (const { answer } of reads) assert.equal((await answer).length, 1);
  });

  test("go to the waiting tenants in turns, and not in the order of the requests", async (t) => {
    const { store, countWaiting, release } = await openSlowStore(t, 1);
    const first = store.read.profiles(slow);
    await eventually(async () => (await countWaiting()) > 0);
    const finished: string[] = [];
    const read = async (tenant: string) => {
      await store.read.countProfiles(tenant);
      finished.push(tenant);
    };
    const reads = ["a", "a", "a", "b", "c"].map(read);
    await release();
    await Promise.all([first, ...reads]);
    assert.deepEqual(finished, ["a", "b", "c", "a", "a"]);
  });

  test("have a bounded queue, in which a tenant with many requests displaces only its own requests", async (t) => {
    const { store, countWaiting, release } = await openSlowStore(t, 1);
    const first = store.read.profiles(slow);
    await eventually(async () => (await countWaiting()) > 0);
    const waiting = Array.from({ length: storeQueue }, () => store.read.profiles(slow));
    await assert.rejects(store.read.profiles(slow), StoreUnavailable);

    const others = ["a", "b", "c"].map((tenant) => store.read.countProfiles(tenant));
    const outcomes = Promise.allSettled(waiting);
    await release();
    assert.deepEqual(await Promise.all(others), [0, 0, 0]);
    assert.equal((await first).length, 1);
    const refused = (await outcomes).map(({ status }) => status === "rejected");
    assert.deepEqual(refused, [...Array(storeQueue - 3).fill(false), true, true, true]);
  });
});

describe("a row that is locked from outside", () => {
  test("delays only its own tenant, and only the commands on this row are refused", async (t) => {
    const { store, url, countWaiting } = await openStore(t, 10, await postgres.newDatabase());
    const [tenant, other] = [randomUUID(), randomUUID()];
    for (const one of [tenant, other]) {
      await newProfile(store, one);
      for (const id of ["a", "b"]) assert.ok((await assign(store, one, id)).ok);
    }
    const session = await openSession(t, url);
    await session.query(
      `BEGIN; SELECT FROM apple_enrollment.assignments WHERE tenant = '${tenant}' AND id = 'a' FOR UPDATE`,
    );
    // These four requests arrive together, so they belong to one group.
    const group = [
      change(store, tenant, "b"),
      change(store, tenant, "a"),
      assign(store, tenant, "c"),
      change(store, tenant, "a"),
    ].map(start);
    await eventually(async () => (await countWaiting()) > 0);
    assert.ok((await change(store, other, "a")).ok);
    assert.ok((await assign(store, other, "c")).ok);
    assert.ok(group.every(({ isSettled }) => !isSettled));

    const outcomes = await Promise.allSettled(group.map(({ answer }) => answer));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled", "rejected"],
    );
    for (const outcome of outcomes)
      if (outcome.status === "rejected") assert.ok(outcome.reason instanceof StoreUnavailable);

    await session.query("ROLLBACK");
    assert.ok((await change(store, tenant, "a")).ok);
    assert.equal(await store.read.countAssignments(tenant, "p"), 3);
  });

  test("of a tenant's order of profiles delays only this tenant", async (t) => {
    const { store, url, countWaiting } = await openStore(t, 10, await postgres.newDatabase());
    const tenant = randomUUID();
    await newProfile(store, tenant);
    const session = await openSession(t, url);
    await session.query(`BEGIN; SELECT FROM apple_enrollment.tenants WHERE tenant = '${tenant}' FOR UPDATE`);
    const delayed = start(newProfile(store, tenant, "q"));
    await eventually(async () => (await countWaiting()) > 0);
    assert.ok((await newProfile(store, randomUUID())).ok);
    assert.ok((await assign(store, tenant, "a")).ok);
    assert.equal(delayed.isSettled, false);
    await session.query("ROLLBACK");
    assert.ok((await delayed.answer).ok);
  });

  test("and is then deleted is not deleted a second time by the command that has waited for it", async (t) => {
    const { store, url, countWaiting } = await openStore(t, 10, await postgres.newDatabase());
    const tenant = randomUUID();
    await newProfile(store, tenant);
    await assign(store, tenant, "a");
    const session = await openSession(t, url);
    await session.query(`BEGIN; DELETE FROM apple_enrollment.assignments WHERE tenant = '${tenant}'`);
    const remove = deleteAssignment({ profileId: "p", assignmentId: "a", preconditions: {} });
    const delayed = store.decide(tenant, remove);
    await eventually(async () => (await countWaiting()) > 0);
    await session.query("COMMIT");
    const outcome = await delayed;
    assert.equal(outcome.ok ? "deleted" : outcome.error.kind, "notFound");
  });

  test("and is then deleted and inserted again is found by the command that has waited for it", async (t) => {
    const { store, url, countWaiting } = await openStore(t, 10, await postgres.newDatabase());
    const tenant = randomUUID();
    await newProfile(store, tenant);
    await assign(store, tenant, "a");
    const session = await openSession(t, url);
    await session.query(`
      BEGIN;
      CREATE TEMPORARY TABLE copy AS SELECT * FROM apple_enrollment.assignments WHERE tenant = '${tenant}';
      DELETE FROM apple_enrollment.assignments WHERE tenant = '${tenant}';
      INSERT INTO apple_enrollment.assignments SELECT * FROM copy`);
    const delayed = change(store, tenant, "a");
    await eventually(async () => (await countWaiting()) > 0);
    await session.query("COMMIT");
    assert.ok((await delayed).ok);
  });
});

test("a query with a filter that takes too long is refused with advice, and a list without one as a failure of the store", async (t) => {
  const { store } = await openSlowStore(t, 10);
  const name = { kind: "property", path: "displayName" } as const;
  const condition = { kind: "contains", text: name, part: { kind: "literal", value: "x" } } as const;
  const [filtered, counted, whole] = await Promise.allSettled([
    store.read.profiles(slow, { condition }),
    store.read.countProfiles(slow, condition),
    store.read.profiles(slow),
  ]);
  for (const outcome of [filtered, counted]) {
    assert.ok(outcome.status === "rejected" && outcome.reason instanceof QueryTooLong);
    assert.match(outcome.reason.message, /it took 5 seconds.*Use fewer terms in \$filter/);
  }
  assert.ok(whole.status === "rejected" && whole.reason instanceof StoreUnavailable);
});
