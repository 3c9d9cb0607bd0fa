import type { PreconditionFailed } from "./errors.ts";

/** Opaque entity tags, or `"*"`: any entity at all. */
export type Tags = "*" | readonly string[];

export interface Preconditions {
  /** Go on only if the entity exists and has one of these tags. */
  readonly ifMatch?: Tags | undefined;
  /** Go on only if the entity does not exist or has none of these tags. */
  readonly ifNoneMatch?: Tags | undefined;
}

/** The opaque tag of a version. Weak comparison: callers compare nothing else. */
export function tagOf(entity: { readonly version: number }): string {
  return String(entity.version);
}

/** Why the preconditions do not hold for the entity (undefined: there is none), if they don't. */
export function failedPrecondition(
  { ifMatch, ifNoneMatch }: Preconditions,
  entity: { readonly version: number } | undefined,
): PreconditionFailed | undefined {
  if (ifMatch !== undefined && !matches(ifMatch, entity)) {
    return failed(
      "If-Match",
      entity === undefined
        ? "If-Match asks for an update, and there is nothing to update."
        : `The entity tag is W/"${tagOf(entity)}", which If-Match does not name.`,
    );
  }
  if (ifNoneMatch !== undefined && entity !== undefined && matches(ifNoneMatch, entity)) {
    return failed(
      "If-None-Match",
      ifNoneMatch === "*"
        ? "If-None-Match: * asks for a creation, and the entity is already there."
        : `The entity tag is W/"${tagOf(entity)}", which If-None-Match names.`,
    );
  }
  return undefined;
}

function matches(tags: Tags, entity: { readonly version: number } | undefined): boolean {
  return entity !== undefined && (tags === "*" || tags.includes(tagOf(entity)));
}

function failed(target: "If-Match" | "If-None-Match", message: string): PreconditionFailed {
  return { kind: "preconditionFailed", target, message };
}
