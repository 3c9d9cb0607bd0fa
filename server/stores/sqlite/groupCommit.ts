/**
 * Group commit for the SQLite store. The commands that arrive in one turn of the event loop are decided one after the
 * other and committed together. Each command sees the changes of the previous ones. If there are many, tenants take turns.
 */
import type { DatabaseSync } from "node:sqlite";
import { storeTurn } from "../../shared/limits.ts";
import type { Job } from "../jobs.ts";
import { TenantQueues } from "../tenantQueues.ts";
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
  commitAll(): void;
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
  const runInTransaction = openTransactions(database, statements, health);
  const waiting = new TenantQueues<Job>();
  let isPlanned = false;

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

  /** Commits a group of the waiting jobs. The jobs that would make this turn of the event loop too long form the next group. */
  function commit(): void {
    if (waiting.length === 0) return;
    const end = performance.now() + storeTurn;
    let hasTime = true;
    run(() => {
      const job = hasTime ? waiting.takeNext() : undefined;
      hasTime = performance.now() < end;
      return job;
    });
    if (waiting.length > 0) commitAtEndOfTurn();
  }

  /** @param next returns the next job of the group. */
  function run(next: () => Job | undefined): void {
    const jobs: Job[] = [];
    try {
      if (runInTransaction(next, jobs)) flushes.wrote();
    } catch (error) {
      // The changes of one job cannot be applied, or the disk has no space for all changes. So each job runs alone.
      if (jobs.length > 1) jobs.forEach(runAlone);
      else for (const job of jobs) job.fail(health.writeFailed(error));
      return;
    }
    if (jobs.length > 0) committed(jobs.length);
    for (const job of jobs) flushes.afterFlush(job);
  }

  function runAlone(job: Job): void {
    const group = [job];
    run(() => group.pop());
  }

  return {
    add(job) {
      waiting.add(job.tenant, job);
      commitAtEndOfTurn();
    },
    commitAll() {
      while (waiting.length > 0) commit();
    },
  };
}

/**
 * Returns a function that decides jobs and commits their changes.
 * Its parameter `jobs` receives the jobs that were started. It returns whether they have changed anything.
 */
function openTransactions(
  database: DatabaseSync,
  statements: Statements,
  health: Health,
): (next: () => Job | undefined, jobs: Job[]) => boolean {
  function begin(): void {
    health.assertUndamaged();
    statements.begin.run();
  }

  function decide(job: Job): boolean {
    const changes = job.decide(load(statements, job.tenant, job.loads));
    for (const change of changes) apply(statements, job.tenant, change);
    return changes.length > 0;
  }

  return (next, jobs) => {
    let hasChanges = false;
    try {
      for (let job = next(); job !== undefined; job = next()) {
        // If the transaction cannot begin, the first job fails.
        if (jobs.push(job) === 1) begin();
        if (decide(job)) hasChanges = true;
      }
      statements.commit.run();
    } catch (error) {
      // If the disk is full, SQLite rolls back by itself. After any other error the transaction is still open.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
    if (hasChanges) health.writeSucceeded();
    return hasChanges;
  };
}
