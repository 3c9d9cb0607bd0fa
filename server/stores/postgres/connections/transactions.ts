/**
 * Transactions with the pg driver. Statements are sent without waiting for earlier ones. The server runs them in order.
 */
import type { PoolClient } from "pg";
import { StoreUnavailable } from "../../../domain/store.ts";
import type { Row } from "../../rows.ts";
import type { Connection, Connections } from "./connections.ts";
import { transactionSettings } from "./sessions.ts";
import { awaitAnswer, LockTimeout } from "./sqlStates.ts";
import { lockWaits } from "./timeLimits.ts";

/**
 * A named statement is prepared once per connection. A statement without a name is parsed again for each use. If the
 * statement uses the tables of tenants, its first parameter is the tenant.
 */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

/** Runs a statement and returns its rows as arrays of columns. @throws StoreUnavailable, DatabaseError */
export type RunStatement = (statement: Statement, values: readonly unknown[]) => Promise<readonly Row[]>;

export interface Transaction {
  readonly run: RunStatement;
  /** Sends a statement whose rows need not be awaited. The commit waits for it. */
  send(statement: Statement, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface TransactionOptions {
  /** The tenant whose share of the connections is used. */
  readonly tenant: string;
  /** The limit in milliseconds for waiting for a lock. */
  readonly lockWait?: number;
}

/**
 * Runs `work` in a transaction and commits it.
 * @throws StoreUnavailable, DatabaseError, or any error thrown by `work`. If the connection breaks during the commit,
 *   it is not known whether the transaction was committed.
 */
export async function inTransaction<Result>(
  connections: Connections,
  { tenant, lockWait = lockWaits.usual }: TransactionOptions,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return runTransaction(await connections.connect(tenant), lockWait, work);
}

/** Runs a transaction, and then returns the connection. */
async function runTransaction<Result>(
  connection: Connection,
  lockWait: number,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const { client, isPooled } = connection;
  const run: RunStatement = async (statement, values) =>
    (await awaitAnswer(client.query(toQuery(connection, statement, values)))).rows;
  const sent: Promise<unknown>[] = [];
  const send = (statement: Statement, values: readonly unknown[] = []) => {
    const rows = run(statement, values);
    // The rows are awaited with the commit. Until then, Node must not report an error as an unhandled rejection.
    rows.catch(() => {});
    sent.push(rows);
    return rows;
  };
  try {
    send({ text: "BEGIN" });
    send(isPooled ? transactionSettings.pooled : transactionSettings.direct, [String(lockWait)]);
    const result = await work({ run, send });
    send({ text: "COMMIT" });
    await Promise.all(sent);
    connection.release();
    return result;
  } catch (error) {
    // The first error is the cause. Later statements only report that the transaction is aborted.
    const errors = (await Promise.allSettled(sent)).flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    const cause: unknown = errors[0] ?? error;
    connection.release(isBroken(cause) || !(await rollBack(client)));
    throw cause;
  }
}

/** Returns a function that runs each statement in its own transaction, on any free connection of the tenant's share. */
export function statementRunner(connections: Connections, tenant: string): RunStatement {
  return async (statement, values) => {
    const connection = await connections.connect(tenant);
    if (connection.isPooled) return runTransaction(connection, lockWaits.usual, ({ run }) => run(statement, values));
    try {
      const { rows } = await awaitAnswer(connection.client.query(toQuery(connection, statement, values)));
      connection.release();
      return rows;
    } catch (error) {
      connection.release(isBroken(error));
      throw error;
    }
  };
}

/** Behind a pooler, omits the name: a statement can be prepared in one session and then run in another. */
function toQuery({ isPooled }: Connection, { name, text }: Statement, values: readonly unknown[]) {
  return { name: isPooled ? undefined : name, text, values: [...values], rowMode: "array" as const };
}

/** Whether a connection must be closed after an error. */
function isBroken(error: unknown): boolean {
  return error instanceof StoreUnavailable && !(error instanceof LockTimeout);
}

/** @returns false if the connection is broken. */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    return false;
  }
}
