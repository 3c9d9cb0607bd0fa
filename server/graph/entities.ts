/** Converts domain entities to the contract's entities. With a wrong or a missing member, these functions do not compile. */

import { enumMembers } from "../../generated/enums.ts";
import type { Schemas } from "../api/handlerTypes.ts";
import { Json, joinObjects, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import type { Assignment, EnrollmentTypeOption, Profile } from "../domain/model.ts";
import type { StoredAssignment } from "../domain/store.ts";
import { etagOf } from "../odata/etags.ts";
import { hasUnknownMembers, sentinelFor } from "../odata/evolvableEnums.ts";
import type { Selection } from "../odata/selection.ts";

/** Options for the representation of a profile. */
export interface ProfileView {
  /** The context URL, which is needed if the entity is the whole body. */
  readonly context?: string | undefined;
  /** Whether members of an evolvable enumeration after its sentinel appear. By default the sentinel replaces them. */
  readonly showsUnknownMembers?: boolean | undefined;
}

/** Returns a profile with all of its properties. */
export function profileEntity(
  profile: Profile,
  view: ProfileView = {},
): Schemas["appleUserInitiatedEnrollmentProfile"] {
  const { context, showsUnknownMembers = false } = view;
  return {
    ...(context !== undefined && { "@odata.context": context }),
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
    "@odata.etag": etagOf(profile),
    // The properties have the same order as in the real service's answers.
    id: profile.id,
    displayName: profile.displayName,
    description: profile.description,
    priority: profile.priority,
    platform: showsUnknownMembers ? profile.platform : knownPlatform(profile.platform),
    createdDateTime: profile.createdDateTime,
    lastModifiedDateTime: profile.lastModifiedDateTime,
    defaultEnrollmentType: showsUnknownMembers
      ? profile.defaultEnrollmentType
      : knownEnrollmentType(profile.defaultEnrollmentType),
    availableEnrollmentTypeOptions:
      showsUnknownMembers || !optionsHaveUnknownMembers
        ? [...profile.availableEnrollmentTypeOptions]
        : profile.availableEnrollmentTypeOptions.map(knownOption),
  };
}

export interface SelectedProfileView extends ProfileView {
  readonly selection: Selection;
  /** The assignments of the profile. Undefined without `$expand`. */
  readonly assignments?: ExpandedAssignments | undefined;
}

/** The assignments that `$expand` shows of a profile. */
export interface ExpandedAssignments {
  readonly context: string;
  readonly entities: readonly Json<Schemas["expandedAssignment"]>[];
  /** The URL of the profile's other assignments. Undefined if all are shown. */
  readonly nextLink: string | undefined;
}

/** Returns a profile with the properties that the query selects and the assignments that it expands. */
export function selectedProfile(profile: Profile, view: SelectedProfileView): Json<Schemas["selectableProfile"]> {
  const { selection, assignments } = view;
  const entity = jsonOf(selectProperties(profileEntity(profile, view), selection));
  if (!assignments) return entity;
  const { context, entities, nextLink } = assignments;
  const expanded = jsonObject<ExpandedMembers>({
    "assignments@odata.context": jsonOf(context),
    assignments: jsonArray(entities),
    ...(nextLink !== undefined && { "assignments@odata.nextLink": jsonOf(nextLink) }),
  });
  return joinObjects(entity, expanded);
}

type ExpandedMembers = Pick<
  Schemas["selectableProfile"],
  "assignments@odata.context" | "assignments" | "assignments@odata.nextLink"
>;

/** Keeps the selected properties and all annotations. */
function selectProperties<Entity extends object>(entity: Entity, { properties }: Selection): Partial<Entity> {
  if (properties === undefined) return entity;
  const selected = { ...entity };
  for (const name in selected) if (!name.includes("@") && !properties.has(name)) delete selected[name];
  return selected;
}

const knownPlatform = sentinelFor(enumMembers.devicePlatformType);
const knownEnrollmentType = sentinelFor(enumMembers.appleUserInitiatedEnrollmentType);
const knownOwnerType = sentinelFor(enumMembers.managedDeviceOwnerType);

/** This is false today, so that lists do not spend time on replacing unknown members in the options. */
const optionsHaveUnknownMembers = [
  enumMembers.managedDeviceOwnerType,
  enumMembers.appleUserInitiatedEnrollmentType,
].some(hasUnknownMembers);

function knownOption({ ownerType, enrollmentType }: EnrollmentTypeOption): Schemas["appleOwnerTypeEnrollmentType"] {
  return { ownerType: knownOwnerType(ownerType), enrollmentType: knownEnrollmentType(enrollmentType) };
}

/** Returns an assignment with all of its properties. @param context the context URL, if the entity is the whole body. */
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

/** Returns an assignment with the properties that the query selects. */
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
