/** Compares the operations of two contracts, and decides which changes break clients or servers. */
import { isDeepStrictEqual } from "node:util";
import { type JsonObject, resolveObject, toArray, toObject } from "./documents.ts";
import { compareSchemas, type Difference } from "./schemas.ts";

/** The side that a change breaks: clients or servers of the older contract. */
export type Breaks = "clients" | "servers" | "both" | "nothing";

export interface Change {
  /** The operationId, or the method and the path if the operation has no operationId. */
  readonly operation: string;
  /** The location, such as `request body displayName` or `response 200 value[].platform`. Empty for the whole operation. */
  readonly where: string;
  /** The predicate of a sentence that begins with the location, such as `is now required`. */
  readonly change: string;
  readonly breaks: Breaks;
  /** The operation, the location and the change as one sentence. */
  readonly sentence: string;
}

/** The older and the newer version of a document or of a value in it. */
type Versions = readonly [before: unknown, after: unknown];
type OperationChange = Omit<Change, "operation" | "sentence">;

/** The side that each difference in a request breaks. If fewer values are accepted, clients break; if more are, servers do. */
const breaksInRequest: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "clients",
  wider: "servers",
  unclear: "both",
  added: "servers",
  addedRequired: "both",
  removed: "clients",
};

/**
 * The side that each difference in an answer breaks. Values that were not allowed before break clients, and a new
 * requirement breaks servers. A new optional property breaks neither, because clients must ignore unknown properties.
 */
const breaksInResponse: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "servers",
  wider: "clients",
  unclear: "both",
  added: "nothing",
  addedRequired: "servers",
  removed: "both",
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

interface NamedOperation {
  readonly name: string;
  readonly operation: JsonObject;
}

/** Returns the operations by method and path. Path parameter names are removed, because they are not part of a request. */
function listOperations(document: unknown): ReadonlyMap<string, NamedOperation> {
  const found = new Map<string, NamedOperation>();
  for (const [path, item] of Object.entries(toObject(toObject(document)["paths"]))) {
    for (const method of methods) {
      const own = toObject(item)[method];
      if (own === undefined) continue;
      const parameters = [...toArray(toObject(item)["parameters"]), ...toArray(toObject(own)["parameters"])];
      const operation = { ...toObject(own), parameters };
      const route = `${method.toUpperCase()} ${path}`;
      found.set(route.replace(/\{[^}]*\}/g, "{}"), { name: String(toObject(own)["operationId"] ?? route), operation });
    }
  }
  return found;
}

export function compareOperations(documents: Versions): readonly Change[] {
  const [before, after] = [listOperations(documents[0]), listOperations(documents[1])];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const name = (old ?? now)?.name ?? key;
    return compareOperation(documents, old, now).map((found) => ({
      operation: name,
      ...found,
      sentence: `${name}: ${[found.where, found.change].filter((text) => text !== "").join(" ")}.`,
    }));
  });
}

function compareOperation(
  documents: Versions,
  old: NamedOperation | undefined,
  now: NamedOperation | undefined,
): readonly OperationChange[] {
  if (!now) return [{ where: "", change: "is removed", breaks: "clients" }];
  if (!old) return [{ where: "", change: "is new", breaks: "servers" }];
  const pair = [old.operation, now.operation] as const;
  const found = [
    ...(old.name === now.name ? [] : [{ where: "", change: `is now called ${now.name}`, breaks: "clients" } as const]),
    ...compareSecurity(pair),
    ...compareParameters(documents, pair),
    ...compareBody(documents, pair),
    ...compareResponses(documents, pair),
  ];
  if (found.length > 0 || isDeepStrictEqual(...pair)) return found;
  return [{ where: "", change: "has a different description", breaks: "nothing" }];
}

function compareSecurity([old, now]: readonly [JsonObject, JsonObject]): readonly OperationChange[] {
  const [before, after] = [old, now].map(({ security }) => toArray(security).map((one) => JSON.stringify(one)));
  const where = "security";
  if (before?.length === 0 && after?.length !== 0) return [{ where, change: "is now required", breaks: "clients" }];
  if (before?.length !== 0 && after?.length === 0)
    return [{ where, change: "is no longer required", breaks: "servers" }];
  return [
    ...(before ?? [])
      .filter((one) => !after?.includes(one))
      .map((one) => ({ where, change: `${one} is no longer accepted`, breaks: "clients" }) as const),
    ...(after ?? [])
      .filter((one) => !before?.includes(one))
      .map((one) => ({ where, change: `${one} is also accepted`, breaks: "servers" }) as const),
  ];
}

/** Returns every name that occurs in either object, with its value in each. */
function pairMembers(before: JsonObject, after: JsonObject): readonly (readonly [name: string, ...Versions])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => [name, before[name], after[name]]);
}

/** Returns the parameters by `in` and `name`. Path parameters get a number, because their names are not part of a request. */
function listParameters(document: unknown, operation: JsonObject): JsonObject {
  let place = 0;
  return Object.fromEntries(
    toArray(operation["parameters"])
      .map((parameter) => resolveObject(document, parameter))
      .map((parameter) => {
        const isPathParameter = parameter["in"] === "path";
        return [`${parameter["in"]} parameter ${isPathParameter ? ++place : parameter["name"]}`, parameter];
      }),
  );
}

function compareParameters(
  documents: Versions,
  [old, now]: readonly [JsonObject, JsonObject],
): readonly OperationChange[] {
  return pairMembers(listParameters(documents[0], old), listParameters(documents[1], now)).flatMap(
    ([where, before, after]): readonly OperationChange[] => {
      if (after === undefined) return [{ where, change: "is removed", breaks: "clients" }];
      const isRequired = toObject(after)["required"] === true;
      if (before === undefined) {
        return [
          { where, change: isRequired ? "is new and required" : "is new", breaks: isRequired ? "both" : "servers" },
        ];
      }
      const schemas = [toObject(before)["schema"], toObject(after)["schema"]] as const;
      return [
        ...compareRequired(where, [before, after], breaksInRequest),
        ...toChanges(compareSchemas(documents, schemas), where, breaksInRequest),
      ];
    },
  );
}

function compareRequired(
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

function toChanges(
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

function compareBody(documents: Versions, [old, now]: readonly [JsonObject, JsonObject]): readonly OperationChange[] {
  const where = "request body";
  const [before, after] = [old["requestBody"], now["requestBody"]];
  if (before === undefined && after === undefined) return [];
  const bodies = [resolveObject(documents[0], before), resolveObject(documents[1], after)] as const;
  return [
    ...compareRequired(where, bodies, breaksInRequest),
    ...compareContent(documents, bodies, where, breaksInRequest),
  ];
}

function compareContent(
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

function compareResponses(
  documents: Versions,
  [old, now]: readonly [JsonObject, JsonObject],
): readonly OperationChange[] {
  return pairMembers(toObject(old["responses"]), toObject(now["responses"])).flatMap(
    ([status, before, after]): readonly OperationChange[] => {
      const where = `response ${status}`;
      if (after === undefined) return [{ where, change: "is removed", breaks: "servers" }];
      if (before === undefined) return [{ where, change: "is new", breaks: "clients" }];
      const responses = [resolveObject(documents[0], before), resolveObject(documents[1], after)] as const;
      return [
        ...compareHeaders(documents, responses, where),
        ...compareContent(documents, responses, where, breaksInResponse),
      ];
    },
  );
}

function compareHeaders(
  documents: Versions,
  [before, after]: readonly [JsonObject, JsonObject],
  response: string,
): readonly OperationChange[] {
  return pairMembers(toObject(before["headers"]), toObject(after["headers"])).flatMap(
    ([name, old, now]): readonly OperationChange[] => {
      const where = `${response} header ${name}`;
      if (now === undefined) return [{ where, change: "is removed", breaks: "clients" }];
      const header = resolveObject(documents[1], now);
      if (old === undefined) {
        return [{ where, change: "is new", breaks: header["required"] === true ? "servers" : "nothing" }];
      }
      const headers = [resolveObject(documents[0], old), header] as const;
      const schemas = [headers[0]["schema"], headers[1]["schema"]] as const;
      return [
        ...compareRequired(where, headers, breaksInResponse),
        ...toChanges(compareSchemas(documents, schemas), where, breaksInResponse),
      ];
    },
  );
}
