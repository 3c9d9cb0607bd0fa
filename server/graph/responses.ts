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

export interface Showing {
  readonly tenant: string;
  readonly root: string;
  readonly selection: Selection;
  readonly preferences: Preferences;
}

/** How a query wants these profiles shown, with what it expands. */
export async function profileShower(
  store: Store,
  profiles: readonly Profile[],
  { tenant, root, selection, preferences }: Showing,
): Promise<(profile: Profile, shownIn?: string) => Json<Schemas["selectableProfile"]>> {
  const ids = profiles.map(({ id }) => id);
  const expanded = selection.expand ? await store.read.assignmentsOfAll(tenant, ids) : undefined;
  return (profile, shownIn) =>
    selectedProfile(profile, {
      context: shownIn,
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

/** @param shownIn the context URL. */
export function collectionOf<Entity>(
  shownIn: string,
  { count, nextLink, value }: CollectionParts<Entity>,
): Json<Collection<Entity>> {
  return jsonObject<Collection<Entity>>({
    "@odata.context": jsonOf(shownIn),
    ...(count !== undefined && { "@odata.count": jsonOf(count) }),
    ...(nextLink !== undefined && { "@odata.nextLink": jsonOf(nextLink) }),
    value: jsonArray(value),
  });
}

/** What a page of assignments is sorted by: unsorted, its id; else whatever its target says, or null. */
export function assignmentValue({ id, target }: StoredAssignment, key: AssignmentPath): Value {
  if (key === "id") return id;
  const value: unknown = Object(JSON.parse(target.toString()))[key.slice("target/".length)];
  return typeof value === "string" ? value : null;
}

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

/** An entity tag names one entity; a delta may write twenty. */
export function deltaFault(headers: Readonly<Record<string, string | undefined>>): Invalid | undefined {
  const name = ["If-Match", "If-None-Match"].find((one) => headers[one] !== undefined);
  return name === undefined
    ? undefined
    : invalid(name, `${name} is a condition on one assignment; a delta takes none.`);
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
