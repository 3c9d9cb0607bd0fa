/**
 * Group commit for the embedded store. The commands of one turn of the event loop are decided in the order of their
 * arrival, each on what the one before it left, and committed as one: 50 connections' writes cost a few commits.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Job } from "../jobs.ts";
import { failureOf } from "./failures.ts";
import type { Flushes } from "./flushes.ts";
import { apply, load, type Statements } from "./statements.ts";

export interface GroupCommitOptions {
  readonly flushes: Flushes;
  /** Is told of each commit, and how many decisions it made. */
  readonly committed: (decisions: number) => void;
}

export interface GroupCommit {
  /** The job is answered when its changes are on disk. */
  add(job: Job): void;
  /** Commits what was added. */
  commit(): void;
}

/**
 * So many are committed while the disk is at work; fewer wait for it and so for others. A commit costs some 60 µs
 * whatever it holds, and idle time between flushes costs more: of 1, 20 and all, 20 measured best.
 */
const enough = 20;

export function groupCommit(
  database: DatabaseSync,
  statements: Statements,
  { flushes, committed }: GroupCommitOptions,
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
    // After the sockets that are readable now were read: what they carry comes into the same commit.
    setImmediate(() => {
      isPlanned = false;
      if (flushes.isBusy && waiting.length < enough) flushes.afterFlush({ settle: commit, fail: commit });
      else commit();
    });
  }

  function run(jobs: readonly Job[]): void {
    try {
      statements.begin.run();
      for (const job of jobs) {
        for (const change of job.decide(load(statements, job.tenant, job.loads))) {
          apply(statements, job.tenant, change);
        }
      }
      statements.commit.run();
    } catch (error) {
      // A full disk rolls back by itself; any other failure leaves the transaction open.
      if (database.isTransaction) database.exec("ROLLBACK");
      // Whose changes could not be applied is not known, or there was no room for them all: each on its own.
      if (jobs.length > 1) for (const job of jobs) run([job]);
      else for (const job of jobs) job.fail(failureOf(error));
      return;
    }
    flushes.wrote();
    committed(jobs.length);
    for (const job of jobs) flushes.afterFlush(job);
  }

  return {
    commit,
    add(job) {
      waiting.push(job);
      commitAtEndOfTurn();
    },
  };
}
