/**
 * Transactions with the pg driver. Statements are sent without waiting for earlier ones. The server runs them in order.
 */
import type { Pool, PoolClient } from "pg";
import { StoreUnavailable } from "../../domain/store.ts";
import { storeQueue } from "../../shared/limits.ts";
import type { Row } from "../rows.ts";
import { queueFull } from "./queues.ts";
import { awaitAnswer } from "./sqlStates.ts";

/** A named statement is prepared once per connection. A statement without a name is parsed again for each use. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** Runs a statement and returns its rows as arrays of columns. @throws StoreUnavailable, DatabaseError */
export type RunStatement = (statement: Statement, values: readonly unknown[]) => Promise<readonly Row[]>;

export interface Transaction {
  readonly run: RunStatement;
  /** Sends a statement whose rows are not needed. The commit waits for it. */
  send(statement: Statement | string, values?: readonly unknown[]): void;
}

/**
 * Runs `work` in a transaction and commits it.
 * @throws StoreUnavailable, DatabaseError, or any error thrown by `work`. If the connection breaks during the commit,
 *   it is not known whether the transaction was committed.
 */
export async function inTransaction(pool: Pool, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  const client = await awaitAnswer(pool.connect());
  const sent: Promise<unknown>[] = [];
  const track = (answer: Promise<unknown>) => {
    // The answer is awaited with the commit. Until then, Node must not report an error as an unhandled rejection.
    answer.catch(() => {});
    sent.push(answer);
  };
  try {
    track(client.query("BEGIN"));
    await work({
      run: async (statement, values) => (await awaitAnswer(client.query(toQuery(statement, values)))).rows,
      send: (statement, values = []) =>
        track(client.query(typeof statement === "string" ? statement : toQuery(statement, values))),
    });
    track(client.query("COMMIT"));
    await awaitAnswer(Promise.all(sent));
    client.release();
  } catch (error) {
    // The first error is the cause. Later statements only report that the transaction is aborted.
    const errors = (await Promise.allSettled(sent.map((answer) => awaitAnswer(answer)))).flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    const cause: unknown = errors[0] ?? error;
    await rollBack(client, cause);
    throw cause;
  }
}

/** Returns a function that runs each statement in its own transaction, on any free connection. */
export function runOnPool(pool: Pool): RunStatement {
  return async (statement, values) => {
    if (pool.waitingCount >= storeQueue) throw queueFull();
    const client = await awaitAnswer(pool.connect());
    try {
      const { rows } = await awaitAnswer(client.query(toQuery(statement, values)));
      client.release();
      return rows;
    } catch (error) {
      // pool.query would close the connection after every error, even after a write conflict.
      client.release(error instanceof StoreUnavailable);
      throw error;
    }
  };
}

function toQuery({ name, text }: Statement, values: readonly unknown[]) {
  return { name, text, values: [...values], rowMode: "array" as const };
}

/** Rolls back and returns the connection to the pool. If the connection is broken, closes it instead. */
async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  if (error instanceof StoreUnavailable) return client.release(true);
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch {
    client.release(true);
  }
}
