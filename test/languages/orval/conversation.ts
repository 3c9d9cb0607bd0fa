import assert from "node:assert/strict";
import * as enrollment from "./generated/api.ts";

const groupId = "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10";
const created = await enrollment.createProfile({ displayName: "Personal iPhones" });
if (created.status !== 201) throw new Error(JSON.stringify(created.data));
const profileId = created.data.id;
const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } as const;
const updated = await enrollment.updateAssignments(profileId, { target });
if (updated.status === 200 && "id" in updated.data) console.log(updated.data.id, updated.data.target);

async function assign(target: enrollment.AssignmentTargetInput): Promise<string> {
  const { data, status } = await enrollment.updateAssignments(profileId, { target });
  assert.ok(status === 200 && "id" in data);
  return data.id;
}

const group = await assign(target);
assert.equal(await assign(target), group);
const base = await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" });
assert.equal(await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" }), base);

const listed = await enrollment.listAssignments(profileId);
assert.ok(listed.status === 200);
assert.deepEqual(
  listed.data.value.map(({ id }) => id),
  [group, base],
);
const kept = listed.data.value[0]?.target;
assert.ok(kept?.["@odata.type"] === "#microsoft.graph.groupAssignmentTarget");
assert.equal(kept.groupId, groupId);

const missing = await enrollment.getProfile("missing");
assert.ok(missing.status === 404);
assert.equal(missing.data.error.code, "ResourceNotFound");

const stranger = await enrollment.listProfiles(undefined, { headers: { Authorization: "Bearer wrong" } });
assert.ok(stranger.status === 401);
assert.equal(stranger.data.error.code, "InvalidAuthenticationToken");
