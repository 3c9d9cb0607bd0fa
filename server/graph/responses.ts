/** The parts of answers that several operations share: collections, delta results, and the response headers of writes. */
import type { Schemas } from "../api/handlerTypes.ts";
import type { DeltaItem, DeltaResult } from "../domain/commands/assignmentsDelta.ts";
import { type Invalid, invalid } from "../domain/errors.ts";
import { type Json, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import type { Profile } from "../domain/model.ts";
import { etagOf } from "../odata/etags.ts";
import type { AppliedHeader, Preferences } from "../odata/preferences.ts";
import { assignmentEntity, profileEntity } from "./entities.ts";
import { context } from "./urls.ts";

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

/** Returns the body of an answer with a list of entities. */
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

/** Returns the body of an answer that consists of a single profile. */
export function wholeProfile(
  root: string,
  profile: Profile,
  { includeUnknownEnumMembers }: Preferences,
): Schemas["appleUserInitiatedEnrollmentProfile"] {
  return profileEntity(profile, { context: context.profile(root), showsUnknownMembers: includeUnknownEnumMembers });
}

/** Returns the response headers after an update. */
export function updatedHeaders(entity: Versioned, applied: AppliedHeader) {
  return { ETag: etagOf(entity), ...applied };
}

/** Returns the response headers after a creation. @param location the URL of the created entity. */
export function createdHeaders(entity: Versioned, location: string, applied: AppliedHeader) {
  return { ...updatedHeaders(entity, applied), Location: location };
}

/** Adds the header that is required if the answer to a creation has no body (OData 4.01, 8.3.3). */
export function withEntityId<Headers extends { readonly Location: string }>(headers: Headers) {
  return { ...headers, "OData-EntityId": headers.Location };
}

interface Versioned {
  readonly version: number;
}

/** Refuses preconditions in a request with a delta: an entity tag belongs to one entity, but a delta may write twenty. */
export function deltaError(headers: Readonly<Record<string, string | undefined>>): Invalid | undefined {
  const name = ["If-Match", "If-None-Match"].find((header) => headers[header] !== undefined);
  return name === undefined
    ? undefined
    : invalid(name, `${name} is a condition on one assignment and is not allowed with a delta.`);
}

export function deltaItemOf(item: Schemas["assignmentDeltaItem"]): DeltaItem {
  return "@removed" in item ? { kind: "remove", id: item.id } : { kind: "write", input: item };
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
