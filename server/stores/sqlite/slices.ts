/**
 * Queries that read a table in slices. Each slice reads each property of a row only once, however often the filter names it,
 * and returns only the rows that can be in the result.
 */
import type { Condition } from "../../domain/query.ts";
import type { List, Order } from "../../domain/store.ts";
import { memberNames } from "../../shared/members.ts";
import { type Columns, conditionSql, type Sql } from "../conditionSql.ts";
import { maxInteger, orderSql, pageCondition, type Source } from "../listSql.ts";
import type { Row } from "../rows.ts";

/** A condition that is true for each row, or stops the statement if its time is over. scans.ts defines the function. */
export const inTime = "in_time()";

export interface SlicedQuery {
  /** SQL that selects the last id of the slice. It selects no row if fewer rows follow. */
  lastId(after: string, size: number): Sql;
  /** SQL that selects the rows of a slice. @param upTo the last id. Default: all following rows. */
  slice(after: string, upTo: string | undefined): Sql;
  /** Adds the rows of a slice to the result. @returns whether the result is complete, so that no further slice is needed. */
  add(rows: readonly Row[]): boolean;
  /** Returns the rows of the result, as the query without slices would. */
  result(): readonly Row[];
}

/** Returns the query of a list. It keeps only as many rows as the result has. */
export function slicedList<Key extends string>(source: Source<Key>, columns: string, list: List<Key>): SlicedQuery {
  const { order = source.defaultOrder, skip = 0, limit = maxInteger } = list;
  const size = skip + limit;
  const { keys } = slicedColumns(source.keys);
  // The sort keys come last. The conversion of a row to an entity ignores them.
  const selected = [columns, ...order.map(({ key }) => keys[key])].join(", ");
  const compare = comparisonOf(order);
  const isInOrderOfIds = order.length === 1 && order[0]?.key === "id" && !order[0].descending;
  let best: readonly Row[] = [];
  return {
    lastId: lastIdOf(source),
    slice: sliceOf(source, columns, pageCondition(list), (sql) => ({
      sql: `SELECT ${selected} ${sql} ORDER BY ${orderSql({ ...source, keys }, { order })} LIMIT ?`,
      values: [size],
    })),
    add(rows) {
      best = [...best, ...rows].sort(compare).slice(0, size);
      return isInOrderOfIds && best.length === size;
    },
    result: () => best.slice(skip),
  };
}

/** Returns the query of a count. Its result is one row with the count. */
export function slicedCount<Key extends string>(source: Source<Key>, condition: Condition<Key>): SlicedQuery {
  let count = 0;
  return {
    lastId: lastIdOf(source),
    slice: sliceOf(source, "id", condition, (sql) => ({ sql: `SELECT count(*) ${sql}`, values: [] })),
    add([row]) {
      count += Number(row?.[0]);
      return false;
    },
    result: () => [[count]],
  };
}

function lastIdOf<Key extends string>({ from, bound }: Source<Key>): SlicedQuery["lastId"] {
  const sql = `SELECT id ${from} AND id > ? ORDER BY id LIMIT 1 OFFSET ?`;
  return (after, size) => ({ sql, values: [...bound, after, size - 1] });
}

function sliceOf<Key extends string>(
  source: Source<Key>,
  columns: string,
  condition: Condition<Key> | undefined,
  select: (sql: string) => Sql,
): SlicedQuery["slice"] {
  const { keys, extracted } = slicedColumns(source.keys);
  const filter = condition && conditionSql(condition, keys, source.dialect);
  const { sql, values } = select(`FROM slice WHERE ${inTime}${filter ? ` AND ${filter.sql}` : ""}`);
  // A property that the query does not name is not extracted.
  const needed = [columns, ...extracted.flatMap(({ name, from }) => (sql.includes(name) ? `${from} AS ${name}` : []))];
  const slice = (end: string) =>
    `WITH slice AS MATERIALIZED (SELECT ${needed.join(", ")} ${source.from} AND id > ?${end}) ${sql}`;
  const [withEnd, withoutEnd] = [slice(" AND id <= ?"), slice("")];
  const all = [...(filter?.values ?? []), ...values];
  return (after, upTo) =>
    upTo === undefined
      ? { sql: withoutEnd, values: [...source.bound, after, ...all] }
      : { sql: withEnd, values: [...source.bound, after, upTo, ...all] };
}

interface Extracted {
  readonly name: string;
  readonly from: string;
}

/** Gives a name to each property that is part of a JSON column. Other properties have their own column. */
function slicedColumns<Key extends string>(
  columns: Columns<Key>,
): { readonly keys: Columns<Key>; readonly extracted: readonly Extracted[] } {
  const extracted: Extracted[] = [];
  const keys = { ...columns };
  for (const key of memberNames(columns)) {
    if (columns[key] === key) continue;
    const name = `"${key}"`;
    extracted.push({ name, from: columns[key] });
    Object.assign(keys, { [key]: name });
  }
  return { keys, extracted };
}

/** Compares rows by their last columns as SQLite does: NULL sorts first, and text is compared byte by byte. */
function comparisonOf(order: readonly Order<string>[]): (one: Row, other: Row) => number {
  return (one, other) => {
    for (const [index, { descending = false }] of order.entries()) {
      const column = index - order.length;
      const difference = compareValues(one.at(column), other.at(column));
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };
}

function compareValues(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}
