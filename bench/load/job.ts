/** The jobs and results of the load generator. Both are sent between processes as JSON. */
import type { Fixture } from "../fixture.ts";

export const kinds = ["patch", "get", "list", "post", "setPriority", "mix"] as const;
export type Kind = (typeof kinds)[number];

export interface Workload {
  readonly kind: Kind;
  /** `uniform`: each connection uses up to 2,000 targets across the store. `hot`: each connection uses a single target. */
  readonly spread: "uniform" | "hot";
}

export interface Job {
  readonly port: number;
  /** The prefix of all paths: `/beta`, or an empty string. */
  readonly basePath: string;
  readonly token: string;
  readonly workload: Workload;
  readonly fixture: Fixture;
  readonly connections: number;
  readonly milliseconds: number;
  /** The number of the job. It is unique for each contender, so that no job writes a value that an earlier job has written. */
  readonly round: number;
}

export interface LoadResult {
  /** The answers per second. Only answers that arrived within the duration of the job count. */
  readonly perSecond: number;
  /** The median time from sending a request to its complete answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** The number of answers with a 2xx status, including answers that arrived after the end of the job. */
  readonly answered: number;
  /** The number of `answered` requests that change the store. */
  readonly changes: number;
  /** The number of failed requests for each status or other reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** The CPU time of the generator as a share of one core. */
  readonly generatorShare: number;
}
