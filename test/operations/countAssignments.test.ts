import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/${randomUUID()}/assignments/$count` };

describeOperation("countAssignments", {
  200() {
    test("returns the number of the profile's assignments as plain text", async () => {
      const tenant = await world.tenant();
      const [{ id: profileId }, other] = [await tenant.profile(), await tenant.profile()];
      await tenant.assignment(other.id);
      const before = await tenant.client.countAssignments({ path: { profileId } });
      assert.ok(before.ok);
      assert.equal(before.data, "0");
      await tenant.assignment(profileId);
      await tenant.assignment(profileId);
      const after = await tenant.client.countAssignments({ path: { profileId } });
      assert.ok(after.ok);
      assert.equal(after.data, "2");
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
  },
});
