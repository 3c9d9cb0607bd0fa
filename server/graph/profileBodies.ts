/** What a request's body sets of a profile, as the domain knows it. */
import type { ControlSchemas, Schemas } from "../api/handlerTypes.ts";
import type { EnrollmentTypeOption, ProfileProperties } from "../domain/model.ts";
import type { ProfileSeed } from "../domain/tenantContent.ts";

/** What a new profile has, unless its body says otherwise. Contract: `profileCreate`. */
export const newProfile: Omit<ProfileProperties, "displayName"> = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

/** The properties a body sets; computed ones and the place in the order are not among them. */
export function propertiesOf(body: Schemas["profileUpdate"]): Partial<ProfileProperties> {
  const { displayName, description, platform, defaultEnrollmentType, availableEnrollmentTypeOptions } = body;
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
    ...(platform !== undefined && { platform }),
    ...(defaultEnrollmentType !== undefined && { defaultEnrollmentType }),
    ...(availableEnrollmentTypeOptions !== undefined && {
      availableEnrollmentTypeOptions: availableEnrollmentTypeOptions.map(optionOf),
    }),
  };
}

/** An entry of a seed. Contract: `seed` in control.yaml. */
export function seedOf({ assignments = [], displayName, ...body }: ControlSchemas["seedProfile"]): ProfileSeed {
  return {
    properties: { ...newProfile, ...propertiesOf(body), displayName },
    targets: assignments.map(({ target }) => target),
  };
}

function optionOf(option: Schemas["appleOwnerTypeEnrollmentTypeInput"]): EnrollmentTypeOption {
  return { ownerType: option.ownerType ?? "unknown", enrollmentType: option.enrollmentType ?? "unknown" };
}
