/** The query options of a list (OData 4.01 URL Conventions, 5.1), from their texts to a query for a store. */
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

/** The query options of every operation of the contract that has pages. */
type ListQueries = {
  [Op in keyof operations]: operations[Op]["parameters"] extends { query?: infer Query }
    ? "$skiptoken" extends keyof NonNullable<Query>
      ? NonNullable<Query>
      : never
    : never;
}[keyof operations];

type ValueOf<Union, Name> = Union extends unknown ? (Name extends keyof Union ? Union[Name] : never) : never;

/** The options of a list, as the contract has checked them. */
export type ListOptions = {
  readonly [Name in MemberName<ListQueries>]?: Exclude<ValueOf<ListQueries, Name>, undefined>;
};

interface OptionRule {
  /** Whether the link to the next page has the option, too. */
  readonly isOnNextPage: boolean;
  /** Whether another value means another list, for which a `$skiptoken` is not valid. */
  readonly identifiesList: boolean;
}

/** One entry for each list option of the contract, in the order of next links. */
const optionRules: Readonly<Record<keyof ListOptions, OptionRule>> = {
  $select: { isOnNextPage: true, identifiesList: false },
  $expand: { isOnNextPage: true, identifiesList: false },
  $filter: { isOnNextPage: true, identifiesList: true },
  // The order that it results in identifies the list.
  $orderby: { isOnNextPage: true, identifiesList: false },
  $top: { isOnNextPage: true, identifiesList: false },
  $count: { isOnNextPage: true, identifiesList: false },
  // The next page starts after the last entity of this one.
  $skip: { isOnNextPage: false, identifiesList: false },
  $skiptoken: { isOnNextPage: false, identifiesList: false },
};

const nextPageOptions = memberNames(optionRules).filter((name) => optionRules[name].isOnNextPage);
const identifyingOptions = memberNames(optionRules).filter((name) => optionRules[name].identifiesList);

/** What the query options of a collection can refer to. */
export interface QueryableCollection<Path extends string, Key extends string> {
  readonly shape: Shape;
  readonly properties: Properties<Path>;
  readonly order: readonly Order<Key>[];
  /** The keys that sort in place of a property. */
  readonly keys: Partial<Record<Path, Key>>;
  /** Keys that no two entities share: sorting by more keys after one of them changes nothing. */
  readonly unique: readonly Key[];
  /** The largest number of entities in an answer. Undefined: only the caller sets a limit. */
  readonly pageSize: number | undefined;
  /** The same limit if the answer expands each entity. */
  readonly expandedPageSize: number | undefined;
}

/** The parsed options of a list. */
export interface ListQuery<Key extends string> {
  readonly selection: Selection;
  /** The query for the store. Its limit is one more than a page holds, which shows whether there is a next page. */
  readonly list: List<Key>;
  /** The condition of `$count`: it counts the entities of all pages. */
  readonly condition: Condition<Key> | undefined;
  readonly countsAll: boolean;
  /** Splits the entities that the store has found into the page and the query of the next page. */
  page<Entity>(found: readonly Entity[], keyValue: (entity: Entity, key: Key) => Value): Page<Entity>;
}

export interface Page<Entity> {
  readonly entities: readonly Entity[];
  /** The query part of the next page's URL. Undefined on the last page. */
  readonly next: string | undefined;
}

/** @param name distinguishes the list from others with the same options: a `$skiptoken` is valid for one list only. */
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
  const identity = [name, ...identifyingOptions.map((option) => options[option])];
  const paged: PagedList = { name: JSON.stringify(identity), order: order.value };
  const token = options.$skiptoken === undefined ? undefined : parseSkiptoken(options.$skiptoken, paged);
  if (token && !token.ok) return token;

  const preferredSize = preferences.maxPageSize ?? token?.value.pageSize;
  const ownSize = selection.value.expand ? collection.expandedPageSize : collection.pageSize;
  const pageSize = smallest(ownSize, options.$top, preferredSize);
  const start = token && startAfter(token.value.values, order.value);
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
        return { entities, next: nextQuery(options, encodeSkiptoken({ values, pageSize: preferredSize }, paged)) };
      },
    },
  };
}

function smallest(...sizes: readonly (number | undefined)[]): number | undefined {
  const limits = sizes.filter((size) => size !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** The condition of a `$filter`; undefined without one. */
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
      const message = `$orderby: expected asc or desc after ${property.path}.`;
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

/** The query of the next page: the options of this page, and where the next one starts. */
function nextQuery(options: ListOptions, $skiptoken: string): string {
  const kept = nextPageOptions
    .filter((name) => options[name] !== undefined)
    .map((name) => [name, options[name]] as const);
  return [...kept, ["$skiptoken", $skiptoken] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
}
