/** Compares the operations of two contracts, and decides which changes break clients or servers. */
import { isDeepStrictEqual } from "node:util";
import type { Change, OperationChange, Versions } from "./changes.ts";
import { type JsonObject, toArray, toObject } from "./documents.ts";
import { compareBody, compareParameters, compareResponses } from "./messages.ts";

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
