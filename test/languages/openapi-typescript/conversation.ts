import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/api.d.ts";

const baseUrl = process.env["BASE_URL"] ?? "http://127.0.0.1:3000/beta";
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${process.env["TOKEN"]}` } });

const profiles = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";
const groupId = "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10";
const { data: profile, error } = await client.POST(profiles, { body: { displayName: "Personal iPhones" } });
if (!profile) throw new Error(error?.error.message);
const params = { path: { profileId: profile.id } };
const body = { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } } as const;
const { data: assignment } = await client.PATCH(`${profiles}/{profileId}/assignments`, { params, body });
if (assignment && "id" in assignment) console.log(assignment.id, assignment.target);

async function assign(target: components["schemas"]["assignmentTargetInput"]): Promise<string> {
  const { data } = await client.PATCH(`${profiles}/{profileId}/assignments`, { params, body: { target } });
  assert.ok(data && "id" in data);
  return data.id;
}

const group = await assign(body.target);
assert.equal(await assign(body.target), group);
const base = await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" });
assert.equal(await assign({ "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" }), base);

const listed = await client.GET(`${profiles}/{profileId}/assignments`, { params });
assert.deepEqual(
  listed.data?.value.map(({ id }) => id),
  [group, base],
);
const target = listed.data?.value[0]?.target;
assert.ok(target?.["@odata.type"] === "#microsoft.graph.groupAssignmentTarget");
assert.equal(target.groupId, groupId);

const missing = await client.GET(`${profiles}/{profileId}`, { params: { path: { profileId: "missing" } } });
assert.equal(missing.response.status, 404);
assert.equal(missing.error?.error.code, "ResourceNotFound");

const stranger = await client.GET(profiles, { headers: { Authorization: "Bearer wrong" } });
assert.equal(stranger.response.status, 401);
assert.equal(stranger.error?.error.code, "InvalidAuthenticationToken");
