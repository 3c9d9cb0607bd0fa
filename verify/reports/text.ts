/** Formats the result of a run for a terminal: violations with commands to reproduce them, omitted scenarios, and the matrix. */
import { cellStates, formatMatrix } from "../judging/matrix.ts";
import { declaredPoints } from "../judging/requestCoverage.ts";
import type { ReportedViolation, Run, Verdict } from "../judging/verdict.ts";
import { toScript } from "./curl.ts";

export function textReport(run: Run): string {
  const missed = run.verdicts.filter(({ outcome }) => outcome === "not provoked");
  return [
    ...groupViolations(run.violations).flatMap((same) => [...formatViolation(same, run), ""]),
    ...(missed.length > 0 ? [...missed.map(formatMissed), ""] : []),
    ...formatMatrix(cellStates(run)),
    ...formatPoints(run),
    ...run.left.map((id) => `not deleted: the profile ${id}, whose name begins with ${run.prefix}`),
    formatSummary(run),
  ]
    .map(toPrintable)
    .join("\n");
}

/** Replaces control characters, because text from the server must not move the cursor or set the terminal's title. */
export function toPrintable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");
}

/** Formats the coverage of properties, parameters and headers. Missing ones are listed only if there are at most 20. */
function formatPoints({ coverage }: Run): string[] {
  const declared = [...declaredPoints()];
  const missing = declared.filter((point) => !coverage.points.has(point));
  const few = missing.length <= 20 ? missing.map((point) => `  not seen: ${point}`) : [];
  const seen = declared.length - missing.length;
  return [`${seen} of ${declared.length} properties, enumeration members, parameters and headers`, ...few];
}

export function formatSummary({ violations, verdicts, generation, stopped }: Run): string {
  const count = (wanted: Verdict["outcome"]) => verdicts.filter(({ outcome }) => outcome === wanted).length;
  const requests = verdicts.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  const distinct = groupViolations(violations).length;
  return [
    `${count("kept") + count("broken")} scenarios, ${requests} requests`,
    distinct === 0
      ? "no violation"
      : `${distinct} ${distinct === 1 ? "violation" : "violations"} in ${count("broken")} scenarios`,
    `${count("not provoked")} not provoked`,
    ...(generation ? [`${generation.requests} generated requests, --seed ${generation.seed}`] : []),
    ...(stopped ? ["stopped before the end"] : []),
  ].join("; ");
}

/** Groups violations of the same rule at the same location, from all scenarios. */
export function groupViolations(
  violations: readonly ReportedViolation[],
): readonly (readonly [ReportedViolation, ...ReportedViolation[]])[] {
  const groups = new Map<string, [ReportedViolation, ...ReportedViolation[]]>();
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

function formatViolation([first, ...others]: readonly [ReportedViolation, ...ReportedViolation[]], run: Run): string[] {
  const { operation, status, rule, message, scenario } = first;
  return [
    `✖ ${operation} ${status}, ${rule}: ${message}`,
    `  found in: ${scenario}${others.length > 0 ? ` (and ${others.length} more times)` : ""}`,
    ...formatReproduction(first, run.verdicts).replaceAll(/^/gm, "  ").split("\n"),
  ];
}

/** Formats a script that reproduces a violation. Earlier reads are left out, unless an expectation may refer to them. */
export function formatReproduction(violation: ReportedViolation, verdicts: readonly Verdict[]): string {
  const { exchanges = [] } = verdicts.find(({ violations }) => violations.includes(violation)) ?? {};
  const until = exchanges.slice(0, exchanges.indexOf(violation.exchange) + 1);
  const needed = until.filter((one) => one === violation.exchange || one.method !== "GET");
  const script = toScript(violation.rule === "expectation" ? until : needed);
  const id = violation.exchange.headers["client-request-id"];
  return violation.rule === "client-request-id" ? `${script} \\\n  -H 'client-request-id: ${id}'` : script;
}

function formatMissed({ operation, status, title, reason }: Verdict): string {
  return `? not provoked: ${operation} ${status} ${title}: ${reason}`;
}
