/** A tenant as a file has it: profiles with their assignments, in the shape that `seed` in control.yaml takes. */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import { mergeTarget } from "../domain/targets.ts";

/** A profile with its assignments, in the one spelling that export writes: equal ones are equal as JSON. */
export type Entry = ControlSchemas["seedProfile"];

type Target = ControlSchemas["seedAssignment"]["target"];

/** What of a profile is said in a file. What the service makes is not among it: id, place, dates and entity tag. */
type Described = Pick<
  Schemas["appleUserInitiatedEnrollmentProfile"],
  "description" | "platform" | "defaultEnrollmentType"
> & {
  readonly displayName: string | null;
  readonly availableEnrollmentTypeOptions: readonly Schemas["appleOwnerTypeEnrollmentType"][];
};

/**
 * Says what is there, and leaves out what is empty. The platform and the type stand there always: another service may have
 * other defaults.
 */
export function entryOf(profile: Described, targets: readonly Schemas["assignmentTarget"][]): Entry {
  const { displayName, description, platform, defaultEnrollmentType, availableEnrollmentTypeOptions } = profile;
  return {
    displayName: displayName ?? "",
    ...(description !== null && { description }),
    platform,
    defaultEnrollmentType,
    ...(availableEnrollmentTypeOptions.length > 0 && {
      availableEnrollmentTypeOptions: availableEnrollmentTypeOptions.map(({ ownerType, enrollmentType }) => ({
        ownerType,
        enrollmentType,
      })),
    }),
    ...(targets.length > 0 && { assignments: targets.map((target) => ({ target: spelled(target) })) }),
  };
}

function spelled(target: Schemas["assignmentTarget"]): Target {
  const {
    deviceAndAppManagementAssignmentFilterId: id,
    deviceAndAppManagementAssignmentFilterType: type,
    ...named
    // Merged, its members are in one order, whatever that of the answer.
  } = mergeTarget(target);
  return {
    ...named,
    ...(id !== null && { deviceAndAppManagementAssignmentFilterId: id }),
    ...(type !== "none" && { deviceAndAppManagementAssignmentFilterType: type }),
  };
}
