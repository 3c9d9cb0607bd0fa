import {
  anAssignment,
  anotherProfile,
  aProfile,
  noId,
  ofThisRun,
  once,
  refusesReaders,
  refusesUsedKey,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const stillThere: Step = { operation: "getProfile" };

export const deleteProfile: OperationScenarios<"deleteProfile"> = {
  given: [aProfile],
  scenarios: {
    204: [
      {
        title: "deletes the profile, which then can neither be read nor listed",
        after: [
          { operation: "getProfile", status: 404 },
          { as: "list", operation: "listProfiles", query: { $filter: ofThisRun } },
        ],
        expect: [{ lacks: ["{list.value}", "id", "{profile.id}"] }],
      },
      {
        title: "deletes the assignments of the profile",
        given: [aProfile, anAssignment],
        after: [
          { operation: "getAssignment", status: 404 },
          { operation: "listAssignments", status: 404 },
        ],
      },
      {
        title:
          "deletes the profile only once, and returns the same answer to a repeated request with the same repeatability key",
        evidence: "decision",
        given: [aProfile, { operation: "deleteProfile", headers: once }],
        headers: once,
        expect: [{ same: ["{answer.headers.repeatability-result}", "accepted"] }],
      },
      {
        title: "moves the profiles below up by one, and changes nothing else in them",
        evidence: "decision",
        given: [aProfile, anotherProfile],
        after: [{ as: "moved", operation: "getProfile", path: { profileId: "{other.id}" } }],
        expect: [
          { same: ["{moved.priority}", "{profile.priority}"] },
          { same: ["{moved}", "{other}"], but: ["priority", "@odata.etag"] },
        ],
      },
      {
        title: "deletes the profile if If-Match contains the current entity tag",
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [{ operation: "getProfile", status: 404 }],
      },
      {
        title: "deletes the profile if If-None-Match contains a different entity tag",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        after: [{ operation: "getProfile", status: 404 }],
      },
    ],
    400: [
      {
        title: "refuses an If-Match that is not an entity tag, and deletes nothing",
        headers: { "if-match": "nonsense" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      {
        title: "reports that the profile is already deleted",
        given: [aProfile, { operation: "deleteProfile" }],
      },
      { title: "does not find a profile of another tenant", caller: "stranger", after: [stillThere] },
    ],
    409: [{ ...refusesUsedKey, after: [stillThere] }],
    412: [
      {
        title: "deletes nothing if If-Match contains an old entity tag",
        given: [aProfile, { operation: "updateProfile", body: { description: "somebody else's" } }],
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
  },
};
