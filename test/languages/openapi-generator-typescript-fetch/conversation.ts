import assert from "node:assert/strict";
import {
  AssignmentsApi,
  type AssignmentTargetInput,
  Configuration,
  GraphErrorFromJSON,
  ProfilesApi,
  ResponseError,
} from "./generated/index.ts";

const basePath = process.env["BASE_URL"] ?? "http://127.0.0.1:3000/beta";
const configuration = new Configuration({ basePath, accessToken: process.env["TOKEN"] ?? "" });
const profiles = new ProfilesApi(configuration);
const assignments = new AssignmentsApi(configuration);

const groupId = "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10";
const profile = await profiles.createProfile({ profileCreate: { displayName: "Personal iPhones" } });
if (!profile) throw new Error("The answer has no body.");
const profileId = profile.id;
const target = { atOdataType: "#microsoft.graph.groupAssignmentTarget", groupId } as const;
const assignment = await assignments.updateAssignments({ profileId, assignmentsUpdate: { target } });
if (assignment && "id" in assignment) console.log(assignment.id, assignment.target);

async function assign(target: AssignmentTargetInput): Promise<string> {
  const answer = await assignments.updateAssignments({ profileId, assignmentsUpdate: { target } });
  assert.ok(answer && "id" in answer);
  return answer.id;
}

const group = await assign(target);
assert.equal(await assign(target), group);
const base = await assign({ atOdataType: "microsoft.graph.deviceAndAppManagementAssignmentTarget" });
assert.equal(await assign({ atOdataType: "microsoft.graph.deviceAndAppManagementAssignmentTarget" }), base);

const listed = await assignments.listAssignments({ profileId });
assert.deepEqual(
  listed.value.map(({ id }) => id),
  [group, base],
);
const kept = listed.value[0]?.target;
assert.ok(kept?.atOdataType === "#microsoft.graph.groupAssignmentTarget");
assert.equal(kept.groupId, groupId);

/** The status and the code of the error that a call rejects with. */
async function refused(call: Promise<unknown>) {
  const error = await call.then(
    () => assert.fail("The call succeeded, but it should have been refused."),
    (reason) => reason,
  );
  assert.ok(error instanceof ResponseError);
  const { code } = GraphErrorFromJSON(await error.response.json()).error;
  return { status: error.response.status, code };
}

const missing = await refused(profiles.getProfile({ profileId: "missing" }));
assert.deepEqual(missing, { status: 404, code: "ResourceNotFound" });

const stranger = new ProfilesApi(new Configuration({ basePath, accessToken: "wrong" }));
assert.deepEqual(await refused(stranger.listProfiles()), { status: 401, code: "InvalidAuthenticationToken" });
