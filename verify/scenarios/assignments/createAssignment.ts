import {
  anAssignment,
  anotherAssignment,
  aProfile,
  baseTarget,
  filtered,
  group,
  keepsProfile,
  noId,
  once,
  refusesOldKey,
  refusesReaders,
  targets,
  unfiltered,
} from "../language/given.ts";
import type { OperationScenarios, Scenario } from "../language/scenario.ts";

const readIt = { as: "read", operation: "getAssignment", path: { assignmentId: "{answer.id}" } } as const;

/** Scenarios that create an assignment with each type of target. */
const storesTargets: readonly Scenario[] = targets.map((target) => ({
  title: `stores a target of the type ${target["@odata.type"].replace("#microsoft.graph.", "")}`,
  body: { target: { ...target, ...filtered } },
  after: [readIt],
  expect: [{ same: ["{answer.target}", { ...target, ...filtered }] }, { same: ["{read}", "{answer}"] }],
}));

const withoutHash = (type: string) => type.replace("#", "");

const acceptsTypesWithoutHash: readonly Scenario[] = targets.map((target) => ({
  title: `adds the leading # to the type ${withoutHash(target["@odata.type"])}`,
  body: { target: { ...target, "@odata.type": withoutHash(target["@odata.type"]) } },
  expect: [{ same: ["{answer.target.@odata.type}", target["@odata.type"]] }],
}));

export const createAssignment: OperationScenarios<"createAssignment"> = {
  given: [aProfile],
  body: { target: group },
  scenarios: {
    201: [
      {
        title: "creates only one entity if the request is repeated with the same repeatability key",
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
        title: "creates an assignment, and returns its URL in Location",
        given: [aProfile, anotherAssignment],
        after: [
          { as: "there", follow: "{answer.headers.location}" },
          { as: "list", operation: "listAssignments" },
        ],
        expect: [{ same: ["{there}", "{answer}"] }, { has: ["{list.value}", "id", "{answer.id}"] }],
      },
      ...storesTargets,
      ...acceptsTypesWithoutHash,
      {
        title: "stores the abstract base type of targets with the spelling that the request uses",
        evidence: "decision",
        body: { target: { ...baseTarget, "@odata.type": `#${baseTarget["@odata.type"]}`, ...filtered } },
        expect: [{ same: ["{answer.target.@odata.type}", `#${baseTarget["@odata.type"]}`] }],
      },
      {
        title: "returns the filter properties even if the request did not contain them",
        evidence: "decision",
        expect: [
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterId}", null] },
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterType}", "none"] },
        ],
      },
      {
        title: "accepts the filter id null with the filter type 'none', and ignores the id of the assignment",
        body: {
          "@odata.type": "microsoft.graph.appleEnrollmentProfileAssignment",
          id: noId,
          target: { ...group, ...unfiltered },
        },
        expect: [
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterId}", null] },
          { different: ["{answer.id}", noId] },
        ],
      },
      {
        title: "accepts an exclusion target for a group that another assignment includes",
        evidence: "decision",
        given: [aProfile, anAssignment],
        body: { target: targets[1] },
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "accepts a target that an assignment of another profile already has",
        given: [{ ...aProfile, as: "first" }, { ...anAssignment, path: { profileId: "{first.id}" } }, aProfile],
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
      },
      keepsProfile,
    ],
    204: [
      {
        title: "returns only the header Location if the client prefers return=minimal",
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
        title: "refuses an assignment without a target, and creates nothing",
        body: {},
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^0$"] }],
      },
      {
        title: "refuses a group target without groupId, and names the property groupId",
        body: { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.groupId"] }],
      },
      {
        title: "refuses a target without @odata.type",
        body: { target: { groupId: group.groupId } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses a target with an unknown @odata.type",
        body: { target: { "@odata.type": "#microsoft.graph.nobodyAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses a filter type without a filter id",
        evidence: "decision",
        body: { target: { ...group, deviceAndAppManagementAssignmentFilterType: "include" } },
        expect: [{ same: ["{answer.error.target}", "target.deviceAndAppManagementAssignmentFilterId"] }],
      },
      { title: "refuses a body that is not JSON", text: "target" },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      { title: "does not find a profile of another tenant", caller: "stranger" },
    ],
    409: [
      {
        title: "refuses a target that another assignment of the profile has, comparing case-insensitively",
        given: [aProfile, anAssignment],
        body: { target: { ...group, groupId: group.groupId.toUpperCase() } },
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^1$"] }],
      },
    ],
    412: [refusesOldKey],
  },
};
