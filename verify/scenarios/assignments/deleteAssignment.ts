import {
  alone,
  anAssignment,
  anotherAssignment,
  aProfile,
  filtered,
  group,
  noId,
  once,
  refusesReaders,
  refusesTakenId,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const stillThere: Step = { operation: "getAssignment" };

export const deleteAssignment: OperationScenarios<"deleteAssignment"> = {
  given: [aProfile, anAssignment],
  scenarios: {
    204: [
      {
        title: "is done once under an id, and answers it twice",
        evidence: "decision",
        given: [aProfile, anAssignment, { operation: "deleteAssignment", headers: once }],
        headers: once,
        expect: [{ same: ["{answer.headers.repeatability-result}", "accepted"] }],
      },
      {
        title: "is gone, alone and in the list, and no other is",
        given: [aProfile, anAssignment, anotherAssignment],
        after: [
          { operation: "getAssignment", status: 404 },
          { as: "list", operation: "listAssignments" },
        ],
        expect: [{ same: ["{list.value.0}", "{second}"], but: alone }, { counts: [1, "{list.value}"] }],
      },
      {
        title: "leaves the profile as it is",
        evidence: "decision",
        after: [{ as: "read", operation: "getProfile" }],
        expect: [{ same: ["{read}", "{profile}"] }],
      },
      {
        title: "is done with the assignment's entity tag in If-Match",
        evidence: "decision",
        headers: { "if-match": "{assignment.@odata.etag}" },
        after: [{ operation: "getAssignment", status: 404 }],
      },
      {
        title: "goes on with another entity tag in If-None-Match",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        after: [{ operation: "getAssignment", status: 404 }],
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
      { title: "knows no assignment with an unknown id", given: [aProfile], path: { assignmentId: noId } },
      { title: "knows none that is gone already", given: [aProfile, anAssignment, { operation: "deleteAssignment" }] },
      { title: "keeps an assignment from another tenant", caller: "stranger", after: [stillThere] },
    ],
    409: [{ ...refusesTakenId, given: [...(refusesTakenId.given ?? []), anAssignment], after: [stillThere] }],
    412: [
      {
        title: "deletes nothing with an entity tag that is stale",
        given: [aProfile, anAssignment, { operation: "updateAssignment", body: { target: { ...group, ...filtered } } }],
        headers: { "if-match": "{assignment.@odata.etag}" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
  },
};
