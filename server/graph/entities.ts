/** From the domain's entities to the contract's. The return types are written out: they make a wrong member an error. */
import type { Schemas } from "../api/handlerTypes.ts";
import { Json, joined, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import type { Assignment, Platform, Profile } from "../domain/model.ts";
import type { StoredAssignment } from "../domain/store.ts";
import { etagOf } from "../odata/etags.ts";
import type { Selection } from "../odata/selection.ts";

/** How a profile is shown. */
export interface ProfileView {
  /** The context URL, where the entity is the whole answer. */
  readonly context?: string | undefined;
  /** Shows members of evolvable enumerations beyond the sentinel. */
  readonly showsUnknownMembers?: boolean | undefined;
}

/** The whole profile. */
export function profileEntity(
  profile: Profile,
  view: ProfileView = {},
): Schemas["appleUserInitiatedEnrollmentProfile"] {
  const { context, showsUnknownMembers = false } = view;
  return {
    ...(context !== undefined && { "@odata.context": context }),
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
    "@odata.etag": etagOf(profile),
    // The order of the real service's answers.
    id: profile.id,
    displayName: profile.displayName,
    description: profile.description,
    priority: profile.priority,
    platform: showsUnknownMembers ? profile.platform : known(profile.platform),
    createdDateTime: profile.createdDateTime,
    lastModifiedDateTime: profile.lastModifiedDateTime,
    defaultEnrollmentType: profile.defaultEnrollmentType,
    availableEnrollmentTypeOptions: [...profile.availableEnrollmentTypeOptions],
  };
}

export interface SelectedProfileView extends ProfileView {
  readonly selection: Selection;
  /** With `$expand`: the profile's, and the context URL of them. */
  readonly assignments?: { readonly context: string; readonly entities: readonly StoredAssignment[] } | undefined;
}

/** The profile with what a query selects and expands. */
export function selectedProfile(profile: Profile, view: SelectedProfileView): Json<Schemas["selectableProfile"]> {
  const { selection, assignments } = view;
  const entity = jsonOf(selected(profileEntity(profile, view), selection));
  if (!assignments) return entity;
  const expanded = jsonObject<
    Pick<Required<Schemas["selectableProfile"]>, "assignments@odata.context" | "assignments">
  >({
    "assignments@odata.context": jsonOf(assignments.context),
    assignments: jsonArray(assignments.entities.map((assignment) => assignmentEntity(assignment))),
  });
  return joined(entity, expanded);
}

/** What is selected, and what every entity is shown with. */
function selected<Entity extends object>(entity: Entity, { properties }: Selection): Partial<Entity> {
  if (properties === undefined) return entity;
  const shown = { ...entity };
  for (const name in shown) if (!name.includes("@") && !properties.has(name)) delete shown[name];
  return shown;
}

/** A member beyond an evolvable enumeration's sentinel is shown as the sentinel, as Graph does. */
function known(platform: Platform): Platform {
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

/** The assignment with what a query selects. */
export function selectedAssignment(
  { id, version, target }: StoredAssignment,
  { properties }: Selection,
  context?: string,
): Json<Schemas["selectableAssignment"]> {
  return jsonObject<Schemas["selectableAssignment"]>({
    ...(context !== undefined && { "@odata.context": jsonOf(context) }),
    "@odata.type": assignmentType,
    "@odata.etag": jsonOf(etagOf({ version })),
    ...((properties?.has("id") ?? true) && { id: jsonOf(id) }),
    ...((properties?.has("target") ?? true) && { target }),
  });
}

const assignmentType = jsonOf("#microsoft.graph.appleEnrollmentProfileAssignment" as const);
