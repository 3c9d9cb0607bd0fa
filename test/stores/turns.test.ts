/** The SQLite store divides long work among the turns of the event loop, so that no tenant keeps another one waiting. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { createProfile, deleteProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import type { AssignmentPath, Condition } from "../../server/domain/query.ts";
import { type ProfileKey, QueryTooLong, type Store } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { scans } from "../../server/shared/limits.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { fillTenant } from "../support/bigTenant.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/setting.ts";

const [busy, other] = ["aaaabbbb-0000-cccc-1111-dddd2222eeee", "bbbbbbbb-0000-cccc-1111-dddd2222eeee"];
const now = "2026-01-01T00:00:00.000Z";

/** Matches no entity, and is true for no row before all of its terms were evaluated. */
function slow<Key extends string>(path: Key): Condition<Key> {
  const terms = Array.from({ length: 50 }, (_, index): Condition<Key> => {
    const part = { kind: "literal", value: `nothing ${index}` } as const;
    return { kind: "contains", text: { kind: "property", path }, part };
  });
  return { kind: "or", conditions: terms };
}

/** Returns the names of the promises in the order in which they are settled. */
async function orderOf(promises: Readonly<Record<string, Promise<unknown>>>): Promise<readonly string[]> {
  const order: string[] = [];
  await Promise.all(Object.entries(promises).map(([name, promise]) => promise.finally(() => order.push(name))));
  return order;
}

async function openFilled(filling: Parameters<typeof fillTenant>[2]): Promise<Store> {
  const store = openSqliteStore(":memory:", { scanLimits: { slice: 1 } });
  await fillTenant(store, busy, filling);
  await fillTenant(store, other, { profiles: 1 });
  return store;
}

describe("a slow query of one tenant", () => {
  const description: Condition<ProfileKey> = slow("description");
  const group: Condition<AssignmentPath> = slow("target/groupId");
  const queries: readonly (readonly [what: string, run: (store: Store) => Promise<unknown>])[] = [
    ["a list of profiles with a filter", ({ read }) => read.profiles(busy, { condition: description, limit: 10 })],
    ["a count of profiles with a filter", ({ read }) => read.countProfiles(busy, description)],
    [
      "a list of assignments with a filter",
      ({ read }) => read.assignments(busy, "p0", { condition: group, limit: 10 }),
    ],
    ["a count of assignments with a filter", ({ read }) => read.countAssignments(busy, "p0", group)],
    [
      "a sorted list of assignments",
      ({ read }) => read.assignments(busy, "p0", { order: [{ key: "target/groupId" }, { key: "id" }], limit: 10 }),
    ],
  ];
  for (const [what, run] of queries) {
    test(`${what} lets a read and a write of another tenant finish first`, async (t) => {
      const store = await openFilled({ profiles: 5000, assignments: 5000 });
      t.after(() => store.close());
      const order = await orderOf({
        slow: run(store),
        read: store.read.profile(other, "p0"),
        write: store.decide(other, setPriority({ profileId: "p0", priority: 0, now })),
      });
      assert.equal(order.at(-1), "slow");
    });
  }

  test("is refused when it has used its time, and the store continues to answer", async (t) => {
    const store = openSqliteStore(":memory:", { scanLimits: { slice: 1, budget: 2 } });
    t.after(() => store.close());
    await fillTenant(store, busy, { profiles: 5000 });
    await assert.rejects(store.read.profiles(busy, { condition: description }), (error) => {
      assert.ok(error instanceof QueryTooLong);
      assert.match(error.message, /stopped, because it took 0.002 seconds.*Use fewer terms in \$filter/);
      return true;
    });
    assert.equal((await store.read.profiles(busy, { limit: 5 })).length, 5);
  });

  test("is refused at once if as many as allowed are running in the tenant, but not in another tenant", async (t) => {
    const store = openSqliteStore(":memory:", { scanLimits: { slice: -1 } });
    t.after(() => store.close());
    for (const tenant of [busy, other]) await fillTenant(store, tenant, { profiles: 50 });
    const count = (tenant: string) => store.read.countProfiles(tenant, description);
    const running = Array.from({ length: scans.perTenant }, () => count(busy));
    await assert.rejects(count(busy), /Too many slow queries of this tenant are running/);
    assert.equal(await count(other), 0);
    assert.deepEqual(await Promise.all(running), Array(scans.perTenant).fill(0));
    assert.equal(await count(busy), 0);
  });

  test("continues while another tenant's requests keep the store busy", async (t) => {
    const store = await openFilled({ profiles: 5000 });
    t.after(() => store.close());
    let [isDone, reads] = [false, 0];
    const count = store.read.countProfiles(busy, description).finally(() => {
      isDone = true;
    });
    // More reads than a turn has time for, so that some are always waiting.
    const readAgain = async () => {
      for (; !isDone && reads < 5000; reads++) await store.read.profiles(busy, { limit: 1000 });
    };
    await Promise.all(Array.from({ length: 100 }, readAgain));
    assert.ok(isDone, `the query had not finished after ${reads} reads`);
    assert.equal(await count, 0);
  });

  test("gives its place to the tenant's next query when it is refused", async (t) => {
    const store = openSqliteStore(":memory:", { scanLimits: { slice: -1, budget: 0 } });
    t.after(() => store.close());
    await fillTenant(store, busy, { profiles: 50 });
    for (let count = 0; count <= scans.perTenant; count++) {
      await assert.rejects(store.read.countProfiles(busy, description), /stopped, because it took/);
    }
  });

  test("sees a profile exactly once if another request moves it meanwhile", async (t) => {
    const store = openSqliteStore(":memory:", { scanLimits: { slice: -1 } });
    t.after(() => store.close());
    await fillTenant(store, busy, { profiles: 100 });
    const all: Condition<ProfileKey> = { kind: "not", condition: description };
    let isDone = false;
    const found = store.read.profiles(busy, { condition: all }).finally(() => {
      isDone = true;
    });
    for (let step = 0; !isDone; step++) {
      await store.decide(busy, setPriority({ profileId: `p${step % 100}`, priority: (step * 37) % 100, now }));
    }
    const ids = (await found).map(({ id }) => id);
    assert.deepEqual([ids.length, new Set(ids).size], [100, 100]);
  });
});

test("a write of another tenant is done before the many writes of one tenant that came earlier", async (t) => {
  const store = await openFilled({ profiles: 5000 });
  t.after(() => store.close());
  const moves = Array.from({ length: 50 }, (_, step) =>
    store.decide(busy, setPriority({ profileId: `p${step}`, priority: step % 2 === 0 ? 4999 : 0, now })),
  );
  const order = await orderOf({
    moves: Promise.all(moves),
    write: store.decide(other, createProfile({ properties, priority: undefined, newId: randomUUID, now })),
  });
  assert.deepEqual(order, ["write", "moves"]);
});

test("a store that is closed first carries out all writes that are waiting, however long they take", async () => {
  const store = await openFilled({ profiles: 5000 });
  const moves = Array.from({ length: 50 }, (_, step) =>
    store.decide(busy, setPriority({ profileId: `p${step}`, priority: step % 2 === 0 ? 4999 : 0, now })),
  );
  const outcomes = Promise.allSettled(moves);
  await store.close();
  assert.deepEqual(new Set((await outcomes).map(({ status }) => status)), new Set(["fulfilled"]));
});

const properties = newProperties({ displayName: "A profile" });

describe("a profile with many assignments", () => {
  const folder = temporaryFolder();
  after(() => rmSync(folder, { recursive: true }));
  const remove = (store: Store, tenant = busy) =>
    store.decide(tenant, deleteProfile({ profileId: "p0", preconditions: {} }));
  const rowsIn = (database: DatabaseSync | undefined) =>
    Number(Object.values(database?.prepare("SELECT count(*) FROM assignments").get() ?? {})[0]);

  test("is hidden from all readers at once when it is deleted, and its rows are deleted afterwards", async (t) => {
    let database: DatabaseSync | undefined;
    const store = openSqliteStore(":memory:", { inspect: (opened) => (database = opened) });
    t.after(() => store.close());
    await fillTenant(store, busy, { profiles: 2, assignments: 3000 });
    assert.ok((await remove(store)).ok);
    const rows = rowsIn(database);
    assert.ok(rows > 0 && rows < 3000, `${rows} rows remain`);
    const { read } = store;
    const seen = await Promise.all([
      read.profile(busy, "p0"),
      read.assignments(busy, "p0", { limit: 1 }),
      read.countAssignments(busy, "p0"),
      read.assignment(busy, "p0", "a02999"),
      read.assignmentsOfAll(busy, ["p0"]),
      read.profiles(busy),
      read.countProfiles(busy),
      read.countProfiles(busy, { kind: "not", condition: slow("description") }),
    ]);
    assert.deepEqual(
      seen.map((value) => (Array.isArray(value) ? value.map(({ id, priority }) => [id, priority]) : value)),
      [undefined, undefined, undefined, undefined, new Map(), [["p1", 0]], 1, 1],
    );
    assert.equal((await remove(store)).ok, false);
    const created = await store.decide(
      busy,
      createProfile({ properties, priority: undefined, newId: randomUUID, now }),
    );
    assert.equal(created.ok && created.value.priority, 1);
    await eventually(() => rowsIn(database) === 0);
  });

  test("does not count while its rows are deleted, also if it was the only profile of the tenant", async (t) => {
    const store = openSqliteStore(":memory:");
    t.after(() => store.close());
    await fillTenant(store, busy, { profiles: 1, assignments: 3000 });
    assert.ok((await remove(store)).ok);
    assert.equal(await store.read.countProfiles(busy), 0);
    const created = await store.decide(
      busy,
      createProfile({ properties, priority: undefined, newId: randomUUID, now }),
    );
    assert.equal(created.ok && created.value.priority, 0);
  });

  test("stays gone if its rows cannot be deleted, and they are deleted together with those of the next one", async (t) => {
    let database: DatabaseSync | undefined;
    const store = openSqliteStore(":memory:", { inspect: (opened) => (database = opened) });
    t.after(() => store.close());
    for (const tenant of [busy, other]) await fillTenant(store, tenant, { profiles: 1, assignments: 3000 });
    assert.ok((await remove(store)).ok);
    database?.exec(
      "CREATE TEMP TRIGGER refuse BEFORE DELETE ON assignments BEGIN SELECT RAISE(ABORT, 'refused by the test'); END",
    );
    const rows = rowsIn(database);
    assert.ok(rows > 3000, `${rows} rows remain`);
    // The first of these reads lets the store try to delete the next rows.
    for (let count = 0; count < 5; count++) {
      assert.equal(await store.read.assignment(busy, "p0", "a02999"), undefined);
      assert.deepEqual(await store.read.assignmentsOfAll(busy, ["p0"]), new Map());
    }
    assert.equal(rowsIn(database), rows);
    database?.exec("DROP TRIGGER refuse");
    assert.ok((await remove(store, other)).ok);
    await eventually(() => rowsIn(database) === 0);
  });

  test("is deleted completely after a restart if the service stopped meanwhile", async () => {
    const file = join(folder, "interrupted.sqlite");
    const store = openSqliteStore(file);
    await fillTenant(store, busy, { profiles: 2, assignments: 3000 });
    await remove(store);
    await store.close();
    let rows = 0;
    let database: DatabaseSync | undefined;
    const inspect = (opened: DatabaseSync) => {
      database = opened;
      rows = rowsIn(opened);
    };
    const restarted = openSqliteStore(file, { inspect });
    assert.ok(rows > 0, `${rows} rows remained`);
    assert.deepEqual(
      (await restarted.read.profiles(busy)).map(({ id }) => id),
      ["p1"],
    );
    await eventually(() => rowsIn(database) === 0);
    // The profile itself is deleted after its last rows.
    await eventually(() => database?.prepare("SELECT count(*) AS count FROM profiles").get()?.["count"] === 1);
    await restarted.close();
  });
});
