/**
 * Group commit for the SQLite store. The commands that arrive in one turn of the event loop are decided one after the
 * other and committed together. Each command sees the changes of the previous ones.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Job } from "../jobs.ts";
import type { Flushes } from "./flushes.ts";
import type { Health } from "./health.ts";
import { apply, load, type Statements } from "./statements.ts";

export interface GroupCommitOptions {
  readonly flushes: Flushes;
  readonly health: Health;
  /** Called after each commit with the number of decisions in it. */
  readonly committed: (decisions: number) => void;
}

export interface GroupCommit {
  /** Adds a job to the next group. The job is answered when its changes are on disk. */
  add(job: Job): void;
  /** Commits all jobs that are waiting. */
  commit(): void;
}

/**
 * The size of a group that is committed immediately even while the disk is busy. A smaller group waits until the
 * running flush has finished, so that more jobs can join it.
 */
const minimumWhileBusy = 20;

export function groupCommit(
  database: DatabaseSync,
  statements: Statements,
  { flushes, health, committed }: GroupCommitOptions,
): GroupCommit {
  let waiting: Job[] = [];
  let isPlanned = false;

  function commit(): void {
    const jobs = waiting;
    waiting = [];
    if (jobs.length > 0) run(jobs);
  }

  function commitAtEndOfTurn(): void {
    if (isPlanned) return;
    isPlanned = true;
    // Runs after all readable sockets were read, so that their jobs join the same commit.
    setImmediate(() => {
      isPlanned = false;
      if (flushes.isBusy && waiting.length < minimumWhileBusy) flushes.afterFlush({ settle: commit, fail: commit });
      else commit();
    });
  }

  function run(jobs: readonly Job[]): void {
    let hasChanges: boolean;
    try {
      hasChanges = runInTransaction(jobs);
    } catch (error) {
      // The changes of one job cannot be applied, or the disk has no space for all changes. So each job runs alone.
      if (jobs.length > 1) runOneByOne(jobs);
      else for (const job of jobs) job.fail(health.writeFailed(error));
      return;
    }
    if (hasChanges) flushes.wrote();
    committed(jobs.length);
    for (const job of jobs) flushes.afterFlush(job);
  }

  function runOneByOne(jobs: readonly Job[]): void {
    for (const job of jobs) run([job]);
  }

  /** @returns whether the jobs have changed anything. */
  function runInTransaction(jobs: readonly Job[]): boolean {
    health.assertUndamaged();
    try {
      let hasChanges = false;
      statements.begin.run();
      for (const job of jobs) {
        const changes = job.decide(load(statements, job.tenant, job.loads));
        for (const change of changes) apply(statements, job.tenant, change);
        hasChanges ||= changes.length > 0;
      }
      statements.commit.run();
      if (hasChanges) health.writeSucceeded();
      return hasChanges;
    } catch (error) {
      // If the disk is full, SQLite rolls back by itself. After any other error the transaction is still open.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  return {
    commit,
    add(job) {
      waiting.push(job);
      commitAtEndOfTurn();
    },
  };
}
