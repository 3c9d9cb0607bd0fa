/**
 * The entries of a tenant file: profiles with their assignments, in the format of the schema `seed` in control.yaml.
 */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { ProfileProperties } from "../domain/profile/properties.ts";
import { mergeTarget, type TargetInput } from "../domain/targets.ts";
import { definedMembers } from "../shared/members.ts";

/** A profile with its assignments, in the normalized form that `export` writes: equal profiles have the same JSON. */
export type TenantEntry = ControlSchemas["seedProfile"];

export type EntryTarget = ControlSchemas["seedAssignment"]["target"];

/**
 * The properties of a profile that a file contains. The service sets the others: the id, the priority, the dates and
 * the entity tag.
 */
type DescribedProfile = {
  readonly [Name in keyof ProfileProperties]: Readonly<Schemas["appleUserInitiatedEnrollmentProfile"][Name]>;
};

type OptionalProperties = Pick<TenantEntry, Exclude<keyof ProfileProperties, "displayName">>;

/**
 * Makes the entry of a profile. Empty properties are left out. The platform and the type are always included, because
 * another service may have different defaults.
 */
export function entryOf(profile: DescribedProfile, targets: readonly Schemas["assignmentTarget"][]): TenantEntry {
  const { availableEnrollmentTypeOptions: options } = profile;
  return {
    displayName: profile.displayName ?? "",
    ...definedMembers<OptionalProperties>({
      description: profile.description ?? undefined,
      platform: profile.platform,
      defaultEnrollmentType: profile.defaultEnrollmentType,
      availableEnrollmentTypeOptions: options === null || options.length === 0 ? undefined : options.map(entryOption),
    }),
    ...(targets.length > 0 && { assignments: targets.map((target) => ({ target: entryTarget(target) })) }),
  };
}

/** Returns the option with its members in a fixed order and without annotations. */
function entryOption({ ownerType, enrollmentType }: Schemas["appleOwnerTypeEnrollmentType"]) {
  return { ownerType, enrollmentType };
}

/** Replaces a key that is `null`, which this service never returns, by an empty one, which it refuses by name. */
function withKey(target: Schemas["assignmentTarget"]): TargetInput {
  if ("groupId" in target) return { ...target, groupId: target.groupId ?? "" };
  if ("collectionId" in target) return { ...target, collectionId: target.collectionId ?? "" };
  return target;
}

function entryTarget(target: Schemas["assignmentTarget"]): EntryTarget {
  const {
    deviceAndAppManagementAssignmentFilterId: id,
    deviceAndAppManagementAssignmentFilterType: type,
    ...named
    // mergeTarget returns the members in a fixed order, whatever their order in the answer.
  } = mergeTarget(withKey(target));
  return {
    ...named,
    ...(id !== null && { deviceAndAppManagementAssignmentFilterId: id }),
    ...(type !== "none" && { deviceAndAppManagementAssignmentFilterType: type }),
  };
}
