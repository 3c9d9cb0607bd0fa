import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/${randomUUID()}/assignments` };

describeOperation("listAssignments", {
  200() {
    test("is empty for a new profile", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.listAssignments({ path: { profileId } });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, {
        "@odata.context": `${world.direct}/$metadata#${profilesPath.slice(1)}('${profileId}')/assignments`,
        value: [],
      });
    });
    test("lists all assignments, the oldest first, as getAssignment shows them, without the context", async () => {
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
    test("does not list the assignments of other profiles", async () => {
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
    test("for an unknown profile names its id", async () => {
      assertRefused(await (await world.tenant()).call(call), 404, "profileId");
    });
    test("for another tenant's profile gives the same error", async () => {
      const { id } = await (await world.tenant()).profile();
      const path = `${profilesPath}/${id}/assignments`;
      assertRefused(await (await world.tenant()).call({ ...call, path }), 404, "profileId");
    });
  },
});
