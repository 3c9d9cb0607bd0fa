/** The jobs and results of the load generator. Both are sent between processes as JSON. */
import type { Fixture } from "../fixture.ts";

export const kinds = ["patch", "get", "list", "post", "setPriority", "mix"] as const;
export type Kind = (typeof kinds)[number];

export interface Workload {
  readonly kind: Kind;
  /** uniform: each connection uses up to 2,000 targets across the store; hot: each connection uses one target. */
  readonly spread: "uniform" | "hot";
}

export interface Job {
  readonly port: number;
  /** The prefix of the contract's paths: `/beta`, or nothing. */
  readonly basePath: string;
  readonly token: string;
  readonly workload: Workload;
  readonly fixture: Fixture;
  readonly connections: number;
  readonly milliseconds: number;
  /** Different for each job of a contender, so that no job writes a value that another has written. */
  readonly round: number;
}

export interface LoadResult {
  /** Answers that arrived within the time of the job, per second. */
  readonly perSecond: number;
  /** Median of the milliseconds from sending a request to its complete answer. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** All answers with a status of 200 to 299, including those that arrived after the time. */
  readonly answered: number;
  /** Those of `answered` whose request changes the store. */
  readonly changes: number;
  /** Failed requests: how often each status or reason occurred. */
  readonly failures: Readonly<Record<string, number>>;
  /** The CPU time of the generator as a share of one core. */
  readonly generatorShare: number;
}
