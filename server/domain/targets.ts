import type { assignmentTargetInput } from "../../generated/api.d.ts";
import { type Invalid, invalid } from "./errors.ts";
import type { AssignmentFilter, Target } from "./model.ts";

/** A target as a caller writes it: always its type and key; filter properties only if they are to change. */
export type TargetInput = Readonly<assignmentTargetInput>;

const noFilter: AssignmentFilter = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

/**
 * Two targets with the same identity are the same target: their types are equal, with or without `#`, and their keys are
 * equal, compared without case. A profile has at most one assignment for each identity.
 */
export function identityOf(target: TargetInput): string {
  const type = target["@odata.type"].replace(/^#?microsoft\.graph\./, "");
  // Upper case first: some letters have more than one lower case.
  return `${type}:${targetKey(target).toUpperCase().toLowerCase()}`;
}

/** The input with the current target's spelling of the key, for a request that only names the assignment by its key. */
export function withCurrentKey(input: TargetInput, current: Target): TargetInput {
  if ("groupId" in input && "groupId" in current) return { ...input, groupId: current.groupId };
  if ("collectionId" in input && "collectionId" in current) return { ...input, collectionId: current.collectionId };
  return input;
}

/** The target after writing `input` over `current`. Only filter properties of `current` can remain. */
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

/** The error of a merged target whose filter type is not none although it has no filter id. */
export function filterError(filter: AssignmentFilter): Invalid | undefined {
  if (filter.deviceAndAppManagementAssignmentFilterType === "none") return undefined;
  if (filter.deviceAndAppManagementAssignmentFilterId) return undefined;
  return invalid(
    "target.deviceAndAppManagementAssignmentFilterId",
    `target.deviceAndAppManagementAssignmentFilterType is ${filter.deviceAndAppManagementAssignmentFilterType}; target.deviceAndAppManagementAssignmentFilterId is then required.`,
  );
}

/** The same error for a request, if it shows without the current target. */
export function filterErrorOfInput(input: TargetInput): Invalid | undefined {
  const { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: type } = input;
  if (id === undefined || type === undefined) return undefined;
  return filterError({
    deviceAndAppManagementAssignmentFilterId: id,
    deviceAndAppManagementAssignmentFilterType: type,
  });
}

/** The id that the target's type needs; empty if it needs none. */
function targetKey(target: TargetInput): string {
  return "groupId" in target ? target.groupId : "collectionId" in target ? target.collectionId : "";
}
