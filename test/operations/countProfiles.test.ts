import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { describeOperation, refusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/$count` };

describeOperation("countProfiles", {
  200() {
    test("returns the number of the tenant's profiles as plain text", async () => {
      const tenant = await world.tenant();
      assert.equal((await tenant.call(call)).body, "0");
      await tenant.profile();
      await tenant.profile();
      const answer = await tenant.call(call);
      assert.equal(answer.body, "2");
      assert.equal(answer.headers.get("content-type"), "text/plain; charset=utf-8");
    });
    test("accepts %24count instead of $count in the path", async () => {
      const path = `${profilesPath}/%24count`;
      assert.equal((await (await world.tenant()).callDirectly({ method: "GET", path })).body, "0");
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...refusals(world, call, "read"),
});
