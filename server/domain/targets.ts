import type { assignmentTargetInput } from "../../generated/api.d.ts";
import { type Invalid, invalid } from "./errors.ts";
import type { AssignmentFilter, Target } from "./model.ts";

/** The target in a request. It has a type and a key, and only those filter properties that are to change. */
export type TargetInput = Readonly<assignmentTargetInput>;

const noFilter: AssignmentFilter = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

/**
 * Returns a text that is equal for two targets with the same type and the same key. Keys are compared like GUIDs, ignoring the case
 * of the letters A to Z; other characters are compared exactly. A type may be written with or without `#`. A
 * profile has at most one assignment for each identity.
 */
export function identityOf(target: TargetInput): string {
  const type = target["@odata.type"].replace(/^#?microsoft\.graph\./, "");
  return `${type}:${targetKey(target).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())}`;
}

/**
 * Replaces the key in the input by the current target's spelling, for a request that finds an assignment by its key.
 */
export function withCurrentKey(input: TargetInput, current: Target): TargetInput {
  if ("groupId" in input && "groupId" in current) return { ...input, groupId: current.groupId };
  if ("collectionId" in input && "collectionId" in current) return { ...input, collectionId: current.collectionId };
  return input;
}

/** Returns the target after an update. Only filter properties of `current` that `input` does not set are kept. */
export function mergeTarget(input: TargetInput, current: AssignmentFilter = noFilter): Target {
  const filter: AssignmentFilter = {
    deviceAndAppManagementAssignmentFilterId:
      input.deviceAndAppManagementAssignmentFilterId === undefined
        ? current.deviceAndAppManagementAssignmentFilterId
        : input.deviceAndAppManagementAssignmentFilterId,
    deviceAndAppManagementAssignmentFilterType:
      input.deviceAndAppManagementAssignmentFilterType ?? current.deviceAndAppManagementAssignmentFilterType,
  };
  switch (input["@odata.type"]) {
    case "#microsoft.graph.deviceAndAppManagementAssignmentTarget":
    case "microsoft.graph.deviceAndAppManagementAssignmentTarget":
      return { "@odata.type": input["@odata.type"], ...filter };
    case "#microsoft.graph.allLicensedUsersAssignmentTarget":
    case "microsoft.graph.allLicensedUsersAssignmentTarget":
      return { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget", ...filter };
    case "#microsoft.graph.allDevicesAssignmentTarget":
    case "microsoft.graph.allDevicesAssignmentTarget":
      return { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget", ...filter };
    case "#microsoft.graph.groupAssignmentTarget":
    case "microsoft.graph.groupAssignmentTarget":
      return { "@odata.type": "#microsoft.graph.groupAssignmentTarget", ...filter, groupId: input.groupId };
    case "#microsoft.graph.exclusionGroupAssignmentTarget":
    case "microsoft.graph.exclusionGroupAssignmentTarget":
      return { "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget", ...filter, groupId: input.groupId };
    case "#microsoft.graph.configurationManagerCollectionAssignmentTarget":
    case "microsoft.graph.configurationManagerCollectionAssignmentTarget":
      return {
        "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget",
        ...filter,
        collectionId: input.collectionId,
      };
  }
}

/**
 * Returns an error if the target after an update has a filter type other than `none`, but lacks a filter id. In a request, the contract's
 * schemas already refuse this.
 */
export function filterError(filter: AssignmentFilter): Invalid | undefined {
  if (filter.deviceAndAppManagementAssignmentFilterType === "none") return undefined;
  if (filter.deviceAndAppManagementAssignmentFilterId) return undefined;
  return invalid(
    "target.deviceAndAppManagementAssignmentFilterId",
    `target.deviceAndAppManagementAssignmentFilterType is '${filter.deviceAndAppManagementAssignmentFilterType}'; target.deviceAndAppManagementAssignmentFilterId is then required.`,
  );
}

/** Returns the target's group id or collection id. Empty if its type has neither. */
function targetKey(target: TargetInput): string {
  return "groupId" in target ? target.groupId : "collectionId" in target ? target.collectionId : "";
}
