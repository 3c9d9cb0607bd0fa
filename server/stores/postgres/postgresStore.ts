/**
 * The store for many processes: a PostgreSQL database. A write is answered after its transaction is committed, with the
 * server's synchronous commit; two processes are kept apart by row locks and constraints.
 */
import { type ClientBase, Pool } from "pg";
import type { DomainError } from "../../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../../domain/store.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { type Job, jobOf } from "../jobs.ts";
import { changeAssignments } from "./assignmentWrites.ts";
import { Contended, reason, remedyFor, wasOvertaken } from "./failures.ts";
import { migrate } from "./migrate.ts";
import { changeProfiles } from "./profileWrites.ts";
import { type Lane, openLane } from "./queues.ts";
import { postgresReads } from "./reads.ts";

export interface PostgresOptions {
  /** Connections of this process, at most. */
  readonly poolSize?: number;
  /** Is told of each commit, and how many decisions it made durable. */
  readonly committed?: (decisions: number) => void;
  /** Is given the pool of connections, to look at. */
  readonly watchPool?: ((pool: Pick<Pool, "totalCount" | "idleCount" | "waitingCount">) => void) | undefined;
}

/**
 * Milliseconds that a statement, a new connection or the wait for a free one may take. Kept on this side as well: a
 * server that has stopped answering enforces nothing.
 */
export const patience = 5000;

/** How often one command may be overtaken by other transactions before its caller is told to come back. */
const attempts = 10;

/**
 * @param url `postgres://user:password@host:port/database`, with `?sslmode=…` and what else the driver knows.
 * @throws StartRefused if the database can't serve as the store.
 */
export async function openPostgresStore(
  url: string,
  { poolSize = 10, committed = () => {}, watchPool }: PostgresOptions = {},
): Promise<Store> {
  const pool = openPool(url, poolSize);
  watchPool?.(pool);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`The database ${placeOf(url)} can't be used: ${reason(error)}. ${remedyFor(error)}`, {
      cause: error,
    });
  }

  async function run(jobs: readonly Job[], work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await work();
        committed(jobs.length);
        return;
      } catch (error) {
        // A group that was overtaken comes apart instead: only those that met the other transaction have to wait.
        if (jobs.length > 1 || !wasOvertaken(error)) throw error;
        if (attempt === attempts) throw new Contended(error);
      }
    }
  }

  // Two at once: while one group waits for its commit, the other is loaded: 8,400 requests/s against 6,500
  // with one; three bring no more.
  const assignments = openLane({
    parallel: 2,
    size: 64,
    run: (jobs) => run(jobs, () => changeAssignments(pool, jobs)),
  });
  const tenants = new Map<string, Lane>();
  const profilesOf = (tenant: string): Lane => {
    const open = tenants.get(tenant);
    if (open) return open;
    const lane = openLane({
      parallel: 1,
      size: 64,
      run: (jobs) => run(jobs, () => changeProfiles(pool, tenant, jobs)),
      idle: () => tenants.delete(tenant),
    });
    tenants.set(tenant, lane);
    return lane;
  };

  let closed: Promise<void> | undefined;
  return {
    read: postgresReads(pool),
    decide<Value, Failure extends DomainError, Reuse extends DomainError>(
      tenant: string,
      command: Command<Value, Failure>,
      repeatability?: RepeatabilityKey<Reuse>,
    ) {
      const { job, answer } = jobOf(tenant, command, repeatability);
      (job.loads.order ? profilesOf(tenant) : assignments).add(job);
      return answer;
    },
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

function openPool(url: string, poolSize: number): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: "apple-enrollment",
    max: poolSize,
    pipeline: true,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    statement_timeout: patience,
    idle_in_transaction_session_timeout: 2 * patience,
    keepAlive: true,
    onConnect: prepareSession,
  });
  // A connection that breaks is reported to whoever waits on it; without these, Node would take it for a crash.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  return pool;
}

/**
 * What is answered must be on disk, whatever the server's or the user's default says. And every statement of this store
 * finds its rows by a key: left to choose, the planner scans a table that is small when a plan is made, keeps the plan
 * while the table grows, and locks rows in an order of its own.
 */
export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query(`
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
    UNION ALL
    SELECT set_config(name, 'off', false) FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) AS s(name)`);
}

/** Host, port and database: what may be told of a URL that holds a password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
