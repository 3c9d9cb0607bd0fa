/** What scenarios begin with, and values that several of them use. */
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

/** What is in an entity that was read alone and not in one of a list. */
export const alone = ["@odata.context"];

/** Every type of target, as it is written. */
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

/** The abstract base of all targets, as the document spells it that this contract began with. */
export const baseTarget = { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" };

/** Of every operation that writes, a 403. */
export const refusesReaders: Scenario = { title: "refuses a token that may only read", caller: "reader" };

/** For a request that is to be carried out once, however often it is sent. */
export const once = {
  "repeatability-request-id": "{key}",
  "repeatability-first-sent": "{now}",
  "repeatability-client-id": "{run}",
};

/** Of both operations that change an assignment, a 200. */
export function undoesNothingLater(operation: "updateAssignment" | "updateAssignments"): Scenario {
  const body = { target: { ...group, ...filtered } };
  return {
    title: "is done once under an id: repeated, it undoes nothing that came after it",
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

/** A request that has an id already. */
const taken: Call = { operation: "updateProfile", headers: once, body: { description: "under an id" } };

/** Of every operation that writes, a 409. */
export const refusesTakenId: Scenario = {
  title: "refuses an id that another request has had",
  evidence: "decision",
  given: [aProfile, taken],
  headers: once,
  expect: [
    { same: ["{answer.error.target}", "Repeatability-Request-ID"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};

/** Of every operation that writes, a 412. */
export const refusesOldId: Scenario = {
  title: "refuses an id of long ago: nobody knows it any more",
  headers: { ...once, "repeatability-first-sent": "Sat, 01 Jan 2000 00:00:00 GMT" },
  expect: [
    { same: ["{answer.error.target}", "Repeatability-First-Sent"] },
    { same: ["{answer.headers.repeatability-result}", "rejected"] },
  ],
};
