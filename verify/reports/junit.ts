/**
 * Formats the result of a run as JUnit XML, with a test suite for each operation and a test case for each scenario. No
 * library is used, because the available ones are as long as this file and escape fewer characters.
 */
import type { Run, Verdict } from "../judging/verdict.ts";
import { escapeMarkup } from "./markup.ts";
import { formatReproduction } from "./text.ts";

export function junitReport({ verdicts }: Run): string {
  const suites = [...Map.groupBy(verdicts, ({ operation }) => operation)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="apple-enrollment verify" ${countAttributes(verdicts)}>`,
    ...suites.flatMap(([operation, cases]) => [
      `  <testsuite name="${operation}" ${countAttributes(cases)}>`,
      ...cases.map(caseLines),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function countAttributes(verdicts: readonly Verdict[]): string {
  const count = (...outcomes: Verdict["outcome"][]) =>
    verdicts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const skipped = count("not provoked", "not chosen");
  return `tests="${verdicts.length}" failures="${count("broken")}" errors="0" skipped="${skipped}" time="${formatSeconds(verdicts)}"`;
}

function formatSeconds(verdicts: readonly Verdict[]): string {
  return (verdicts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3);
}

function caseLines(verdict: Verdict): string {
  const { operation, status, title, violations, outcome, reason } = verdict;
  const skipped = outcome === "not provoked" || outcome === "not chosen";
  const failures = violations.map((violation) => {
    const curl = escapeMarkup(formatReproduction(violation, [verdict]));
    return `      <failure type="${violation.rule}" message="${escapeMarkup(violation.message)}">${curl}</failure>`;
  });
  return [
    `    <testcase classname="${operation}" name="${escapeMarkup(`${status} ${title}`)}" time="${formatSeconds([verdict])}">`,
    ...(skipped ? [`      <skipped message="${escapeMarkup(`${outcome}: ${reason}`)}"/>`] : failures),
    "    </testcase>",
  ].join("\n");
}
