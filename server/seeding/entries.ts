/** The content of a tenant in a file: profiles with their assignments, in the shape that `seed` in control.yaml takes. */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { ProfileProperties } from "../domain/profile/properties.ts";
import { mergeTarget } from "../domain/targets.ts";
import { definedMembers } from "../shared/members.ts";

/** A profile with its assignments, spelled as `export` writes it: two equal profiles have the same JSON. */
export type TenantEntry = ControlSchemas["seedProfile"];

export type EntryTarget = ControlSchemas["seedAssignment"]["target"];

/**
 * The properties of a profile that a file contains. The service makes the others: id, place in the order, dates and entity
 * tag.
 */
type DescribedProfile = {
  readonly [Name in keyof ProfileProperties]: Readonly<Schemas["appleUserInitiatedEnrollmentProfile"][Name]>;
};

type OptionalProperties = Pick<TenantEntry, Exclude<keyof ProfileProperties, "displayName">>;

/** Leaves empty properties out. The platform and the type are always there, because another service may have other defaults. */
export function entryOf(profile: DescribedProfile, targets: readonly Schemas["assignmentTarget"][]): TenantEntry {
  const { availableEnrollmentTypeOptions: options } = profile;
  return {
    displayName: profile.displayName ?? "",
    ...definedMembers<OptionalProperties>({
      description: profile.description ?? undefined,
      platform: profile.platform,
      defaultEnrollmentType: profile.defaultEnrollmentType,
      availableEnrollmentTypeOptions: options.length === 0 ? undefined : options.map(entryOption),
    }),
    ...(targets.length > 0 && { assignments: targets.map((target) => ({ target: entryTarget(target) })) }),
  };
}

/** The option with its members in a fixed order and without annotations. */
function entryOption({ ownerType, enrollmentType }: Schemas["appleOwnerTypeEnrollmentType"]) {
  return { ownerType, enrollmentType };
}

function entryTarget(target: Schemas["assignmentTarget"]): EntryTarget {
  const {
    deviceAndAppManagementAssignmentFilterId: id,
    deviceAndAppManagementAssignmentFilterType: type,
    ...named
    // mergeTarget puts the members into one order, whatever their order in the answer.
  } = mergeTarget(target);
  return {
    ...named,
    ...(id !== null && { deviceAndAppManagementAssignmentFilterId: id }),
    ...(type !== "none" && { deviceAndAppManagementAssignmentFilterType: type }),
  };
}
