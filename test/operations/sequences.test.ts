/** Sequences of requests in which each request is sent after the answer to the one before it, so that each is committed alone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Schemas } from "../../client/index.ts";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";

const world = await enterWorld();

/** A profile of a new tenant, and the requests to its assignments. */
async function newProfile() {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  const path = `${profilesPath}/${profileId}/assignments`;
  const create = (groupId: string) =>
    tenant.client.createAssignment({ path: { profileId }, body: { target: groupTarget(groupId) } });
  return {
    tenant,
    profileId,
    path,
    create,
    /** Creates an assignment that must succeed. @returns its id. */
    created: async (groupId: string): Promise<string> => {
      const answer = await create(groupId);
      assert.ok(answer.ok, `${groupId} must be free`);
      return answer.data.id;
    },
    /** Lists the group of each assignment, and asserts that a GET of the assignment and the count agree with the list. */
    groups: async (): Promise<Readonly<Record<string, unknown>>> => {
      const list = await tenant.client.listAssignments({ path: { profileId } });
      assert.ok(list.ok);
      for (const listed of list.data.value) {
        const one = await tenant.client.getAssignment({ path: { profileId, assignmentId: listed.id } });
        assert.ok(one.ok);
        const { "@odata.context": _, ...entity } = one.data;
        assert.deepEqual(entity, listed);
      }
      const count = await tenant.client.countAssignments({ path: { profileId } });
      assert.equal(count.ok && count.data, String(list.data.value.length));
      return Object.fromEntries(list.data.value.map(({ id, target }) => [id, Object(target).groupId]));
    },
  };
}

type Profile = Awaited<ReturnType<typeof newProfile>>;

/** The requests that give an assignment another target. */
const retargets: Readonly<Record<string, (profile: Profile, id: string, groupId: string) => Promise<number>>> = {
  "the PATCH of an assignment": async ({ tenant, path }, id, groupId) => {
    const body = { target: groupTarget(groupId) };
    return (await tenant.call({ method: "PATCH", path: `${path}/${id}`, body })).status;
  },
  "the PATCH of the collection with an id": async ({ tenant, path }, id, groupId) => {
    const body = { id, target: groupTarget(groupId) };
    return (await tenant.call({ method: "PATCH", path, body })).status;
  },
  "the PATCH of the collection with a delta": async ({ tenant, path }, id, groupId) => {
    const body = { "@odata.context": "#$delta", value: [{ id, target: groupTarget(groupId) }] };
    return (await tenant.call({ method: "PATCH", path, body })).status;
  },
};

describe("a target", () => {
  for (const [what, retarget] of Object.entries(retargets)) {
    test(`is taken after ${what} has moved an assignment to it, and the target before it is free`, async () => {
      const profile = await newProfile();
      const id = await profile.created("one");
      for (const [before, now] of [
        ["one", "two"],
        ["two", "three"],
      ] as const) {
        assert.equal(await retarget(profile, id, now), 200);
        assert.equal((await profile.create(now)).status, 409);
        const other = await profile.created(before);
        assert.deepEqual(await profile.groups(), { [id]: now, [other]: before });
        assert.equal(await retarget(profile, other, now), 409);
        assert.equal(await retarget(profile, id, before), 409);
        assert.deepEqual(await profile.groups(), { [id]: now, [other]: before });
        const path = `${profile.path}/${other}`;
        assert.equal((await profile.tenant.call({ method: "DELETE", path })).status, 204);
      }
      assert.equal(await retarget(profile, id, "one"), 200);
      const [two, three] = [await profile.created("two"), await profile.created("three")];
      assert.deepEqual(await profile.groups(), { [id]: "one", [two]: "two", [three]: "three" });
    });
    test(`finds its assignment in the PATCH of the collection after ${what} has moved the assignment to it`, async () => {
      const profile = await newProfile();
      const id = await profile.created("one");
      assert.equal(await retarget(profile, id, "two"), 200);
      const upsert = async (groupId: string) => {
        const body = { target: { ...groupTarget(groupId), deviceAndAppManagementAssignmentFilterId: "f" } };
        const answer = await profile.tenant.client.updateAssignments({ path: { profileId: profile.profileId }, body });
        assert.ok(answer.ok);
        return answer.data.id;
      };
      assert.equal(await upsert("TWO"), id);
      const other = await upsert("one");
      assert.notEqual(other, id);
      assert.deepEqual(await profile.groups(), { [id]: "two", [other]: "one" });
    });
  }
  test("can be exchanged between two assignments by way of a third target", async () => {
    const profile = await newProfile();
    const move = retargets["the PATCH of an assignment"];
    assert.ok(move);
    const [one, two] = [await profile.created("one"), await profile.created("two")];
    for (const [id, groupId, status] of [
      [one, "two", 409],
      [one, "three", 200],
      [two, "one", 200],
      [one, "two", 200],
      [one, "one", 409],
    ] as const) {
      assert.equal(await move(profile, id, groupId), status, `${groupId} must be answered ${status}`);
    }
    assert.deepEqual(await profile.groups(), { [one]: "two", [two]: "one" });
  });
  test("is free after its assignment is deleted, also if the assignment had another target before", async () => {
    const profile = await newProfile();
    const id = await profile.created("one");
    const path = `${profile.path}/${id}`;
    await profile.tenant.call({ method: "PATCH", path, body: { target: groupTarget("two") } });
    assert.equal((await profile.tenant.call({ method: "DELETE", path })).status, 204);
    const [two, one] = [await profile.created("two"), await profile.created("one")];
    assert.deepEqual(await profile.groups(), { [two]: "two", [one]: "one" });
    assert.equal((await profile.tenant.call({ method: "GET", path })).status, 404);
  });
});

/** Asserts that a GET of each profile returns the same entity as the list. @returns the list. */
async function listProfiles({ client }: Tenant): Promise<readonly Schemas["appleUserInitiatedEnrollmentProfile"][]> {
  const list = await client.listProfiles();
  assert.ok(list.ok);
  for (const [priority, listed] of list.data.value.entries()) {
    assert.equal(listed.priority, priority);
    const one = await client.getProfile({ path: { profileId: listed.id } });
    assert.ok(one.ok);
    const { "@odata.context": _, ...profile } = one.data;
    assert.deepEqual(profile, listed);
  }
  return list.data.value;
}

/** Two values of each property that a request can change. The first one is that of the profile before the change. */
const values: Readonly<Record<string, readonly [before: unknown, after: unknown]>> = {
  displayName: ["Before", "After"],
  description: ["before", ""],
  platform: ["iOS", "macOS"],
  defaultEnrollmentType: ["device", "user"],
  availableEnrollmentTypeOptions: [[], [{ ownerType: "company", enrollmentType: "device" }]],
};

describe("a change of a profile", () => {
  const before = Object.fromEntries(Object.entries(values).map(([name, [value]]) => [name, value]));
  /** Creates three profiles. @returns the path of the one in the middle. */
  const createThree = async () => {
    const tenant = await world.tenant();
    await tenant.profile();
    const { id } = await tenant.profile(before);
    await tenant.profile();
    return { tenant, id, path: `${profilesPath}/${id}` };
  };
  for (const [name, [, after]] of Object.entries(values)) {
    for (const [what, others, priority] of [
      ["alone", {}, 1],
      ["together with the priority", { priority: 2 }, 2],
      ["together with the values that the profile already has", { ...before, priority: 1 }, 1],
    ] as const) {
      test(`of ${name} ${what} is in the answer, in the next GET and in the list`, async () => {
        const { tenant, id, path } = await createThree();
        const [, old] = await listProfiles(tenant);
        const { status, body } = await tenant.call({ method: "PATCH", path, body: { ...others, [name]: after } });
        assert.equal(status, 200);
        const { "@odata.context": _, ...answered } = Object(body);
        assert.deepEqual(answered, {
          ...old,
          [name]: after,
          priority,
          "@odata.etag": 'W/"2"',
          lastModifiedDateTime: answered.lastModifiedDateTime,
        });
        assert.ok(answered.lastModifiedDateTime > String(old?.lastModifiedDateTime));
        const list = await listProfiles(tenant);
        assert.deepEqual(list[priority], answered);
        assert.equal(list.filter((profile) => profile.id === id).length, 1);
      });
    }
  }
  test("that is followed by its reverse leaves the properties as they were, with a newer entity tag and date", async () => {
    const { tenant, path } = await createThree();
    const [, old] = await listProfiles(tenant);
    const changes = Object.fromEntries(Object.entries(values).map(([name, [, value]]) => [name, value]));
    for (const body of [changes, changes, before, before]) {
      assert.equal((await tenant.call({ method: "PATCH", path, body })).status, 200);
    }
    const [, now] = await listProfiles(tenant);
    assert.ok(old && now);
    assert.ok(now.lastModifiedDateTime > old.lastModifiedDateTime);
    assert.deepEqual({ ...now, lastModifiedDateTime: old.lastModifiedDateTime }, { ...old, "@odata.etag": 'W/"3"' });
  });
  test("to an empty text is not the same as to null", async () => {
    const { tenant, path } = await createThree();
    for (const description of ["", null, ""]) {
      await tenant.call({ method: "PATCH", path, body: { description } });
      assert.equal((await listProfiles(tenant))[1]?.description, description);
    }
  });
});

describe("the order of the profiles", () => {
  const names = async (tenant: Tenant) => (await listProfiles(tenant)).map(({ displayName }) => displayName).join("");
  test("is right after each of many moves, creations and deletions", async () => {
    const tenant = await world.tenant();
    const ids = new Map<string, string>();
    const create = async (displayName: string, priority?: number) => {
      ids.set(displayName, (await tenant.profile({ displayName, ...(priority !== undefined && { priority }) })).id);
    };
    const profileId = (name: string) => ids.get(name) ?? "";
    const move = (name: string, priority: number) =>
      tenant.client.setPriority({ path: { profileId: profileId(name) }, body: { priority } });
    const remove = (name: string) => tenant.client.deleteProfile({ path: { profileId: profileId(name) } });
    const steps: readonly (readonly [step: () => Promise<unknown>, order: string])[] = [
      [() => create("a"), "a"],
      [() => move("a", 0), "a"],
      [() => create("b", 0), "ba"],
      [() => create("c", 9), "bac"],
      [() => move("b", 2), "acb"],
      [() => move("b", 0), "bac"],
      [() => create("d", 1), "bdac"],
      [() => move("d", 2), "badc"],
      [() => remove("b"), "adc"],
      [() => create("b"), "adcb"],
      [() => move("c", 0), "cadb"],
      [() => remove("b"), "cad"],
      [() => move("c", 2), "adc"],
      [() => remove("d"), "ac"],
      [() => create("d", 1), "adc"],
      [() => remove("a"), "dc"],
      [() => remove("c"), "d"],
      [() => remove("d"), ""],
      [() => create("a", 0), "a"],
    ];
    for (const [index, [step, order]] of steps.entries()) {
      await step();
      assert.equal(await names(tenant), order, `after step ${index}`);
    }
  });
});

test("a deleted profile and its assignments stay deleted after a profile of the same name is created", async () => {
  const tenant = await world.tenant();
  const old = await tenant.profile({ displayName: "twin" });
  const assignment = await tenant.assignment(old.id, groupTarget("g"));
  const path = `${profilesPath}/${old.id}`;
  assert.equal((await tenant.call({ method: "DELETE", path })).status, 204);
  const twin = await tenant.profile({ displayName: "twin" });
  assert.notEqual(twin.id, old.id);
  for (const gone of [
    path,
    `${path}/assignments`,
    `${path}/assignments/$count`,
    `${path}/assignments/${assignment.id}`,
  ]) {
    assert.equal((await tenant.call({ method: "GET", path: gone })).status, 404);
  }
  const list = await tenant.client.listAssignments({ path: { profileId: twin.id } });
  assert.deepEqual(list.ok && list.data.value, []);
  await tenant.assignment(twin.id, groupTarget("g"));
});
