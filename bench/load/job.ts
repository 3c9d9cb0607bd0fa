/** What the generator is told and what it answers; both travel between processes as JSON. */
import type { Fixture } from "../fixture.ts";

export const kinds = ["patch", "get", "list", "post", "setPriority", "mix"] as const;
export type Kind = (typeof kinds)[number];

export interface Workload {
  readonly kind: Kind;
  /** uniform: each connection goes through up to 2,000 targets, strewn over the store; hot: to one of its own only. */
  readonly spread: "uniform" | "hot";
}

export interface Job {
  readonly port: number;
  /** What stands before the contract's paths: `/beta`, or nothing. */
  readonly basePath: string;
  readonly token: string;
  readonly workload: Workload;
  readonly fixture: Fixture;
  readonly connections: number;
  readonly milliseconds: number;
  /** Another one for each job that a contender gets: values that were written in one are never written in another. */
  readonly round: number;
}

export interface LoadResult {
  /** Answers within the time, per second. */
  readonly perSecond: number;
  /** Milliseconds from writing a request to having its whole answer. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** All answers with a status of 200 to 299, those that came after the time as well. */
  readonly answered: number;
  /** Those among them whose request changes the store. */
  readonly changes: number;
  /** What else happened: a status or the reason of a failure, and how often. */
  readonly failures: Readonly<Record<string, number>>;
  /** The generator's own CPU time as a share of one core. */
  readonly generatorShare: number;
}
