/** Steps, values and scenarios that several operations share. */
import type { Call, Scenario } from "./scenario.ts";

export const aProfile: Call = { as: "profile", operation: "createProfile", body: { displayName: "{run}a profile" } };
export const anotherProfile: Call = { ...aProfile, as: "other", body: { displayName: "{run}another profile" } };

/** The $filter that selects the profiles of this run, because the tenant may contain others. */
export const ofThisRun = "startswith(displayName,'{run}')";

export const group = {
  "@odata.type": "#microsoft.graph.groupAssignmentTarget",
  groupId: "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10",
};
export const otherGroup = { ...group, groupId: "0f7a8d1e-93b2-4c55-8a37-1d9c6be04f21" };
export const filtered = {
  deviceAndAppManagementAssignmentFilterId: "2d9c1a44-0c06-4a6b-9f7e-6d0f5a4c7b21",
  deviceAndAppManagementAssignmentFilterType: "include",
};

export const unfiltered = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

export const anAssignment: Call = { as: "assignment", operation: "createAssignment", body: { target: group } };
export const anotherAssignment: Call = {
  as: "second",
  operation: "createAssignment",
  body: { target: otherGroup },
};

/** A valid UUID that is not the id of any entity. */
export const noId = "00000000-0000-4000-8000-000000000000";

/** The members of a single entity that are missing when the entity is an element of a list. */
export const alone = ["@odata.context"];

/** One target of each type, as it is sent in a request. */
export const targets = [
  group,
  { ...group, "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget" },
  { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" },
  { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" },
  {
    "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget",
    collectionId: "SMS00001",
  },
] as const;

/** The abstract base type of targets, in the spelling of Microsoft's document about `updateAssignments`. */
export const baseTarget = { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" };

/** The 403 scenario of every operation that writes. */
export const refusesReaders: Scenario = { title: "refuses a token that has only read permissions", caller: "reader" };

/** The 200 scenario of the two lists for the preference `maxpagesize`. */
export const pagesOfPreferredSize: Scenario = {
  title: "returns pages of the preferred size, and confirms the preference in Preference-Applied",
  headers: { prefer: "odata.maxpagesize=1" },
  after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
  expect: [
    { counts: [1, "{answer.value}"] },
    { matches: ["{answer.headers.preference-applied}", "maxpagesize=1"] },
    { apart: ["{answer.value}", "{rest.value}"] },
  ],
};

/** A scenario for operations that write assignments. */
export const keepsProfile: Scenario = {
  title: "does not change the profile",
  evidence: "decision",
  after: [{ as: "read", operation: "getProfile" }],
  expect: [{ same: ["{read}", "{profile}"] }],
};

/** The repeatability headers: the server must execute a request with them only once, even if it is repeated. */
export const once = {
  "repeatability-request-id": "{key}",
  "repeatability-first-sent": "{now}",
  "repeatability-client-id": "{run}",
};

/** The 200 scenario of `updateAssignment` and `updateAssignments` for repeatability. */
export function keepsLaterChange(operation: "updateAssignment" | "updateAssignments"): Scenario {
  const body = { target: { ...group, ...filtered } };
  return {
    title: "does not undo a later change if the request is repeated with the same repeatability key",
    evidence: "decision",
    given: [
      aProfile,
      anAssignment,
      { as: "first", operation, headers: once, body },
      { as: "later", operation: "updateAssignment", body: { target: { ...group, ...unfiltered } } },
    ],
    headers: once,
    body,
    after: [{ as: "read", operation: "getAssignment" }],
    expect: [{ same: ["{answer}", "{first}"] }, { same: ["{read}", "{later}"] }],
  };
}

/** A request that uses the repeatability key before the request under test does. */
const keyUsed: Call = { operation: "updateProfile", headers: once, body: { description: "with a key" } };

/** The 409 scenario for repeatability. */
export const refusesUsedKey: Scenario = {
  title: "refuses a repeatability key that a different request has already used",
  evidence: "decision",
  given: [aProfile, keyUsed],
  headers: once,
  expect: [
    { same: ["{answer.error.target}", "Repeatability-Request-ID"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};

/** The 412 scenario for repeatability. */
export const refusesOldKey: Scenario = {
  title: "refuses a repeatability key that is too old to be remembered",
  headers: { ...once, "repeatability-first-sent": "Sat, 01 Jan 2000 00:00:00 GMT" },
  expect: [
    { same: ["{answer.error.target}", "Repeatability-First-Sent"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};
