/**
 * The `$skiptoken` of a page contains the sort values of the last entity on the previous page. Because the page starts
 * after these values and not at an index, entities may be inserted and deleted between two requests. The token is
 * opaque to callers, but it is neither secret nor trusted: it gives access only to entities that a `$filter` can also
 * select.
 */
import { hash } from "node:crypto";
import { type Invalid, invalid } from "../domain/errors.ts";
import { type Condition, nullablePaths, type Value } from "../domain/query.ts";
import type { Order, Outcome } from "../domain/store.ts";

export interface PagePosition {
  /** The values of the list's sort keys, in the order of the keys. */
  readonly values: readonly Value[];
  /** The page size from the Prefer header. The request for the next page need not repeat the header. */
  readonly pageSize?: number | undefined;
}

/** The list that a token is valid for. */
export interface PagedList {
  /** A text that identifies the list and its filter. */
  readonly name: string;
  readonly order: readonly Order<string>[];
}

export function encodeSkiptoken({ values, pageSize }: PagePosition, paged: PagedList): string {
  const parts = [fingerprintOf(paged), values, ...(pageSize === undefined ? [] : [pageSize])];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

export function parseSkiptoken(skiptoken: string, paged: PagedList): Outcome<PagePosition, Invalid> {
  const parsed = parseBase64Json(skiptoken);
  if (Array.isArray(parsed)) {
    const [, values, pageSize] = parsed;
    const isPosition = areSortValues(values, paged) && isPageSize(pageSize);
    // Encoding the values again must give the same text. So a token of another list, with extra members or with ignored
    // characters is refused.
    if (isPosition && encodeSkiptoken({ values, pageSize }, paged) === skiptoken) {
      return { ok: true, value: { values, pageSize } };
    }
  }
  const message =
    "$skiptoken is not valid for this list. Use the whole @odata.nextLink, with its other options unchanged.";
  return { ok: false, error: invalid("$skiptoken", message) };
}

/**
 * Returns a short hash of the list, so that a token is short even if the filter is long. The hash is not a security
 * measure: with a forged token, a caller can still read only the caller's own tenant.
 */
function fingerprintOf({ name, order }: PagedList): string {
  const sorted = order.map(({ key, descending = false }) => (descending ? `-${key}` : key));
  return hash("sha256", JSON.stringify([name, sorted]), "base64url").slice(0, 12);
}

function parseBase64Json(skiptoken: string): unknown {
  try {
    return JSON.parse(Buffer.from(skiptoken, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Whether the values can be the sort values of an entity in the list. All sort values are text, because profiles are
 * sorted by rank instead of priority. Stores contain no text with a NUL character or an unpaired surrogate.
 */
function areSortValues(values: unknown, { order }: PagedList): values is Value[] {
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

/** Returns the condition that matches all entities sorted after the values. `null` sorts before any value. */
export function startAfter<Key extends string>(
  values: readonly Value[],
  order: readonly Order<Key>[],
): Condition<Key> | undefined {
  const alternatives = order.flatMap(({ key, descending = false }, index): Condition<Key>[] => {
    const equal = order
      .slice(0, index)
      .map(({ key: before }, position) => compare(before, "eq", values[position] ?? null));
    const after = isAfter(key, descending, values[index] ?? null);
    return after ? [all([...equal, after])] : [];
  });
  return any(alternatives);
}

function isAfter<Key extends string>(key: Key, descending: boolean, value: Value): Condition<Key> | undefined {
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
