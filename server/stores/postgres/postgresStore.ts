/**
 * The store for several processes: a PostgreSQL database. A write is answered after its transaction is committed, with
 * synchronous commit on. Row locks and constraints keep concurrent processes from overwriting each other's changes.
 */
import type { DomainError } from "../../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../../domain/store.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { createJob } from "../jobs.ts";
import { changeAssignments } from "./assignmentWrites.ts";
import { type ConnectionCounts, Connections } from "./connections/connections.ts";
import { withoutPassword } from "./connections/databaseUrl.ts";
import { describePostgresError, remedyFor } from "./connections/sqlStates.ts";
import { migrate } from "./migrate.ts";
import { changeProfiles } from "./profileWrites.ts";
import { openJobQueues } from "./queues.ts";
import { postgresReads } from "./reads.ts";

export interface PostgresOptions {
  /** The largest number of connections of this process. */
  readonly poolSize?: number | undefined;
  /** Called after each commit with the number of decisions in it. */
  readonly committed?: ((decisions: number) => void) | undefined;
  /** Called once with the connections, for metrics. */
  readonly watchPool?: ((pool: ConnectionCounts) => void) | undefined;
}

/**
 * @param url `postgres://user:password@host:port/database`, with `?sslmode=…` and other options of the driver.
 * @throws StartRefused if the database cannot be used.
 */
export async function openPostgresStore(
  url: string,
  { poolSize = 10, committed = () => {}, watchPool }: PostgresOptions = {},
): Promise<Store> {
  const connections = new Connections(url, poolSize);
  watchPool?.(connections);
  try {
    await migrate(connections);
  } catch (error) {
    await connections.close();
    if (error instanceof StartRefused) throw error;
    const reason = describePostgresError(error);
    throw new StartRefused(`The database ${withoutPassword(url)} cannot be used: ${reason}. ${remedyFor(error)}`, {
      cause: error,
    });
  }
  // Two groups of a tenant run at the same time: while one waits for its commit, the rows of the other are loaded.
  const assignments = openJobQueues({
    parallel: 2,
    run: (options, jobs) => changeAssignments(connections, options, jobs),
    committed,
  });
  // Changes of profiles lock the tenant's row, so a second group would only wait for the first.
  const profiles = openJobQueues({
    parallel: 1,
    run: (options, jobs) => changeProfiles(connections, options, jobs),
    committed,
  });
  let closed: Promise<void> | undefined;
  return {
    read: postgresReads(connections),
    decide<Value, Failure extends DomainError, Reuse extends DomainError>(
      tenant: string,
      command: Command<Value, Failure>,
      repeatability?: RepeatabilityKey<Reuse>,
    ) {
      const { job, answer } = createJob(tenant, command, repeatability);
      (job.loads.order ? profiles : assignments).add(job);
      return answer;
    },
    close() {
      closed ??= connections.close();
      return closed;
    },
  };
}
