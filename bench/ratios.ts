/** Computes the ratios that have a bar (a required value). Each ratio compares two medians from the same run. */
import type { ContenderName } from "./contenders.ts";
import { medianOf, peakOf, type Row, type ScenarioResult, spreadOf } from "./results.ts";

export interface Ratio {
  readonly text: string;
  readonly value: number;
  readonly bar: number;
  /** With `reach` the value must be at least the bar; with `stay below` it must be at most the bar. */
  readonly must: "reach" | "stay below";
  readonly isMet: boolean;
}

type Figure = (row: Row | undefined) => number | undefined;

const rate: Figure = (row) => medianOf(row, ({ perSecond }) => perSecond);
const p50: Figure = (row) => medianOf(row, (round) => round.p50);
const p99: Figure = (row) => medianOf(row, (round) => round.p99);
const startup: Figure = (row) => spreadOf(row?.startups ?? [])?.median;

/** Returns the ratios of a scenario. A ratio is left out if one of its two values was not measured. */
export function ratiosOf({ name, rows }: ScenarioResult): Ratio[] {
  const row = (contender: ContenderName) => rows.find((one) => one.contender === contender);
  const compare = (text: string, figure: Figure, one: ContenderName, other: ContenderName, must: Must, bar: number) =>
    ratio(text, figure(row(one)), figure(row(other)), must, bar);
  switch (name) {
    case "startup":
      return (["sqlite-cli", "postgres-cli"] as const).flatMap((one) =>
        compare(`start: ${one} / Fastify with Swagger UI`, startup, one, "fastify-plugins", "stay below", 1.5),
      );
    case "patch":
      return [
        ...compare("requests/s: SQLite / bare Fastify", rate, "sqlite", "bare-fastify", "reach", 0.6),
        ...compare("requests/s: SQLite / openapi-backend", rate, "sqlite", "openapi-backend", "reach", 3),
        ...compare("requests/s: SQLite / Prism mock", rate, "sqlite", "prism", "reach", 10),
        ...compare("requests/s: with log and metrics / without", rate, "sqlite-observed", "sqlite", "reach", 0.9),
        ...compare("p99: SQLite / bare Fastify", p99, "sqlite", "bare-fastify", "stay below", 3),
        ...compare("peak memory: SQLite / bare Fastify", peakOf, "sqlite", "bare-fastify", "stay below", 1.5),
        ...compare("requests/s: PostgreSQL / Fastify + pg", rate, "postgres", "pg-statement", "reach", 1.5),
      ];
    case "get":
      return compare("requests/s: SQLite / bare Fastify", rate, "sqlite", "bare-fastify", "reach", 0.75);
    case "growth":
      return growthRatios(rows);
    default:
      return [];
  }
}

/** Compares the largest store and the single-profile store with the smallest store, for each load and for the peak memory. */
function growthRatios(rows: readonly Row[]): Ratio[] {
  return (["sqlite", "postgres"] as const).flatMap((contender) => {
    const own = rows.filter((row) => row.contender === contender);
    const [smallest, ...larger] = [...new Set(own.map(({ subject }) => subject))];
    const of = (subject: string | undefined, load: string) =>
      own.find((row) => row.subject === subject && row.load === load);
    const peak = (subject: string | undefined) =>
      Math.max(...own.filter((row) => row.subject === subject).map((row) => peakOf(row) ?? 0));
    return larger
      .slice(-2)
      .flatMap((subject) => [
        ...[...new Set(own.map(({ load }) => load))].flatMap((load) => [
          ...ratio(
            `p50, ${load}: ${subject} / ${smallest}`,
            p50(of(subject, load)),
            p50(of(smallest, load)),
            ...within,
          ),
          ...ratio(
            `requests/s, ${load}: ${subject} / ${smallest}`,
            rate(of(subject, load)),
            rate(of(smallest, load)),
            ...above,
          ),
        ]),
        ...ratio(`peak memory: ${subject} / ${smallest}`, peak(subject), peak(smallest), "stay below", 1.2),
      ]);
  });
}

const within = ["stay below", 1.3] as const;
const above = ["reach", 1 / 1.3] as const;

type Must = Ratio["must"];

/** Returns an array with one ratio; an empty array if one of the two values was not measured. */
export function ratio(
  text: string,
  one: number | undefined,
  other: number | undefined,
  must: Must,
  bar: number,
): Ratio[] {
  if (one === undefined || other === undefined || other === 0) return [];
  const value = one / other;
  return [{ text, value, bar, must, isMet: must === "reach" ? value >= bar : value <= bar }];
}
