/** Lists and counts as SQL. The texts are made of the stores' own parts; whatever a caller says is a parameter. */
import { type Condition, nullablePaths } from "../domain/query.ts";
import type { List, Order } from "../domain/store.ts";
import { type Columns, conditionSql, type Dialect, type Sql } from "./conditionSql.ts";

/** A table as its owner sees it: `FROM … WHERE …` with the parameters that bind it to a tenant. */
export interface Source<Key extends string> {
  readonly from: string;
  readonly bound: readonly string[];
  readonly keys: Columns<Key>;
  readonly defaultOrder: readonly Order<Key>[];
  readonly dialect: Dialect;
}

/** The largest integer of 32 bits: more rows than any table here has, and the most that PostgreSQL's parameter takes. */
const most = 2 ** 31 - 1;

/** @param columns what to select. */
export function listSql<Key extends string>(source: Source<Key>, columns: string, list: List<Key> = {}): Sql {
  const { sql, values } = conditioned(source, list.condition);
  const numbers: number[] = [];
  const number = (value: number) => {
    numbers.push(value);
    return source.dialect.parameter(values.length + numbers.length, value);
  };
  const parts = [`SELECT ${columns} ${sql} ORDER BY ${orderSql(source, list)}`];
  // SQLite knows no OFFSET without a LIMIT, and takes -1 for none; PostgreSQL takes no -1, but a number beyond any table.
  if (list.limit !== undefined || list.skip) parts.push(`LIMIT ${number(Math.min(list.limit ?? most, most))}`);
  if (list.skip) parts.push(`OFFSET ${number(list.skip)}`);
  return { sql: parts.join(" "), values: [...values, ...numbers] };
}

export function countSql<Key extends string>(source: Source<Key>, condition: Condition<Key> | undefined): Sql {
  const { sql, values } = conditioned(source, condition);
  return { sql: `SELECT count(*) ${sql}`, values };
}

function conditioned<Key extends string>(
  { from, bound, keys, dialect }: Source<Key>,
  condition: Condition<Key> | undefined,
): Sql {
  if (condition === undefined) return { sql: from, values: bound };
  const { sql, values } = conditionSql(condition, keys, dialect, bound.length + 1);
  return { sql: `${from} AND ${sql}`, values: [...bound, ...values] };
}

function orderSql<Key extends string>(
  { keys, defaultOrder }: Source<Key>,
  { order = defaultOrder }: List<Key>,
): string {
  return order
    .map(({ key, descending = false }) => {
      const direction = descending ? " DESC" : "";
      // Said only where it matters: an index is in the database's own order.
      const nulls = nullablePaths.has(key) ? ` NULLS ${descending ? "LAST" : "FIRST"}` : "";
      return `${keys[key]}${direction}${nulls}`;
    })
    .join(", ");
}
