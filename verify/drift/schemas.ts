/** Compares two schemas (JSON Schema 2020-12), and finds out whether the newer schema accepts fewer or more values. */
import { isDeepStrictEqual } from "node:util";
import { type JsonObject, resolveObject, toArray, toObject } from "./documents.ts";

/** Whether the newer schema accepts fewer values (`narrower`) or more (`wider`). `unclear` if this cannot be decided. */
export type Effect = "narrower" | "wider" | "unclear";

export interface Difference {
  /** The location in the value, such as `value[].platform`. Empty for the whole value. */
  readonly place: string;
  /** The effect on the accepted values, or the kind of change for a new or removed property. */
  readonly effect: Effect | "added" | "addedRequired" | "removed";
  /** The predicate of a sentence that begins with the location, such as `can also be "visionOS"`. */
  readonly text: string;
}

interface Comparison {
  readonly documents: readonly [before: unknown, after: unknown];
  readonly schemas: readonly [before: unknown, after: unknown];
  readonly place: string;
  /** The references that were followed to this location. They end the recursion in a schema that refers to itself. */
  readonly path: readonly string[];
}

/** Keywords that do not restrict values. `discriminator` is one of them, because its mapping only repeats the alternatives. */
const annotations = /^(description|title|summary|examples?|deprecated|default|discriminator|\$comment|x-.*)$/;

const lowerBounds = ["minLength", "minItems", "minimum", "minProperties"];
const upperBounds = ["maxLength", "maxItems", "maximum", "maxProperties"];

export function compareSchemas(
  documents: Comparison["documents"],
  schemas: Comparison["schemas"],
  place = "",
): readonly Difference[] {
  return compareSchema({ documents, schemas, place, path: [] });
}

function compareSchema(pair: Comparison): readonly Difference[] {
  const reference = JSON.stringify(pair.schemas.map((schema) => toObject(schema)["$ref"]));
  if (pair.path.includes(reference) && reference !== "[null,null]") return [];
  const [before, after] = pair.schemas.map((schema, index) => withEnum(resolveObject(pair.documents[index], schema)));
  if (!before || !after) return [];
  const here: Comparison = { ...pair, schemas: [before, after], path: [...pair.path, reference] };
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const known: Readonly<Record<string, () => readonly Difference[]>> = {
    ...Object.fromEntries(lowerBounds.map((name) => [name, () => compareBound(here, name, 1)])),
    ...Object.fromEntries(upperBounds.map((name) => [name, () => compareBound(here, name, -1)])),
    type: () => compareSet(here, [before["type"], after["type"]], "of type"),
    enum: () => compareSet(here, [before["enum"], after["enum"]], "one of"),
    required: () => compareRequired(here),
    properties: () => compareProperties(here),
    items: () => compareInner(here, "items", "[]"),
    additionalProperties: () => compareAdditional(here),
    oneOf: () => compareAlternatives(here, "oneOf"),
    anyOf: () => compareAlternatives(here, "anyOf"),
  };
  return [...names]
    .filter((name) => !annotations.test(name))
    .flatMap((name) => (Object.hasOwn(known, name) ? (known[name]?.() ?? []) : compareKeyword(here, name)));
}

/** Converts `const` to an `enum` with one member, and removes the `type` of an `enum`, which follows from its members. */
function withEnum({ const: only, ...schema }: JsonObject): JsonObject {
  const { type: _, ...untyped } = schema;
  if (only !== undefined) return { ...untyped, enum: [only] };
  return schema["enum"] === undefined ? schema : untyped;
}

function difference({ place }: Comparison, effect: Difference["effect"], text: string): Difference {
  return { place, effect, text };
}

function formatValue(value: unknown): string {
  return JSON.stringify(value);
}

/** Compares a keyword without special rules. Adding such a keyword restricts the values. */
function compareKeyword(pair: Comparison, name: string): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => toObject(schema)[name]);
  if (isEqualWithoutAnnotations(before, after)) return [];
  if (before === undefined) return [difference(pair, "narrower", `now has a ${name}`)];
  if (after === undefined) return [difference(pair, "wider", `no longer has a ${name}`)];
  return [difference(pair, "unclear", `has another ${name}`)];
}

/** @param sign 1 for a minimum, where a higher bound accepts fewer values; -1 for a maximum. */
function compareBound(pair: Comparison, name: string, sign: 1 | -1): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => toObject(schema)[name]);
  if (before === after) return [];
  const [low, high] = [before, after].map((value) => (typeof value === "number" ? value * sign : -Infinity));
  const effect = Number(high) > Number(low) ? "narrower" : "wider";
  return [difference(pair, effect, `has the ${name} ${after ?? "none"} instead of ${before ?? "none"}`)];
}

/** Compares the values of `enum` or `type`. If the keyword is undefined, every value is allowed. */
function compareSet(
  pair: Comparison,
  [before, after]: readonly [unknown, unknown],
  word: string,
): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [difference(pair, "narrower", `must now be ${word} ${formatValue(after)}`)];
  if (after === undefined) return [difference(pair, "wider", `no longer has to be ${word} ${formatValue(before)}`)];
  const [old, now] = [[before].flat(), [after].flat()];
  const removed = old.filter((one) => !now.some((another) => isDeepStrictEqual(one, another)));
  const added = now.filter((one) => !old.some((another) => isDeepStrictEqual(one, another)));
  return [
    ...removed.map((one) => difference(pair, "narrower", `can no longer be ${formatValue(one)}`)),
    ...added.map((one) => difference(pair, "wider", `can also be ${formatValue(one)}`)),
  ];
}

/** Compares `required` for properties that both schemas have. `compareProperties` reports new properties. */
function compareRequired(pair: Comparison): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => toObject(schema));
  const [old, now] = [before, after].map((schema) => toArray(schema?.["required"]).map(String));
  const at = (name: string) => ({ ...pair, place: joinPlace(pair.place, name) });
  const isIn = (schema: unknown, name: string) => Object.hasOwn(toObject(toObject(schema)["properties"]), name);
  return [
    ...(now ?? [])
      .filter((name) => !old?.includes(name) && (isIn(before, name) || !isIn(after, name)))
      .map((name) => difference(at(name), "narrower", "is now required")),
    ...(old ?? [])
      .filter((name) => !now?.includes(name) && (isIn(after, name) || !isIn(before, name)))
      .map((name) => difference(at(name), "wider", "is no longer required")),
  ];
}

function compareProperties(pair: Comparison): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => toObject(toObject(schema)["properties"]));
  const must = toArray(toObject(pair.schemas[1])["required"]);
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].flatMap((name) => {
    const at = { ...pair, place: joinPlace(pair.place, name) };
    const schemas = [before?.[name], after?.[name]] as const;
    if (schemas[1] === undefined) return [difference(at, "removed", "is removed")];
    if (schemas[0] !== undefined) return compareSchema({ ...at, schemas });
    const isRequired = must.includes(name);
    return [difference(at, isRequired ? "addedRequired" : "added", isRequired ? "is new and required" : "is new")];
  });
}

function joinPlace(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function compareInner(pair: Comparison, name: string, step: string): readonly Difference[] {
  const schemas = [toObject(pair.schemas[0])[name], toObject(pair.schemas[1])[name]] as const;
  if (schemas.includes(undefined)) return compareKeyword(pair, name);
  return compareSchema({ ...pair, schemas, place: `${pair.place}${step}` });
}

/** Compares `additionalProperties`, whose default is `true`. */
function compareAdditional(pair: Comparison): readonly Difference[] {
  const [before = true, after = true] = pair.schemas.map((schema) => toObject(schema)["additionalProperties"]);
  if (isDeepStrictEqual(before, after)) return [];
  if (after === false || before === true) return [difference(pair, "narrower", "accepts fewer other properties")];
  if (before === false || after === true) return [difference(pair, "wider", "accepts other properties")];
  return compareSchema({ ...pair, schemas: [before, after], place: `${pair.place}.*` });
}

/** Compares alternatives with the same text with each other, and the remaining alternatives in the order of the schemas. */
function compareAlternatives(pair: Comparison, name: string): readonly Difference[] {
  const [before, after] = pair.schemas.map((schema) => toObject(schema)[name]);
  if (before === undefined || after === undefined) return compareKeyword(pair, name);
  const rest = [...toArray(after)];
  const alone = toArray(before).filter((one) => {
    const index = rest.findIndex((another) => isDeepStrictEqual(one, another));
    if (index !== -1) rest.splice(index, 1);
    return index === -1;
  });
  // The same `$ref` may lead to different schemas in the two documents.
  const same = toArray(before).filter((one) => !alone.includes(one));
  const pairs = alone.slice(0, rest.length).map((one, index) => [one, rest[index]] as const);
  return [
    ...[...same.map((one) => [one, one] as const), ...pairs].flatMap((schemas) => compareSchema({ ...pair, schemas })),
    ...alone
      .slice(rest.length)
      .map((one) => difference(pair, "narrower", `no longer has the alternative ${schemaName(one)}`)),
    ...rest.slice(alone.length).map((one) => difference(pair, "wider", `also has the alternative ${schemaName(one)}`)),
  ];
}

function schemaName(schema: unknown): string {
  const { $ref } = toObject(schema);
  return typeof $ref === "string" ? ($ref.split("/").at(-1) ?? "") : formatValue(schema);
}

function isEqualWithoutAnnotations(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutAnnotations(one), withoutAnnotations(other));
}

function withoutAnnotations(value: unknown): unknown {
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value), function (name, member: unknown) {
        return annotations.test(name) && typeof member === "string" && !Array.isArray(this) ? undefined : member;
      });
}
