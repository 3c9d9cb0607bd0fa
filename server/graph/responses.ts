/** The parts of answers that several operations share: collections, deltas, and the headers that go with a write. */
import type { Schemas } from "../api/handlerTypes.ts";
import type { DeltaItem, DeltaResult } from "../domain/assignmentsDelta.ts";
import { type Invalid, invalid } from "../domain/errors.ts";
import { type Json, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import type { Profile } from "../domain/model.ts";
import type { AssignmentPath, Value } from "../domain/query.ts";
import type { Store, StoredAssignment } from "../domain/store.ts";
import { etagOf } from "../odata/etags.ts";
import type { AppliedHeader, Preferences } from "../odata/preferences.ts";
import type { Selection } from "../odata/selection.ts";
import { assignmentEntity, profileEntity, selectedProfile } from "./entities.ts";
import { context } from "./urls.ts";

export interface ProfileQuery {
  readonly tenant: string;
  readonly root: string;
  readonly selection: Selection;
  readonly preferences: Preferences;
}

/** Loads the expanded assignments of the profiles, and returns the function that makes the answer for one of them. */
export async function profileRenderer(
  store: Store,
  profiles: readonly Profile[],
  { tenant, root, selection, preferences }: ProfileQuery,
): Promise<(profile: Profile, contextUrl?: string) => Json<Schemas["selectableProfile"]>> {
  const ids = profiles.map(({ id }) => id);
  const expanded = selection.expand ? await store.read.assignmentsOfAll(tenant, ids) : undefined;
  return (profile, contextUrl) =>
    selectedProfile(profile, {
      context: contextUrl,
      selection,
      showsUnknownMembers: preferences.includeUnknownEnumMembers,
      assignments: expanded && {
        context: context.assignments(root, profile.id),
        entities: expanded.get(profile.id) ?? [],
      },
    });
}

interface Collection<Entity> {
  "@odata.context"?: string;
  "@odata.count"?: number;
  "@odata.nextLink"?: string;
  value: Entity[];
}

export interface CollectionParts<Entity> {
  readonly count: number | undefined;
  readonly nextLink: string | undefined;
  readonly value: readonly Json<Entity>[];
}

/** An answer with a list. */
export function collectionOf<Entity>(
  contextUrl: string,
  { count, nextLink, value }: CollectionParts<Entity>,
): Json<Collection<Entity>> {
  return jsonObject<Collection<Entity>>({
    "@odata.context": jsonOf(contextUrl),
    ...(count !== undefined && { "@odata.count": jsonOf(count) }),
    ...(nextLink !== undefined && { "@odata.nextLink": jsonOf(nextLink) }),
    value: jsonArray(value),
  });
}

/** The value that a list of assignments is sorted by: the id, or a property of the target. Null if the target does not have it. */
export function assignmentValue({ id, target }: StoredAssignment, key: AssignmentPath): Value {
  if (key === "id") return id;
  const value: unknown = Object(JSON.parse(target.toString()))[key.slice("target/".length)];
  return typeof value === "string" ? value : null;
}

/** A profile as the whole answer. */
export function wholeProfile(
  root: string,
  profile: Profile,
  { includeUnknownEnumMembers }: Preferences,
): Schemas["appleUserInitiatedEnrollmentProfile"] {
  return profileEntity(profile, { context: context.profile(root), showsUnknownMembers: includeUnknownEnumMembers });
}

/** The headers of an answer with an updated entity. */
export function updatedHeaders(entity: Versioned, applied: AppliedHeader) {
  return { ETag: etagOf(entity), ...applied };
}

/** The headers of an answer with a created entity. @param location its URL. */
export function createdHeaders(entity: Versioned, location: string, applied: AppliedHeader) {
  return { ...updatedHeaders(entity, applied), Location: location };
}

/** The headers of the answer to a creation if that answer has no body (OData 4.01, 8.3.3). */
export function withEntityId<Headers extends { readonly Location: string }>(headers: Headers) {
  return { ...headers, "OData-EntityId": headers.Location };
}

interface Versioned {
  readonly version: number;
}

/** The error of a precondition in a delta: an entity tag belongs to one entity, and a delta may write twenty. */
export function deltaError(headers: Readonly<Record<string, string | undefined>>): Invalid | undefined {
  const name = ["If-Match", "If-None-Match"].find((header) => headers[header] !== undefined);
  return name === undefined
    ? undefined
    : invalid(name, `${name} is a condition on one assignment and is not allowed with a delta.`);
}

export function deltaItemOf(item: Schemas["assignmentDeltaItem"]): DeltaItem {
  return "@removed" in item ? { kind: "remove", id: item.id } : { kind: "write", id: item.id, target: item.target };
}

export function deltaResult(
  root: string,
  profileId: string,
  results: readonly DeltaResult[],
): Json<Schemas["assignmentDeltaResult"]> {
  return jsonObject<Schemas["assignmentDeltaResult"]>({
    "@odata.context": jsonOf(context.assignmentsDelta(root, profileId)),
    value: jsonArray<Schemas["assignmentDeltaResultItem"]>(
      results.map((result) =>
        result.kind === "written"
          ? assignmentEntity(result.assignment)
          : jsonOf({ "@removed": { reason: "deleted" }, id: result.id }),
      ),
    ),
  });
}
