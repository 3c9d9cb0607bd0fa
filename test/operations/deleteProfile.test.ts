import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, repeatRefusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "DELETE", path: `${profilesPath}/${randomUUID()}` };

describeOperation("deleteProfile", {
  204() {
    test("deletes the profile and its assignments", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const { id: assignmentId } = await tenant.assignment(profileId);
      assert.equal((await tenant.client.deleteProfile({ path: { profileId } })).status, 204);
      assert.equal((await tenant.client.getProfile({ path: { profileId } })).status, 404);
      assert.equal((await tenant.client.getAssignment({ path: { profileId, assignmentId } })).status, 404);
      assert.equal((await tenant.client.listAssignments({ path: { profileId } })).status, 404);
    });
    test("closes the gap that the profile leaves in the priorities", async () => {
      const tenant = await world.tenant();
      const [first, second, third] = [await tenant.profile(), await tenant.profile(), await tenant.profile()];
      await tenant.client.deleteProfile({ path: { profileId: second.id } });
      const answer = await tenant.client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(
        answer.data.value.map((profile) => [profile.id, profile.priority, profile["@odata.etag"]]),
        [
          [first.id, 0, 'W/"1"'],
          [third.id, 1, 'W/"2"'],
        ],
      );
    });
    test("deletes the profile if If-Match has its entity tag", async () => {
      const tenant = await world.tenant();
      const profile = await tenant.profile();
      const headers = { "If-Match": profile["@odata.etag"] };
      assert.equal((await tenant.client.deleteProfile({ path: { profileId: profile.id }, headers })).status, 204);
    });
    test("ignores a request body of any type and size", async () => {
      const tenant = await world.tenant();
      for (const [type, body] of [
        ["application/json", "{"],
        ["text/plain", "a".repeat(2 ** 21)],
      ] as const) {
        const { id } = await tenant.profile();
        const path = `${profilesPath}/${id}`;
        const answer = await tenant.callDirectly({ method: "DELETE", path, body, headers: { "content-type": type } });
        assert.equal(answer.status, 204);
      }
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses the id of a deleted profile, and names profileId", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      await tenant.client.deleteProfile({ path: { profileId } });
      const answer = await tenant.client.deleteProfile({ path: { profileId } });
      assert.equal(answer.status, 404);
      assert.equal(answer.target, "profileId");
    });
    test("does not delete another tenant's profile", async () => {
      const owner = await world.tenant();
      const { id: profileId } = await owner.profile();
      assertRefused(
        await (await world.tenant()).call({ ...call, path: `${profilesPath}/${profileId}` }),
        404,
        "profileId",
      );
      assert.equal((await owner.client.getProfile({ path: { profileId } })).status, 200);
    });
  },
  409: repeatRefusals(world, call)[409],
  412() {
    test("does not delete the profile if the entity tag in If-Match is stale", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.deleteProfile({ path: { profileId }, headers: { "If-Match": '"0"' } });
      assert.equal(answer.status, 412);
      assert.equal(answer.target, "If-Match");
      assert.equal((await tenant.client.getProfile({ path: { profileId } })).status, 200);
    });
  },
});
