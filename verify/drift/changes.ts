/** Changes of an operation, and what they break. */
import { type JsonObject, toObject } from "./documents.ts";
import { compareSchemas, type Difference } from "./schemas.ts";

/** The side that a change breaks: clients or servers of the older contract. */
export type Breaks = "clients" | "servers" | "both" | "nothing";

export interface Change {
  /** The operationId, or method and path if there is none. */
  readonly operation: string;
  /** The place, such as `request body displayName` or `response 200 value[].platform`. Empty for the whole operation. */
  readonly where: string;
  /** The rest of a sentence that begins with the place, such as `is now required`. */
  readonly change: string;
  readonly breaks: Breaks;
  /** Operation, place and change as one sentence. */
  readonly sentence: string;
}

/** The older and the newer version of a document, or of one of its parts. */
export type Versions = readonly [before: unknown, after: unknown];
export type OperationChange = Omit<Change, "operation" | "sentence">;

/** Differences in requests. A server that accepts less breaks clients, and a server must change to accept more. */
export const breaksInRequest: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "clients",
  wider: "servers",
  unclear: "both",
  added: "servers",
  addedRequired: "both",
  removed: "clients",
};

/**
 * Differences in answers. Values that were not allowed before break clients, and a new requirement breaks servers. A new optional
 * property breaks nothing, because clients must ignore unknown properties.
 */
export const breaksInResponse: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "servers",
  wider: "clients",
  unclear: "both",
  added: "nothing",
  addedRequired: "servers",
  removed: "both",
};

/** All names of two objects, each with both values. */
export function pairMembers(before: JsonObject, after: JsonObject): readonly (readonly [name: string, ...Versions])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => [name, before[name], after[name]]);
}

export function compareRequired(
  where: string,
  [before, after]: Versions,
  breaks: typeof breaksInRequest,
): readonly OperationChange[] {
  const [old, now] = [before, after].map((value) => toObject(value)["required"] === true);
  if (old === now) return [];
  return [
    { where, change: now ? "is now required" : "is no longer required", breaks: breaks[now ? "narrower" : "wider"] },
  ];
}

export function toChanges(
  differences: readonly Difference[],
  where: string,
  breaks: typeof breaksInRequest,
): readonly OperationChange[] {
  return differences.map(({ place, effect, text }) => ({
    where: place === "" ? where : `${where} ${place}`,
    change: text,
    breaks: breaks[effect],
  }));
}

export function compareContent(
  documents: Versions,
  [before, after]: readonly [JsonObject, JsonObject],
  where: string,
  breaks: typeof breaksInRequest,
): readonly OperationChange[] {
  return pairMembers(toObject(before["content"]), toObject(after["content"])).flatMap(
    ([type, old, now]): readonly OperationChange[] => {
      if (now === undefined) return [{ where, change: `can no longer be ${type}`, breaks: breaks.removed }];
      if (old === undefined) return [{ where, change: `can also be ${type}`, breaks: breaks.wider }];
      return toChanges(compareSchemas(documents, [toObject(old)["schema"], toObject(now)["schema"]]), where, breaks);
    },
  );
}
