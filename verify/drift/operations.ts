/** What changed in the operations of a contract, and for whom that is a break. */
import { isDeepStrictEqual } from "node:util";
import { items, type Members, members, resolve } from "./documents.ts";
import { type Difference, differencesOf } from "./schemas.ts";

/** Who has to change: who calls by the older contract, or who answers by it. */
export type Breaks = "clients" | "servers" | "both" | "nothing";

export interface Change {
  /** The operationId, or method and path of one that has none. */
  readonly operation: string;
  /** Such as `request body displayName` or `response 200 value[].platform`. */
  readonly where: string;
  /** Goes on where that ends, such as `is required now`. */
  readonly change: string;
  readonly breaks: Breaks;
  /** Operation, place and change in one. */
  readonly sentence: string;
}

type Documents = readonly [before: unknown, after: unknown];
type Found = Omit<Change, "operation" | "sentence">;

/** What a difference is in what clients send: a service that takes less breaks them, one that has to take more is another. */
const inRequest: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "clients",
  wider: "servers",
  unclear: "both",
  added: "servers",
  addedRequired: "both",
  removed: "clients",
};

/**
 * And in what services answer: more than was promised breaks clients, a promise more breaks services. A property that is
 * new and optional breaks nobody: clients are to overlook what they don't know.
 */
const inResponse: Readonly<Record<Difference["effect"], Breaks>> = {
  narrower: "servers",
  wider: "clients",
  unclear: "both",
  added: "nothing",
  addedRequired: "servers",
  removed: "both",
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

interface Located {
  readonly name: string;
  readonly operation: Members;
}

/** By method and path, whatever the path's parameters are called. */
function operationsOf(document: unknown): ReadonlyMap<string, Located> {
  const found = new Map<string, Located>();
  for (const [path, item] of Object.entries(members(members(document)["paths"]))) {
    for (const method of methods) {
      const own = members(item)[method];
      if (own === undefined) continue;
      const parameters = [...items(members(item)["parameters"]), ...items(members(own)["parameters"])];
      const operation = { ...members(own), parameters };
      const route = `${method.toUpperCase()} ${path}`;
      found.set(route.replace(/\{[^}]*\}/g, "{}"), { name: String(members(own)["operationId"] ?? route), operation });
    }
  }
  return found;
}

export function changesOf(documents: Documents): readonly Change[] {
  const [before, after] = [operationsOf(documents[0]), operationsOf(documents[1])];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const name = (old ?? now)?.name ?? key;
    return ofOperation(documents, old, now).map((found) => ({
      operation: name,
      ...found,
      sentence: `${name}: ${[found.where, found.change].filter((text) => text !== "").join(" ")}.`,
    }));
  });
}

function ofOperation(documents: Documents, old: Located | undefined, now: Located | undefined): readonly Found[] {
  if (!now) return [{ where: "", change: "is gone", breaks: "clients" }];
  if (!old) return [{ where: "", change: "is new", breaks: "servers" }];
  const pair = [old.operation, now.operation] as const;
  const found = [
    ...(old.name === now.name ? [] : [{ where: "", change: `is called ${now.name} now`, breaks: "clients" } as const]),
    ...ofSecurity(pair),
    ...ofParameters(documents, pair),
    ...ofBody(documents, pair),
    ...ofResponses(documents, pair),
  ];
  if (found.length > 0 || isDeepStrictEqual(...pair)) return found;
  return [{ where: "", change: "is described otherwise", breaks: "nothing" }];
}

type Two = readonly [before: unknown, after: unknown];

function ofSecurity([old, now]: readonly [Members, Members]): readonly Found[] {
  const [before, after] = [old, now].map(({ security }) => items(security).map((one) => JSON.stringify(one)));
  const where = "security";
  if (before?.length === 0 && after?.length !== 0) return [{ where, change: "is asked for now", breaks: "clients" }];
  if (before?.length !== 0 && after?.length === 0) return [{ where, change: "is not asked for", breaks: "servers" }];
  return [
    ...(before ?? [])
      .filter((one) => !after?.includes(one))
      .map((one) => ({ where, change: `${one} will not do any more`, breaks: "clients" }) as const),
    ...(after ?? [])
      .filter((one) => !before?.includes(one))
      .map((one) => ({ where, change: `${one} will do as well`, breaks: "servers" }) as const),
  ];
}

/** Each name that one of two has, with what both have for it. */
function paired(before: Members, after: Members): readonly (readonly [name: string, ...Two])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => [name, before[name], after[name]]);
}

/** Those of a path are named by their place in it: their names are nobody's business. */
function parametersOf(document: unknown, operation: Members): Members {
  let place = 0;
  return Object.fromEntries(
    items(operation["parameters"])
      .map((parameter) => resolve(document, parameter))
      .map((parameter) => {
        const isOfPath = parameter["in"] === "path";
        return [`${parameter["in"]} parameter ${isOfPath ? ++place : parameter["name"]}`, parameter];
      }),
  );
}

function ofParameters(documents: Documents, [old, now]: readonly [Members, Members]): readonly Found[] {
  return paired(parametersOf(documents[0], old), parametersOf(documents[1], now)).flatMap(
    ([where, before, after]): readonly Found[] => {
      if (after === undefined) return [{ where, change: "is gone", breaks: "clients" }];
      const isRequired = members(after)["required"] === true;
      if (before === undefined) {
        return [
          { where, change: isRequired ? "is new, and required" : "is new", breaks: isRequired ? "both" : "servers" },
        ];
      }
      const schemas = [members(before)["schema"], members(after)["schema"]] as const;
      return [
        ...ofRequired(where, [before, after], inRequest),
        ...judged(differencesOf(documents, schemas), where, inRequest),
      ];
    },
  );
}

function ofRequired(where: string, [before, after]: Two, judge: typeof inRequest): readonly Found[] {
  const [old, now] = [before, after].map((value) => members(value)["required"] === true);
  if (old === now) return [];
  return [
    { where, change: now ? "is required now" : "is not required any more", breaks: judge[now ? "narrower" : "wider"] },
  ];
}

function judged(differences: readonly Difference[], where: string, judge: typeof inRequest): readonly Found[] {
  return differences.map(({ place, effect, text }) => ({
    where: place === "" ? where : `${where} ${place}`,
    change: text,
    breaks: judge[effect],
  }));
}

function ofBody(documents: Documents, [old, now]: readonly [Members, Members]): readonly Found[] {
  const where = "request body";
  const [before, after] = [old["requestBody"], now["requestBody"]];
  if (before === undefined && after === undefined) return [];
  const bodies = [resolve(documents[0], before), resolve(documents[1], after)] as const;
  return [...ofRequired(where, bodies, inRequest), ...ofContent(documents, bodies, where, inRequest)];
}

function ofContent(
  documents: Documents,
  [before, after]: readonly [Members, Members],
  where: string,
  judge: typeof inRequest,
): readonly Found[] {
  return paired(members(before["content"]), members(after["content"])).flatMap(([type, old, now]): readonly Found[] => {
    if (now === undefined) return [{ where, change: `can't be ${type} any more`, breaks: judge.removed }];
    if (old === undefined) return [{ where, change: `may be ${type} as well`, breaks: judge.wider }];
    return judged(differencesOf(documents, [members(old)["schema"], members(now)["schema"]]), where, judge);
  });
}

function ofResponses(documents: Documents, [old, now]: readonly [Members, Members]): readonly Found[] {
  return paired(members(old["responses"]), members(now["responses"])).flatMap(
    ([status, before, after]): readonly Found[] => {
      const where = `response ${status}`;
      if (after === undefined) return [{ where, change: "is gone", breaks: "servers" }];
      if (before === undefined) return [{ where, change: "is new", breaks: "clients" }];
      const responses = [resolve(documents[0], before), resolve(documents[1], after)] as const;
      return [...ofHeaders(documents, responses, where), ...ofContent(documents, responses, where, inResponse)];
    },
  );
}

function ofHeaders(
  documents: Documents,
  [before, after]: readonly [Members, Members],
  response: string,
): readonly Found[] {
  return paired(members(before["headers"]), members(after["headers"])).flatMap(([name, old, now]): readonly Found[] => {
    const where = `${response} header ${name}`;
    if (now === undefined) return [{ where, change: "is gone", breaks: "clients" }];
    const header = resolve(documents[1], now);
    if (old === undefined) {
      return [{ where, change: "is new", breaks: header["required"] === true ? "servers" : "nothing" }];
    }
    const headers = [resolve(documents[0], old), header] as const;
    const schemas = [headers[0]["schema"], headers[1]["schema"]] as const;
    return [...ofRequired(where, headers, inResponse), ...judged(differencesOf(documents, schemas), where, inResponse)];
  });
}
