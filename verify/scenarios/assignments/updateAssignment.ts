import {
  anAssignment,
  anotherAssignment,
  aProfile,
  filtered,
  group,
  noId,
  otherGroup,
  refusesReaders,
  targets,
  undoesNothingLater,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const readAgain: Step = { as: "read", operation: "getAssignment" };
const excluded = { ...filtered, deviceAndAppManagementAssignmentFilterType: "exclude" };

export const updateAssignment: OperationScenarios<"updateAssignment"> = {
  given: [aProfile, anAssignment],
  body: { target: { ...group, ...filtered } },
  scenarios: {
    200: [
      undoesNothingLater("updateAssignment"),
      {
        title: "puts a filter on it, for good, and keeps its id",
        after: [readAgain],
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target}", { ...group, ...filtered }] },
          { same: ["{read}", "{answer}"] },
          { different: ["{answer.@odata.etag}", "{assignment.@odata.etag}"] },
        ],
      },
      {
        title: "is the same when it is repeated",
        body: { target: { ...group, ...excluded } },
        after: [{ as: "again", operation: "updateAssignment", body: { target: { ...group, ...excluded } } }],
        expect: [{ same: ["{again}", "{answer}"] }],
      },
      {
        title: "keeps the filter of a target that becomes another",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: { ...group, ...filtered } } }],
        body: {
          "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
          id: noId,
          target: targets[2],
        },
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target}", { ...targets[2], ...filtered }] },
        ],
      },
      {
        title: "changes nothing with an empty object, not even the entity tag",
        body: {},
        expect: [{ same: ["{answer}", "{assignment}"] }],
      },
      {
        title: "goes on with its entity tag in If-Match",
        evidence: "decision",
        headers: { "if-match": "{assignment.@odata.etag}" },
        expect: [{ same: ["{answer.target}", { ...group, ...filtered }] }],
      },
      {
        title: "goes on with another entity tag in If-None-Match",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer.target}", { ...group, ...filtered }] }],
      },
    ],
    204: [
      {
        title: "says nothing to who prefers that, and is done",
        headers: { prefer: "return=minimal" },
        after: [readAgain],
        expect: [
          { same: ["{read.target}", { ...group, ...filtered }] },
          { same: ["{answer.headers.preference-applied}", "return=minimal"] },
        ],
      },
    ],
    400: [
      {
        title: "refuses a target that is null, and changes nothing",
        body: { target: null },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "target"] }, { same: ["{read}", "{assignment}"] }],
      },
      {
        title: "refuses a filter type that there isn't",
        body: { target: { ...group, ...filtered, deviceAndAppManagementAssignmentFilterType: "sometimes" } },
        expect: [{ same: ["{answer.error.target}", "target.deviceAndAppManagementAssignmentFilterType"] }],
      },
      {
        title: "refuses an If-Match that is none",
        evidence: "decision",
        headers: { "if-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
      { title: "refuses what is no JSON", text: "{" },
    ],
    403: [refusesReaders],
    404: [
      { title: "makes no assignment of an unknown id", given: [aProfile], path: { assignmentId: noId } },
      {
        title: "keeps an assignment from another tenant",
        caller: "stranger",
        after: [readAgain],
        expect: [{ same: ["{read}", "{assignment}"] }],
      },
    ],
    409: [
      {
        title: "refuses a target that another assignment has, and changes nothing",
        given: [aProfile, anAssignment, anotherAssignment],
        body: { target: otherGroup },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "target"] }, { same: ["{read}", "{assignment}"] }],
      },
    ],
    412: [
      {
        title: "changes nothing with an entity tag that is stale",
        given: [aProfile, anAssignment, { operation: "updateAssignment", body: { target: { ...group, ...filtered } } }],
        headers: { "if-match": "{assignment.@odata.etag}" },
        body: { target: { ...group, ...excluded } },
        after: [readAgain],
        expect: [
          { same: ["{answer.error.target}", "If-Match"] },
          { same: ["{read.target}", { ...group, ...filtered }] },
        ],
      },
      {
        title: "changes nothing that If-None-Match: * forbids",
        headers: { "if-none-match": "*" },
        after: [readAgain],
        expect: [{ same: ["{read}", "{assignment}"] }],
      },
    ],
  },
};
