/** What is measured, as it is kept and written as JSON. */
import type { ContenderName } from "./contenders.ts";
import type { LoadResult, Workload } from "./load/job.ts";
import type { ScenarioName } from "./scenarios.ts";

export interface Round extends LoadResult {
  /** CPU time of the contender's processes for each answer, microseconds. Undefined where there is no /proc. */
  readonly cpuPerRequest?: number;
  /** CPU time of the contender's processes in cores. */
  readonly cores?: number;
  /** Of the database's own processes, if it has any, in cores. */
  readonly databaseCores?: number;
  /** Bytes. */
  readonly peakMemory?: number;
}

/** One line of a table. */
export interface Row {
  readonly contender: ContenderName;
  /** Who, and on how much. */
  readonly subject: string;
  /** What tells the load from the scenario's others; empty if it is the only one. */
  readonly load: string;
  readonly workload?: Workload;
  readonly connections: number;
  /** Milliseconds to the first right answer, for each start. */
  readonly startups: readonly number[];
  readonly rounds: readonly Round[];
}

/** What one contender has written in all its rounds, counted on both sides. */
export interface Writes {
  readonly label: string;
  /** Requests that change something and were answered with 200 to 299. */
  readonly answered: number;
  /** How often rows were changed, by the contender's store itself. */
  readonly changed: number;
  /** Rows that one move of a profile must have changed at least; 1 for what changes one row. */
  readonly atLeast: number;
  readonly commits?: number;
  readonly decisions?: number;
  /** Of the database, as its server counts them: others' and its own are among them. */
  readonly databaseCommits?: number;
}

export interface ScenarioResult {
  readonly name: ScenarioName;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly writes: readonly Writes[];
  /** What went wrong, a sentence each. Any of them makes the benchmark fail. */
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

/** Undefined if there is nothing, or something is missing. */
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

/** The largest of all rounds, bytes. */
export function peakOf(row: Row | undefined): number | undefined {
  return spreadOf(row?.rounds.map(({ peakMemory }) => peakMemory) ?? [])?.most;
}
