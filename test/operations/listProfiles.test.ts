import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { describeOperation, refusals, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: profilesPath };

describeOperation("listProfiles", {
  200() {
    test("returns an empty list in a new tenant", async () => {
      const { client } = await world.tenant();
      const answer = await client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.value, []);
    });
    test("returns the tenant's profiles in the order of their priorities", async () => {
      const tenant = await world.tenant();
      await tenant.profile({ displayName: "second" });
      await tenant.profile({ displayName: "first", priority: 0 });
      await tenant.profile({ displayName: "third" });
      const answer = await tenant.client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(
        answer.data.value.map(({ displayName, priority }) => [displayName, priority]),
        [
          ["first", 0],
          ["second", 1],
          ["third", 2],
        ],
      );
    });
    test("returns each profile like getProfile, but without @odata.context", async () => {
      const tenant = await world.tenant();
      const { "@odata.context": _, ...profile } = await tenant.profile();
      const answer = await tenant.client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.value, [profile]);
      assert.equal(answer.data["@odata.context"], `${world.direct}/$metadata#${profilesPath.slice(1)}`);
    });
    test("returns no profiles of other tenants", async () => {
      await (await world.tenant()).profile();
      const { client } = await world.tenant();
      const answer = await client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.value, []);
    });
    test("accepts query options without $ and in any case, as Graph beta does", async () => {
      const tenant = await world.tenant();
      await tenant.profile();
      for (const query of ["top=0", "Top=0", "$TOP=0", "filter=priority gt 0"]) {
        const answer = await tenant.call({ ...call, path: `${profilesPath}?${query}` });
        assert.deepEqual(Object(answer.body).value, [], query);
      }
    });
    test("ignores a query parameter that is not an OData query option", async () => {
      const answer = await (await world.tenant()).call({ ...call, path: `${profilesPath}?topmost=1&api-version=2` });
      assert.equal(answer.status, 200);
    });
    test("has the Content-Type and OData-Version headers that Graph sends", async () => {
      const { headers } = await (await world.tenant()).call(call);
      assert.equal(
        headers.get("content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
      );
      assert.equal(headers.get("odata-version"), "4.0");
      assert.match(headers.get("request-id") ?? "", /^[0-9a-f-]{36}$/);
    });
    test("accepts each scope that permits reading as a delegated permission", async () => {
      const tenant = await world.tenant();
      for (const scope of [
        "ServiceConfig.Read",
        "ServiceConfig.ReadWrite",
        "Configuration.Read",
        "Configuration.ReadWrite",
      ]) {
        const token = await world.token({ tenant: tenant.id, scopes: ["openid", `DeviceManagement${scope}.All`] });
        assert.equal((await tenant.call({ ...call, token })).status, 200);
      }
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...refusals(world, call, "read"),
});
