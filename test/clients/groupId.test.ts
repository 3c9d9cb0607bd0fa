/** Microsoft's TypeScript SDK drops the property `groupId` of a group target. This client sends it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HttpMethod } from "@microsoft/kiota-abstractions";
import {
  createAppleEnrollmentProfileAssignmentFromDiscriminatorValue,
  type GroupAssignmentTarget,
  serializeAppleEnrollmentProfileAssignment,
} from "@microsoft/msgraph-beta-sdk/models/index.js";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { kiotaClient } from "./kiotaClient.ts";

const world = await enterWorld();
const groupId = "35d09841-af73-43e6-a59f-024fef1b6b95";

describe("the groupId of a group target", () => {
  test("this client sends groupId; Microsoft's SDK drops it (kiota#6777), and the service's error names it", async () => {
    const tenant = await world.tenant();
    const profile = await tenant.profile();
    const path = { profileId: profile.id };

    const target: GroupAssignmentTarget = { odataType: "#microsoft.graph.groupAssignmentTarget", groupId };
    const refused = kiotaClient(world.direct, tenant.token).send(
      HttpMethod.PATCH,
      `${profilesPath}/${profile.id}/assignments`,
      { value: { target }, serializer: serializeAppleEnrollmentProfileAssignment },
      createAppleEnrollmentProfileAssignmentFromDiscriminatorValue,
    );
    await assert.rejects(refused, (error) => {
      assert.equal(Object(error).responseStatusCode, 400);
      assert.equal(Object(error).errorEscaped.target, "target.groupId");
      return true;
    });
    const count = await tenant.client.countAssignments({ path });
    assert.equal(count.ok && count.data, "0");

    const written = await tenant.client.updateAssignments({ path, body: { target: groupTarget(groupId) } });
    assert.ok(written.ok);
    const listed = await tenant.client.listAssignments({ path });
    assert.ok(listed.ok);
    for (const kept of [written.data, ...listed.data.value]) assert.equal(Object(kept.target).groupId, groupId);
    assert.equal(listed.data.value.length, 1);
  });
});
