/** A lane gathers the jobs that arrive while it is busy, and runs each group of them in one transaction. */
import { StoreUnavailable } from "../../domain/store.ts";
import { shedding, storeQueue } from "../../shared/limits.ts";
import type { Job } from "../jobs.ts";
import { Contended } from "./failures.ts";

export interface LaneOptions {
  /** Groups under way at once. */
  readonly parallel: number;
  /** Jobs in a group, at most. */
  readonly size: number;
  /** Decides the jobs, one on what the other left, and commits. */
  readonly run: (jobs: readonly Job[]) => Promise<void>;
  /** Called when nothing waits and nothing is under way. */
  readonly idle?: () => void;
}

export interface Lane {
  add(job: Job): void;
}

/**
 * A group is what has arrived by the time that a place is free. If the changes of one job can't be applied, each of its
 * group runs on its own: a job fails alone. If the store is unavailable, whoever waits is told so at once instead of
 * after a time-out of its own.
 */
export function openLane({ parallel, size, run, idle = () => {} }: LaneOptions): Lane {
  let waiting: Job[] = [];
  let underWay = 0;

  function next(): void {
    while (underWay < parallel && waiting.length > 0) {
      const jobs = waiting.splice(0, size);
      underWay += 1;
      void together(jobs).then(() => {
        underWay -= 1;
        if (waiting.length > 0) next();
        else if (underWay === 0) idle();
      });
    }
  }

  async function together(jobs: readonly Job[]): Promise<void> {
    try {
      await run(jobs);
      for (const job of jobs) job.settle();
    } catch (error) {
      if (isStoreDown(error)) strand(jobs, error);
      else if (jobs.length > 1) await apart(jobs);
      else for (const job of jobs) job.fail(error);
    }
  }

  async function apart(jobs: readonly Job[]): Promise<void> {
    for (const [index, job] of jobs.entries()) {
      try {
        await run([job]);
        job.settle();
      } catch (error) {
        if (isStoreDown(error)) return strand(jobs.slice(index), error);
        job.fail(error);
      }
    }
  }

  function strand(jobs: readonly Job[], error: unknown): void {
    const stranded = [...jobs, ...waiting];
    waiting = [];
    for (const job of stranded) job.fail(error);
  }

  return {
    add(job) {
      if (waiting.length >= storeQueue) return job.fail(queueFull());
      // After the sockets that are readable now were read: what they carry comes into the same group.
      if (waiting.push(job) === 1) setImmediate(next);
    },
  };
}

/** Who would wait long for the store is told so at once. */
export function queueFull(): StoreUnavailable {
  return new StoreUnavailable(`More than ${storeQueue} wait for the store.`, {
    retryAfter: shedding.retryAfter,
    remedy: "The database is slower than what is asked of it: look at its load, or let fewer requests in.",
  });
}

/** Whatever waits would meet the same failure. */
function isStoreDown(error: unknown): boolean {
  return error instanceof StoreUnavailable && !(error instanceof Contended);
}
