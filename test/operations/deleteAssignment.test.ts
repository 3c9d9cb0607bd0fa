import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { describeOperation, refusals, repeatRefusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "DELETE", path: `${profilesPath}/${randomUUID()}/assignments/${randomUUID()}` };

async function tenantWithAssignment() {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  const assignment = await tenant.assignment(profileId, groupTarget("g"));
  return { tenant, assignment, path: { profileId, assignmentId: assignment.id } };
}

describeOperation("deleteAssignment", {
  204() {
    test("deletes only the assignment with this id", async () => {
      const { tenant, path } = await tenantWithAssignment();
      const other = await tenant.assignment(path.profileId);
      assert.equal((await tenant.client.deleteAssignment({ path })).status, 204);
      assert.equal((await tenant.client.getAssignment({ path })).status, 404);
      const answer = await tenant.client.listAssignments({ path: { profileId: path.profileId } });
      assert.ok(answer.ok);
      assert.deepEqual(
        answer.data.value.map(({ id }) => id),
        [other.id],
      );
    });
    test("frees the deleted assignment's target for another assignment", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      await tenant.client.deleteAssignment({ path });
      const again = await tenant.assignment(path.profileId, groupTarget("g"));
      assert.notEqual(again.id, assignment.id);
    });
    test("deletes the assignment if If-Match has its entity tag", async () => {
      const { tenant, assignment, path } = await tenantWithAssignment();
      const headers = { "If-Match": assignment["@odata.etag"] };
      assert.equal((await tenant.client.deleteAssignment({ path, headers })).status, 204);
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses the id of a deleted assignment, and names assignmentId", async () => {
      const { tenant, path } = await tenantWithAssignment();
      await tenant.client.deleteAssignment({ path });
      const answer = await tenant.client.deleteAssignment({ path });
      assert.equal(answer.status, 404);
      assert.equal(answer.target, "assignmentId");
    });
    test("does not delete another tenant's assignment", async () => {
      const { tenant, path } = await tenantWithAssignment();
      assert.equal((await (await world.tenant()).client.deleteAssignment({ path })).status, 404);
      assert.equal((await tenant.client.getAssignment({ path })).status, 200);
    });
  },
  409: repeatRefusals(world, call)[409],
  412() {
    test("does not delete the assignment if the entity tag in If-Match is stale", async () => {
      const { tenant, path } = await tenantWithAssignment();
      const answer = await tenant.client.deleteAssignment({ path, headers: { "If-Match": '"0"' } });
      assert.equal(answer.status, 412);
      assert.equal((await tenant.client.getAssignment({ path })).status, 200);
    });
  },
});
