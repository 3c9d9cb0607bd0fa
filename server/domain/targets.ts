import { type Invalid, invalid } from "./errors.ts";
import type { AssignmentFilter, Target } from "./model.ts";

/** `Name` with or without the leading `#`: both are accepted (Graph). */
type Spelling<Name extends string> = `#microsoft.graph.${Name}` | `microsoft.graph.${Name}`;

/** A target as a caller writes it: the type and its key always, filter properties only if they are to change. */
export type TargetInput = Partial<AssignmentFilter> &
  (
    | { readonly "@odata.type": Spelling<"deviceAndAppManagementAssignmentTarget"> }
    | { readonly "@odata.type": Spelling<"allLicensedUsersAssignmentTarget"> }
    | { readonly "@odata.type": Spelling<"allDevicesAssignmentTarget"> }
    | { readonly "@odata.type": Spelling<"groupAssignmentTarget">; readonly groupId: string }
    | { readonly "@odata.type": Spelling<"exclusionGroupAssignmentTarget">; readonly groupId: string }
    | {
        readonly "@odata.type": Spelling<"configurationManagerCollectionAssignmentTarget">;
        readonly collectionId: string;
      }
  );

const noFilter: AssignmentFilter = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

/**
 * What makes two targets the same: the type, however spelled, and its key, compared without case. A profile has at
 * most one assignment for each identity.
 */
export function identityOf(target: TargetInput): string {
  const type = target["@odata.type"].replace(/^#?microsoft\.graph\./, "");
  const key = keyOf(target);
  // Upper case first: some letters have more than one lower case.
  return `${type}:${key.toUpperCase().toLowerCase()}`;
}

/** The input with the current key's own spelling, where the key is only what the assignment was found by. */
export function withKeyOf(input: TargetInput, current: Target): TargetInput {
  if ("groupId" in input && "groupId" in current) return { ...input, groupId: current.groupId };
  if ("collectionId" in input && "collectionId" in current) return { ...input, collectionId: current.collectionId };
  return input;
}

/** The target that results from writing `input` over `current`: of it, only the filter properties can survive. */
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

/** The rule that a filter type other than none needs a filter id, for a target that was already merged. */
export function filterFault(filter: AssignmentFilter): Invalid | undefined {
  if (filter.deviceAndAppManagementAssignmentFilterType === "none") return undefined;
  if (filter.deviceAndAppManagementAssignmentFilterId) return undefined;
  return invalid(
    "target.deviceAndAppManagementAssignmentFilterId",
    `target.deviceAndAppManagementAssignmentFilterType is ${filter.deviceAndAppManagementAssignmentFilterType}, which needs a deviceAndAppManagementAssignmentFilterId.`,
  );
}

/** The same rule for what a caller wrote, as far as that can be told before the state is known. */
export function filterFaultOfInput(input: TargetInput): Invalid | undefined {
  const { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: type } = input;
  if (id === undefined || type === undefined) return undefined;
  return filterFault({
    deviceAndAppManagementAssignmentFilterId: id,
    deviceAndAppManagementAssignmentFilterType: type,
  });
}

/** Whether nothing would be shown differently. */
export function sameTarget(one: Target, other: Target): boolean {
  return (
    one["@odata.type"] === other["@odata.type"] &&
    keyOf(one) === keyOf(other) &&
    one.deviceAndAppManagementAssignmentFilterId === other.deviceAndAppManagementAssignmentFilterId &&
    one.deviceAndAppManagementAssignmentFilterType === other.deviceAndAppManagementAssignmentFilterType
  );
}

function keyOf(target: TargetInput | Target): string {
  return "groupId" in target ? target.groupId : "collectionId" in target ? target.collectionId : "";
}
