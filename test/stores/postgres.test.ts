import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, describe, test } from "node:test";
import { Client } from "pg";
import { createAssignment, updateAssignments } from "../../server/domain/commands/assignments.ts";
import { createProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import { type Store, StoreUnavailable } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { patience } from "../../server/stores/postgres/connections/timeLimits.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { query, startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";
import { describeStore } from "./suite.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

/** Opens two stores on one database, like those of two processes. */
async function openTwo(choose: (turn: number) => 0 | 1): Promise<Store> {
  const url = await postgres.newDatabase();
  const [one, other] = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
  let turn = 0;
  return {
    read: other.read,
    decide: (tenant, command, repeatability) =>
      (choose(turn++) === 0 ? one : other).decide(tenant, command, repeatability),
    close: async () => {
      await Promise.all([one.close(), other.close()]);
    },
  };
}

describeStore("PostgreSQL", async () => openPostgresStore(await postgres.newDatabase()));
describeStore("PostgreSQL, written by one process and read by another,", () => openTwo(() => 0));

/** Opens a store that sends requests to two stores in turn, like a load balancer. */
const openAlternating = () => openTwo((turn) => (turn % 2 === 0 ? 0 : 1));

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const now = "2026-11-23T12:00:00.000Z";
const properties = newProperties({ displayName: "A profile" });
const newProfile = (id: string) => createProfile({ properties, priority: undefined, newId: () => id, now });
const group = (groupId: string) => ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;

describe("a PostgreSQL database", () => {
  test("a PostgreSQL database is migrated only once if several processes start at the same time", async () => {
    const url = await postgres.newDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore(url)));
    for (const [index, store] of stores.entries()) await store.decide(tenant, newProfile(`p${index}`));
    for (const store of stores) assert.equal(await store.read.countProfiles(tenant), 5);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("keeps its content when it is opened again", async () => {
    const url = await postgres.newDatabase();
    const store = await openPostgresStore(url);
    await store.decide(tenant, newProfile("p"));
    const before = await store.read.profiles(tenant);
    await store.close();
    const again = await openPostgresStore(url);
    assert.deepEqual(await again.read.profiles(tenant), before);
    await again.close();
  });

  test("a PostgreSQL database of a newer release is refused with an explanation, and is not changed", async () => {
    const url = await postgres.newDatabase();
    await (await openPostgresStore(url)).close();
    await query(url, "UPDATE apple_enrollment.schema_version SET version = 99");
    await assert.rejects(openPostgresStore(url), {
      name: "StartRefused",
      message:
        /^The database has schema version 99, but this release supports only versions up to \d+\. Use a newer release\.$/,
    });
    assert.deepEqual(await query(url, "SELECT version FROM apple_enrollment.schema_version"), [{ version: 99 }]);
  });

  const refused: readonly [what: string, change: (url: URL) => void, sentence: RegExp][] = [
    ["that does not exist", (url) => Object.assign(url, { pathname: "/nothing" }), /no database with this name/],
    ["with a wrong password", (url) => Object.assign(url, { password: "s3cret" }), /refuses the user or the password/],
    [
      "at an address where no server listens",
      (url) => Object.assign(url, { port: "1" }),
      /no server listens at this address/,
    ],
    [
      "on a host whose name cannot be resolved",
      (url) => Object.assign(url, { hostname: "no.invalid" }),
      /the host name cannot be resolved/,
    ],
  ];
  for (const [what, change, sentence] of refused) {
    test(`a PostgreSQL database ${what} is refused with an explanation that does not contain the password`, async () => {
      const url = new URL(await postgres.newDatabase());
      change(url);
      await assert.rejects(openPostgresStore(url.href), (error: Error) => {
        assert.equal(error.name, "StartRefused");
        assert.match(error.message, sentence);
        assert.ok(error.message.startsWith(`The database ${url.host}${url.pathname} cannot be used: `));
        assert.ok(!error.message.includes(url.password));
        return true;
      });
    });
  }

  test("a PostgreSQL database is refused with an explanation if the PostgreSQL user may not create a schema", async () => {
    const url = new URL(await postgres.newDatabase());
    await query(url.href, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
    Object.assign(url, { username: "guest", password: "guest" });
    await assert.rejects(openPostgresStore(url.href), /the user lacks a permission \(permission denied for database/);
  });

  test("a PostgreSQL database is unavailable only while all connections of the pool are in use", async () => {
    const url = await postgres.newDatabase();
    const store = await openPostgresStore(url, { poolSize: 1 });
    await store.decide(tenant, newProfile("p"));
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query("BEGIN; LOCK TABLE apple_enrollment.profiles");
    const begun = Date.now();
    const waiting = [
      store.read.profiles(tenant),
      store.read.countProfiles(tenant),
      store.decide(tenant, newProfile("q")),
    ];
    for (const outcome of await Promise.allSettled(waiting)) {
      assert.ok(outcome.status === "rejected" && outcome.reason instanceof StoreUnavailable);
      assert.ok(outcome.reason.retryAfter > 0);
    }
    assert.ok(Date.now() - begun < 3 * patience);
    await other.query("ROLLBACK");
    await other.end();
    assert.equal((await store.read.profiles(tenant)).length, 1);
    await store.close();
  });
});

describe("two processes on one PostgreSQL database", () => {
  test("never create two assignments with the same target", async () => {
    const store = await openAlternating();
    await store.decide(tenant, newProfile("p"));
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.decide(tenant, createAssignment({ profileId: "p", target: group("g"), newId: () => `a${index}` })),
      ),
    );
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
    assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    await store.close();
  });

  test("accept exactly one of a hundred updates with the same entity tag", async () => {
    const store = await openAlternating();
    await store.decide(tenant, newProfile("p"));
    await store.decide(tenant, createAssignment({ profileId: "p", target: group("g"), newId: () => "a" }));
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.decide(
          tenant,
          updateAssignments({
            profileId: "p",
            input: { target: { ...group("g"), deviceAndAppManagementAssignmentFilterId: `f${index}` } },
            preconditions: { ifMatch: ["1"] },
            newId: () => "-",
          }),
        ),
      ),
    );
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
    assert.deepEqual(
      new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.kind]))),
      new Set(["preconditionFailed"]),
    );
    await store.close();
  });

  test("keep the priorities 0…n-1 while both processes move profiles", async () => {
    const store = await openAlternating();
    for (let index = 0; index < 10; index++) await store.decide(tenant, newProfile(`p${index}`));
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        store.decide(tenant, setPriority({ profileId: `p${index % 10}`, priority: (index * 7) % 10, now })),
      ),
    );
    assert.ok(outcomes.every(({ ok }) => ok));
    const found = await store.read.profiles(tenant);
    assert.deepEqual(
      found.map(({ priority }) => priority),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.equal(new Set(found.map(({ id }) => id)).size, 10);
    await store.close();
  });
});
