/** The properties that the body of a request sets, in the domain's types. */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { EnrollmentTypeOption } from "../domain/model.ts";
import { initialProperties, type ProfileProperties } from "../domain/profile/properties.ts";
import type { ProfileSeed } from "../domain/tenantContent.ts";
import { definedMembers } from "../shared/members.ts";

/** The properties of a new profile. */
export function newProperties(body: Schemas["profileCreate"]): ProfileProperties {
  return { ...initialProperties, ...changedProperties(body), displayName: body.displayName };
}

/** The properties that a body sets, without the priority. Properties that the service computes are ignored. */
export function changedProperties(body: Schemas["profileUpdate"]): Partial<ProfileProperties> {
  return definedMembers<ProfileProperties>({
    displayName: body.displayName,
    description: body.description,
    platform: body.platform,
    defaultEnrollmentType: body.defaultEnrollmentType,
    availableEnrollmentTypeOptions: body.availableEnrollmentTypeOptions?.map(optionOf),
  });
}

/** A profile of a seed. Contract: `seed` in control.yaml. */
export function seedOf({ assignments = [], ...body }: ControlSchemas["seedProfile"]): ProfileSeed {
  return { properties: newProperties(body), targets: assignments.map(({ target }) => target) };
}

function optionOf(option: Schemas["appleOwnerTypeEnrollmentTypeInput"]): EnrollmentTypeOption {
  return { ownerType: option.ownerType ?? "unknown", enrollmentType: option.enrollmentType ?? "unknown" };
}
