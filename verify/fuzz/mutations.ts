/** Mutates a valid value at one location, with values that break a schema rule, boundary values and hostile values. */
import { getValidator } from "../judging/validators.ts";
import { resolveReference } from "../server/contract.ts";
import { hostileNames, hostileTexts } from "./hostile.ts";

/** A location and its new value. If `value` is missing, the member is removed. The oracle decides whether the result is valid. */
export interface Mutation {
  readonly at: readonly (string | number)[];
  readonly value?: unknown;
}

interface SchemaRules {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly object[];
  readonly items?: object;
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | object;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const oneOfEachType: readonly unknown[] = [null, true, 7, 1.5, "text", [], {}];

/** Returns all mutations of a value and of its members. */
export function listMutations(schema: object, value: unknown, at: Mutation["at"] = []): Mutation[] {
  const rules = resolveReference<SchemaRules>(schema);
  const branch = rules.oneOf?.find((one) => getValidator(one)(value));
  return [
    ...(at.length > 0 ? listOtherValues(rules, value).map((other) => ({ at, value: other })) : []),
    ...(branch ? listMutations(branch, value, at) : []),
    ...listMemberMutations(rules, value, at),
    ...(rules.items && Array.isArray(value) && value.length > 0
      ? listMutations(rules.items, value.at(-1), [...at, value.length - 1])
      : []),
  ];
}

function listOtherValues(schema: SchemaRules, value: unknown): unknown[] {
  const { type, enum: members = [], minLength, maxLength, minimum, maximum, minItems, maxItems, pattern } = schema;
  const isFreeText = typeof value === "string" && members.length === 0 && pattern === undefined;
  return [
    ...(type === undefined && members.length === 0 ? [] : oneOfEachType),
    ...members.flatMap((member) => (typeof member === "string" ? [member.toUpperCase(), `${member} `] : [])),
    ...(isFreeText ? hostileTexts : []),
    ...(minLength === undefined ? [] : ["", "a".repeat(minLength)]),
    ...(maxLength === undefined ? [] : ["a".repeat(maxLength), "a".repeat(maxLength + 1), "🍎".repeat(maxLength)]),
    ...(minimum === undefined ? [] : [minimum, minimum - 1, -0.5]),
    ...(maximum === undefined ? [] : [maximum, maximum + 1, Number.MAX_VALUE]),
    ...(Array.isArray(value) && value.length > 0
      ? [minItems, maxItems]
          .filter((limit) => limit !== undefined)
          .flatMap((limit) => [limit - 1, limit, limit + 1])
          .filter((length) => length >= 0)
          .map((length) => Array.from({ length }, (_, index) => value[index % value.length]))
      : []),
  ];
}

function listMemberMutations(
  { properties, required = [], additionalProperties }: SchemaRules,
  value: unknown,
  at: Mutation["at"],
) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const here = (name: string) => [...at, name];
  const names = Object.keys(properties ?? {});
  return [
    ...required.map((name): Mutation => ({ at: here(name) })),
    ...(additionalProperties === false ? hostileNames : []).map((name): Mutation => ({ at: here(name), value: "red" })),
    ...names.slice(0, 1).map((name): Mutation => ({ at: here(`${name}@example.note`), value: "an annotation" })),
    ...names.map((name): Mutation => ({ at: here(name), value: null })),
    ...Object.entries(properties ?? {}).flatMap(([name, of]) =>
      Object.hasOwn(value, name) ? listMutations(of, Reflect.get(value, name), here(name)) : [],
    ),
  ];
}

/** Returns the mutated value; undefined if the value does not have the location. */
export function applyMutation(value: unknown, { at, ...mutation }: Mutation): unknown {
  const [key, ...deeper] = at;
  if (key === undefined) return mutation.value;
  if (Array.isArray(value)) {
    if (typeof key !== "number" || key >= value.length) return undefined;
    const item = applyMutation(value[key], { at: deeper, ...mutation });
    return item === undefined ? undefined : value.with(key, item);
  }
  if (typeof value !== "object" || value === null) return undefined;
  const others = Object.entries(value).filter(([name]) => name !== key);
  if (deeper.length === 0 && !("value" in mutation)) {
    return Object.hasOwn(value, key) ? Object.fromEntries(others) : undefined;
  }
  const member = applyMutation(Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined, {
    at: deeper,
    ...mutation,
  });
  return member === undefined ? undefined : Object.fromEntries([...others, [String(key), member]]);
}
