/**
 * `$skiptoken`: where a page begins, as the sort values of the last entity before it. A page begins behind those values
 * and not at a number, so that others may insert and delete meanwhile. Callers must not look inside, but nothing in it
 * is secret or trusted: it says no more than a `$filter` could.
 */
import { type Invalid, invalid } from "../domain/errors.ts";
import type { Condition, Value } from "../domain/query.ts";
import type { Order, Outcome } from "../domain/store.ts";

export interface Token {
  /** Of the keys that the list is sorted by, in their order. */
  readonly values: readonly Value[];
  /** Entities on a page, where a header had asked for it: who follows a link sends none. */
  readonly pageSize?: number | undefined;
}

/** @param order what the list is sorted by: the token is good for no other. */
export function skiptokenOf({ values, pageSize }: Token, order: readonly Order<string>[]): string {
  return Buffer.from(JSON.stringify([nameOf(order), values, ...(pageSize === undefined ? [] : [pageSize])])).toString(
    "base64url",
  );
}

export function tokenOf(skiptoken: string, order: readonly Order<string>[]): Outcome<Token, Invalid> {
  const parsed = parse(skiptoken);
  if (Array.isArray(parsed) && parsed.length <= 3) {
    const [name, values, pageSize] = parsed;
    const isOwn = name === nameOf(order) && Array.isArray(values) && values.length === order.length;
    if (isOwn && values.every(isValueOf(order)) && (pageSize === undefined || isPageSize(pageSize))) {
      return { ok: true, value: { values, pageSize } };
    }
  }
  const message =
    "$skiptoken is none of this list's: take it from @odata.nextLink, and leave the other options as they are.";
  return { ok: false, error: invalid("$skiptoken", message) };
}

function nameOf(order: readonly Order<string>[]): string {
  return order.map(({ key, descending = false }) => (descending ? `-${key}` : key)).join(",");
}

function parse(skiptoken: string): unknown {
  try {
    return JSON.parse(Buffer.from(skiptoken, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function isValueOf(order: readonly Order<string>[]): (value: unknown, index: number) => value is Value {
  // Priorities are sorted by rank, so that every key is a text; a NUL is one that no store takes.
  return (value, index): value is Value =>
    order[index] !== undefined && (value === null || (typeof value === "string" && !value.includes("\0")));
}

function isPageSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 999_999_999;
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
