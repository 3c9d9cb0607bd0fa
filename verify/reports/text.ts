/** A run for a terminal: what was broken and how to see it again, what wasn't provoked, the matrix. */
import { cellStates, matrixOf } from "../judging/matrix.ts";
import { declaredPoints } from "../judging/requestCoverage.ts";
import type { Run, Verdict, Violation } from "../judging/verdict.ts";
import { scriptOf } from "./curl.ts";

export function textReport(run: Run): string {
  const missed = run.verdicts.filter(({ outcome }) => outcome === "not provoked");
  return [
    ...distinct(run.violations).flatMap((same) => [...violationLines(same, run), ""]),
    ...(missed.length > 0 ? [...missed.map(missedLine), ""] : []),
    ...matrixOf(cellStates(run)),
    ...pointLines(run),
    ...run.left.map((id) => `left behind: the profile ${id}, named ${run.prefix}…, could not be deleted`),
    summaryOf(run),
  ]
    .map(printable)
    .join("\n");
}

/** What a server says must move no cursor and set no title: control characters of it are shown as what they are not. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");
}

/** What of requests and answers was not seen is a list to read only when little is missing. */
function pointLines({ coverage }: Run): string[] {
  const declared = [...declaredPoints()];
  const missing = declared.filter((point) => !coverage.points.has(point));
  const few = missing.length <= 20 ? missing.map((point) => `  not seen: ${point}`) : [];
  const seen = declared.length - missing.length;
  return [`${seen} of ${declared.length} properties, enumeration members, parameters and headers`, ...few];
}

export function summaryOf({ violations, verdicts, generation, stopped }: Run): string {
  const count = (wanted: Verdict["outcome"]) => verdicts.filter(({ outcome }) => outcome === wanted).length;
  const requests = verdicts.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  const promises = distinct(violations).length;
  return [
    `${count("kept") + count("broken")} scenarios, ${requests} requests`,
    promises === 0
      ? "no violation"
      : `${promises} ${promises === 1 ? "violation" : "violations"} in ${count("broken")} scenarios`,
    `${count("not provoked")} not provoked`,
    ...(generation ? [`${generation.requests} generated requests, --seed ${generation.seed}`] : []),
    ...(stopped ? ["stopped before the end"] : []),
  ].join("; ");
}

/** Violations of one rule at one place, whichever scenarios met them. */
export function distinct(violations: readonly Violation[]): readonly (readonly [Violation, ...Violation[]])[] {
  const groups = new Map<string, [Violation, ...Violation[]]>();
  for (const violation of violations) {
    const { operation, status, rule, path, message } = violation;
    const place = rule === "expectation" ? message : path.replaceAll(/\/\d+/g, "/*");
    const key = [operation, status, rule, place].join(" ");
    const group = groups.get(key);
    if (group) group.push(violation);
    else groups.set(key, [violation]);
  }
  return [...groups.values()];
}

function violationLines([first, ...others]: readonly [Violation, ...Violation[]], run: Run): string[] {
  const { operation, status, rule, message, scenario } = first;
  return [
    `✖ ${operation} ${status}, ${rule}: ${message}`,
    `  seen in: ${scenario}${others.length > 0 ? ` (and ${others.length} more times)` : ""}`,
    ...reproductionOf(first, run.verdicts).replaceAll(/^/gm, "  ").split("\n"),
  ];
}

/** Those of the scenario's exchanges that show it: what is only read before has no part in a wrong answer. */
export function reproductionOf(violation: Violation, verdicts: readonly Verdict[]): string {
  const { exchanges = [] } = verdicts.find(({ violations }) => violations.includes(violation)) ?? {};
  const until = exchanges.slice(0, exchanges.indexOf(violation.exchange) + 1);
  const needed = until.filter((one) => one === violation.exchange || one.method !== "GET");
  const script = scriptOf(violation.rule === "expectation" ? until : needed);
  const id = violation.exchange.headers["client-request-id"];
  return violation.rule === "client-request-id" ? `${script} \\\n  -H 'client-request-id: ${id}'` : script;
}

function missedLine({ operation, status, title, reason }: Verdict): string {
  return `? not provoked: ${operation} ${status} ${title}: ${reason}`;
}
