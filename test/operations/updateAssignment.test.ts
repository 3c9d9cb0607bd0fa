import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { assertRefused, bodyRefusals, describeOperation, refusals, testQueryOptions } from "./operation.ts";
import { badTargets } from "./targets.ts";

const world = await enterWorld();
const call = {
  method: "PATCH",
  path: `${profilesPath}/${randomUUID()}/assignments/${randomUUID()}`,
  body: { target: groupTarget("a group") },
};

const filtered = {
  deviceAndAppManagementAssignmentFilterId: "a filter",
  deviceAndAppManagementAssignmentFilterType: "include",
} as const;

async function tenantWithAssignment(target = groupTarget("g")) {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  const assignment = await tenant.assignment(profileId, target);
  return { tenant, assignment, path: { profileId, assignmentId: assignment.id } };
}

describeOperation("updateAssignment", {
  200() {
    test("changes the filter and increments the version in the entity tag", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const body = { target: { ...groupTarget("g"), ...filtered } };
      const answer = await tenant.client.updateAssignment({ path, body });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, {
        ...assignment,
        "@odata.etag": 'W/"2"',
        target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", ...filtered, groupId: "g" },
      });
      assert.equal(answer.headers.get("etag"), 'W/"2"');
      const read = await tenant.client.getAssignment({ path });
      assert.ok(read.ok);
      assert.deepEqual(read.data, answer.data);
    });
    test("keeps only the filter if the new target has another type", async () => {
      const { tenant, path } = await tenantWithAssignment({ ...groupTarget("g"), ...filtered });
      const body = { target: { "@odata.type": "microsoft.graph.allDevicesAssignmentTarget" } } as const;
      const answer = await tenant.client.updateAssignment({ path, body });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.target, {
        "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget",
        ...filtered,
      });
    });
    test("changes nothing if the body is an empty object, not even the entity tag", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const answer = await tenant.client.updateAssignment({ path, body: {} });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, assignment);
    });
    test("ignores an id in the body", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const answer = await tenant.client.updateAssignment({ path, body: { id: 5 } });
      assert.ok(answer.ok);
      assert.equal(answer.data.id, assignment.id);
    });
    test("updates the assignment if If-Match has its entity tag", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const headers = { "If-Match": assignment["@odata.etag"] };
      assert.equal((await tenant.client.updateAssignment({ path, headers, body: {} })).status, 200);
    });
  },
  204() {
    test("returns 204 if the caller prefers return=minimal", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const { id: assignmentId } = await tenant.assignment(profileId);
      const path = { profileId, assignmentId };
      const headers = { Prefer: "return=minimal" };
      const answer = await tenant.client.shaped.updateAssignment({
        path,
        headers,
        body: { target: groupTarget("other") },
      });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("preference-applied"), "return=minimal");
      const found = await tenant.client.getAssignment({ path });
      assert.equal(found.status === 200 && Object(found.data.target).groupId, "other");
    });
  },
  400() {
    testQueryOptions(world, call);
    for (const [what, body, target] of badTargets) {
      test(`refuses ${what}, and names ${target} in the error, even if the assignment does not exist`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, target);
      });
    }
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses an unknown profile or assignment, and names its id in the error", async () => {
      const { tenant, path } = await tenantWithAssignment();
      const { profileId, assignmentId } = path;
      const noProfile = await tenant.client.updateAssignment({ path: { profileId: "none", assignmentId }, body: {} });
      assert.equal(noProfile.status, 404);
      assert.equal(noProfile.target, "profileId");
      const none = await tenant.client.updateAssignment({ path: { profileId, assignmentId: "none" }, body: {} });
      assert.equal(none.status, 404);
      assert.equal(none.target, "assignmentId");
    });
    test("does not change another tenant's assignment", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const body = { target: { ...groupTarget("g"), ...filtered } };
      assert.equal((await (await world.tenant()).client.updateAssignment({ path, body })).status, 404);
      const after = await tenant.client.getAssignment({ path });
      assert.ok(after.ok);
      assert.deepEqual(after.data, assignment);
    });
  },
  409() {
    test("refuses the target of another assignment of the profile, and changes nothing", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      await tenant.assignment(path.profileId, groupTarget("other"));
      const answer = await tenant.client.updateAssignment({ path, body: { target: groupTarget("Other") } });
      assert.equal(answer.status, 409);
      assert.equal(answer.target, "target");
      const after = await tenant.client.getAssignment({ path });
      assert.ok(after.ok);
      assert.deepEqual(after.data, assignment);
    });
  },
  412() {
    test("changes nothing if the entity tag in If-Match is stale", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const body = { target: { ...groupTarget("g"), ...filtered } };
      const answer = await tenant.client.updateAssignment({ path, headers: { "If-Match": '"7"' }, body });
      assert.equal(answer.status, 412);
      const after = await tenant.client.getAssignment({ path });
      assert.ok(after.ok);
      assert.deepEqual(after.data, assignment);
    });
  },
  ...bodyRefusals(world, call),
});
