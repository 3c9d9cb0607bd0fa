import {
  anAssignment,
  anotherProfile,
  aProfile,
  noId,
  once,
  refusesReaders,
  refusesTakenId,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const stillThere: Step = { operation: "getProfile" };

export const deleteProfile: OperationScenarios<"deleteProfile"> = {
  given: [aProfile],
  scenarios: {
    204: [
      {
        title: "is gone, alone and in the list",
        after: [
          { operation: "getProfile", status: 404 },
          { as: "list", operation: "listProfiles", query: { $filter: "startswith(displayName,'{run}')" } },
        ],
        expect: [{ lacks: ["{list.value}", "id", "{profile.id}"] }],
      },
      {
        title: "takes its assignments with it",
        given: [aProfile, anAssignment],
        after: [
          { operation: "getAssignment", status: 404 },
          { operation: "listAssignments", status: 404 },
        ],
      },
      {
        title: "is done once under an id, and answers it twice",
        evidence: "decision",
        given: [aProfile, { operation: "deleteProfile", headers: once }],
        headers: once,
        expect: [{ same: ["{answer.headers.repeatability-result}", "accepted"] }],
      },
      {
        title: "moves up those below it, and touches nothing else of them",
        evidence: "decision",
        given: [aProfile, anotherProfile],
        after: [{ as: "moved", operation: "getProfile", path: { profileId: "{other.id}" } }],
        expect: [
          { same: ["{moved.priority}", "{profile.priority}"] },
          { same: ["{moved}", "{other}"], but: ["priority", "@odata.etag"] },
        ],
      },
      {
        title: "is done with the profile's entity tag in If-Match",
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [{ operation: "getProfile", status: 404 }],
      },
      {
        title: "goes on with another entity tag in If-None-Match",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        after: [{ operation: "getProfile", status: 404 }],
      },
    ],
    400: [
      {
        title: "refuses an If-Match that is none, and deletes nothing",
        headers: { "if-match": "nonsense" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
    403: [refusesReaders],
    404: [
      { title: "knows no profile with an unknown id", given: [], path: { profileId: noId } },
      {
        title: "knows none that is gone already",
        given: [aProfile, { operation: "deleteProfile" }],
      },
      { title: "keeps a profile from another tenant", caller: "stranger", after: [stillThere] },
    ],
    409: [{ ...refusesTakenId, after: [stillThere] }],
    412: [
      {
        title: "deletes nothing with an entity tag that is stale",
        given: [aProfile, { operation: "updateProfile", body: { description: "somebody else's" } }],
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
  },
};
