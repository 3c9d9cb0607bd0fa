import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import {
  assertRefused,
  bodyRefusals,
  describeOperation,
  refusals,
  repeatRefusals,
  testQueryOptions,
} from "./operation.ts";

const world = await enterWorld();
const call = { method: "PATCH", path: `${profilesPath}/${randomUUID()}`, body: { description: "changed" } };

describeOperation("updateProfile", {
  200() {
    test("changes only the given properties, and updates the entity tag and lastModifiedDateTime", async () => {
      const tenant = await world.tenant();
      const before = await tenant.profile({ description: "old", platform: "macOS" });
      const answer = await tenant.client.updateProfile({
        path: { profileId: before.id },
        body: { displayName: "New" },
      });
      assert.ok(answer.ok);
      const { lastModifiedDateTime, ...changed } = answer.data;
      assert.deepEqual(
        { ...changed, lastModifiedDateTime: before.lastModifiedDateTime },
        { ...before, displayName: "New", "@odata.etag": 'W/"2"' },
      );
      assert.ok(lastModifiedDateTime > before.lastModifiedDateTime);
      assert.equal(answer.headers.get("etag"), 'W/"2"');
      const read = await tenant.client.getProfile({ path: { profileId: before.id } });
      assert.ok(read.ok);
      assert.deepEqual(read.data, answer.data);
    });
    test("clears a nullable property that is set to null", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile({ description: "old" });
      const answer = await tenant.client.updateProfile({ path: { profileId }, body: { description: null } });
      assert.ok(answer.ok);
      assert.equal(answer.data.description, null);
    });
    test("replaces a collection property as a whole", async () => {
      const tenant = await world.tenant();
      const [one, other] = [
        { ownerType: "personal", enrollmentType: "user" },
        { ownerType: "company", enrollmentType: "device" },
      ] as const;
      const { id: profileId } = await tenant.profile({ availableEnrollmentTypeOptions: [one, one] });
      const body = { availableEnrollmentTypeOptions: [other] };
      const answer = await tenant.client.updateProfile({ path: { profileId }, body });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.availableEnrollmentTypeOptions, [other]);
    });
    for (const [what, body] of [
      ["an empty object", {}],
      ["the values that the profile already has", { displayName: "Same", priority: 0 }],
    ] as const) {
      test(`changes nothing if the body is ${what}, not even the entity tag`, async () => {
        const tenant = await world.tenant();
        const before = await tenant.profile({ displayName: "Same" });
        const answer = await tenant.client.updateProfile({ path: { profileId: before.id }, body });
        assert.ok(answer.ok);
        assert.deepEqual(answer.data, before);
      });
    }
    test("accepts a copy of a profile that was read, with one property changed", async () => {
      const tenant = await world.tenant();
      const read = await tenant.profile();
      const path = `${profilesPath}/${read.id}`;
      const answer = await tenant.call({ method: "PATCH", path, body: { ...read, displayName: "Changed" } });
      assert.equal(answer.status, 200);
    });
    test("moves the profile like setPriority if the body has a priority", async () => {
      const tenant = await world.tenant();
      const ids = [(await tenant.profile()).id, (await tenant.profile()).id, (await tenant.profile()).id] as const;
      const answer = await tenant.client.updateProfile({ path: { profileId: ids[2] }, body: { priority: 0 } });
      assert.ok(answer.ok);
      assert.equal(answer.data.priority, 0);
      const list = await tenant.client.listProfiles();
      assert.ok(list.ok);
      assert.deepEqual(
        list.data.value.map(({ id, priority }) => [id, priority]),
        [
          [ids[2], 0],
          [ids[0], 1],
          [ids[1], 2],
        ],
      );
    });
    test("updates the profile if If-Match is * or its entity tag, weak or strong", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      for (const [index, tag] of ['W/"1"', '"2"', "*", '"x", W/"4"'].entries()) {
        const body = { description: String(index) };
        const answer = await tenant.client.updateProfile({ path: { profileId }, headers: { "If-Match": tag }, body });
        assert.equal(answer.status, 200);
      }
    });
    test("updates the profile if If-None-Match has another entity tag", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.updateProfile({
        path: { profileId },
        headers: { "If-None-Match": '"9"' },
        body: {},
      });
      assert.equal(answer.status, 200);
    });
  },
  204() {
    test("returns 204 if the caller prefers return=minimal", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const headers = { Prefer: "return=minimal" };
      const answer = await tenant.client.shaped.updateProfile({
        path: { profileId },
        headers,
        body: { description: "x" },
      });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("preference-applied"), "return=minimal");
      const found = await tenant.client.getProfile({ path: { profileId } });
      assert.equal(found.status === 200 && found.data.description, "x");
    });
  },
  400() {
    testQueryOptions(world, call);
    const cases: readonly [string, object, string][] = [
      ["a null displayName", { displayName: null }, "displayName"],
      ["a null collection", { availableEnrollmentTypeOptions: null }, "availableEnrollmentTypeOptions"],
      ["an unknown property", { colour: "red" }, "colour"],
      ["@removed, which only a delta payload can have", { "@removed": {} }, "@removed"],
      ["a profile with assignments", { assignments: [] }, "assignments"],
      ["an unknown enum member", { defaultEnrollmentType: "x" }, "defaultEnrollmentType"],
    ];
    for (const [what, body, target] of cases) {
      test(`refuses ${what}, and names ${target} in the error`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, target);
      });
    }
    test("refuses a priority beyond the last profile, and names the valid range", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.updateProfile({ path: { profileId }, body: { priority: 1 } });
      assert.equal(answer.status, 400);
      assert.equal(answer.message, "priority is 1; in this tenant it must be from 0 to 0.");
    });
    test("refuses a malformed If-Match, and names the header", async () => {
      const answer = await (await world.tenant()).call({ ...call, headers: { "if-match": "one" } });
      assertRefused(answer, 400, "If-Match");
    });
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses an unknown profile id, and names profileId, whatever the preconditions are", async () => {
      const answer = await (await world.tenant()).call({ ...call, headers: { "if-match": "*" } });
      assertRefused(answer, 404, "profileId");
    });
    test("does not change another tenant's profile", async () => {
      const owner = await world.tenant();
      const before = await owner.profile();
      const path = { profileId: before.id };
      const answer = await (await world.tenant()).client.updateProfile({ path, body: { displayName: "stolen" } });
      assert.equal(answer.status, 404);
      const after = await owner.client.getProfile({ path });
      assert.ok(after.ok);
      assert.deepEqual(after.data, before);
    });
  },
  409: repeatRefusals(world, call)[409],
  412() {
    test("changes nothing if only one of two preconditions is met, and names the other one", async () => {
      const tenant = await world.tenant();
      const before = await tenant.profile();
      const path = { profileId: before.id };
      for (const [ifMatch, ifNoneMatch, target] of [
        ["*", '"1"', "If-None-Match"],
        ['"1"', "*", "If-None-Match"],
        ['"2"', '"2"', "If-Match"],
        ['"2"', '"1"', "If-Match"],
      ] as const) {
        const headers = { "If-Match": ifMatch, "If-None-Match": ifNoneMatch };
        const answer = await tenant.client.updateProfile({ path, headers, body: { displayName: "changed" } });
        assert.equal(answer.status, 412);
        assert.equal(answer.target, target);
      }
      const after = await tenant.client.getProfile({ path });
      assert.ok(after.ok);
      assert.deepEqual(after.data, before);
    });
    for (const headers of [{ "If-Match": 'W/"2"' }, { "If-None-Match": "*" }, { "If-None-Match": '"1"' }] as const) {
      const [[name, value] = ["", ""]] = Object.entries(headers);
      test(`changes nothing if ${name} is ${value}, and names the header`, async () => {
        const tenant = await world.tenant();
        const before = await tenant.profile();
        const path = { profileId: before.id };
        const answer = await tenant.client.updateProfile({ path, headers, body: { displayName: "changed" } });
        assert.equal(answer.status, 412);
        assert.equal(answer.target, name);
        const after = await tenant.client.getProfile({ path });
        assert.ok(after.ok);
        assert.deepEqual(after.data, before);
      });
    }
  },
  ...bodyRefusals(world, call),
});
