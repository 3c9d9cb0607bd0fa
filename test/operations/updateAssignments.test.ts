import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Schemas } from "../../client/index.ts";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";
import { assertRefused, bodyRefusals, describeOperation, refusals, testQueryOptions } from "./operation.ts";
import { badTargets } from "./targets.ts";

const world = await enterWorld();
const call = {
  method: "PATCH",
  path: `${profilesPath}/${randomUUID()}/assignments`,
  body: { target: groupTarget("a group") },
};

/** The request and response in Graph's documentation. Their Content-length implies lines that end with CR and LF. */
const seed = {
  request: readFileSync(new URL("../seed/request.json", import.meta.url), "utf8").replaceAll("\n", "\r\n"),
  response: readFileSync(new URL("../seed/response.json", import.meta.url), "utf8"),
};

const filtered = {
  deviceAndAppManagementAssignmentFilterId: "a filter",
  deviceAndAppManagementAssignmentFilterType: "include",
} as const;

async function tenantWithProfile(): Promise<{ tenant: Tenant; profileId: string; path: string }> {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  return { tenant, profileId, path: `${profilesPath}/${profileId}/assignments` };
}

async function update(tenant: Tenant, profileId: string, body: Schemas["assignmentUpsert"]) {
  const answer = await tenant.client.updateAssignments({ path: { profileId }, body });
  assert.ok(answer.ok, answer.ok ? "" : answer.message);
  return answer.data;
}

async function list(tenant: Tenant, profileId: string) {
  const answer = await tenant.client.listAssignments({ path: { profileId } });
  assert.ok(answer.ok);
  return answer.data.value;
}

describeOperation("updateAssignments", {
  200() {
    test("answers the exact bytes of the request in Graph's documentation with every documented member", async () => {
      const { tenant, path } = await tenantWithProfile();
      assert.equal(Buffer.byteLength(seed.request), 172, "the Content-length in the documentation");
      const answer = await tenant.call({ method: "PATCH", path, body: seed.request });
      assert.equal(answer.status, 200);
      const { id, target, ...rest } = Object(answer.body);
      const printed = JSON.parse(seed.response);
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.equal(rest["@odata.type"], printed["@odata.type"]);
      assert.deepEqual({ ...target, ...printed.target }, target);
      assert.equal(answer.headers.get("etag"), rest["@odata.etag"]);
    });
    test("returns the same assignment if the request in Graph's documentation is sent twice", async () => {
      const { tenant, profileId, path } = await tenantWithProfile();
      const first = await tenant.call({ method: "PATCH", path, body: seed.request });
      const second = await tenant.call({ method: "PATCH", path, body: seed.request });
      assert.equal(second.status, 200);
      assert.deepEqual(second.body, first.body);
      assert.equal((await list(tenant, profileId)).length, 1);
    });
    test("treats both spellings of the base target's type as one target, and keeps the last spelling", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const [plain, hashed] = [
        "microsoft.graph.deviceAndAppManagementAssignmentTarget",
        "#microsoft.graph.deviceAndAppManagementAssignmentTarget",
      ] as const;
      const first = await update(tenant, profileId, { target: { "@odata.type": plain } });
      const second = await update(tenant, profileId, { target: { "@odata.type": hashed } });
      assert.equal(second.id, first.id);
      assert.equal(second.target?.["@odata.type"], hashed);
      assert.equal(second["@odata.etag"], 'W/"2"');
    });
    test("creates the assignment if the body has no id and a target that no assignment has", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const one = await update(tenant, profileId, { target: groupTarget("one") });
      const other = await update(tenant, profileId, { target: groupTarget("other") });
      assert.notEqual(one.id, other.id);
      assert.deepEqual(
        (await list(tenant, profileId)).map(({ id }) => id),
        [one.id, other.id],
      );
    });
    test("finds the assignment by its target, case-insensitively, if the body has no id", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const [one, other] = [
        await tenant.assignment(profileId, groupTarget("one")),
        await tenant.assignment(profileId, groupTarget("other")),
      ];
      const updated = await update(tenant, profileId, { target: { ...groupTarget("ONE"), ...filtered } });
      assert.equal(updated.id, one.id);
      assert.equal(updated["@odata.etag"], 'W/"2"');
      assert.deepEqual(updated.target, {
        "@odata.type": "#microsoft.graph.groupAssignmentTarget",
        ...filtered,
        groupId: "one",
      });
      const { "@odata.context": _, ...untouched } = other;
      assert.deepEqual((await list(tenant, profileId))[1], untouched);
    });
    test("keeps the spelling of a collectionId if the body has no id, and changes it if the body has an id", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const collection = (collectionId: string) =>
        ({ "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget", collectionId }) as const;
      const { id } = await tenant.assignment(profileId, collection("Sms00001"));
      const found = await update(tenant, profileId, { target: { ...collection("SMS00001"), ...filtered } });
      assert.deepEqual([found.id, Object(found.target).collectionId], [id, "Sms00001"]);
      const renamed = await update(tenant, profileId, { id, target: collection("SMS00001") });
      assert.deepEqual([renamed.id, Object(renamed.target).collectionId], [id, "SMS00001"]);
      assert.deepEqual((await list(tenant, profileId))[0]?.target, { ...collection("SMS00001"), ...filtered });
    });
    test("keeps filter properties that the request omits, and clears a filter id that is null", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      await tenant.assignment(profileId, { ...groupTarget("g"), ...filtered });
      const same = await update(tenant, profileId, { target: groupTarget("g") });
      assert.equal(same["@odata.etag"], 'W/"1"');
      assert.equal(same.target?.deviceAndAppManagementAssignmentFilterId, "a filter");
      const excluded = await update(tenant, profileId, {
        target: { ...groupTarget("g"), deviceAndAppManagementAssignmentFilterType: "exclude" },
      });
      assert.equal(excluded.target?.deviceAndAppManagementAssignmentFilterType, "exclude");
      const cleared = await update(tenant, profileId, {
        target: {
          ...groupTarget("g"),
          deviceAndAppManagementAssignmentFilterId: null,
          deviceAndAppManagementAssignmentFilterType: "none",
        },
      });
      assert.equal(cleared.target?.deviceAndAppManagementAssignmentFilterId, null);
    });
    test("updates the assignment with the id in the body, and keeps its filter if the target changes", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const { id } = await tenant.assignment(profileId, { ...groupTarget("g"), ...filtered });
      const updated = await update(tenant, profileId, {
        id,
        target: { "@odata.type": "microsoft.graph.configurationManagerCollectionAssignmentTarget", collectionId: "c" },
      });
      assert.equal(updated.id, id);
      assert.deepEqual(updated.target, {
        "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget",
        ...filtered,
        collectionId: "c",
      });
    });
    test("changes nothing if the body has only an id", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const before = await tenant.assignment(profileId);
      assert.deepEqual(await update(tenant, profileId, { id: before.id }), before);
    });
    test("accepts a copy of an assignment that was read", async () => {
      const { tenant, profileId, path } = await tenantWithProfile();
      const read = await tenant.assignment(profileId);
      const answer = await tenant.call({ method: "PATCH", path, body: read });
      assert.deepEqual(answer.body, read);
    });
    test("creates an assignment with If-None-Match: *, and updates it with If-Match", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const path = { profileId };
      const create = { "If-None-Match": "*" };
      const body = { target: groupTarget("g") };
      assert.equal((await tenant.client.updateAssignments({ path, headers: create, body })).status, 200);
      for (const tag of ["*", 'W/"1"']) {
        const headers = { "If-Match": tag };
        assert.equal((await tenant.client.updateAssignments({ path, headers, body })).status, 200);
      }
    });
    test("does not change the profile's entity tag and date", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const before = await tenant.client.getProfile({ path: { profileId } });
      await update(tenant, profileId, { target: groupTarget("g") });
      const after = await tenant.client.getProfile({ path: { profileId } });
      assert.ok(before.ok && after.ok);
      assert.deepEqual(after.data, before.data);
    });
    test("creates one assignment for 100 concurrent requests with the same target", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const all = await Promise.all(
        Array.from({ length: 100 }, () => update(tenant, profileId, { target: groupTarget("g") })),
      );
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      assert.equal((await list(tenant, profileId)).length, 1);
    });
  },
  204() {
    test("returns 204 if the caller prefers return=minimal", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const headers = { Prefer: "return=minimal" };
      const body = { target: groupTarget("g") };
      const answer = await tenant.client.shaped.updateAssignments({ path: { profileId }, headers, body });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("preference-applied"), "return=minimal");
      assert.equal((await list(tenant, profileId)).length, 1);
    });
    test("returns 204 to a delta payload if the caller prefers return=minimal", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const answer = await tenant.client.updateAssignmentsDelta({
        path: { profileId },
        headers: { Prefer: "return=minimal" },
        body: { "@odata.context": "#$delta", value: [{ target: groupTarget("g") }] },
      });
      assert.equal(answer.status, 204);
      assert.equal((await list(tenant, profileId)).length, 1);
    });
  },
  400() {
    testQueryOptions(world, call);
    const cases = [
      ["an empty object", {}, "target"],
      ["only @odata.type", { "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment" }, "target"],
      ["a null id", { id: null }, "id"],
      ["an empty id", { id: "", target: groupTarget("g") }, "id"],
      ["a number as id", { id: 5 }, "id"],
      ["@removed outside a delta payload", { "@removed": {}, id: "x" }, "@removed"],
      ...badTargets,
    ] as const;
    for (const [what, body, target] of cases) {
      test(`refuses ${what}, and names ${target} in the error, even if the profile does not exist`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, target);
      });
    }
    test("refuses an array as the body, and says that it must be an object", async () => {
      const answer = await (await world.tenant()).call({ ...call, body: [] });
      assert.equal(answer.status, 400);
      assert.equal(answer.error.message, "The request body must be an object, not an array.");
    });
    test("refuses a filter type if the stored assignment has no filter id, and changes nothing", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const { "@odata.context": _, ...before } = await tenant.assignment(profileId, groupTarget("g"));
      const target = { ...groupTarget("g"), deviceAndAppManagementAssignmentFilterType: "include" } as const;
      const answer = await tenant.client.updateAssignments({ path: { profileId }, body: { target } });
      assert.equal(answer.status, 400);
      assert.equal(answer.target, "target.deviceAndAppManagementAssignmentFilterId");
      assert.deepEqual(await list(tenant, profileId), [before]);
    });
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses an unknown profile, and names its id, even if the body has an assignment id", async () => {
      const tenant = await world.tenant();
      assertRefused(await tenant.call(call), 404, "profileId");
      assertRefused(await tenant.call({ ...call, body: { id: "x" } }), 404, "profileId");
    });
    test("refuses an unknown id in the body, names it, and creates nothing", async () => {
      const { tenant, profileId, path } = await tenantWithProfile();
      const body = { id: randomUUID(), target: groupTarget("g") };
      assertRefused(await tenant.call({ method: "PATCH", path, body }), 404, "id");
      assert.deepEqual(await list(tenant, profileId), []);
    });
    test("reports an unknown id in the body before it evaluates the precondition", async () => {
      const { tenant, path } = await tenantWithProfile();
      for (const headers of [{ "if-match": "*" }, { "if-none-match": "*" }]) {
        assertRefused(await tenant.call({ method: "PATCH", path, headers, body: { id: "x" } }), 404, "id");
      }
    });
    test("does not change an assignment of another profile", async () => {
      const { tenant, profileId, path } = await tenantWithProfile();
      const other = await tenant.profile();
      const { "@odata.context": _, ...before } = await tenant.assignment(other.id);
      assertRefused(await tenant.call({ method: "PATCH", path, body: { id: before.id } }), 404, "id");
      assert.deepEqual(await list(tenant, other.id), [before]);
      assert.deepEqual(await list(tenant, profileId), []);
    });
    test("refuses another tenant's profile, and writes nothing", async () => {
      const { tenant, profileId, path } = await tenantWithProfile();
      assertRefused(await (await world.tenant()).call({ ...call, path }), 404, "profileId");
      assert.deepEqual(await list(tenant, profileId), []);
    });
  },
  409() {
    test("refuses an id with the target of another assignment, and names that assignment", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const [one, other] = [
        await tenant.assignment(profileId, groupTarget("one")),
        await tenant.assignment(profileId, groupTarget("other")),
      ];
      const body = { id: one.id, target: groupTarget("OTHER") };
      const answer = await tenant.client.updateAssignments({ path: { profileId }, body });
      assert.equal(answer.status, 409);
      assert.equal(answer.target, "target");
      assert.ok(answer.message.includes(other.id));
    });
    test("reports a failed precondition (412) before a target conflict (409)", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const one = await tenant.assignment(profileId, groupTarget("one"));
      await tenant.assignment(profileId, groupTarget("other"));
      const body = { id: one.id, target: groupTarget("other") };
      const headers = { "If-Match": '"9"' };
      assert.equal((await tenant.client.updateAssignments({ path: { profileId }, headers, body })).status, 412);
    });
  },
  412() {
    test("creates nothing if If-Match is sent and no assignment has the target", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      for (const tag of ["*", 'W/"1"']) {
        const body = { target: groupTarget("g") };
        const answer = await tenant.client.updateAssignments({
          path: { profileId },
          headers: { "If-Match": tag },
          body,
        });
        assert.equal(answer.status, 412);
        assert.equal(answer.target, "If-Match");
      }
      assert.deepEqual(await list(tenant, profileId), []);
    });
    test("changes nothing if the entity tag is stale, whether the body has an id or a target", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const { "@odata.context": _, ...before } = await tenant.assignment(profileId, groupTarget("g"));
      const target = { ...groupTarget("g"), ...filtered };
      for (const body of [{ target }, { id: before.id, target }]) {
        const headers = { "If-Match": 'W/"2"' };
        assert.equal((await tenant.client.updateAssignments({ path: { profileId }, headers, body })).status, 412);
      }
      assert.deepEqual(await list(tenant, profileId), [before]);
    });
    test("changes nothing if If-None-Match is * and the assignment exists, found by id or by target", async () => {
      const { tenant, profileId } = await tenantWithProfile();
      const { "@odata.context": _, ...before } = await tenant.assignment(profileId, groupTarget("g"));
      const target = { ...groupTarget("g"), ...filtered };
      for (const body of [{ target }, { id: before.id, target }]) {
        const headers = { "If-None-Match": "*" };
        const answer = await tenant.client.updateAssignments({ path: { profileId }, headers, body });
        assert.equal(answer.status, 412);
        assert.equal(answer.target, "If-None-Match");
      }
      assert.deepEqual(await list(tenant, profileId), [before]);
    });
  },
  ...bodyRefusals(world, call),
});
