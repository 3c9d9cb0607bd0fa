import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/${randomUUID()}/assignments` };

describeOperation("listAssignments", {
  200() {
    test("returns an empty list for a new profile", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.listAssignments({ path: { profileId } });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, {
        "@odata.context": `${world.direct}/$metadata#${profilesPath.slice(1)}('${profileId}')/assignments`,
        value: [],
      });
    });
    test("returns all assignments, oldest first, each like getAssignment but without @odata.context", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const created = [];
      for (let index = 0; index < 25; index++) created.push(await tenant.assignment(profileId));
      const answer = await tenant.client.listAssignments({ path: { profileId } });
      assert.ok(answer.ok);
      assert.deepEqual(
        answer.data.value,
        created.map(({ "@odata.context": _, ...assignment }) => assignment),
      );
    });
    test("accepts the largest possible $top", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      await tenant.assignment(profileId);
      const answer = await tenant.client.shaped.listAssignments({
        path: { profileId },
        query: { $top: 2147483647 },
      });
      assert.ok(answer.ok);
      assert.equal(answer.data.value.length, 1);
    });
    test("returns no assignments of other profiles", async () => {
      const tenant = await world.tenant();
      const [one, other] = [await tenant.profile(), await tenant.profile()];
      await tenant.assignment(one.id, groupTarget("a group"));
      const answer = await tenant.client.listAssignments({ path: { profileId: other.id } });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.value, []);
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...refusals(world, call, "read"),
  404() {
    test("refuses an unknown profile, and names its id in the error", async () => {
      assertRefused(await (await world.tenant()).call(call), 404, "profileId");
    });
    test("returns the same error for another tenant's profile as for an unknown profile", async () => {
      const { id } = await (await world.tenant()).profile();
      const path = `${profilesPath}/${id}/assignments`;
      assertRefused(await (await world.tenant()).call({ ...call, path }), 404, "profileId");
    });
  },
});
