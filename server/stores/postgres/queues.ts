/**
 * Queues of jobs, one for each tenant. A queue collects the jobs that arrive while it is busy, and runs each group of them
 * in one transaction.
 */
import { storeQueue } from "../../shared/limits.ts";
import type { Job } from "../jobs.ts";
import { TenantQueues } from "../tenantQueues.ts";
import {
  concernsOneCommand,
  isWriteConflict,
  LockTimeout,
  queueFull,
  TooManyConflicts,
} from "./connections/sqlStates.ts";
import { lockWaits } from "./connections/timeLimits.ts";
import type { TransactionOptions } from "./connections/transactions.ts";

export interface JobQueuesOptions {
  /** The largest number of groups of a tenant that run at the same time. */
  readonly parallel: number;
  /** Decides the jobs in order, so that each job sees the changes of the previous ones, and commits the changes. */
  readonly run: (options: TransactionOptions, jobs: readonly Job[]) => Promise<void>;
  /** Called after each commit with the number of decisions in it. */
  readonly committed: (decisions: number) => void;
}

export interface JobQueues {
  add(job: Job): void;
}

/** The largest number of commands in one transaction. */
const groupSize = 64;

/**
 * The number of write conflicts after which work fails. The commands of a group are then run one by one. A single command
 * fails, and its caller is told to try again later.
 */
const maxAttempts = { group: 2, single: 10 } as const;

/**
 * Opens the queues. As soon as a group of a tenant may start, it takes the jobs that are waiting. If the changes of one job
 * cannot be applied, or if it waits for a lock, the jobs of the group run one by one, so that only this job fails. If the
 * store is unavailable, all waiting jobs of the tenant fail immediately, instead of each after its own time-out.
 */
export function openJobQueues({ parallel, run, committed }: JobQueuesOptions): JobQueues {
  const waiting = new TenantQueues<Job>(storeQueue);
  const runningGroups = new Map<string, number>();

  function startGroups(tenant: string): void {
    while (waiting.has(tenant) && runningOf(tenant) < parallel) {
      const jobs = waiting.take(tenant, groupSize);
      runningGroups.set(tenant, runningOf(tenant) + 1);
      void runGroup(tenant, jobs).then(() => {
        if (runningOf(tenant) > 1) runningGroups.set(tenant, runningOf(tenant) - 1);
        else runningGroups.delete(tenant);
        startGroups(tenant);
      });
    }
  }

  function runningOf(tenant: string): number {
    return runningGroups.get(tenant) ?? 0;
  }

  async function runGroup(tenant: string, jobs: readonly Job[]): Promise<void> {
    try {
      await runWithRetries({ tenant, lockWait: lockWaits.usual }, jobs);
    } catch (error) {
      if (!concernsOneCommand(error)) failAll(tenant, jobs, error);
      else if (jobs.length > 1) await runOneByOne(tenant, jobs, error);
      else for (const job of jobs) job.fail(error);
    }
  }

  /** @param failure the reason why the jobs cannot run as a group. */
  async function runOneByOne(tenant: string, jobs: readonly Job[], failure: unknown): Promise<void> {
    let lockWait = lockWaitAfter(failure);
    for (const [index, job] of jobs.entries()) {
      try {
        await runWithRetries({ tenant, lockWait }, [job]);
      } catch (error) {
        if (!concernsOneCommand(error)) return failAll(tenant, jobs.slice(index), error);
        job.fail(error);
        lockWait = Math.min(lockWait, lockWaitAfter(error));
      }
    }
  }

  async function runWithRetries(options: TransactionOptions, jobs: readonly Job[]): Promise<void> {
    await withRetries(jobs.length > 1 ? maxAttempts.group : maxAttempts.single, () => run(options, jobs));
    committed(jobs.length);
    for (const job of jobs) job.settle();
  }

  function failAll(tenant: string, jobs: readonly Job[], error: unknown): void {
    for (const job of [...jobs, ...waiting.take(tenant, waiting.length)]) job.fail(error);
  }

  return {
    add(job) {
      const { tenant } = job;
      // Runs after all readable sockets were read, so that their jobs join the same group.
      if (!waiting.has(tenant)) setImmediate(startGroups, tenant);
      waiting.add(tenant, job)?.fail(queueFull());
    },
  };
}

/** All jobs of a group have already waited for its lock, so none of them waits for long again. */
function lockWaitAfter(error: unknown): number {
  return error instanceof LockTimeout ? lockWaits.short : lockWaits.usual;
}

/** Repeats the work after a write conflict. @throws TooManyConflicts if every attempt has caused a conflict. */
async function withRetries(attempts: number, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
      if (attempt === attempts) throw new TooManyConflicts(error);
    }
  }
}
