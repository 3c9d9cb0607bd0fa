/** What scenarios begin with, and values that several of them use. */
import type { Call, Scenario } from "../scenario.ts";

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
