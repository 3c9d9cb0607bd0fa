import {
  alone,
  anAssignment,
  anotherAssignment,
  aProfile,
  filtered,
  group,
  keepsProfile,
  noId,
  once,
  refusesReaders,
  refusesUsedKey,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const stillThere: Step = { operation: "getAssignment" };

export const deleteAssignment: OperationScenarios<"deleteAssignment"> = {
  given: [aProfile, anAssignment],
  scenarios: {
    204: [
      {
        title:
          "deletes the assignment only once, and returns the same answer to a repeated request with the same repeatability key",
        evidence: "decision",
        given: [aProfile, anAssignment, { operation: "deleteAssignment", headers: once }],
        headers: once,
        expect: [{ same: ["{answer.headers.repeatability-result}", "accepted"] }],
      },
      {
        title: "deletes only the assignment with the given id",
        given: [aProfile, anAssignment, anotherAssignment],
        after: [
          { operation: "getAssignment", status: 404 },
          { as: "list", operation: "listAssignments" },
        ],
        expect: [{ same: ["{list.value.0}", "{second}"], but: alone }, { counts: [1, "{list.value}"] }],
      },
      keepsProfile,
      {
        title: "deletes the assignment if If-Match contains the current entity tag",
        evidence: "decision",
        headers: { "if-match": "{assignment.@odata.etag}" },
        after: [{ operation: "getAssignment", status: 404 }],
      },
      {
        title: "deletes the assignment if If-None-Match contains a different entity tag",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        after: [{ operation: "getAssignment", status: 404 }],
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
      { title: "reports that no assignment has the id in the path", given: [aProfile], path: { assignmentId: noId } },
      {
        title: "reports that the assignment is already deleted",
        given: [aProfile, anAssignment, { operation: "deleteAssignment" }],
      },
      { title: "does not find an assignment of another tenant", caller: "stranger", after: [stillThere] },
    ],
    409: [{ ...refusesUsedKey, given: [...(refusesUsedKey.given ?? []), anAssignment], after: [stillThere] }],
    412: [
      {
        title: "deletes nothing if If-Match contains an old entity tag",
        given: [aProfile, anAssignment, { operation: "updateAssignment", body: { target: { ...group, ...filtered } } }],
        headers: { "if-match": "{assignment.@odata.etag}" },
        after: [stillThere],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
    ],
  },
};
