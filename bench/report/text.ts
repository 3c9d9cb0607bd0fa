/** Formats the results as tables of text. */
import { type Ratio, ratiosOf } from "../ratios.ts";
import {
  labelOf,
  medianOf,
  peakOf,
  type Round,
  type Row,
  type ScenarioResult,
  spreadOf,
  type Writes,
} from "../results.ts";

/** If the load generator uses a larger share of a core, the generator limits the throughput and not the contender. */
const generatorLimit = 0.95;

/** Formats the figures of a scenario, the proof of its writes, its ratios and its errors. */
export function scenarioText(result: ScenarioResult): string {
  const { name, title, rows, writes, problems } = result;
  const parts = [
    `${title} (${name})`,
    name === "startup" ? startupTable(rows) : loadTable(rows),
    ...(rows.some(isLimited) ? ["* limited by the load generator: the contender itself is faster"] : []),
    ...(writes.length > 0 ? [writesTable(writes)] : []),
    ...(ratiosOf(result).length > 0 ? [ratiosTable(ratiosOf(result))] : []),
    ...problems.map((problem) => `FAILED ${problem}`),
  ];
  return parts.join("\n\n");
}

function loadTable(rows: readonly Row[]): string {
  const baseOf = ({ workload, connections }: Row) => {
    const base = rows.find((row) => {
      return row.contender === "bare-fastify" && row.workload === workload && row.connections === connections;
    });
    return medianOf(base, ({ perSecond }) => perSecond);
  };
  const withDatabase = rows.some(({ rounds }) => rounds.some(({ databaseCores }) => databaseCores !== undefined));
  return table(
    [
      ...["", "requests/s", "least", "most", "× Fastify", "p50 ms", "p99 ms", "peak MB", "start ms"],
      ...["CPU µs/request", "cores", ...(withDatabase ? ["database cores"] : []), "generator"],
    ],
    rows.map((row) => {
      const rate = spreadOf(row.rounds.map(({ perSecond }) => perSecond));
      const base = baseOf(row);
      const median = (digits: number, figure: (round: Round) => number | undefined) =>
        number(medianOf(row, figure), digits);
      return [
        `${labelOf(row)}${isLimited(row) ? " *" : ""}`,
        number(rate?.median),
        number(rate?.least),
        number(rate?.most),
        number(rate && base && rate.median / base, 2),
        median(2, ({ p50 }) => p50),
        median(2, ({ p99 }) => p99),
        megabytes(peakOf(row)),
        number(spreadOf(row.startups)?.median),
        median(1, ({ cpuPerRequest }) => cpuPerRequest),
        median(2, ({ cores }) => cores),
        ...(withDatabase ? [median(2, ({ databaseCores }) => databaseCores)] : []),
        `${median(0, ({ generatorShare }) => generatorShare * 100)} %`,
      ];
    }),
  );
}

function startupTable(rows: readonly Row[]): string {
  return table(
    ["", "median ms", "least", "most"],
    rows.map(({ subject, startups }) => {
      const spread = spreadOf(startups);
      return [subject, number(spread?.median), number(spread?.least), number(spread?.most)];
    }),
  );
}

function writesTable(writes: readonly Writes[]): string {
  return table(
    [
      "changes",
      "answered 2xx",
      "rows changed",
      "rows/answer",
      "commits",
      "decisions/commit",
      "commits of the database",
    ],
    writes.map(({ label, answered, changed, commits, decisions, databaseCommits }) => [
      label,
      number(answered),
      number(changed),
      number(changed / answered, 2),
      number(commits),
      number(commits && decisions && decisions / commits, 1),
      number(databaseCommits),
    ]),
  );
}

export function ratiosTable(ratios: readonly Ratio[]): string {
  return table(
    ["ratio of medians", "", "bar", ""],
    ratios.map(({ text, value, bar, must, isMet }) => [
      text,
      number(value, 2),
      `${must === "reach" ? "≥" : "≤"} ${number(bar, 2)}`,
      isMet ? "met" : "NOT MET",
    ]),
  );
}

export function isLimited(row: Row): boolean {
  return (medianOf(row, ({ generatorShare }) => generatorShare) ?? 0) > generatorLimit;
}

export function number(value: number | undefined, digits = 0): string {
  if (value === undefined) return "";
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function megabytes(bytes: number | undefined): string {
  return number(bytes && bytes / 1_048_576);
}

/** Formats a table. The first column is text and is left-aligned; the other columns are numbers and are right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const used = head.map((_, column) => column === 0 || rows.some((row) => (row[column] ?? "") !== ""));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const cells = (line: readonly string[]) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  const text = (line: readonly string[]) =>
    cells(line)
      .filter((_, column) => used[column])
      .join("  ")
      .trimEnd();
  const rule = widths.filter((_, column) => used[column]).map((width) => "─".repeat(width));
  return [text(head), rule.join("  "), ...rows.map(text)].join("\n");
}
