/**
 * Builds the SQL for lists and counts. The text contains only the stores' constants. The caller's values are
 * parameters.
 */
import { type Condition, nullablePaths } from "../domain/query.ts";
import type { List, Order } from "../domain/store.ts";
import { type Columns, conditionSql, type Dialect, type Sql } from "./conditionSql.ts";

/** The clause `FROM … WHERE …` that selects the rows of a tenant or a profile, with its parameters. */
export interface Source<Key extends string> {
  readonly from: string;
  readonly bound: readonly string[];
  readonly keys: Columns<Key>;
  readonly defaultOrder: readonly Order<Key>[];
  readonly dialect: Dialect;
}

/** The largest 32-bit integer. PostgreSQL's parameter allows no larger value, and no list has so many rows. */
export const maxInteger = 2 ** 31 - 1;

/** @param columns the columns to select. */
export function listSql<Key extends string>(source: Source<Key>, columns: string, list: List<Key> = {}): Sql {
  const { sql, values } = filteredSql(source, pageCondition(list));
  const numbers: number[] = [];
  const parameter = (value: number) => {
    numbers.push(value);
    return source.dialect.parameter(values.length + numbers.length, value);
  };
  const parts = [`SELECT ${columns} ${sql} ORDER BY ${orderSql(source, list)}`];
  // SQLite accepts OFFSET only with a LIMIT. PostgreSQL does not accept LIMIT -1, so the largest number means "no limit".
  if (list.limit !== undefined || list.skip)
    parts.push(`LIMIT ${parameter(Math.min(list.limit ?? maxInteger, maxInteger))}`);
  if (list.skip) parts.push(`OFFSET ${parameter(list.skip)}`);
  return { sql: parts.join(" "), values: [...values, ...numbers] };
}

/** Returns the condition for the rows of a page. */
export function pageCondition<Key extends string>({ condition, start }: List<Key>): Condition<Key> | undefined {
  return condition && start ? { kind: "and", conditions: [condition, start] } : (condition ?? start);
}

export function countSql<Key extends string>(source: Source<Key>, condition: Condition<Key> | undefined): Sql {
  const { sql, values } = filteredSql(source, condition);
  return { sql: `SELECT count(*) ${sql}`, values };
}

function filteredSql<Key extends string>(
  { from, bound, keys, dialect }: Source<Key>,
  condition: Condition<Key> | undefined,
): Sql {
  if (condition === undefined) return { sql: from, values: bound };
  const { sql, values } = conditionSql(condition, keys, dialect, bound.length + 1);
  return { sql: `${from} AND ${sql}`, values: [...bound, ...values] };
}

export function orderSql<Key extends string>(
  { keys, defaultOrder }: Pick<Source<Key>, "keys" | "defaultOrder">,
  { order = defaultOrder }: List<Key>,
): string {
  return order
    .map(({ key, descending = false }) => {
      const direction = descending ? " DESC" : "";
      // Added only if the property can be null, because an index has the database's default order of nulls.
      const nulls = nullablePaths.has(key) ? ` NULLS ${descending ? "LAST" : "FIRST"}` : "";
      return `${keys[key]}${direction}${nulls}`;
    })
    .join(", ");
}
