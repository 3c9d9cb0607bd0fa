/**
 * `$skiptoken`: where a page begins, as the sort values of the last entity before it. A page begins behind those values
 * and not at a number, so that others may insert and delete meanwhile. Callers must not look inside, but nothing in it
 * is secret or trusted: it says no more than a `$filter` could.
 */
import { hash } from "node:crypto";
import { type Invalid, invalid } from "../domain/errors.ts";
import { type Condition, nullablePaths, type Value } from "../domain/query.ts";
import type { Order, Outcome } from "../domain/store.ts";

export interface Token {
  /** Of the keys that the list is sorted by, in their order. */
  readonly values: readonly Value[];
  /** Entities on a page, where a header had asked for it: who follows a link sends none. */
  readonly pageSize?: number | undefined;
}

/** The list that a token is good for. In another one its place would mean something else, or nothing. */
export interface Paged {
  /** Tells the list from others, with its filter: any text that does. */
  readonly name: string;
  readonly order: readonly Order<string>[];
}

export function skiptokenOf({ values, pageSize }: Token, paged: Paged): string {
  const parts = [fingerprintOf(paged), values, ...(pageSize === undefined ? [] : [pageSize])];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

export function tokenOf(skiptoken: string, paged: Paged): Outcome<Token, Invalid> {
  const parsed = parse(skiptoken);
  if (Array.isArray(parsed)) {
    const [fingerprint, values, pageSize] = parsed;
    const isOwn = fingerprint === fingerprintOf(paged) && isPlace(values, paged);
    // Made again it is the same: nothing else stands in it, and nothing that decoding overlooks.
    if (isOwn && isPageSize(pageSize) && skiptokenOf({ values, pageSize }, paged) === skiptoken) {
      return { ok: true, value: { values, pageSize } };
    }
  }
  const message =
    "$skiptoken is none of this list's: take it from @odata.nextLink, and leave the other options as they are.";
  return { ok: false, error: invalid("$skiptoken", message) };
}

/** It keeps a token short whatever the filter, and no secret: who makes one of their own sees their own rows. */
function fingerprintOf({ name, order }: Paged): string {
  const sorted = order.map(({ key, descending = false }) => (descending ? `-${key}` : key));
  return hash("sha256", JSON.stringify([name, sorted]), "base64url").slice(0, 12);
}

function parse(skiptoken: string): unknown {
  try {
    return JSON.parse(Buffer.from(skiptoken, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Priorities are sorted by rank, so that every key is a text; one with a NUL or half a character is none that a store has. */
function isPlace(values: unknown, { order }: Paged): values is Value[] {
  if (!Array.isArray(values) || values.length !== order.length) return false;
  return order.every(({ key }, index) => {
    const value: unknown = values[index];
    if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
    return value === null && nullablePaths.has(key);
  });
}

function isPageSize(value: unknown): value is number | undefined {
  return value === undefined || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 999_999_999);
}

/** Holds for what comes behind the values. Null comes before any value. */
export function behind<Key extends string>(
  values: readonly Value[],
  order: readonly Order<Key>[],
): Condition<Key> | undefined {
  const alternatives = order.flatMap(({ key, descending = false }, index): Condition<Key>[] => {
    const equal = order.slice(0, index).map(({ key: before }, place) => compare(before, "eq", values[place] ?? null));
    const further = furtherThan(key, descending, values[index] ?? null);
    return further ? [all([...equal, further])] : [];
  });
  return any(alternatives);
}

function furtherThan<Key extends string>(key: Key, descending: boolean, value: Value): Condition<Key> | undefined {
  if (!descending) return value === null ? compare(key, "ne", null) : compare(key, "gt", value);
  if (value === null) return undefined;
  return any([compare(key, "lt", value), compare(key, "eq", null)]);
}

function compare<Key extends string>(key: Key, operator: "eq" | "ne" | "gt" | "lt", value: Value): Condition<Key> {
  return { kind: "compare", operator, left: { kind: "property", path: key }, right: { kind: "literal", value } };
}

function all<Key extends string>(conditions: readonly Condition<Key>[]): Condition<Key> {
  const [first, ...others] = conditions;
  return first && others.length === 0 ? first : { kind: "and", conditions };
}

function any<Key extends string>(conditions: readonly Condition<Key>[]): Condition<Key> | undefined {
  const [first, ...others] = conditions;
  return others.length === 0 ? first : { kind: "or", conditions };
}
