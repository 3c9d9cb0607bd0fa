import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath, type Tenant } from "../support/tenant.ts";
import {
  assertRefused,
  bodyRefusals,
  describeOperation,
  refusals,
  repeatRefusals,
  testQueryOptions,
} from "./operation.ts";

const world = await enterWorld();
const call = { method: "POST", path: `${profilesPath}/${randomUUID()}/setPriority`, body: { priority: 0 } };

async function tenantWithFour(): Promise<{ tenant: Tenant; ids: string[] }> {
  const tenant = await world.tenant();
  const ids: string[] = [];
  for (const displayName of ["a", "b", "c", "d"]) ids.push((await tenant.profile({ displayName })).id);
  return { tenant, ids };
}

async function order(tenant: Tenant): Promise<string> {
  const answer = await tenant.client.listProfiles();
  assert.ok(answer.ok);
  assert.deepEqual(
    answer.data.value.map(({ priority }) => priority),
    answer.data.value.map((_, index) => index),
  );
  return answer.data.value.map(({ displayName }) => displayName).join("");
}

describeOperation("setPriority", {
  204() {
    for (const [from, to, expected] of [
      [0, 3, "bcda"],
      [3, 0, "dabc"],
      [1, 2, "acbd"],
      [2, 1, "acbd"],
      [1, 1, "abcd"],
    ] as const) {
      test(`moves a profile from priority ${from} to ${to}, and the profiles in between by one`, async () => {
        const { tenant, ids } = await tenantWithFour();
        const answer = await tenant.client.setPriority({
          path: { profileId: ids[from] ?? "" },
          body: { priority: to },
        });
        assert.equal(answer.status, 204);
        assert.equal(await order(tenant), expected);
      });
    }
    test("changes the entity tags but not the dates of the profiles in between, and no other profile", async () => {
      const { tenant, ids } = await tenantWithFour();
      const before = await tenant.client.listProfiles();
      await tenant.client.setPriority({ path: { profileId: ids[1] ?? "" }, body: { priority: 0 } });
      const after = await tenant.client.listProfiles();
      assert.ok(before.ok && after.ok);
      const tags = new Map(after.data.value.map((profile) => [profile.id, profile["@odata.etag"]]));
      assert.deepEqual(
        ids.map((id) => tags.get(id)),
        ['W/"2"', 'W/"2"', 'W/"1"', 'W/"1"'],
      );
      const dates = new Map(after.data.value.map((profile) => [profile.id, profile.lastModifiedDateTime]));
      const [first, second] = before.data.value;
      assert.equal(dates.get(ids[0] ?? ""), first?.lastModifiedDateTime);
      assert.ok((dates.get(ids[1] ?? "") ?? "") > (second?.lastModifiedDateTime ?? ""), "the moved profile's own date");
    });
    test("does not change the priorities of another tenant's profiles", async () => {
      const [one, other] = [await tenantWithFour(), await tenantWithFour()];
      await one.tenant.client.setPriority({ path: { profileId: one.ids[3] ?? "" }, body: { priority: 0 } });
      assert.equal(await order(other.tenant), "abcd");
    });
  },
  400() {
    testQueryOptions(world, call);
    for (const [what, body] of [
      ["no priority", {}],
      ["a negative priority", { priority: -1 }],
      ["a null priority", { priority: null }],
      ["a string as priority", { priority: "0" }],
    ] as const) {
      test(`refuses ${what}, and names priority in the error`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, "priority");
      });
    }
    test("refuses a priority beyond the last profile, names the valid range, and moves nothing", async () => {
      const { tenant, ids } = await tenantWithFour();
      const answer = await tenant.client.setPriority({ path: { profileId: ids[0] ?? "" }, body: { priority: 4 } });
      assert.equal(answer.status, 400);
      assert.equal(answer.message, "priority is 4; in this tenant it must be from 0 to 3.");
      assert.equal(await order(tenant), "abcd");
    });
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses an unknown profile id, and names profileId", async () => {
      assertRefused(await (await world.tenant()).call(call), 404, "profileId");
    });
  },
  ...repeatRefusals(world, call),
  ...bodyRefusals(world, call),
});
