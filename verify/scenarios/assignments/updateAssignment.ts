import {
  anAssignment,
  anotherAssignment,
  aProfile,
  filtered,
  group,
  keepsLaterChange,
  noId,
  otherGroup,
  refusesReaders,
  targets,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const readAgain: Step = { as: "read", operation: "getAssignment" };
const excluded = { ...filtered, deviceAndAppManagementAssignmentFilterType: "exclude" };

export const updateAssignment: OperationScenarios<"updateAssignment"> = {
  given: [aProfile, anAssignment],
  body: { target: { ...group, ...filtered } },
  scenarios: {
    200: [
      keepsLaterChange("updateAssignment"),
      {
        title: "sets the filter, stores the change, and keeps the id",
        after: [readAgain],
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target}", { ...group, ...filtered }] },
          { same: ["{read}", "{answer}"] },
          { different: ["{answer.@odata.etag}", "{assignment.@odata.etag}"] },
        ],
      },
      {
        title: "returns the same assignment if the request is repeated",
        body: { target: { ...group, ...excluded } },
        after: [{ as: "again", operation: "updateAssignment", body: { target: { ...group, ...excluded } } }],
        expect: [{ same: ["{again}", "{answer}"] }],
      },
      {
        title: "keeps the filter if only the target changes",
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
        title: "changes nothing, not even the entity tag, if the body is an empty object",
        body: {},
        expect: [{ same: ["{answer}", "{assignment}"] }],
      },
      {
        title: "updates the assignment if If-Match contains the current entity tag",
        evidence: "decision",
        headers: { "if-match": "{assignment.@odata.etag}" },
        expect: [{ same: ["{answer.target}", { ...group, ...filtered }] }],
      },
      {
        title: "updates the assignment if If-None-Match contains a different entity tag",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer.target}", { ...group, ...filtered }] }],
      },
    ],
    204: [
      {
        title: "returns no body if the client prefers return=minimal, and stores the change",
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
        title: "refuses null as the target, and changes nothing",
        body: { target: null },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "target"] }, { same: ["{read}", "{assignment}"] }],
      },
      {
        title: "refuses an unknown filter type",
        body: { target: { ...group, ...filtered, deviceAndAppManagementAssignmentFilterType: "sometimes" } },
        expect: [{ same: ["{answer.error.target}", "target.deviceAndAppManagementAssignmentFilterType"] }],
      },
      {
        title: "refuses an If-Match that is not an entity tag",
        evidence: "decision",
        headers: { "if-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
      { title: "refuses a body that is not JSON", text: "{" },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no assignment has the id in the path", given: [aProfile], path: { assignmentId: noId } },
      {
        title: "does not find an assignment of another tenant",
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
        title: "changes nothing if If-Match contains an old entity tag",
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
        title: "changes nothing if If-None-Match is *",
        headers: { "if-none-match": "*" },
        after: [readAgain],
        expect: [{ same: ["{read}", "{assignment}"] }],
      },
    ],
  },
};
