/** Converts request bodies to the domain's types. */
import { enumMembers } from "../../generated/enums.ts";
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { ProfileSeed } from "../domain/commands/tenantContent.ts";
import type { EnrollmentTypeOption } from "../domain/model.ts";
import { initialProperties, type ProfileProperties } from "../domain/profile/properties.ts";
import { memberToStore } from "../odata/evolvableEnums.ts";
import { definedMembers } from "../shared/members.ts";

/** Returns the properties of a new profile. */
export function newProperties(body: Schemas["profileCreate"]): ProfileProperties {
  return { ...initialProperties, ...changedProperties(body), displayName: body.displayName };
}

/** Returns the properties that the body changes, except for the priority. Properties that the service computes are ignored. */
export function changedProperties(body: Schemas["profileUpdate"]): Partial<ProfileProperties> {
  return definedMembers<ProfileProperties>({
    displayName: body.displayName,
    description: body.description,
    platform: body.platform,
    defaultEnrollmentType: body.defaultEnrollmentType,
    availableEnrollmentTypeOptions: body.availableEnrollmentTypeOptions?.map(optionOf),
  });
}

/**
 * Returns the changed properties for a client that does not know all members of the enumerations: a sentinel that it has read
 * and writes back does not replace the stored member.
 */
export function withoutSentinels(
  changed: Partial<ProfileProperties>,
  stored: ProfileProperties,
): Partial<ProfileProperties> {
  const { platform, defaultEnrollmentType } = changed;
  return {
    ...changed,
    ...(platform && { platform: memberToStore(enumMembers.devicePlatformType, platform, stored.platform) }),
    ...(defaultEnrollmentType && {
      defaultEnrollmentType: memberToStore(
        enumMembers.appleUserInitiatedEnrollmentType,
        defaultEnrollmentType,
        stored.defaultEnrollmentType,
      ),
    }),
  };
}

/** Converts a profile of the seed data (schema `seed` in control.yaml). */
export function seedOf({ assignments = [], ...body }: ControlSchemas["seedProfile"]): ProfileSeed {
  return { properties: newProperties(body), targets: assignments.map(({ target }) => target) };
}

function optionOf(option: Schemas["appleOwnerTypeEnrollmentTypeInput"]): EnrollmentTypeOption {
  return { ownerType: option.ownerType ?? "unknown", enrollmentType: option.enrollmentType ?? "unknown" };
}
