/** Formats the result of a run as JSON. */
import { cellStates } from "../judging/matrix.ts";
import { declaredPoints } from "../judging/requestCoverage.ts";
import type { Run } from "../judging/verdict.ts";
import { formatReproduction } from "./text.ts";

export function jsonReport(run: Run): string {
  const { baseUrl, prefix, verdicts, violations, coverage, left, stopped } = run;
  const report = {
    baseUrl,
    prefix,
    stopped,
    left,
    cells: Object.fromEntries(cellStates(run)),
    points: Object.fromEntries([...declaredPoints()].map((point) => [point, coverage.points.has(point)])),
    violations: violations.map((violation) => {
      const { operation, status, scenario, rule, path, message } = violation;
      return { operation, status, scenario, rule, path, message, curl: formatReproduction(violation, verdicts) };
    }),
    scenarios: verdicts.map(({ operation, status, title, outcome, reason, milliseconds }) => ({
      operation,
      status,
      title,
      outcome,
      reason,
      milliseconds: Math.round(milliseconds),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
