/** From the domain's entities to the contract's. The return types are written out: they make a wrong member an error. */
import type { Schemas } from "./contract.ts";
import { Json, jsonObject, jsonOf } from "./domain/json.ts";
import type { Assignment, Platform, Profile } from "./domain/model.ts";
import type { StoredAssignment } from "./domain/store.ts";
import { etagOf } from "./odata/etags.ts";

/** @param context the context URL, where the entity is the whole answer. */
export function profileEntity(profile: Profile, context?: string): Schemas["appleUserInitiatedEnrollmentProfile"] {
  return {
    ...(context !== undefined && { "@odata.context": context }),
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
    "@odata.etag": etagOf(profile),
    // The order of the real service's answers.
    id: profile.id,
    displayName: profile.displayName,
    description: profile.description,
    priority: profile.priority,
    platform: shown(profile.platform),
    createdDateTime: profile.createdDateTime,
    lastModifiedDateTime: profile.lastModifiedDateTime,
    defaultEnrollmentType: profile.defaultEnrollmentType,
    availableEnrollmentTypeOptions: [...profile.availableEnrollmentTypeOptions],
  };
}

/** A member beyond an evolvable enumeration's sentinel is shown as the sentinel, as Graph does. */
function shown(platform: Platform): Platform {
  return platform === "windowsMobileApplicationManagement" ? "unknownFutureValue" : platform;
}

/** @param context the context URL, where the entity is the whole answer. */
export function assignmentEntity(
  { id, version, target }: Assignment | StoredAssignment,
  context?: string,
): Json<Schemas["appleEnrollmentProfileAssignment"]> {
  return jsonObject<Schemas["appleEnrollmentProfileAssignment"]>({
    ...(context !== undefined && { "@odata.context": jsonOf(context) }),
    "@odata.type": assignmentType,
    "@odata.etag": jsonOf(etagOf({ version })),
    id: jsonOf(id),
    target: target instanceof Json ? target : jsonOf(target),
  });
}

const assignmentType = jsonOf("#microsoft.graph.appleEnrollmentProfileAssignment" as const);
