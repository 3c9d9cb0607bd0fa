import {
  alone,
  anAssignment,
  anotherAssignment,
  aProfile,
  baseTarget,
  filtered,
  group,
  keepsLaterChange,
  keepsProfile,
  noId,
  otherGroup,
  refusesReaders,
  targets,
  unfiltered,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const list: Step = { as: "list", operation: "listAssignments" };

export const updateAssignments: OperationScenarios<"updateAssignments"> = {
  given: [aProfile],
  body: { target: group },
  scenarios: {
    200: [
      keepsLaterChange("updateAssignments"),
      {
        title:
          "returns the documented answer to Microsoft's example request, and the same assignment if the request is repeated",
        body: { "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment", target: baseTarget },
        after: [
          {
            as: "again",
            operation: "updateAssignments",
            body: { "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment", target: baseTarget },
          },
          list,
        ],
        expect: [
          { same: ["{answer.target}", { ...baseTarget, ...unfiltered }] },
          { same: ["{again}", "{answer}"] },
          { counts: [1, "{list.value}"] },
        ],
      },
      {
        title: "treats the abstract base type with and without # as the same target, and returns the latest spelling",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: baseTarget } }],
        body: { target: { "@odata.type": `#${baseTarget["@odata.type"]}` } },
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target.@odata.type}", `#${baseTarget["@odata.type"]}`] },
        ],
      },
      {
        title: "creates the assignment, and returns the same assignment if the request is repeated",
        evidence: "decision",
        after: [{ as: "again", operation: "updateAssignments", body: { target: group } }, list],
        expect: [
          { same: ["{again}", "{answer}"] },
          { same: ["{answer.target}", { ...group, ...unfiltered }] },
          { counts: [1, "{list.value}"] },
        ],
      },
      {
        title: "finds the assignment by its target, case-insensitively, and changes no other assignment",
        evidence: "decision",
        given: [aProfile, anAssignment, anotherAssignment],
        body: { target: { ...group, groupId: group.groupId.toUpperCase(), ...filtered } },
        after: [list],
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { different: ["{answer.@odata.etag}", "{assignment.@odata.etag}"] },
          { same: ["{answer.target}", { ...group, ...filtered }] },
          { same: ["{list.value.1}", "{second}"], but: alone },
          { counts: [2, "{list.value}"] },
        ],
      },
      {
        title: "keeps a filter that the request does not mention, and the entity tag",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: { ...group, ...filtered } } }],
        expect: [{ same: ["{answer}", "{assignment}"] }],
      },
      {
        title: "changes the target of the assignment with the given id, and keeps its filter",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: { ...group, ...filtered } } }],
        body: { id: "{assignment.id}", target: targets[4] },
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target}", { ...targets[4], ...filtered }] },
        ],
      },
      {
        title: "creates the assignment if If-None-Match is * and no assignment has the target",
        evidence: "decision",
        headers: { "if-none-match": "*" },
        expect: [{ same: ["{answer.target.groupId}", group.groupId] }],
      },
      {
        title: "updates the assignment if If-Match contains the current entity tag",
        evidence: "decision",
        given: [aProfile, anAssignment],
        headers: { "if-match": "{assignment.@odata.etag}" },
        body: { target: { ...group, ...filtered } },
        expect: [{ same: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "executes the items of a delta in the order of the request",
        evidence: "decision",
        given: [aProfile, anAssignment],
        body: {
          "@odata.context": "#$delta",
          value: [
            { target: otherGroup },
            { "@removed": { reason: "deleted" }, id: "{assignment.id}" },
            {
              "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
              "@removed": { reason: "changed" },
              id: noId,
            },
          ],
        },
        after: [list],
        expect: [
          { same: ["{answer.value.0.target.groupId}", otherGroup.groupId] },
          { same: ["{answer.value.1.id}", "{assignment.id}"] },
          { all: ["{list.value}", "id", "{answer.value.0.id}"] },
        ],
      },
      {
        title: "accepts a delta with @context instead of @odata.context",
        evidence: "decision",
        body: { "@context": "#$delta", value: [{ target: group }] },
        expect: [{ counts: [1, "{answer.value}"] }],
      },
      keepsProfile,
    ],
    204: [
      {
        title: "returns no body if the client prefers return=minimal, and stores the change",
        headers: { prefer: "return=minimal" },
        after: [list],
        expect: [
          { has: ["{list.value}", "target.groupId", group.groupId] },
          { same: ["{answer.headers.preference-applied}", "return=minimal"] },
        ],
      },
    ],
    400: [
      {
        title: "is refused like a route that does not exist",
        only: "graph",
        expect: [{ same: ["{answer.error.code}", "No method match route template"] }],
      },
      {
        title: "refuses an empty object, and names the property target",
        evidence: "decision",
        body: {},
        expect: [{ same: ["{answer.error.target}", "target"] }],
      },
      {
        title: "refuses an array as the body, and creates nothing",
        body: [{ target: group }],
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a group target without groupId",
        body: { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.groupId"] }],
      },
      {
        title: "refuses a delta of more than 20 items, and creates nothing",
        evidence: "decision",
        body: {
          "@odata.context": "#$delta",
          value: Array.from({ length: 21 }, (_, index) => ({ target: { ...group, groupId: `group ${index}` } })),
        },
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a condition with a delta, because an entity tag belongs to one assignment",
        evidence: "decision",
        headers: { "if-match": "*" },
        body: { "@odata.context": "#$delta", value: [{ target: group }] },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "executes no item of a delta that contains an invalid item",
        evidence: "decision",
        body: { "@odata.context": "#$delta", value: [{ target: group }, { target: {} }] },
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      { title: "refuses a body that is not JSON", text: '{"target":' },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      {
        title: "reports that no assignment has the id in the body, and creates nothing",
        body: { id: noId, target: group },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "id"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "does not find a profile of another tenant",
        caller: "stranger",
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
    ],
    409: [
      {
        title: "refuses a target that another assignment has",
        given: [aProfile, anAssignment, anotherAssignment],
        body: { id: "{assignment.id}", target: otherGroup },
        after: [{ as: "read", operation: "getAssignment" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { same: ["{read}", "{assignment}"] }],
      },
    ],
    412: [
      {
        title: "creates nothing if If-Match is *",
        headers: { "if-match": "*" },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "changes nothing if If-Match contains an old entity tag",
        given: [
          aProfile,
          anAssignment,
          { operation: "updateAssignments", body: { target: { ...group, ...filtered } } },
        ],
        headers: { "if-match": "{assignment.@odata.etag}" },
        body: { target: { ...group, ...unfiltered } },
        after: [{ as: "read", operation: "getAssignment" }],
        expect: [{ same: ["{read.target}", { ...group, ...filtered }] }],
      },
      {
        title: "changes nothing if If-None-Match is *",
        given: [aProfile, anAssignment],
        headers: { "if-none-match": "*" },
        body: { target: { ...group, ...filtered } },
        after: [{ as: "read", operation: "getAssignment" }],
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }, { same: ["{read}", "{assignment}"] }],
      },
    ],
  },
};
