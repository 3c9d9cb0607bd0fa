import type { PreconditionFailed } from "./errors.ts";

/** A list of opaque entity tags, or `"*"`, which matches any entity that exists. */
export type Tags = "*" | readonly string[];

export interface Preconditions {
  /** The entity must exist and have one of these tags. */
  readonly ifMatch?: Tags | undefined;
  /** The entity must not exist, or must have none of these tags. */
  readonly ifNoneMatch?: Tags | undefined;
}

/** The opaque entity tag, which is made from the entity's version. */
export function tagOf(entity: { readonly version: number }): string {
  return String(entity.version);
}

/** Returns an error for the first precondition that is not met. @param entity undefined if it does not exist. */
export function failedPrecondition(
  { ifMatch, ifNoneMatch }: Preconditions,
  entity: { readonly version: number } | undefined,
): PreconditionFailed | undefined {
  if (ifMatch !== undefined && !matches(ifMatch, entity)) {
    return failed(
      "If-Match",
      entity === undefined
        ? "If-Match allows only an update, but the entity does not exist."
        : `The entity tag is W/"${tagOf(entity)}", which is not in If-Match.`,
    );
  }
  if (ifNoneMatch !== undefined && entity !== undefined && matches(ifNoneMatch, entity)) {
    return failed(
      "If-None-Match",
      ifNoneMatch === "*"
        ? "If-None-Match: * allows only a creation, but the entity already exists."
        : `The entity tag is W/"${tagOf(entity)}", which is in If-None-Match.`,
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
