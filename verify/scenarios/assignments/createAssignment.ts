import {
  anAssignment,
  anotherAssignment,
  aProfile,
  baseTarget,
  filtered,
  group,
  noId,
  once,
  refusesOldId,
  refusesReaders,
  targets,
} from "../language/given.ts";
import type { OperationScenarios, Scenario } from "../language/scenario.ts";

const readIt = { as: "read", operation: "getAssignment", path: { assignmentId: "{answer.id}" } } as const;

/** One for each type of target. */
const keepsTargets: readonly Scenario[] = targets.map((target) => ({
  title: `keeps ${target["@odata.type"].replace("#microsoft.graph.", "")}`,
  body: { target: { ...target, ...filtered } },
  after: [readIt],
  expect: [{ same: ["{answer.target}", { ...target, ...filtered }] }, { same: ["{read}", "{answer}"] }],
}));

const plain = (type: string) => type.replace("#", "");

const takesPlainTypes: readonly Scenario[] = targets.map((target) => ({
  title: `answers the type with # that was sent as ${plain(target["@odata.type"])}`,
  body: { target: { ...target, "@odata.type": plain(target["@odata.type"]) } },
  expect: [{ same: ["{answer.target.@odata.type}", target["@odata.type"]] }],
}));

export const createAssignment: OperationScenarios<"createAssignment"> = {
  given: [aProfile],
  body: { target: group },
  scenarios: {
    201: [
      {
        title: "makes one under an id, however often it is asked to",
        evidence: "decision",
        given: [aProfile, { as: "first", operation: "createAssignment", headers: once, body: { target: group } }],
        headers: once,
        body: { target: group },
        after: [{ as: "list", operation: "listAssignments" }],
        expect: [
          { same: ["{answer}", "{first}"] },
          { counts: [1, "{list.value}"] },
          { same: ["{answer.headers.repeatability-result}", "accepted"] },
        ],
      },
      {
        title: "makes an assignment that Location leads to",
        given: [aProfile, anotherAssignment],
        after: [
          { as: "there", follow: "{answer.headers.location}" },
          { as: "list", operation: "listAssignments" },
        ],
        expect: [{ same: ["{there}", "{answer}"] }, { has: ["{list.value}", "id", "{answer.id}"] }],
      },
      ...keepsTargets,
      ...takesPlainTypes,
      {
        title: "keeps the abstract base of all targets as it is spelled",
        evidence: "decision",
        body: { target: { ...baseTarget, "@odata.type": `#${baseTarget["@odata.type"]}`, ...filtered } },
        expect: [{ same: ["{answer.target.@odata.type}", `#${baseTarget["@odata.type"]}`] }],
      },
      {
        title: "shows the filter properties, also where none were sent",
        evidence: "decision",
        expect: [
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterId}", null] },
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterType}", "none"] },
        ],
      },
      {
        title: "takes null and none for no filter, and makes its own id",
        body: {
          "@odata.type": "microsoft.graph.appleEnrollmentProfileAssignment",
          id: noId,
          target: {
            ...group,
            deviceAndAppManagementAssignmentFilterId: null,
            deviceAndAppManagementAssignmentFilterType: "none",
          },
        },
        expect: [
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterId}", null] },
          { different: ["{answer.id}", noId] },
        ],
      },
      {
        title: "takes a group that is excluded beside the same one that isn't",
        given: [aProfile, anAssignment],
        body: { target: targets[1] },
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "takes a target that another profile has",
        given: [{ ...aProfile, as: "first" }, { ...anAssignment, path: { profileId: "{first.id}" } }, aProfile],
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
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
        title: "says only where it is to who prefers that",
        headers: { prefer: "return=minimal" },
        after: [{ as: "there", follow: "{answer.headers.location}" }],
        expect: [
          { same: ["{there.target.groupId}", group.groupId] },
          { same: ["{there.@odata.etag}", "{answer.headers.etag}"] },
          { same: ["{answer.headers.preference-applied}", "return=minimal"] },
        ],
      },
    ],
    400: [
      {
        title: "refuses an assignment without a target, and makes none",
        body: {},
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^0$"] }],
      },
      {
        title: "refuses a group's target without the group, and names the property",
        body: { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.groupId"] }],
      },
      {
        title: "refuses a target without its type",
        body: { target: { groupId: group.groupId } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses a type of target that there isn't",
        body: { target: { "@odata.type": "#microsoft.graph.nobodyAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses a filter type without a filter",
        evidence: "decision",
        body: { target: { ...group, deviceAndAppManagementAssignmentFilterType: "include" } },
        expect: [{ same: ["{answer.error.target}", "target.deviceAndAppManagementAssignmentFilterId"] }],
      },
      { title: "refuses what is no JSON", text: "target" },
    ],
    403: [refusesReaders],
    404: [
      { title: "knows no profile with an unknown id", given: [], path: { profileId: noId } },
      { title: "keeps a profile from another tenant", caller: "stranger" },
    ],
    409: [
      {
        title: "refuses a target that the profile has already, and compares without case",
        given: [aProfile, anAssignment],
        body: { target: { ...group, groupId: group.groupId.toUpperCase() } },
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^1$"] }],
      },
    ],
    412: [refusesOldId],
  },
};
