import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld } from "../support/tenant.ts";
import { describeOperation, failures, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: "/$metadata", token: null };

describeOperation("getMetadata", {
  200() {
    test("returns the types as XML to a request without a token", async () => {
      const answer = await (await world.tenant()).call(call);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-type"), "application/xml; charset=utf-8");
      assert.match(String(answer.body), /^<\?xml version="1.0" encoding="utf-8"\?>\n<edmx:Edmx Version="4.0"/);
    });
    test("is returned as a string by the typed client", async () => {
      const answer = await (await world.tenant()).client.getMetadata();
      assert.ok(answer.ok);
      assert.match(answer.data, /<EntityType Name="appleUserInitiatedEnrollmentProfile"/);
    });
    test("accepts %24metadata instead of $metadata in the path", async () => {
      const answer = await (await world.tenant()).callDirectly({ ...call, path: "/%24metadata" });
      assert.equal(answer.status, 200);
    });
  },
  400() {
    testQueryOptions(world, call);
  },
  ...failures(world, call),
});
