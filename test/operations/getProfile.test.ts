import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { assertRefused, describeOperation, refusals, testConditions, testQueryOptions } from "./operation.ts";

const world = await enterWorld();
const call = { method: "GET", path: `${profilesPath}/${randomUUID()}` };

describeOperation("getProfile", {
  200() {
    test("returns the profile that was created, with its ETag, and with the properties in Graph's order", async () => {
      const tenant = await world.tenant();
      const created = await tenant.profile();
      const answer = await tenant.client.getProfile({ path: { profileId: created.id } });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data, created);
      assert.equal(answer.headers.get("etag"), created["@odata.etag"]);
      assert.deepEqual(
        Object.keys(answer.data).filter((name) => !name.includes("@")),
        [
          "id",
          "displayName",
          "description",
          "priority",
          "platform",
          "createdDateTime",
          "lastModifiedDateTime",
          "defaultEnrollmentType",
          "availableEnrollmentTypeOptions",
        ],
      );
    });
    test("ignores If-None-Match if $expand is set, because the entity tag does not cover assignments", async () => {
      const tenant = await world.tenant();
      const { id, "@odata.etag": etag } = await tenant.profile();
      await tenant.assignment(id);
      const path = `${profilesPath}/${id}?$expand=assignments`;
      const answer = await tenant.call({ method: "GET", path, headers: { "if-none-match": etag } });
      assert.equal(answer.status, 200);
      assert.equal(Object(answer.body).assignments.length, 1);
    });
    test("has a context URL that names assignments if only these are selected", async () => {
      const tenant = await world.tenant();
      const { id } = await tenant.profile();
      const path = `${profilesPath}/${id}?$select=assignments&$expand=assignments`;
      const { body } = await tenant.call({ method: "GET", path });
      assert.match(Object(body)["@odata.context"], /Profiles\(assignments,assignments\(\)\)\/\$entity$/);
      assert.equal(Object(body).id, undefined);
    });
  },
  304() {
    testConditions(world, async (tenant) => {
      const { id, "@odata.etag": etag } = await tenant.profile();
      return { path: `${profilesPath}/${id}`, etag };
    });
  },
  400() {
    testQueryOptions(world, call);
    test("refuses a malformed If-None-Match, and names the header", async () => {
      const headers = { "if-none-match": "1" };
      assertRefused(await (await world.tenant()).call({ ...call, headers }), 400, "If-None-Match");
    });
    test("refuses a profile id that contains NUL, and names profileId", async () => {
      assertRefused(await (await world.tenant()).call({ ...call, path: `${profilesPath}/a%00b` }), 400, "profileId");
    });
  },
  ...refusals(world, call, "read"),
  404() {
    test("refuses an unknown profile id, and names profileId", async () => {
      const tenant = await world.tenant();
      const answer = await tenant.client.getProfile({ path: { profileId: "no_such'profile/at all" } });
      assert.equal(answer.status, 404);
      assert.match(answer.message, /'no_such'profile\/at all'/);
      assert.equal(answer.target, "profileId");
    });
    test("returns the same error for an unknown profile id with If-None-Match: *", async () => {
      const headers = { "if-none-match": "*" };
      assertRefused(await (await world.tenant()).call({ ...call, headers }), 404, "profileId");
    });
    test("returns the same error for another tenant's profile as for an unknown id", async () => {
      const { id: profileId } = await (await world.tenant()).profile();
      const answer = await (await world.tenant()).client.getProfile({ path: { profileId } });
      assert.equal(answer.status, 404);
      assert.equal(answer.message, `There is no profile with the id '${profileId}'.`);
    });
    test("returns a short error for a profile id of 5,000 characters", async () => {
      const answer = await (await world.tenant()).client.getProfile({ path: { profileId: "a".repeat(5000) } });
      assert.equal(answer.status, 404);
      assert.ok(answer.message.length < 200);
    });
  },
});
