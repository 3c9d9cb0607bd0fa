/**
 * The settings of sessions and transactions. A pooler such as PgBouncer runs each transaction in another session of the
 * server, and shares these sessions with other programs. So each transaction sets its own settings.
 */
import type { ClientBase } from "pg";
import { UnsuitableServer } from "./sqlStates.ts";
import { patience } from "./timeLimits.ts";

type Settings = Readonly<Record<string, string>>;

/** The settings of every transaction, as SQL. The parameter is the limit in milliseconds for waiting for a lock. */
const ofTransactions: Settings = {
  // A write must be on disk before it is answered, even if the server or the PostgreSQL user has another default.
  synchronous_commit:
    "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END",
  lock_timeout: "$1",
};

/**
 * The settings of every statement. All statements of this store find rows by a key, so sequential scans and the joins that need
 * them are turned off. Otherwise the planner chooses a scan while a table is small, keeps this plan when the table grows,
 * and locks rows in a different order.
 */
const ofSessions: Settings = {
  statement_timeout: `'${patience}'`,
  idle_in_transaction_session_timeout: `'${2 * patience}'`,
  enable_seqscan: "'off'",
  enable_hashjoin: "'off'",
  enable_mergejoin: "'off'",
};

/** The statements that follow `BEGIN`. */
export const transactionSettings = {
  direct: { name: "transaction-settings", text: setUntilCommit(ofTransactions) },
  pooled: { text: setUntilCommit({ ...ofTransactions, ...ofSessions }) },
} as const;

function setUntilCommit(settings: Settings): string {
  return setSettings(settings, true);
}

function setSettings(settings: Settings, untilCommit: boolean): string {
  const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${value}, ${untilCommit})`);
  return `SELECT ${calls.join(", ")}`;
}

/**
 * Checks the server of a new connection. Sets the settings of the session, unless a pooler also gives it to other clients.
 * @throws UnsuitableServer
 */
export async function prepareSession(client: ClientBase): Promise<{ readonly isPooled: boolean }> {
  const { rows } = await client.query(
    "SELECT pg_backend_pid() AS pid, current_setting('server_encoding') AS encoding, current_setting('transaction_read_only') AS read_only",
  );
  const { pid, encoding, read_only } = rows[0] ?? {};
  if (encoding !== "UTF8") {
    throw new UnsuitableServer(
      `its encoding is ${encoding}, which cannot store all characters`,
      "Create a database with the encoding UTF8, for example with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
    );
  }
  if (read_only === "on") {
    throw new UnsuitableServer(
      "it is read-only",
      "Set DATABASE_URL to the primary server, not to a standby, and turn default_transaction_read_only off.",
    );
  }
  // PostgreSQL tells a new connection the id of its process. Poolers have to send an id of their own, because the process
  // changes.
  const isPooled = !("processID" in client) || client.processID !== pid;
  if (isPooled) await tryTransaction(client);
  else await client.query(setSettings(ofSessions, false));
  return { isPooled };
}

/**
 * Finds out whether a pooler allows transactions. PgBouncer with pool_mode=statement refuses `BEGIN` and closes the
 * connection. If other statements followed immediately, the driver could report the closed connection and not the refusal.
 */
async function tryTransaction(client: ClientBase): Promise<void> {
  await client.query("BEGIN");
  await client.query("ROLLBACK");
}
