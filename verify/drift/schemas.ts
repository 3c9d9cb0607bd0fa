/** How one schema of JSON Schema 2020-12 differs from another: whether it takes less, more, or both. */
import { isDeepStrictEqual } from "node:util";
import { items, type Members, members, resolve } from "./documents.ts";

/** What the newer schema does: it takes less than before, it takes more, or nobody can tell. */
export type Effect = "narrower" | "wider" | "unclear";

export interface Difference {
  /** Such as `value[].platform`; empty for the whole. */
  readonly place: string;
  /** What it does to all values; of a property that came or went, what that is. */
  readonly effect: Effect | "added" | "addedRequired" | "removed";
  /** Goes on where the place ends, such as `may be "visionOS" as well`. */
  readonly text: string;
}

interface Pair {
  readonly documents: readonly [before: unknown, after: unknown];
  readonly schemas: readonly [before: unknown, after: unknown];
  readonly place: string;
  /** The references on the way here: a schema that contains itself ends there. */
  readonly path: readonly string[];
}

/** What says nothing about values. A discriminator's mapping repeats what its alternatives say. */
const annotations = /^(description|title|summary|examples?|deprecated|default|discriminator|\$comment|x-.*)$/;

const lowest = ["minLength", "minItems", "minimum", "minProperties"];
const highest = ["maxLength", "maxItems", "maximum", "maxProperties"];

export function differencesOf(
  documents: Pair["documents"],
  schemas: Pair["schemas"],
  place = "",
): readonly Difference[] {
  return compare({ documents, schemas, place, path: [] });
}

function compare(pair: Pair): readonly Difference[] {
  const reference = JSON.stringify(pair.schemas.map((schema) => members(schema)["$ref"]));
  if (pair.path.includes(reference) && reference !== "[null,null]") return [];
  const [before, after] = pair.schemas.map((schema, index) => withEnum(resolve(pair.documents[index], schema)));
  if (!before || !after) return [];
  const here: Pair = { ...pair, schemas: [before, after], path: [...pair.path, reference] };
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const known: Readonly<Record<string, () => readonly Difference[]>> = {
    ...Object.fromEntries(lowest.map((name) => [name, () => bound(here, name, 1)])),
    ...Object.fromEntries(highest.map((name) => [name, () => bound(here, name, -1)])),
    type: () => set(here, [before["type"], after["type"]], "of type"),
    enum: () => set(here, [before["enum"], after["enum"]], "one of"),
    required: () => required(here),
    properties: () => properties(here),
    items: () => inner(here, "items", "[]"),
    additionalProperties: () => additional(here),
    oneOf: () => alternatives(here, "oneOf"),
    anyOf: () => alternatives(here, "anyOf"),
  };
  return [...names]
    .filter((name) => !annotations.test(name))
    .flatMap((name) => (Object.hasOwn(known, name) ? (known[name]?.() ?? []) : other(here, name)));
}

/** A constant is an enumeration of one; and what is enumerated has its type. */
function withEnum({ const: only, ...schema }: Members): Members {
  const { type: _, ...untyped } = schema;
  if (only !== undefined) return { ...untyped, enum: [only] };
  return schema["enum"] === undefined ? schema : untyped;
}

function found({ place }: Pair, effect: Difference["effect"], text: string): Difference {
  return { place, effect, text };
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

/** Anything that is there or not: with it, less is taken. */
function other(pair: Pair, name: string): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => members(schema)[name]);
  if (sameButWords(before, after)) return [];
  if (before === undefined) return [found(pair, "narrower", `has a ${name} now`)];
  if (after === undefined) return [found(pair, "wider", `has no ${name} any more`)];
  return [found(pair, "unclear", `has another ${name}`)];
}

/** @param sign 1: more is narrower; -1: less is. */
function bound(pair: Pair, name: string, sign: 1 | -1): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => members(schema)[name]);
  if (before === after) return [];
  const [low, high] = [before, after].map((value) => (typeof value === "number" ? value * sign : -Infinity));
  const effect = Number(high) > Number(low) ? "narrower" : "wider";
  return [found(pair, effect, `has the ${name} ${after ?? "none"} and not ${before ?? "none"}`)];
}

/** Undefined: everything. */
function set(pair: Pair, [before, after]: readonly [unknown, unknown], word: string): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [found(pair, "narrower", `must be ${word} ${shown(after)} now`)];
  if (after === undefined) return [found(pair, "wider", `need not be ${word} ${shown(before)} any more`)];
  const [old, now] = [[before].flat(), [after].flat()];
  const gone = old.filter((one) => !now.some((another) => isDeepStrictEqual(one, another)));
  const come = now.filter((one) => !old.some((another) => isDeepStrictEqual(one, another)));
  return [
    ...gone.map((one) => found(pair, "narrower", `can't be ${shown(one)} any more`)),
    ...come.map((one) => found(pair, "wider", `may be ${shown(one)} as well`)),
  ];
}

/** Of properties that both have; one that came is said once, by `properties`. */
function required(pair: Pair): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => members(schema));
  const [old, now] = [before, after].map((schema) => items(schema?.["required"]).map(String));
  const at = (name: string) => ({ ...pair, place: within(pair.place, name) });
  const isIn = (schema: unknown, name: string) => Object.hasOwn(members(members(schema)["properties"]), name);
  return [
    ...(now ?? [])
      .filter((name) => !old?.includes(name) && (isIn(before, name) || !isIn(after, name)))
      .map((name) => found(at(name), "narrower", "is required now")),
    ...(old ?? [])
      .filter((name) => !now?.includes(name) && (isIn(after, name) || !isIn(before, name)))
      .map((name) => found(at(name), "wider", "is not required any more")),
  ];
}

function properties(pair: Pair): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => members(members(schema)["properties"]));
  const must = items(members(pair.schemas[1])["required"]);
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].flatMap((name) => {
    const at = { ...pair, place: within(pair.place, name) };
    const schemas = [before?.[name], after?.[name]] as const;
    if (schemas[1] === undefined) return [found(at, "removed", "is gone")];
    if (schemas[0] !== undefined) return compare({ ...at, schemas });
    const isRequired = must.includes(name);
    return [found(at, isRequired ? "addedRequired" : "added", isRequired ? "is new, and required" : "is new")];
  });
}

function within(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function inner(pair: Pair, name: string, step: string): readonly Difference[] {
  const schemas = [members(pair.schemas[0])[name], members(pair.schemas[1])[name]] as const;
  if (schemas.includes(undefined)) return other(pair, name);
  return compare({ ...pair, schemas, place: `${pair.place}${step}` });
}

/** Left out, it is `true`. */
function additional(pair: Pair): readonly Difference[] {
  const [before = true, after = true] = pair.schemas.map((schema) => members(schema)["additionalProperties"]);
  if (isDeepStrictEqual(before, after)) return [];
  if (after === false || before === true) return [found(pair, "narrower", "takes fewer other properties")];
  if (before === false || after === true) return [found(pair, "wider", "takes other properties")];
  return compare({ ...pair, schemas: [before, after], place: `${pair.place}.*` });
}

/** Each with the one that is spelled the same, of what is left the first with the first. */
function alternatives(pair: Pair, name: string): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => members(schema)[name]);
  if (before === undefined || after === undefined) return other(pair, name);
  const rest = [...items(after)];
  const alone = items(before).filter((one) => {
    const index = rest.findIndex((another) => isDeepStrictEqual(one, another));
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
  // Those that are the same may lead to what is not.
  const same = items(before).filter((one) => !alone.includes(one));
  const pairs = alone.slice(0, rest.length).map((one, index) => [one, rest[index]] as const);
  return [
    ...[...same.map((one) => [one, one] as const), ...pairs].flatMap((schemas) => compare({ ...pair, schemas })),
    ...alone.slice(rest.length).map((one) => found(pair, "narrower", `has no alternative ${nameOf(one)} any more`)),
    ...rest.slice(alone.length).map((one) => found(pair, "wider", `has the alternative ${nameOf(one)} as well`)),
  ];
}

function nameOf(schema: unknown): string {
  const { $ref } = members(schema);
  return typeof $ref === "string" ? ($ref.split("/").at(-1) ?? "") : shown(schema);
}

function sameButWords(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutWords(one), withoutWords(other));
}

function withoutWords(value: unknown): unknown {
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value), function (name, member: unknown) {
        return annotations.test(name) && typeof member === "string" && !Array.isArray(this) ? undefined : member;
      });
}
