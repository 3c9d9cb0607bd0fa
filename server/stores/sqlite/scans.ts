/**
 * Runs queries that may have to read many rows. A query first runs as one statement. If this takes too long, the statement is
 * stopped, and the query runs again in slices: each slice reads the next rows in the order of their ids, and other requests
 * are handled between the slices. So an entity that exists during the whole query is seen exactly once, but two entities may
 * be seen in states of different times.
 */
import type { DatabaseSync } from "node:sqlite";
import { QueryTooLong } from "../../domain/store.ts";
import { scans as defaults } from "../../shared/limits.ts";
import { Shares } from "../../shared/shares.ts";
import type { Sql } from "../conditionSql.ts";
import type { Row } from "../rows.ts";
import type { SlicedQuery } from "./slices.ts";
import type { Turns } from "./turns.ts";

export interface ScanOptions {
  readonly turns: Turns;
  readonly run: (sql: Sql) => readonly Row[];
  /** Called before each slice. @throws StoreUnavailable if the database cannot be read. */
  readonly assertReadable: () => void;
  /** In milliseconds; see `scans` in limits.ts. */
  readonly limits: ScanLimits;
}

export type ScanLimits = { readonly [Name in "slice" | "budget"]: number };

/**
 * Runs a query that may read many rows.
 * @param sql the query as one statement, with the condition `inTime`. @param sliced creates the same query in slices.
 * @throws QueryTooLong, StoreUnavailable
 */
export type Scan = (tenant: string, sql: Sql, sliced: () => SlicedQuery) => readonly Row[] | Promise<readonly Row[]>;

interface Progress {
  /** The last id that was read. */
  after: string;
  /** The number of rows in the next slice. */
  size: number;
  /** The time of all slices in milliseconds. */
  spent: number;
}

/** Thrown inside a statement to stop it. */
class Stopped extends Error {}

/** The number of rows in the first slice of a query. Later slices have as many rows as the time of a slice allows. */
const firstSlice = 256;

/** Adds the SQL function of the condition `inTime` to the database. */
export function openScan(database: DatabaseSync, { turns, run, assertReadable, limits }: ScanOptions): Scan {
  let end = Number.POSITIVE_INFINITY;
  database.function("in_time", { directOnly: true }, () => {
    if (performance.now() > end) throw new Stopped();
    return 1;
  });
  const running = new Shares();

  /** @returns undefined if a statement was stopped. */
  function attempt<Value>(work: () => Value): Value | undefined {
    end = performance.now() + limits.slice;
    try {
      return work();
    } catch (error) {
      if (error instanceof Stopped) return undefined;
      throw error;
    } finally {
      end = Number.POSITIVE_INFINITY;
    }
  }

  /** Reads the next slice. @returns whether there are more. @throws QueryTooLong, StoreUnavailable */
  function readSlice(query: SlicedQuery, progress: Progress): boolean {
    assertReadable();
    const start = performance.now();
    const [[last] = []] = run(query.lastId(progress.after, progress.size));
    const upTo = last === undefined ? undefined : String(last);
    const read = () => query.add(run(query.slice(progress.after, upTo)));
    // A slice of one row cannot be divided, so it is not stopped.
    const isComplete = progress.size === 1 ? read() : attempt(read);
    const time = performance.now() - start;
    progress.spent += time;
    progress.size =
      isComplete === undefined ? divided(progress.size) : nextSize(progress.size, limits.slice / 2 / time);
    if (isComplete !== undefined) {
      if (isComplete || upTo === undefined) return false;
      progress.after = upTo;
    }
    if (progress.spent > limits.budget) throw new QueryTooLong(limits.budget, defaults.retryAfter);
    return true;
  }

  function runInSlices(tenant: string, query: SlicedQuery): Promise<readonly Row[]> {
    if (running.of(tenant) >= defaults.perTenant) throw new QueryTooLong(undefined, defaults.retryAfter);
    const { promise, resolve, reject } = Promise.withResolvers<readonly Row[]>();
    const progress: Progress = { after: "", size: firstSlice, spent: 0 };
    running.add(tenant, 1);
    turns.runInSlices(tenant, () => {
      try {
        if (readSlice(query, progress)) return true;
        resolve(query.result());
      } catch (error) {
        reject(error);
      }
      running.add(tenant, -1);
      return false;
    });
    return promise;
  }

  return (tenant, sql, sliced) => attempt(() => run(sql)) ?? runInSlices(tenant, sliced());
}

/** Returns the size of the next slice after one that was stopped. */
function divided(size: number): number {
  return Math.max(1, Math.floor(size / 4));
}

/** Returns the size of the next slice. @param factor how many times as long the last one could have taken. */
function nextSize(size: number, factor: number): number {
  return Math.max(1, Math.floor(size * Math.min(2, factor)));
}
