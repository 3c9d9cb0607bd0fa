import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Schemas } from "../../client/index.ts";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import {
  assertRefused,
  bodyRefusals,
  describeOperation,
  refusals,
  repeatRefusals,
  testQueryOptions,
} from "./operation.ts";
import { badTargets } from "./targets.ts";

const world = await enterWorld();
const call = {
  method: "POST",
  path: `${profilesPath}/${randomUUID()}/assignments`,
  body: { target: groupTarget("a group") },
};

const noFilter = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

describeOperation("createAssignment", {
  201() {
    const targets: readonly (readonly [Schemas["assignmentTargetInput"], string, object])[] = [
      [{ "@odata.type": "microsoft.graph.allDevicesAssignmentTarget" }, "allDevicesAssignmentTarget", {}],
      [{ "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" }, "allLicensedUsersAssignmentTarget", {}],
      [
        { "@odata.type": "microsoft.graph.groupAssignmentTarget", groupId: "G" },
        "groupAssignmentTarget",
        { groupId: "G" },
      ],
      [
        { "@odata.type": "microsoft.graph.exclusionGroupAssignmentTarget", groupId: "G" },
        "exclusionGroupAssignmentTarget",
        { groupId: "G" },
      ],
      [
        { "@odata.type": "microsoft.graph.configurationManagerCollectionAssignmentTarget", collectionId: "C" },
        "configurationManagerCollectionAssignmentTarget",
        { collectionId: "C" },
      ],
      [
        { "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" },
        "deviceAndAppManagementAssignmentTarget",
        {},
      ],
    ];
    for (const [target, type, key] of targets) {
      test(`returns the type ${type} with # and both filter properties`, async () => {
        const tenant = await world.tenant();
        const { id: profileId } = await tenant.profile();
        const { id, ...assignment } = await tenant.assignment(profileId, target);
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.deepEqual(assignment, {
          "@odata.context": `${world.direct}/$metadata#${profilesPath.slice(1)}('${profileId}')/assignments/$entity`,
          "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
          "@odata.etag": 'W/"1"',
          target: { "@odata.type": `#microsoft.graph.${type}`, ...noFilter, ...key },
        });
      });
    }
    test("returns the new assignment's ETag, and a Location header that leads to the assignment", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const answer = await tenant.client.createAssignment({ path: { profileId }, body: { target: groupTarget("g") } });
      assert.ok(answer.ok);
      const found = await fetch(answer.headers.get("location") ?? "", {
        headers: { authorization: `Bearer ${tenant.token}` },
      });
      assert.deepEqual(await found.json(), answer.data);
      assert.equal(answer.headers.get("etag"), answer.data["@odata.etag"]);
    });
    test("stores the target's filter", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const target = {
        "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget",
        deviceAndAppManagementAssignmentFilterId: "a filter",
        deviceAndAppManagementAssignmentFilterType: "include",
      } as const;
      assert.deepEqual((await tenant.assignment(profileId, target)).target, target);
    });
    test("accepts a group that is included and excluded in one profile, or included in two profiles", async () => {
      const tenant = await world.tenant();
      const [one, other] = [await tenant.profile(), await tenant.profile()];
      await tenant.assignment(one.id, groupTarget("g"));
      await tenant.assignment(one.id, {
        "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget",
        groupId: "g",
      });
      await tenant.assignment(other.id, groupTarget("g"));
    });
    test("accepts a copy of an assignment that was read from another profile", async () => {
      const tenant = await world.tenant();
      const [one, other] = [await tenant.profile(), await tenant.profile()];
      const read = await tenant.assignment(one.id);
      const path = `${profilesPath}/${other.id}/assignments`;
      assert.equal((await tenant.call({ method: "POST", path, body: read })).status, 201);
    });
  },
  204() {
    test("returns the assignment's URL but no body if the caller prefers return=minimal", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const headers = { Prefer: "return=minimal" };
      const body = { target: groupTarget("g") };
      const answer = await tenant.client.shaped.createAssignment({ path: { profileId }, headers, body });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("preference-applied"), "return=minimal");
      const location = answer.headers.get("location") ?? "";
      assert.equal(answer.headers.get("odata-entityid"), location);
      const found = await fetch(location, { headers: { authorization: `Bearer ${tenant.token}` } });
      assert.equal(Object(await found.json()).target.groupId, "g");
    });
  },
  400() {
    testQueryOptions(world, call);
    for (const [what, body, target] of [["an empty object", {}, "target"], ...badTargets] as const) {
      test(`refuses ${what}, and names ${target} in the error, even if the profile does not exist`, async () => {
        assertRefused(await (await world.tenant()).call({ ...call, body }), 400, target);
      });
    }
    test("refuses a filter type without a filter id, even if the profile does not exist", async () => {
      const body = { target: { ...groupTarget("g"), deviceAndAppManagementAssignmentFilterType: "include" } };
      const answer = await (await world.tenant()).call({ ...call, body });
      assertRefused(answer, 400, "target.deviceAndAppManagementAssignmentFilterId");
    });
  },
  ...refusals(world, call, "write"),
  404() {
    test("refuses an unknown profile, and names its id in the error", async () => {
      assertRefused(await (await world.tenant()).call(call), 404, "profileId");
    });
    test("refuses another tenant's profile, and writes nothing", async () => {
      const owner = await world.tenant();
      const { id: profileId } = await owner.profile();
      const path = `${profilesPath}/${profileId}/assignments`;
      assertRefused(await (await world.tenant()).call({ ...call, path }), 404, "profileId");
      const count = await owner.client.countAssignments({ path: { profileId } });
      assert.ok(count.ok);
      assert.equal(count.data, "0");
    });
  },
  409() {
    test("refuses a target that the profile already has, in any spelling, and names its assignment", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const { id } = await tenant.assignment(profileId, groupTarget("Some-Group"));
      const target = { "@odata.type": "microsoft.graph.groupAssignmentTarget", groupId: "sOME-gROUP" } as const;
      const answer = await tenant.client.createAssignment({ path: { profileId }, body: { target } });
      assert.equal(answer.status, 409);
      assert.equal(answer.code, "Conflict");
      assert.equal(answer.target, "target");
      assert.ok(answer.message.includes(id));
    });
    test("ignores the case of the letters A to Z, and of no other character", async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      // Each pair is equal after some conversion to upper or lower case.
      for (const [key, other] of [
        ["ΑΣ", "ας"],
        ["straße", "STRASSE"],
        ["\u212a", "k"],
        ["İ", "i"],
      ] as const) {
        await tenant.assignment(profileId, groupTarget(key));
        await tenant.assignment(profileId, groupTarget(other));
      }
      const target = groupTarget("STRAßE");
      const answer = await tenant.client.createAssignment({ path: { profileId }, body: { target } });
      assert.equal(answer.status, 409);
    });
  },
  412: repeatRefusals(world, call)[412],
  ...bodyRefusals(world, call),
});
