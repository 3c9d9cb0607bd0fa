/** Converts request bodies to the domain's types. */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { ProfileSeed } from "../domain/commands/tenantContent.ts";
import type { EnrollmentTypeOption } from "../domain/model.ts";
import { initialProperties, type ProfileProperties } from "../domain/profile/properties.ts";
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

/** Converts a profile of the seed data (schema `seed` in control.yaml). */
export function seedOf({ assignments = [], ...body }: ControlSchemas["seedProfile"]): ProfileSeed {
  return { properties: newProperties(body), targets: assignments.map(({ target }) => target) };
}

function optionOf(option: Schemas["appleOwnerTypeEnrollmentTypeInput"]): EnrollmentTypeOption {
  return { ownerType: option.ownerType ?? "unknown", enrollmentType: option.enrollmentType ?? "unknown" };
}
