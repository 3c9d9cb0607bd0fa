import { failedPrecondition, type Preconditions, type Tags, tagOf } from "../domain/preconditions.ts";

/** Returns the weak entity tag of an entity, for the `ETag` header and `@odata.etag`. */
export function etagOf(entity: { readonly version: number }): string {
  return `W/"${tagOf(entity)}"`;
}

/**
 * Parses the preconditions in the headers of a request. The headers have already been validated against the contract.
 */
export function preconditionsOf(headers: {
  readonly "If-Match"?: string;
  readonly "If-None-Match"?: string;
}): Preconditions {
  return { ifMatch: tagsOf(headers["If-Match"]), ifNoneMatch: tagsOf(headers["If-None-Match"]) };
}

/** Whether the caller already has this version of the entity, so that the answer to a GET is 304 (RFC 9110, 13.1.2). */
export function isKnown(headers: { readonly "If-None-Match"?: string }, entity: { readonly version: number }): boolean {
  return failedPrecondition({ ifNoneMatch: tagsOf(headers["If-None-Match"]) }, entity) !== undefined;
}

function tagsOf(header: string | undefined): Tags | undefined {
  if (header === undefined || header === "*") return header;
  return [...header.matchAll(/"([^"]*)"/g)].map(([, tag]) => tag ?? "");
}
