import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, testConditions, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/${randomUUID()}/assignments/${randomUUID()}` };

describeOperation("getAssignment", {
  200() {
    test("returns the assignment that was created, with its ETag", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const created = await tenant.assignment(profileId);
      const answer = await tenant.client.getAssignment({ path: { profileId, assignmentId: created.id } });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, created);
      assert.equal(answer.headers.get("etag"), created["@odata.etag"]);
    });
  },
  304() {
    testConditions(world, async (tenant) => {
      const { id: profileId } = await tenant.profile();
      const { id, "@odata.etag": etag } = await tenant.assignment(profileId);
      return { path: `${profilesPath}/${profileId}/assignments/${id}`, etag };
    });
  },
  400() {
    testQueryOptions(world, call);
    test("refuses a malformed If-None-Match, and names the header", async () => {
      const headers = { "if-none-match": "1" };
      assertRefused(await (await world.tenant()).call({ ...call, headers }), 400, "If-None-Match");
    });
  },
  ...refusals(world, call, "read"),
  404() {
    test("refuses an unknown assignment id, and names assignmentId", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.getAssignment({ path: { profileId, assignmentId: "none" } });
      assert.equal(answer.status, 404);
      assert.equal(answer.target, "assignmentId");
    });
    test("answers that the assignment does not exist if it belongs to another profile", async () => {
      const tenant = await world.tenant();
      const [one, other] = [await tenant.profile(), await tenant.profile()];
      const { id: assignmentId } = await tenant.assignment(one.id);
      const answer = await tenant.client.getAssignment({ path: { profileId: other.id, assignmentId } });
      assert.equal(answer.status, 404);
    });
    test("answers that the profile does not exist if it belongs to another tenant", async () => {
      const owner = await world.tenant();
      const { id: profileId } = await owner.profile();
      const { id: assignmentId } = await owner.assignment(profileId);
      const path = `${profilesPath}/${profileId}/assignments/${assignmentId}`;
      assertRefused(await (await world.tenant()).call({ ...call, path }), 404, "profileId");
    });
    test("refuses an unknown profile, and names its id in the error", async () => {
      assertRefused(await (await world.tenant()).call(call), 404, "profileId");
    });
  },
});
