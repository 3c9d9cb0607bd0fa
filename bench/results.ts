/** The figures of a benchmark, in the form in which they are written as JSON. */
import type { ContenderName } from "./contenders.ts";
import type { LoadResult, Workload } from "./load/job.ts";
import type { ScenarioName } from "./plan.ts";

export interface Round extends LoadResult {
  /** CPU time of the contender's processes for each answer, in microseconds. Undefined if there is no /proc. */
  readonly cpuPerRequest?: number;
  /** CPU time of the contender's processes for each second, in cores. */
  readonly cores?: number;
  /** The same of the processes of its database, if it has any. */
  readonly databaseCores?: number;
  /** The largest resident memory, in bytes. */
  readonly peakMemory?: number;
}

/** One row of a table. */
export interface Row {
  readonly contender: ContenderName;
  /** The label of the contender and, if it matters, the size of its store. */
  readonly subject: string;
  /** Distinguishes the load from the other loads of the scenario; empty if it is the only one. */
  readonly load: string;
  readonly workload?: Workload;
  readonly connections: number;
  /** Milliseconds to the first correct answer, for each start. */
  readonly startups: readonly number[];
  readonly rounds: readonly Round[];
}

/** The changes of one contender in all its rounds, counted by the load generator and in the store. */
export interface Writes {
  readonly label: string;
  /** Requests for a change that were answered with 200 to 299. */
  readonly answered: number;
  /** How often rows were changed, as the store of the contender counts it. */
  readonly changed: number;
  /** How many rows a request must change at least: more than 1 if it moves a profile. */
  readonly atLeast: number;
  readonly commits?: number;
  readonly decisions?: number;
  /** Commits that the database server has counted, including those of other clients and of the server itself. */
  readonly databaseCommits?: number;
}

export interface ScenarioResult {
  readonly name: ScenarioName;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly writes: readonly Writes[];
  /** The errors. Any of them makes the benchmark fail. */
  readonly problems: readonly string[];
}

export function labelOf({ subject, load }: Row): string {
  return load === "" ? subject : `${subject}, ${load}`;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Undefined if there are no values, or if one of them is undefined. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).toSorted((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || sorted.length < values.length) return undefined;
  const [low = least, high = most] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return { median: (low + high) / 2, least, most };
}

export function medianOf(row: Row | undefined, figure: (round: Round) => number | undefined): number | undefined {
  return spreadOf(row?.rounds.map(figure) ?? [])?.median;
}

/** The largest peak memory of all rounds, in bytes. */
export function peakOf(row: Row | undefined): number | undefined {
  return spreadOf(row?.rounds.map(({ peakMemory }) => peakMemory) ?? [])?.most;
}
