/** The query options of a collection (OData 4.01 URL Conventions, 5.1), from texts to what a store is asked for. */
import { type Invalid, invalid } from "../domain/errors.ts";
import type { Condition, Property, Value } from "../domain/query.ts";
import type { List, Order, Outcome } from "../domain/store.ts";
import { asShown } from "./filter/evolvable.ts";
import { parseFilter } from "./filter/parser.ts";
import type { Preferences } from "./preferences.ts";
import { type Selection, type SelectionOptions, type Shape, selectionOf, unknownProperty } from "./selection.ts";
import { behind, skiptokenOf, tokenOf } from "./skiptoken.ts";

/** What a collection can be asked by. */
export interface Collection<Path extends string, Key extends string> {
  readonly shape: Shape;
  readonly properties: Readonly<Record<Path, Property<Path>>>;
  readonly order: readonly Order<Key>[];
  /** What sorts in place of a property, where that is something else. */
  readonly keys: Partial<Record<Path, Key>>;
  /** Keys that no two entities share: what is sorted by one is sorted. */
  readonly unique: readonly Key[];
  /** Entities in an answer at most; undefined: no limit but what the caller asks for. */
  readonly pageSize: number | undefined;
  /** The same where each brings others along. */
  readonly expandedPageSize: number | undefined;
}

export interface ListOptions extends SelectionOptions {
  readonly $filter?: string;
  readonly $orderby?: string;
  readonly $top?: number;
  readonly $skip?: number;
  readonly $skiptoken?: string;
  readonly $count?: boolean;
}

/** A query, understood. */
export interface ListQuery<Key extends string> {
  readonly selection: Selection;
  /** What the store is asked for: one more than the page holds, which tells whether there is a next page. */
  readonly list: List<Key>;
  /** What `$count` counts: everything the filter lets pass, on whatever page. */
  readonly condition: Condition<Key> | undefined;
  readonly countsAll: boolean;
  /** Splits what the store gave into the page and the link to the next one, if there is one. */
  page<Entity>(found: readonly Entity[], keyValue: (entity: Entity, key: Key) => Value): Page<Entity>;
}

export interface Page<Entity> {
  readonly entities: readonly Entity[];
  /** The query part of the next page's URL. */
  readonly next: string | undefined;
}

/**
 * @param name tells the list from others that have the same options: a `$skiptoken` is good for one list alone.
 */
export function listQueryOf<Path extends string, Key extends string>(
  collection: Collection<Path, Key | Path>,
  name: string,
  options: ListOptions,
  preferences: Preferences,
): Outcome<ListQuery<Key | Path>, Invalid> {
  const selection = selectionOf(options, collection.shape);
  if (!selection.ok) return selection;
  const condition = conditionOf(options.$filter, collection.properties);
  if (!condition.ok) return condition;
  const order = orderOf(options.$orderby, collection);
  if (!order.ok) return order;
  const paged = { name: JSON.stringify([name, options.$filter]), order: order.value };
  const token = options.$skiptoken === undefined ? undefined : tokenOf(options.$skiptoken, paged);
  if (token && !token.ok) return token;

  const headerSize = preferences.maxPageSize ?? token?.value.pageSize;
  const ownSize = selection.value.expand ? collection.expandedPageSize : collection.pageSize;
  const sizes = [ownSize, options.$top, headerSize].filter((size) => size !== undefined);
  const pageSize = sizes.length === 0 ? undefined : Math.min(...sizes);
  const start = token && behind(token.value.values, order.value);
  const list: List<Key | Path> = {
    condition: both(condition.value, start),
    order: options.$orderby === undefined ? undefined : order.value,
    skip: token ? undefined : options.$skip,
    limit: pageSize === undefined ? undefined : pageSize + 1,
  };
  return {
    ok: true,
    value: {
      selection: selection.value,
      list,
      condition: condition.value,
      countsAll: options.$count === true,
      page: (found, keyValue) => {
        const entities = found.slice(0, pageSize);
        const last = entities.at(-1);
        if (last === undefined || found.length === entities.length) return { entities, next: undefined };
        const values = order.value.map(({ key }) => keyValue(last, key));
        return { entities, next: nextQuery(options, skiptokenOf({ values, pageSize: headerSize }, paged)) };
      },
    },
  };
}

/** The condition of a `$filter`; undefined if there is none. */
export function conditionOf<Path extends string>(
  $filter: string | undefined,
  properties: Readonly<Record<Path, Property<Path>>>,
): Outcome<Condition<Path> | undefined, Invalid> {
  if ($filter === undefined) return { ok: true, value: undefined };
  const parsed = parseFilter($filter, properties);
  if (!parsed.ok) return { ok: false, error: invalid("$filter", parsed.error.message) };
  return { ok: true, value: asShown(parsed.value, properties) };
}

function orderOf<Path extends string, Key extends string>(
  $orderby: string | undefined,
  { properties, keys, unique, order }: Collection<Path, Key | Path>,
): Outcome<readonly Order<Key | Path>[], Invalid> {
  if ($orderby === undefined) return { ok: true, value: order };
  const chosen: Order<Key | Path>[] = [];
  const known = Object.values<Property<Path>>(properties);
  for (const item of $orderby.split(",")) {
    const [name = "", direction = "asc", ...more] = item.trim().split(/\s+/);
    const property = known.find(({ path }) => path.toLowerCase() === name.toLowerCase());
    if (property === undefined) {
      const error = unknownProperty(
        "$orderby",
        name,
        known.map(({ path }) => path),
      );
      return { ok: false, error };
    }
    if (!/^(asc|desc)$/i.test(direction) || more.length > 0) {
      const message = `$orderby: behind ${property.path} can only stand asc or desc.`;
      return { ok: false, error: invalid("$orderby", message) };
    }
    const key = keys[property.path] ?? property.path;
    if (!chosen.some((one) => one.key === key)) chosen.push({ key, descending: /^desc$/i.test(direction) });
  }
  const end = chosen.findIndex(({ key }) => unique.includes(key));
  const last = unique.at(-1);
  if (end >= 0 || last === undefined) return { ok: true, value: chosen.slice(0, end + 1) };
  return { ok: true, value: [...chosen, { key: last }] };
}

function both<Key extends string>(
  one: Condition<Key> | undefined,
  other: Condition<Key> | undefined,
): Condition<Key> | undefined {
  return one && other ? { kind: "and", conditions: [one, other] } : (one ?? other);
}

/** The options of the next page: those of this one, from behind its last entity. */
function nextQuery({ $select, $expand, $filter, $orderby, $top, $count }: ListOptions, $skiptoken: string): string {
  const options = { $select, $expand, $filter, $orderby, $top, $count, $skiptoken };
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
}
