/** PATCH of the assignments collection with a delta payload: the service applies either all items or none. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Schemas } from "../../client/index.ts";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";

const world = await enterWorld();
const context = "#$delta";

async function tenantWithProfile(): Promise<{ tenant: Tenant; profileId: string }> {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  return { tenant, profileId };
}

async function apply(tenant: Tenant, profileId: string, value: Schemas["assignmentDeltaItem"][]) {
  const body = { "@odata.context": context, value } as const;
  const answer = await tenant.client.updateAssignmentsDelta({ path: { profileId }, body });
  assert.equal(answer.status, 200, answer.ok ? "" : answer.message);
  assert.ok(answer.status === 200);
  return answer.data.value.map((item) => Object(item));
}

/** Sends a delta payload without the type checks of the client, so that it may be invalid. */
function send(tenant: Tenant, profileId: string, body: unknown, headers = {}) {
  return tenant.call({ method: "PATCH", path: `${profilesPath}/${profileId}/assignments`, body, headers });
}

async function groups(tenant: Tenant, profileId: string): Promise<string[]> {
  const answer = await tenant.client.listAssignments({ path: { profileId } });
  assert.ok(answer.ok);
  return answer.data.value.map(({ target }) => Object(target).groupId).sort();
}

describe("a delta payload", () => {
  test("creates, updates and deletes assignments, and has a result for each item in the same order", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const [kept, gone] = [
      await tenant.assignment(profileId, groupTarget("kept")),
      await tenant.assignment(profileId, groupTarget("gone")),
    ];
    const filter = {
      deviceAndAppManagementAssignmentFilterId: "f",
      deviceAndAppManagementAssignmentFilterType: "include",
    };
    const results = await apply(tenant, profileId, [
      { target: groupTarget("new") },
      { "@removed": { reason: "deleted" }, id: gone.id },
      { target: { ...groupTarget("KEPT"), ...filter, deviceAndAppManagementAssignmentFilterType: "include" } },
      { id: kept.id },
    ]);
    assert.equal(results[0].target.groupId, "new");
    assert.deepEqual(results[1], { "@removed": { reason: "deleted" }, id: gone.id });
    assert.equal(results[2].id, kept.id);
    assert.equal(results[2]["@odata.etag"], 'W/"2"');
    assert.deepEqual(results[3], results[2]);
    assert.deepEqual(await groups(tenant, profileId), ["kept", "new"]);
  });

  test("gets the same answer, and leaves the same assignments, if it is sent twice", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const { id } = await tenant.assignment(profileId);
    const value = [{ target: groupTarget("a") }, { target: groupTarget("b") }, { "@removed": {}, id }];
    assert.deepEqual(await apply(tenant, profileId, value), await apply(tenant, profileId, value));
    assert.deepEqual(await groups(tenant, profileId), ["a", "b"]);
  });

  test("a delta payload is refused without @odata.context, and the error shows the required value", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const answer = await send(tenant, profileId, { value: [{ target: groupTarget("a") }] });
    assert.equal(answer.status, 400);
    assert.equal(answer.error.target, "@odata.context");
    assert.match(answer.error.message, /is missing\. A delta payload needs "@odata\.context": "#\$delta"\.$/);
  });

  test("a delta payload is refused if its context ends in another word than $delta", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const value = [{ target: groupTarget("a") }];
    for (const wrong of ["my$delta", "#$delta/", "#$deltas", "#$DELTA", ""]) {
      assert.equal((await send(tenant, profileId, { "@odata.context": wrong, value })).status, 400, wrong);
    }
    assert.deepEqual(await groups(tenant, profileId), []);
    const whole = `${world.direct}/$metadata#${profilesPath.slice(1)}('${profileId}')/assignments/$delta`;
    assert.equal((await send(tenant, profileId, { "@odata.context": whole, value })).status, 200);
  });

  test("a delta payload is answered with @odata.context and without an ETag header", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const answer = await send(tenant, profileId, { "@context": context, value: [{ target: groupTarget("a") }] });
    assert.equal(answer.status, 200);
    const shown = `${world.direct}/$metadata#${profilesPath.slice(1)}('${profileId}')/assignments/$delta`;
    assert.equal(Object(answer.body)["@odata.context"], shown);
    assert.equal(answer.headers.get("etag"), null);
  });

  test("applies each item to the state that the previous items have created", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const [a, b] = [
      await tenant.assignment(profileId, groupTarget("a")),
      await tenant.assignment(profileId, groupTarget("b")),
    ];
    const results = await apply(tenant, profileId, [
      { id: a.id, target: groupTarget("elsewhere") },
      { id: b.id, target: groupTarget("a") },
      { "@removed": {}, id: a.id },
      { target: groupTarget("elsewhere") },
      { target: groupTarget("Elsewhere") },
    ]);
    assert.equal(results[3].id, results[4].id);
    assert.notEqual(results[3].id, a.id);
    assert.deepEqual(await groups(tenant, profileId), ["a", "elsewhere"]);
  });

  test("does not find an assignment that an earlier item has removed, but accepts its removal a second time", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const { id } = await tenant.assignment(profileId, groupTarget("a"));
    const removal = { "@removed": {}, id };
    const value = [removal, { id, target: groupTarget("b") }];
    const answer = await send(tenant, profileId, { "@odata.context": context, value });
    assert.deepEqual([answer.status, answer.error.target], [404, "value[1].id"]);
    assert.deepEqual(await groups(tenant, profileId), ["a"]);
    const removed = { "@removed": { reason: "deleted" }, id };
    assert.deepEqual(await apply(tenant, profileId, [removal, removal]), [removed, removed]);
    assert.deepEqual(await groups(tenant, profileId), []);
  });

  const faults: readonly [what: string, item: object, status: number, target: string][] = [
    ["an unknown id", { id: "nobody", target: groupTarget("x") }, 404, "value[1].id"],
    [
      "a group target without groupId",
      { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
      400,
      "value[1].target.groupId",
    ],
    ["neither id nor target", {}, 400, "value[1].target"],
    ["a removal without an id", { "@removed": {} }, 400, "value[1].id"],
    ["an unknown property", { target: groupTarget("x"), tarpit: 1 }, 400, "value[1].tarpit"],
  ];
  for (const [what, item, status, target] of faults) {
    test(`a delta payload is refused with ${status} if an item has ${what}; the error names it, and nothing is written`, async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const answer = await send(tenant, profileId, {
        "@odata.context": context,
        value: [{ target: groupTarget("a") }, item],
      });
      assert.equal(answer.status, status);
      assert.equal(answer.error.target, target);
      assert.deepEqual(await groups(tenant, profileId), []);
    });
  }

  test("a delta payload is refused with 409 if two items set the same target, and the error names the second item", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const { id } = await tenant.assignment(profileId, groupTarget("a"));
    const value = [{ target: groupTarget("b") }, { id, target: groupTarget("b") }];
    const answer = await send(tenant, profileId, { "@odata.context": context, value });
    assert.equal(answer.status, 409);
    assert.equal(answer.error.target, "value[1].target");
    assert.deepEqual(await groups(tenant, profileId), ["a"]);
  });

  test("a delta payload is refused with 400 if it has no items, more than 20 items, or a precondition", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const item = { target: groupTarget("a") };
    const cases: readonly [body: object, headers: object, target: string][] = [
      [{ value: [] }, {}, "value"],
      [{ value: Array.from({ length: 21 }, () => item) }, {}, "value"],
      [{ value: [item] }, { "If-Match": "*" }, "If-Match"],
      [{ value: [item] }, { "If-None-Match": "*" }, "If-None-Match"],
      [{}, {}, "value"],
    ];
    for (const [body, headers, target] of cases) {
      const answer = await send(tenant, profileId, { "@odata.context": context, ...body }, headers);
      assert.equal(answer.status, 400);
      assert.equal(answer.error.target, target);
    }
    assert.deepEqual(await groups(tenant, profileId), []);
  });

  test("a delta payload is validated as a whole first, so an invalid item is reported before an unknown id or profile", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const value = [{ id: "nobody" }, {}];
    for (const profile of [profileId, "nobody"]) {
      const answer = await send(tenant, profile, { "@odata.context": context, value });
      assert.equal(answer.status, 400);
      assert.equal(answer.error.target, "value[1].target");
    }
  });

  test("a delta payload can be the answer to an earlier delta payload", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const { id } = await tenant.assignment(profileId);
    const value = [{ target: groupTarget("a") }, { "@removed": {}, id }];
    const first = await send(tenant, profileId, { "@odata.context": context, value });
    const again = await send(tenant, profileId, first.body);
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, first.body);
  });

  test("a delta payload is refused with 404 if the profile does not exist", async () => {
    const { tenant } = await tenantWithProfile();
    const answer = await send(tenant, "nobody", { "@odata.context": context, value: [{ "@removed": {}, id: "x" }] });
    assert.equal(answer.status, 404);
    assert.equal(answer.error.target, "profileId");
  });

  test("a delta payload is not assumed for an assignment that was read and is sent back with its own @odata.context", async () => {
    const { tenant, profileId } = await tenantWithProfile();
    const assignment = await tenant.assignment(profileId);
    const answer = await send(tenant, profileId, assignment);
    assert.equal(answer.status, 200);
    assert.equal(Object(answer.body).id, assignment.id);
  });
});
