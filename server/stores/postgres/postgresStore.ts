/**
 * The store for several processes: a PostgreSQL database. A write is answered after its transaction is committed, with
 * synchronous commit on. Row locks and constraints keep concurrent processes from overwriting each other's changes.
 */
import { type ClientBase, Pool } from "pg";
import type { DomainError } from "../../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../../domain/store.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { createJob, type Job } from "../jobs.ts";
import { changeAssignments } from "./assignmentWrites.ts";
import { migrate } from "./migrate.ts";
import { changeProfiles } from "./profileWrites.ts";
import { type JobQueue, openJobQueue } from "./queues.ts";
import { postgresReads } from "./reads.ts";
import { describePostgresError, isWriteConflict, remedyFor, TooManyConflicts } from "./sqlStates.ts";

export interface PostgresOptions {
  /** The largest number of connections of this process. */
  readonly poolSize?: number | undefined;
  /** Called after each commit with the number of decisions in it. */
  readonly committed?: ((decisions: number) => void) | undefined;
  /** Called once with the connection pool, for metrics. */
  readonly watchPool?: ((pool: Pick<Pool, "totalCount" | "idleCount" | "waitingCount">) => void) | undefined;
}

/**
 * The time limit in milliseconds for a statement, for opening a connection and for waiting for a free connection. The
 * client also enforces the limit of a statement, because a server that hangs does not.
 */
export const patience = 5000;

/** The number of write conflicts after which a command fails, and its caller is told to try again later. */
const maxAttempts = 10;

/** The largest number of commands in one transaction. */
const groupSize = 64;

/**
 * @param url `postgres://user:password@host:port/database`, with `?sslmode=…` and other options of the driver.
 * @throws StartRefused if the database cannot be used.
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
    const reason = describePostgresError(error);
    throw new StartRefused(`The database ${withoutPassword(url)} cannot be used: ${reason}. ${remedyFor(error)}`, {
      cause: error,
    });
  }
  const queueFor = openQueues(pool, committed);
  let closed: Promise<void> | undefined;
  return {
    read: postgresReads(pool),
    decide<Value, Failure extends DomainError, Reuse extends DomainError>(
      tenant: string,
      command: Command<Value, Failure>,
      repeatability?: RepeatabilityKey<Reuse>,
    ) {
      const { job, answer } = createJob(tenant, command, repeatability);
      queueFor(job).add(job);
      return answer;
    },
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** Opens one queue for changes of assignments and, while it is needed, one for each tenant's changes of profiles. */
function openQueues(pool: Pool, committed: (decisions: number) => void): (job: Job) => JobQueue {
  const run = async (jobs: readonly Job[], work: () => Promise<void>) => {
    await withRetries(jobs, work);
    committed(jobs.length);
  };
  // Two groups run at the same time: while one waits for its commit, the rows of the other are loaded.
  const assignments = openJobQueue({
    parallel: 2,
    groupSize,
    run: (jobs) => run(jobs, () => changeAssignments(pool, jobs)),
  });
  const profilesByTenant = new Map<string, JobQueue>();
  const profilesQueueOf = (tenant: string): JobQueue => {
    const open = profilesByTenant.get(tenant);
    if (open) return open;
    const queue = openJobQueue({
      parallel: 1,
      groupSize,
      run: (jobs) => run(jobs, () => changeProfiles(pool, tenant, jobs)),
      onIdle: () => profilesByTenant.delete(tenant),
    });
    profilesByTenant.set(tenant, queue);
    return queue;
  };
  return ({ tenant, loads }) => (loads.order ? profilesQueueOf(tenant) : assignments);
}

/**
 * Repeats the work of a single job after a write conflict. The work of a group is not repeated: the queue runs the
 * group's jobs one by one instead, so that only the jobs with a conflict have to wait.
 */
async function withRetries(jobs: readonly Job[], work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (jobs.length > 1 || !isWriteConflict(error)) throw error;
      if (attempt === maxAttempts) throw new TooManyConflicts(error);
    }
  }
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
  // The queries on a broken connection also fail with an error. Without these listeners, Node would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  return pool;
}

/**
 * Configures a new connection. A write must be on disk before it is answered, so synchronous commit is turned on, even
 * if it is off by default on the server or for the PostgreSQL user. All statements of this store find rows by a key, so
 * sequential scans and the joins that need them are turned off. Otherwise the planner chooses a scan while a table is
 * small, keeps this plan when the table grows, and locks rows in a different order.
 */
export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query(`
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
    UNION ALL
    SELECT set_config(name, 'off', false) FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) AS s(name)`);
}

/** Returns the host, port and database of a URL, which may be logged, unlike the password. */
function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
