import {
  anAssignment,
  anotherAssignment,
  aProfile,
  baseTarget,
  filtered,
  group,
  noId,
  once,
  refusesOldKey,
  refusesReaders,
  targets,
} from "../language/given.ts";
import type { OperationScenarios, Scenario } from "../language/scenario.ts";

const readIt = { as: "read", operation: "getAssignment", path: { assignmentId: "{answer.id}" } } as const;

/** One scenario for each type of target. */
const storesTargets: readonly Scenario[] = targets.map((target) => ({
  title: `stores the target type ${target["@odata.type"].replace("#microsoft.graph.", "")}`,
  body: { target: { ...target, ...filtered } },
  after: [readIt],
  expect: [{ same: ["{answer.target}", { ...target, ...filtered }] }, { same: ["{read}", "{answer}"] }],
}));

const withoutHash = (type: string) => type.replace("#", "");

const acceptsTypesWithoutHash: readonly Scenario[] = targets.map((target) => ({
  title: `returns with # the type that was sent as ${withoutHash(target["@odata.type"])}`,
  body: { target: { ...target, "@odata.type": withoutHash(target["@odata.type"]) } },
  expect: [{ same: ["{answer.target.@odata.type}", target["@odata.type"]] }],
}));

export const createAssignment: OperationScenarios<"createAssignment"> = {
  given: [aProfile],
  body: { target: group },
  scenarios: {
    201: [
      {
        title: "creates one entity, however often a request with the same repeatability key is sent",
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
        title: "creates an assignment, and Location leads to it",
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
        title: "stores the abstract base type of targets in the spelling of the request",
        evidence: "decision",
        body: { target: { ...baseTarget, "@odata.type": `#${baseTarget["@odata.type"]}`, ...filtered } },
        expect: [{ same: ["{answer.target.@odata.type}", `#${baseTarget["@odata.type"]}`] }],
      },
      {
        title: "returns the filter properties, even if the request has none",
        evidence: "decision",
        expect: [
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterId}", null] },
          { same: ["{answer.target.deviceAndAppManagementAssignmentFilterType}", "none"] },
        ],
      },
      {
        title: "accepts null and none as no filter, and ignores the id",
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
        title: "accepts an exclusion of a group that is also included",
        given: [aProfile, anAssignment],
        body: { target: targets[1] },
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "accepts a target that another profile has",
        given: [{ ...aProfile, as: "first" }, { ...anAssignment, path: { profileId: "{first.id}" } }, aProfile],
        expect: [{ different: ["{answer.id}", "{assignment.id}"] }],
      },
      {
        title: "does not change the profile",
        evidence: "decision",
        after: [{ as: "read", operation: "getProfile" }],
        expect: [{ same: ["{read}", "{profile}"] }],
      },
    ],
    204: [
      {
        title: "returns only the location if the client prefers return=minimal",
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
        title: "refuses an assignment without a target, and creates none",
        body: {},
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^0$"] }],
      },
      {
        title: "refuses a group target without groupId, and names the property",
        body: { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.groupId"] }],
      },
      {
        title: "refuses a target without a type",
        body: { target: { groupId: group.groupId } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses an unknown type of target",
        body: { target: { "@odata.type": "#microsoft.graph.nobodyAssignmentTarget" } },
        expect: [{ same: ["{answer.error.target}", "target.@odata.type"] }],
      },
      {
        title: "refuses a filter type without a filter",
        evidence: "decision",
        body: { target: { ...group, deviceAndAppManagementAssignmentFilterType: "include" } },
        expect: [{ same: ["{answer.error.target}", "target.deviceAndAppManagementAssignmentFilterId"] }],
      },
      { title: "refuses a body that is not JSON", text: "target" },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no profile has the id", given: [], path: { profileId: noId } },
      { title: "hides the profile from another tenant", caller: "stranger" },
    ],
    409: [
      {
        title: "refuses a target that the profile already has; the comparison is case-insensitive",
        given: [aProfile, anAssignment],
        body: { target: { ...group, groupId: group.groupId.toUpperCase() } },
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ same: ["{answer.error.target}", "target"] }, { matches: ["{count}", "^1$"] }],
      },
    ],
    412: [refusesOldKey],
  },
};
