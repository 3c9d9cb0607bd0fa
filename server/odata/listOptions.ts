/** Parses the query options of a list (OData 4.01 URL Conventions, 5.1) into a query for a store. */
import type { operations } from "../../generated/api.d.ts";
import { type Invalid, invalid } from "../domain/errors.ts";
import type { Condition, Properties, Property, Value } from "../domain/query.ts";
import type { List, Order, Outcome } from "../domain/store.ts";
import { type MemberName, memberNames } from "../shared/members.ts";
import { parseFilter } from "./filter/parser.ts";
import type { Preferences } from "./preferences.ts";
import { type Selection, type Shape, selectionOf, unknownProperty } from "./selection.ts";
import { expandSentinel } from "./sentinelFilter.ts";
import { encodeSkiptoken, type PagedList, parseSkiptoken, startAfter } from "./skiptoken.ts";

/** The query options of all of the contract's operations that return pages. */
type ListQueries = {
  [Op in keyof operations]: operations[Op]["parameters"] extends { query?: infer Query }
    ? "$skiptoken" extends keyof NonNullable<Query>
      ? NonNullable<Query>
      : never
    : never;
}[keyof operations];

type ValueOf<Union, Name> = Union extends unknown ? (Name extends keyof Union ? Union[Name] : never) : never;

/** The query options of a list, which have already been validated against the contract. */
export type ListOptions = {
  readonly [Name in MemberName<ListQueries>]?: Exclude<ValueOf<ListQueries, Name>, undefined>;
};

/** Whether the link to the next page repeats each option, in the order in which next links contain the options. */
const isOnNextPage: Readonly<Record<keyof ListOptions, boolean>> = {
  $select: true,
  $expand: true,
  $filter: true,
  $orderby: true,
  $top: true,
  $count: true,
  // The next page starts after the last entity of this page, so it must not skip entities again.
  $skip: false,
  $skiptoken: false,
};

const nextPageOptions = memberNames(isOnNextPage).filter((name) => isOnNextPage[name]);

/** The properties and limits of a collection that query options depend on. */
export interface QueryableCollection<Path extends string, Key extends string> {
  readonly shape: Shape;
  readonly properties: Properties<Path>;
  readonly order: readonly Order<Key>[];
  /** The sort keys that replace a property in the order. */
  readonly keys: Partial<Record<Path, Key>>;
  /** The keys with a unique value for each entity. Sort keys that follow a unique key have no effect. */
  readonly unique: readonly Key[];
  /** The largest number of entities in a page. */
  readonly pageSize: number;
  /** The largest number of entities in a page that uses `$expand`. */
  readonly expandedPageSize: number;
}

/** The parsed options of a list. */
export interface ListQuery<Key extends string> {
  readonly selection: Selection;
  /** The query for the store. Its limit is the page size plus one, to find out whether there is a next page. */
  readonly list: List<Key>;
  readonly countsAll: boolean;
  /** The largest number of entities in the page. */
  readonly pageSize: number;
  /**
   * Returns the query string of the next page's URL. Undefined if the page is the last one.
   * @param found the entities from the store. @param shown the number of them that the page has, from the first one.
   */
  next<Entity>(
    found: readonly Entity[],
    shown: number,
    keyValue: (entity: Entity, key: Key) => Value,
  ): string | undefined;
}

/** @param name distinguishes lists with the same options, because a `$skiptoken` is valid for only one list. */
export function listQueryOf<Path extends string, Key extends string>(
  collection: QueryableCollection<Path, Key | Path>,
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
  // A $skiptoken is valid only with the same filter and order. All other options may change between pages.
  const paged: PagedList = { name: JSON.stringify([name, options.$filter]), order: order.value };
  const token = options.$skiptoken === undefined ? undefined : parseSkiptoken(options.$skiptoken, paged);
  if (token && !token.ok) return token;

  const preferredSize = preferences.maxPageSize ?? token?.value.pageSize;
  const ownSize = selection.value.expand ? collection.expandedPageSize : collection.pageSize;
  const pageSize = Math.min(ownSize, options.$top ?? ownSize, preferredSize ?? ownSize);
  const list: List<Key | Path> = {
    condition: condition.value,
    start: token && startAfter(token.value.values, order.value),
    order: options.$orderby === undefined ? undefined : order.value,
    skip: token ? undefined : options.$skip,
    limit: pageSize + 1,
  };
  return {
    ok: true,
    value: {
      selection: selection.value,
      list,
      countsAll: options.$count === true,
      pageSize,
      next: (found, shown, keyValue) => {
        const last = found[shown - 1];
        if (last === undefined || found.length === shown) return undefined;
        const values = order.value.map(({ key }) => keyValue(last, key));
        return nextQuery(options, encodeSkiptoken({ values, pageSize: preferredSize }, paged));
      },
    },
  };
}

/** Parses a `$filter` into a condition. Undefined if there is no `$filter`. */
export function conditionOf<Path extends string>(
  $filter: string | undefined,
  properties: Properties<Path>,
): Outcome<Condition<Path> | undefined, Invalid> {
  if ($filter === undefined) return { ok: true, value: undefined };
  const parsed = parseFilter($filter, properties);
  if (!parsed.ok) return { ok: false, error: invalid("$filter", parsed.error.message) };
  return { ok: true, value: expandSentinel(parsed.value, properties) };
}

function orderOf<Path extends string, Key extends string>(
  $orderby: string | undefined,
  { properties, keys, unique, order }: QueryableCollection<Path, Key | Path>,
): Outcome<readonly Order<Key | Path>[], Invalid> {
  if ($orderby === undefined) return { ok: true, value: order };
  const chosen: Order<Key | Path>[] = [];
  const known = Object.values<Property<Path>>(properties);
  for (const item of $orderby.split(",")) {
    const [name = "", direction = "asc", ...more] = item.trim().split(/\s+/);
    const property = known.find(({ path }) => path.toLowerCase() === name.toLowerCase());
    if (property === undefined) {
      const paths = known.map(({ path }) => path);
      return { ok: false, error: unknownProperty("$orderby", name, paths) };
    }
    if (!/^(asc|desc)$/i.test(direction) || more.length > 0) {
      const message = `$orderby: expected 'asc' or 'desc' after ${property.path}.`;
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

/** Returns the query string of the next page: the options of this page and the `$skiptoken`. */
function nextQuery(options: ListOptions, $skiptoken: string): string {
  const kept = nextPageOptions
    .filter((name) => options[name] !== undefined)
    .map((name) => [name, options[name]] as const);
  return [...kept, ["$skiptoken", $skiptoken] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
}
