import assert from "node:assert/strict";
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
const call = { method: "POST", path: profilesPath, body: { displayName: "A profile" } };

describeOperation("createProfile", {
  201() {
    test("uses the default of each property that the request omits", async () => {
      const { client } = await world.tenant();
      const answer = await client.createProfile({ body: { displayName: "Personal iPhones" } });
      assert.ok(answer.ok);
      const { id, createdDateTime, lastModifiedDateTime, ...rest } = answer.data;
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.match(createdDateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.equal(lastModifiedDateTime, createdDateTime);
      assert.deepEqual(rest, {
        "@odata.context": `${world.direct}/$metadata#${profilesPath.slice(1)}/$entity`,
        "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
        "@odata.etag": 'W/"1"',
        displayName: "Personal iPhones",
        description: null,
        priority: 0,
        platform: "iOS",
        defaultEnrollmentType: "unknown",
        availableEnrollmentTypeOptions: [],
      });
    });
    test("stores the properties that the request sets", async () => {
      const { client } = await world.tenant();
      const given = {
        displayName: "x".repeat(256),
        description: "",
        platform: "macOS",
        defaultEnrollmentType: "device",
        availableEnrollmentTypeOptions: [{ ownerType: "company", enrollmentType: "device" }],
      } as const;
      const answer = await client.createProfile({
        body: { ...given, availableEnrollmentTypeOptions: [...given.availableEnrollmentTypeOptions] },
      });
      assert.ok(answer.ok);
      assert.deepEqual({ ...answer.data, ...given }, answer.data);
    });
    test("uses unknown for each missing property of an enrollment type option", async () => {
      const { client } = await world.tenant();
      const availableEnrollmentTypeOptions = [{}, { ownerType: "company" }, { enrollmentType: "user" }] as const;
      const answer = await client.createProfile({
        body: { displayName: "x", availableEnrollmentTypeOptions: [...availableEnrollmentTypeOptions] },
      });
      assert.ok(answer.ok);
      assert.deepEqual(answer.data.availableEnrollmentTypeOptions, [
        { ownerType: "unknown", enrollmentType: "unknown" },
        { ownerType: "company", enrollmentType: "unknown" },
        { ownerType: "unknown", enrollmentType: "user" },
      ]);
    });
    test("returns the new profile's ETag, and a Location header that leads to the profile", async () => {
      const tenant = await world.tenant();
      const answer = await tenant.client.createProfile({ body: { displayName: "A profile" } });
      assert.ok(answer.ok);
      const location = answer.headers.get("location") ?? "";
      const found = await fetch(location, { headers: { authorization: `Bearer ${tenant.token}` } });
      assert.deepEqual(await found.json(), answer.data);
      assert.equal(answer.headers.get("etag"), answer.data["@odata.etag"]);
    });
    test("appends the profile if its priority is higher than the number of profiles", async () => {
      const tenant = await world.tenant();
      assert.equal((await tenant.profile({ priority: 8 })).priority, 0);
      assert.equal((await tenant.profile({ priority: 2_147_483_647 })).priority, 1);
    });
    test("moves down the profiles that follow a new one, and changes their entity tags but not their dates", async () => {
      const tenant = await world.tenant();
      const [first, second] = [await tenant.profile(), await tenant.profile()];
      const inserted = await tenant.profile({ priority: 1 });
      const answer = await tenant.client.listProfiles();
      assert.ok(answer.ok);
      assert.deepEqual(
        answer.data.value.map((profile) => [
          profile.id,
          profile.priority,
          profile["@odata.etag"],
          profile.lastModifiedDateTime,
        ]),
        [
          [first.id, 0, 'W/"1"', first.lastModifiedDateTime],
          [inserted.id, 1, 'W/"1"', inserted.lastModifiedDateTime],
          [second.id, 2, 'W/"2"', second.lastModifiedDateTime],
        ],
      );
    });
    test("accepts a copy of a profile that was read, and ignores its computed properties and annotations", async () => {
      const tenant = await world.tenant();
      const read = await tenant.profile({ description: "original" });
      const answer = await tenant.call({ ...call, body: { ...read, "assignments@odata.context": "x" } });
      assert.equal(answer.status, 201);
      const found = await tenant.client.listProfiles();
      assert.ok(found.ok);
      assert.equal(new Set(found.data.value.map(({ id }) => id)).size, 2);
    });
    test("ignores any value of a computed property, and the @odata.type of an enrollment type option", async () => {
      const tenant = await world.tenant();
      const option = { "@odata.type": "microsoft.graph.appleOwnerTypeEnrollmentType", ownerType: "personal" };
      const body = {
        displayName: "A profile",
        id: 5,
        createdDateTime: {},
        lastModifiedDateTime: null,
        availableEnrollmentTypeOptions: [option],
      };
      const answer = await tenant.call({ ...call, body });
      assert.equal(answer.status, 201);
      const profiles = await tenant.client.listProfiles();
      assert.ok(profiles.ok);
      assert.deepEqual(profiles.data.value[0]?.availableEnrollmentTypeOptions, [
        { ownerType: "personal", enrollmentType: "unknown" },
      ]);
    });
    test("returns a platform that is listed after the sentinel as unknownFutureValue", async () => {
      const tenant = await world.tenant();
      assert.equal(
        (await tenant.profile({ platform: "windowsMobileApplicationManagement" })).platform,
        "unknownFutureValue",
      );
    });
    test("accepts @odata.type with and without #", async () => {
      const tenant = await world.tenant();
      await tenant.profile({ "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile" });
      await tenant.profile({ "@odata.type": "microsoft.graph.appleUserInitiatedEnrollmentProfile" });
    });
  },
  204() {
    test("returns the profile's URL but no body if the caller prefers return=minimal", async () => {
      const tenant = await world.tenant();
      const headers = { Prefer: "return=minimal" };
      const answer = await tenant.client.shaped.createProfile({ headers, body: { displayName: "A profile" } });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("preference-applied"), "return=minimal");
      const location = answer.headers.get("location") ?? "";
      assert.equal(answer.headers.get("odata-entityid"), location);
      const found = await fetch(location, { headers: { authorization: `Bearer ${tenant.token}` } });
      assert.equal(Object(await found.json()).displayName, "A profile");
      assert.equal(found.headers.get("etag"), answer.headers.get("etag"));
    });
  },
  400() {
    testQueryOptions(world, call);
    const cases: readonly [string, object, string][] = [
      ["an empty object", {}, "displayName"],
      ["a profile without a displayName", { description: "x" }, "displayName"],
      ["a null displayName", { displayName: null }, "displayName"],
      ["an empty displayName", { displayName: "" }, "displayName"],
      ["a displayName of 257 characters", { displayName: "x".repeat(257) }, "displayName"],
      ["an unknown property", { displayName: "x", dispalyName: "x" }, "dispalyName"],
      ["an unknown platform", { displayName: "x", platform: "beOS" }, "platform"],
      ["a null platform", { displayName: "x", platform: null }, "platform"],
      ["a string for the priority", { displayName: "x", priority: "5" }, "priority"],
      ["a negative priority", { displayName: "x", priority: -1 }, "priority"],
      ["a priority that is not an integer", { displayName: "x", priority: 0.5 }, "priority"],
      ["a priority that exceeds Int32", { displayName: "x", priority: 2 ** 31 }, "priority"],
      ["the @odata.type of another type", { displayName: "x", "@odata.type": "#microsoft.graph.user" }, "@odata.type"],
      ["a profile with assignments", { displayName: "x", assignments: [] }, "assignments"],
      [
        "101 enrollment type options",
        { displayName: "x", availableEnrollmentTypeOptions: Array.from({ length: 101 }, () => ({})) },
        "availableEnrollmentTypeOptions",
      ],
      [
        "an unknown property of an enrollment type option",
        { displayName: "x", availableEnrollmentTypeOptions: [{ ownerType: "personal" }, { owner: "x" }] },
        "availableEnrollmentTypeOptions[1].owner",
      ],
    ];
    for (const [what, body, target] of cases) {
      test(`refuses ${what}, and names ${target} in the error`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, target);
      });
    }
    test("refuses assignments, and says where to POST them", async () => {
      const answer = await (await world.tenant()).call({ ...call, body: { displayName: "x", assignments: [] } });
      assert.match(answer.error.message, /send a POST to the profile's \/assignments/);
    });
    test("refuses an array as the body, and says that it must be an object", async () => {
      const answer = await (await world.tenant()).call({ ...call, body: [] });
      assert.equal(answer.status, 400);
      assert.match(answer.error.message, /must be an object, not an array/);
    });
  },
  ...refusals(world, call, "write"),
  ...repeatRefusals(world, call),
  ...bodyRefusals(world, call),
});
