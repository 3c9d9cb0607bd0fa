/**
 * Queues of jobs. A queue collects the jobs that arrive while it is busy, and runs each group of them in one
 * transaction.
 */
import { StoreUnavailable } from "../../domain/store.ts";
import { shedding, storeQueue } from "../../shared/limits.ts";
import type { Job } from "../jobs.ts";
import { TooManyConflicts } from "./sqlStates.ts";

export interface JobQueueOptions {
  /** The largest number of groups that run at the same time. */
  readonly parallel: number;
  /** The largest number of jobs in a group. */
  readonly groupSize: number;
  /** Decides the jobs in order, so that each job sees the changes of the previous ones, and commits the changes. */
  readonly run: (jobs: readonly Job[]) => Promise<void>;
  /** Called when no job is waiting or running. */
  readonly onIdle?: () => void;
}

export interface JobQueue {
  add(job: Job): void;
}

/**
 * Opens a queue. As soon as a group may start, it takes the jobs that are waiting. If the changes of one job cannot be
 * applied, the jobs of the group run one by one, so that only this job fails. If the store is unavailable, all waiting
 * jobs fail immediately, instead of each after its own time-out.
 */
export function openJobQueue({ parallel, groupSize, run, onIdle = () => {} }: JobQueueOptions): JobQueue {
  let waiting: Job[] = [];
  let runningGroups = 0;

  function startGroups(): void {
    while (runningGroups < parallel && waiting.length > 0) {
      const jobs = waiting.splice(0, groupSize);
      runningGroups += 1;
      void runGroup(jobs).then(() => {
        runningGroups -= 1;
        if (waiting.length > 0) startGroups();
        else if (runningGroups === 0) onIdle();
      });
    }
  }

  async function runGroup(jobs: readonly Job[]): Promise<void> {
    try {
      await run(jobs);
      for (const job of jobs) job.settle();
    } catch (error) {
      if (isStoreDown(error)) failAll(jobs, error);
      else if (jobs.length > 1) await runOneByOne(jobs);
      else for (const job of jobs) job.fail(error);
    }
  }

  async function runOneByOne(jobs: readonly Job[]): Promise<void> {
    for (const [index, job] of jobs.entries()) {
      try {
        await run([job]);
        job.settle();
      } catch (error) {
        if (isStoreDown(error)) return failAll(jobs.slice(index), error);
        job.fail(error);
      }
    }
  }

  function failAll(jobs: readonly Job[], error: unknown): void {
    const failed = [...jobs, ...waiting];
    waiting = [];
    for (const job of failed) job.fail(error);
  }

  return {
    add(job) {
      if (waiting.length >= storeQueue) return job.fail(queueFull());
      // Runs after all readable sockets were read, so that their jobs join the same group.
      if (waiting.push(job) === 1) setImmediate(startGroups);
    },
  };
}

/** The error for a request that is refused immediately, because it would have to wait too long for the store. */
export function queueFull(): StoreUnavailable {
  return new StoreUnavailable(`More than ${storeQueue} requests are waiting for the store.`, {
    retryAfter: shedding.retryAfter,
    remedy: "The database is too slow for the number of requests. Check its load, or send fewer requests.",
  });
}

/** Whether all waiting jobs would fail with the same error. */
function isStoreDown(error: unknown): boolean {
  return error instanceof StoreUnavailable && !(error instanceof TooManyConflicts);
}
