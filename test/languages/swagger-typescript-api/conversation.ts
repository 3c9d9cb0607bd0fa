import assert from "node:assert/strict";
import { Api, type AssignmentTargetInput, type GraphError, type HttpResponse } from "./generated/api.ts";

const baseUrl = process.env["BASE_URL"] ?? "http://127.0.0.1:3000/beta";
const headers = { Authorization: `Bearer ${process.env["TOKEN"]}` };
const { deviceManagement: enrollment } = new Api({ baseUrl, baseApiParams: { headers, format: "json" } });

const groupId = "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10";
const { data: profile } = await enrollment.createProfile({ displayName: "Personal iPhones" });
const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } as const;
const { data: assignment } = await enrollment.updateAssignments(profile.id, { target });
if ("id" in assignment) console.log(assignment.id, assignment.target);

async function assign(target: AssignmentTargetInput): Promise<string> {
  const { data } = await enrollment.updateAssignments(profile.id, { target });
  assert.ok("id" in data);
  return data.id;
}

const group = await assign(target);
assert.equal(await assign(target), group);
const base = await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" });
assert.equal(await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" }), base);

const listed = await enrollment.listAssignments(profile.id);
assert.deepEqual(
  listed.data.value.map(({ id }) => id),
  [group, base],
);
const kept = listed.data.value[0]?.target;
assert.ok(kept?.["@odata.type"] === "#microsoft.graph.groupAssignmentTarget");
assert.equal(kept.groupId, groupId);

/** The error that a call rejects with. The generated code has no type for it. */
async function refused(call: Promise<HttpResponse<unknown, GraphError>>): Promise<HttpResponse<unknown, GraphError>> {
  return call.then(
    () => assert.fail("The call succeeded, but it should have been refused."),
    (answer) => answer,
  );
}

const missing = await refused(enrollment.getProfile("missing"));
assert.equal(missing.status, 404);
assert.equal(missing.error.error.code, "ResourceNotFound");

const stranger = await refused(enrollment.listProfiles({}, { headers: { Authorization: "Bearer wrong" } }));
assert.equal(stranger.status, 401);
assert.equal(stranger.error.error.code, "InvalidAuthenticationToken");
