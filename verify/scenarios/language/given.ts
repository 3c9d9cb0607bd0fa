/** Steps and values that several scenarios share. */
import type { Call, Scenario } from "./scenario.ts";

export const aProfile: Call = { as: "profile", operation: "createProfile", body: { displayName: "{run}a profile" } };
export const anotherProfile: Call = { ...aProfile, as: "other", body: { displayName: "{run}another profile" } };

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

/** An id that no entity has. */
export const noId = "00000000-0000-4000-8000-000000000000";

/** Members of an entity that is read by itself, but not of one in a list. */
export const alone = ["@odata.context"];

/** A target of each type, as a request contains it. */
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

/** For every operation that writes: 403. */
export const refusesReaders: Scenario = { title: "refuses a token that may only read", caller: "reader" };

/** Headers of a request that the server must execute once, however often it is sent. */
export const once = {
  "repeatability-request-id": "{key}",
  "repeatability-first-sent": "{now}",
  "repeatability-client-id": "{run}",
};

/** For both operations that change an assignment: 200. */
export function keepsLaterChange(operation: "updateAssignment" | "updateAssignments"): Scenario {
  const body = { target: { ...group, ...filtered } };
  return {
    title: "writes once: a repeated request with the same repeatability key does not undo a later change",
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

/** A request that has already used the repeatability key. */
const keyUsed: Call = { operation: "updateProfile", headers: once, body: { description: "with a key" } };

/** For every operation that writes: 409. */
export const refusesUsedKey: Scenario = {
  title: "refuses a repeatability key that another request has used",
  evidence: "decision",
  given: [aProfile, keyUsed],
  headers: once,
  expect: [
    { same: ["{answer.error.target}", "Repeatability-Request-ID"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};

/** For every operation that writes: 412. */
export const refusesOldKey: Scenario = {
  title: "refuses a repeatability key that is too old to be remembered",
  headers: { ...once, "repeatability-first-sent": "Sat, 01 Jan 2000 00:00:00 GMT" },
  expect: [
    { same: ["{answer.error.target}", "Repeatability-First-Sent"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};
