/** What can be changed at one place of a valid value: each rule of its schema broken once, boundaries, hostile values. */

import { validatorOf } from "../judging/judge.ts";
import { resolved } from "../server/contract.ts";
import { hostileNames, hostileTexts } from "./hostile.ts";

/** One place, and what stands there afterwards; without `value` it is removed. Whether that is valid is the oracle's to say. */
export interface Change {
  readonly at: readonly (string | number)[];
  readonly value?: unknown;
}

interface Schema {
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

const ofEachType: readonly unknown[] = [null, true, 7, 1.5, "text", [], {}];

/** All of them, for the value and whatever it contains. */
export function changesOf(schema: object, value: unknown, at: Change["at"] = []): Change[] {
  const known = resolved<Schema>(schema);
  const branch = known.oneOf?.find((one) => validatorOf(one)(value));
  return [
    ...(at.length > 0 ? valuesFor(known, value).map((other) => ({ at, value: other })) : []),
    ...(branch ? changesOf(branch, value, at) : []),
    ...membersOf(known, value, at),
    ...(known.items && Array.isArray(value) && value.length > 0
      ? changesOf(known.items, value.at(-1), [...at, value.length - 1])
      : []),
  ];
}

function valuesFor(schema: Schema, value: unknown): unknown[] {
  const { type, enum: members = [], minLength, maxLength, minimum, maximum, minItems, maxItems, pattern } = schema;
  const isFreeText = typeof value === "string" && members.length === 0 && pattern === undefined;
  return [
    ...(type === undefined && members.length === 0 ? [] : ofEachType),
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

function membersOf({ properties, required = [], additionalProperties }: Schema, value: unknown, at: Change["at"]) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const here = (name: string) => [...at, name];
  const names = Object.keys(properties ?? {});
  return [
    ...required.map((name): Change => ({ at: here(name) })),
    ...(additionalProperties === false ? hostileNames : []).map((name): Change => ({ at: here(name), value: "red" })),
    ...names.slice(0, 1).map((name): Change => ({ at: here(`${name}@example.note`), value: "an annotation" })),
    ...names.map((name): Change => ({ at: here(name), value: null })),
    ...Object.entries(properties ?? {}).flatMap(([name, of]) =>
      Object.hasOwn(value, name) ? changesOf(of, Reflect.get(value, name), here(name)) : [],
    ),
  ];
}

/** The value with it; undefined if the value has no such place. */
export function applied(value: unknown, { at, ...change }: Change): unknown {
  const [key, ...deeper] = at;
  if (key === undefined) return change.value;
  if (Array.isArray(value)) {
    if (typeof key !== "number" || key >= value.length) return undefined;
    const item = applied(value[key], { at: deeper, ...change });
    return item === undefined ? undefined : value.with(key, item);
  }
  if (typeof value !== "object" || value === null) return undefined;
  const others = Object.entries(value).filter(([name]) => name !== key);
  if (deeper.length === 0 && !("value" in change)) {
    return Object.hasOwn(value, key) ? Object.fromEntries(others) : undefined;
  }
  const member = applied(Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined, { at: deeper, ...change });
  return member === undefined ? undefined : Object.fromEntries([...others, [String(key), member]]);
}
