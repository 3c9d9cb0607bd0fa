/** Tests the control operations seed, snapshot, restore and reset through the methods of a started service. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { type SeedData, startService, type TestTenant } from "../../server/testing.ts";
import { groupTarget } from "../support/tenant.ts";

const service = await startService();
after(() => service.close());
beforeEach(() => service.reset());

/** Reads all of a tenant's entities through the API, with priorities, dates and entity tags. */
async function readEntities({ client }: TestTenant): Promise<unknown> {
  const list = await client.shaped.listProfiles({ query: { $expand: "assignments" } });
  assert.ok(list.ok);
  return list.data.value;
}

async function count({ client }: TestTenant): Promise<string> {
  const answer = await client.countProfiles();
  assert.ok(answer.ok);
  return answer.data;
}

const two: SeedData = {
  profiles: [
    {
      displayName: "Personal iPhones",
      description: "What people bring",
      defaultEnrollmentType: "user",
      availableEnrollmentTypeOptions: [{ ownerType: "personal", enrollmentType: "user" }],
      assignments: [{ target: groupTarget("sales") }, { target: groupTarget("support") }],
    },
    { displayName: "Shared iPads" },
  ],
};

test("a request with the same repeatability id is executed again after a reset or a restore", async () => {
  const headers = { "Repeatability-Request-ID": "id", "Repeatability-First-Sent": new Date().toUTCString() };
  const create = async () => {
    const answer = await service.client.createProfile({ headers, body: { displayName: "Once" } });
    assert.ok(answer.ok);
    return answer.data.id;
  };
  const empty = await service.snapshot();
  const first = await create();
  assert.equal(await create(), first);
  await service.reset();
  const second = await create();
  await service.restore(empty);
  const third = await create();
  assert.equal(new Set([first, second, third]).size, 3);
  assert.equal(await count(service), "1");
});

describe("seed", () => {
  test("seed creates the same entities as createProfile and createAssignment, in the order of the request", async () => {
    const { profiles } = await service.seed(two);
    const other = await service.inTenant();
    for (const { assignments = [], ...profile } of two.profiles) {
      const created = await other.client.createProfile({ body: profile });
      assert.ok(created.ok);
      for (const body of assignments)
        await other.client.createAssignment({ path: { profileId: created.data.id }, body });
    }
    const anonymous = (value: unknown) =>
      JSON.parse(JSON.stringify(value), (name, member) => (/^id$|DateTime$|context$/.test(name) ? "" : member));
    assert.deepEqual(anonymous(await readEntities(service)), anonymous(await readEntities(other)));
    const ids = (await readEntities(service)) as { id: string; assignments: { id: string }[] }[];
    assert.deepEqual(
      ids.map(({ id, assignments }) => ({ id, assignments: assignments.map(({ id }) => ({ id })) })),
      profiles,
    );
  });
  test("seed adds profiles after the existing profiles", async () => {
    await service.seed(two);
    await service.seed({ profiles: [{ displayName: "Later" }] });
    const list = await service.client.listProfiles();
    assert.ok(list.ok);
    assert.deepEqual(
      list.data.value.map(({ displayName, priority }) => [displayName, priority]),
      [
        ["Personal iPhones", 0],
        ["Shared iPads", 1],
        ["Later", 2],
      ],
    );
  });

  const all = { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } as const;
  const wrong: readonly [what: string, profile: object, sentence: RegExp][] = [
    ["a missing name", {}, /^profiles\[1\]\.displayName is missing\.$/],
    ["a misspelt property", { displayName: "B", plattform: "iOS" }, /^profiles\[1\]\.plattform is not a property/],
    [
      "a priority property",
      { displayName: "B", priority: 0 },
      /^profiles\[1\]\.priority .* the position in the list sets the priority\.$/,
    ],
    [
      "an id property",
      { displayName: "B", id: "b" },
      /^profiles\[1\]\.id .* the service creates the ids and returns them\.$/,
    ],
    [
      "a group without its id",
      { displayName: "B", assignments: [{ target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } }] },
      /^profiles\[1\]\.assignments\[0\]\.target\.groupId is missing\.$/,
    ],
    [
      "a repeated target",
      { displayName: "B", assignments: [{ target: all }, { target: groupTarget("g") }, { target: groupTarget("G") }] },
      /^profiles\[1\]\.assignments\[2\] has the same target as profiles\[1\]\.assignments\[1\]\. A profile can have a target only once\.$/,
    ],
    [
      "a filter type without a filter",
      {
        displayName: "B",
        assignments: [{ target: { ...all, deviceAndAppManagementAssignmentFilterType: "include" } }],
      },
      /^profiles\[1\]\.assignments\[0\]\.target\.deviceAndAppManagementAssignmentFilterId is missing\. A filter type/,
    ],
  ];
  for (const [what, profile, message] of wrong) {
    test(`seed refuses an entry with ${what}, names it and creates nothing`, async () => {
      const data = JSON.parse(JSON.stringify({ profiles: [{ displayName: "A" }, profile] }));
      await assert.rejects(service.seed(data), { message });
      assert.equal(await count(service), "0");
    });
  }
});

describe("snapshot and restore", () => {
  test("restore brings back all entities with the same ids, order, dates and tags, any number of times", async () => {
    const { profiles } = await service.seed(two);
    const [profile] = profiles;
    assert.ok(profile);
    await service.client.setPriority({ path: { profileId: profile.id }, body: { priority: 1 } });
    const [before, snapshot] = [await readEntities(service), await service.snapshot()];
    for (const _ of [1, 2]) {
      await service.client.deleteProfile({ path: { profileId: profile.id } });
      await service.client.createProfile({ body: { displayName: "Another", priority: 0 } });
      assert.notDeepEqual(await readEntities(service), before);
      await service.restore(snapshot);
      assert.deepEqual(await readEntities(service), before);
    }
  });
  test("restored profiles can still be reordered", async () => {
    await service.seed(two);
    await service.restore(await service.snapshot());
    await service.client.createProfile({ body: { displayName: "Between", priority: 1 } });
    const list = await service.client.listProfiles();
    assert.ok(list.ok);
    assert.deepEqual(
      list.data.value.map(({ displayName }) => displayName),
      ["Personal iPhones", "Between", "Shared iPads"],
    );
  });
  test("a snapshot can be restored after a reset", async () => {
    await service.seed(two);
    const snapshot = await service.snapshot();
    await service.reset();
    await service.restore(snapshot);
    assert.equal(await count(service), "2");
  });
  test("a snapshot is kept until a hundred newer ones were taken", async (t) => {
    const own = await startService();
    t.after(() => own.close());
    const first = await own.snapshot();
    const second = await own.snapshot();
    for (let index = 2; index < 100; index++) await own.snapshot();
    await own.restore(first);
    await own.snapshot();
    await assert.rejects(own.restore(first), /The service keeps only the last 100 snapshots/);
    await own.restore(second);
  });
  test("a snapshot cannot be restored by another tenant", async () => {
    const other = await service.inTenant();
    await assert.rejects(other.restore(await service.snapshot()), /The tenant has no snapshot with the id/);
  });
});

describe("reset", () => {
  test("reset empties only the token's tenant", async () => {
    const other = await service.inTenant();
    await other.seed(two);
    await service.seed(two);
    await service.reset();
    assert.deepEqual([await count(service), await count(other)], ["0", "2"]);
  });
  test("reset removes injected faults that have not affected a request yet", async () => {
    await service.failNext({ status: 500, times: 10 });
    await service.reset();
    assert.equal(await count(service), "0");
  });
});
