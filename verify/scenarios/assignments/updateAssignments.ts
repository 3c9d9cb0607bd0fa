import {
  alone,
  anAssignment,
  anotherAssignment,
  aProfile,
  baseTarget,
  filtered,
  group,
  noId,
  otherGroup,
  refusesReaders,
  targets,
  undoesNothingLater,
  unfiltered,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const list: Step = { as: "list", operation: "listAssignments" };

export const updateAssignments: OperationScenarios<"updateAssignments"> = {
  given: [aProfile],
  body: { target: group },
  scenarios: {
    200: [
      undoesNothingLater("updateAssignments"),
      {
        title: "answers the document's own request with what the document prints, and again with the same id",
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
        title: "takes both spellings of the abstract base for one target, and shows the last one",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: baseTarget } }],
        body: { target: { "@odata.type": `#${baseTarget["@odata.type"]}` } },
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target.@odata.type}", `#${baseTarget["@odata.type"]}`] },
        ],
      },
      {
        title: "creates what isn't there, and is the same when it is repeated",
        evidence: "decision",
        after: [{ as: "again", operation: "updateAssignments", body: { target: group } }, list],
        expect: [
          { same: ["{again}", "{answer}"] },
          { same: ["{answer.target}", { ...group, ...unfiltered }] },
          { counts: [1, "{list.value}"] },
        ],
      },
      {
        title: "finds the assignment by its target, without regard to case, and touches no other",
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
        title: "leaves the filter that isn't mentioned, and the entity tag with it",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: { ...group, ...filtered } } }],
        expect: [{ same: ["{answer}", "{assignment}"] }],
      },
      {
        title: "with an id changes that assignment's target, and keeps its filter",
        evidence: "decision",
        given: [aProfile, { ...anAssignment, body: { target: { ...group, ...filtered } } }],
        body: { id: "{assignment.id}", target: targets[4] },
        expect: [
          { same: ["{answer.id}", "{assignment.id}"] },
          { same: ["{answer.target}", { ...targets[4], ...filtered }] },
        ],
      },
      {
        title: "creates with If-None-Match: * what isn't there",
        evidence: "decision",
        headers: { "if-none-match": "*" },
        expect: [{ same: ["{answer.target.groupId}", group.groupId] }],
      },
      {
        title: "updates with its entity tag in If-Match",
        evidence: "decision",
        given: [aProfile, anAssignment],
        headers: { "if-match": "{assignment.@odata.etag}" },
        body: { target: { ...group, ...filtered } },
        expect: [{ same: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "writes and deletes what a delta says, in its order",
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
        title: "takes a delta's context without odata, too",
        evidence: "decision",
        body: { "@context": "#$delta", value: [{ target: group }] },
        expect: [{ counts: [1, "{answer.value}"] }],
      },
      {
        title: "leaves the profile as it is",
        evidence: "decision",
        after: [{ as: "read", operation: "getProfile" }],
        expect: [{ same: ["{read}", "{profile}"] }],
      },
    ],
    204: [
      {
        title: "says nothing to who prefers that, and is done",
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
        title: "refuses an empty object, and names the target",
        evidence: "decision",
        body: {},
        expect: [{ same: ["{answer.error.target}", "target"] }],
      },
      {
        title: "refuses an array, and makes nothing",
        body: [{ target: group }],
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a group's target without the group",
        body: { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.groupId"] }],
      },
      {
        title: "refuses a delta of more than twenty, and makes nothing",
        evidence: "decision",
        body: {
          "@odata.context": "#$delta",
          value: Array.from({ length: 21 }, (_, index) => ({ target: { ...group, groupId: `group ${index}` } })),
        },
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a delta under a condition, which is one assignment's",
        evidence: "decision",
        headers: { "if-match": "*" },
        body: { "@odata.context": "#$delta", value: [{ target: group }] },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "does nothing of a delta that is wrong in part",
        evidence: "decision",
        body: { "@odata.context": "#$delta", value: [{ target: group }, { target: {} }] },
        after: [list],
        expect: [{ counts: [0, "{list.value}"] }],
      },
      { title: "refuses what is no JSON", text: '{"target":' },
    ],
    403: [refusesReaders],
    404: [
      { title: "knows no profile with an unknown id", given: [], path: { profileId: noId } },
      {
        title: "knows no assignment with an unknown id, and makes none",
        body: { id: noId, target: group },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "id"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "keeps a profile from another tenant",
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
        title: "makes nothing with If-Match: *",
        headers: { "if-match": "*" },
        after: [list],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "changes nothing with an entity tag that is stale",
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
        title: "changes nothing that If-None-Match: * forbids",
        given: [aProfile, anAssignment],
        headers: { "if-none-match": "*" },
        body: { target: { ...group, ...filtered } },
        after: [{ as: "read", operation: "getAssignment" }],
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }, { same: ["{read}", "{assignment}"] }],
      },
    ],
  },
};
