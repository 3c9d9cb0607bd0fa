/** Transactions of the pg driver. Statements are sent without waiting for one another; the server keeps their order. */
import type { Pool, PoolClient } from "pg";
import { StoreUnavailable } from "../../domain/store.ts";
import { storeQueue } from "../../shared/limits.ts";
import type { Row } from "../rows.ts";
import { answered } from "./failures.ts";
import { queueFull } from "./queues.ts";

/** A statement that each connection prepares once, under its name; without one, it is prepared for each use. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** Asks for rows, as arrays of columns. @throws StoreUnavailable, DatabaseError */
export type Ask = (statement: Statement, values: readonly unknown[]) => Promise<readonly Row[]>;

export interface Transaction {
  readonly rows: Ask;
  /** Sends a statement whose answer matters only in that it has to be one. */
  send(statement: Statement | string, values?: readonly unknown[]): void;
}

/**
 * Runs `work` in a transaction and commits it.
 * @throws StoreUnavailable, DatabaseError, or what `work` throws; only a connection that broke during the commit leaves
 *   open whether it was done.
 */
export async function inTransaction(pool: Pool, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  const client = await answered(pool.connect());
  const sent: Promise<unknown>[] = [];
  const send = (asked: Promise<unknown>) => {
    // Awaited with the commit; until then its failure must not count as unhandled.
    asked.catch(() => {});
    sent.push(asked);
  };
  try {
    send(client.query("BEGIN"));
    await work({
      rows: async (statement, values) => (await answered(client.query(queryOf(statement, values)))).rows,
      send: (statement, values = []) =>
        send(client.query(typeof statement === "string" ? statement : queryOf(statement, values))),
    });
    send(client.query("COMMIT"));
    await answered(Promise.all(sent));
    client.release();
  } catch (error) {
    // The first failure is the cause; those after it only say that the transaction is aborted.
    const failures = (await Promise.allSettled(sent.map((asked) => answered(asked)))).flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    await abandon(client, error);
    throw failures[0] ?? error;
  }
}

/** Each statement on whatever connection is free, a transaction of its own. */
export function asking(pool: Pool): Ask {
  return async (statement, values) => {
    if (pool.waitingCount >= storeQueue) throw queueFull();
    const client = await answered(pool.connect());
    try {
      const { rows } = await answered(client.query(queryOf(statement, values)));
      client.release();
      return rows;
    } catch (error) {
      // Not with pool.query: it closes a connection for every failure, also for one that says who was faster.
      client.release(error instanceof StoreUnavailable);
      throw error;
    }
  };
}

function queryOf({ name, text }: Statement, values: readonly unknown[]) {
  return { name, text, values: [...values], rowMode: "array" as const };
}

/** Gives the connection back if it can still be used; else it is closed, and the pool makes another. */
async function abandon(client: PoolClient, error: unknown): Promise<void> {
  if (error instanceof StoreUnavailable) return client.release(true);
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch {
    client.release(true);
  }
}
