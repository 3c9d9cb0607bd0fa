import {
  anAssignment,
  anotherProfile,
  aProfile,
  noId,
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
        title: "deletes the profile: it can no longer be read, and the list does not contain it",
        after: [
          { operation: "getProfile", status: 404 },
          { as: "list", operation: "listProfiles", query: { $filter: "startswith(displayName,'{run}')" } },
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
        title: "deletes once, and answers a repeated request with the same repeatability key alike",
        evidence: "decision",
        given: [aProfile, { operation: "deleteProfile", headers: once }],
        headers: once,
        expect: [{ same: ["{answer.headers.repeatability-result}", "accepted"] }],
      },
      {
        title: "moves the profiles below up by one, and changes nothing else of them",
        evidence: "decision",
        given: [aProfile, anotherProfile],
        after: [{ as: "moved", operation: "getProfile", path: { profileId: "{other.id}" } }],
        expect: [
          { same: ["{moved.priority}", "{profile.priority}"] },
          { same: ["{moved}", "{other}"], but: ["priority", "@odata.etag"] },
        ],
      },
      {
        title: "deletes if If-Match has the current entity tag",
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [{ operation: "getProfile", status: 404 }],
      },
      {
        title: "continues if If-None-Match has another entity tag",
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
      { title: "reports that no profile has the id", given: [], path: { profileId: noId } },
      {
        title: "reports that it is already deleted",
        given: [aProfile, { operation: "deleteProfile" }],
      },
      { title: "hides the profile from another tenant", caller: "stranger", after: [stillThere] },
    ],
    409: [{ ...refusesUsedKey, after: [stillThere] }],
    412: [
      {
        title: "deletes nothing if If-Match has an old entity tag",
        given: [aProfile, { operation: "updateProfile", body: { description: "somebody else's" } }],
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
  },
};
