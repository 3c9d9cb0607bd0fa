/** The figures of a benchmark, in the format of the JSON file. */
import type { ContenderName } from "./contenders.ts";
import type { LoadResult, Workload } from "./load/job.ts";
import type { ScenarioName } from "./plan.ts";

export interface Round extends LoadResult {
  /** The CPU time of the contender's processes per answer, in microseconds. Undefined if there is no /proc. */
  readonly cpuPerRequest?: number;
  /** The average number of cores that the contender's processes used. */
  readonly cores?: number;
  /** The average number of cores that the database server's processes used. Undefined without a database server. */
  readonly databaseCores?: number;
  /** The peak resident memory of the contender's processes, in bytes. */
  readonly peakMemory?: number;
}

/** One row of a table. */
export interface Row {
  readonly contender: ContenderName;
  /** The label of the contender and, if it matters, the size of its store. */
  readonly subject: string;
  /** The label that distinguishes the load from other loads of the scenario. Empty if there is only one load. */
  readonly load: string;
  readonly workload?: Workload;
  readonly connections: number;
  /** The time to the first correct answer in milliseconds, for each start. */
  readonly startups: readonly number[];
  readonly rounds: readonly Round[];
}

/** The changes of a contender in all rounds, as counted by the load generator and in the store. */
export interface Writes {
  readonly label: string;
  /** The number of writes that were answered with a 2xx status. */
  readonly answered: number;
  /** The number of row changes in the contender's store. */
  readonly changed: number;
  /** The minimum number of rows that a write must change: more than 1 if it moves a profile. */
  readonly atLeast: number;
  readonly commits?: number;
  readonly decisions?: number;
  /** The commits that the database server has counted, including its own commits and those of other clients. */
  readonly databaseCommits?: number;
}

export interface ScenarioResult {
  readonly name: ScenarioName;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly writes: readonly Writes[];
  /** The error messages. If there is any, the benchmark fails. */
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

/** Returns the median, the minimum and the maximum; undefined if there are no values or one is undefined. */
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

/** Returns the highest peak memory of all rounds, in bytes. */
export function peakOf(row: Row | undefined): number | undefined {
  return spreadOf(row?.rounds.map(({ peakMemory }) => peakMemory) ?? [])?.most;
}
