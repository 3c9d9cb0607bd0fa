/**
 * A run as JUnit XML: a suite for each operation, a case for each scenario. Written here because it is a page: the libraries
 * that write it are as long and escape less.
 */

import type { Run, Verdict } from "../judging/verdict.ts";
import { escaped } from "./markup.ts";
import { reproductionOf } from "./text.ts";

export function junitReport({ verdicts }: Run): string {
  const suites = [...Map.groupBy(verdicts, ({ operation }) => operation)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="apple-enrollment verify" ${countsOf(verdicts)}>`,
    ...suites.flatMap(([operation, cases]) => [
      `  <testsuite name="${operation}" ${countsOf(cases)}>`,
      ...cases.map(caseOf),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function countsOf(verdicts: readonly Verdict[]): string {
  const count = (...outcomes: Verdict["outcome"][]) =>
    verdicts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const skipped = count("not provoked", "not chosen");
  return `tests="${verdicts.length}" failures="${count("broken")}" errors="0" skipped="${skipped}" time="${secondsOf(verdicts)}"`;
}

function secondsOf(verdicts: readonly Verdict[]): string {
  return (verdicts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3);
}

function caseOf(verdict: Verdict): string {
  const { operation, status, title, violations, outcome, reason } = verdict;
  const skipped = outcome === "not provoked" || outcome === "not chosen";
  const failures = violations.map((violation) => {
    const curl = escaped(reproductionOf(violation, [verdict]));
    return `      <failure type="${violation.rule}" message="${escaped(violation.message)}">${curl}</failure>`;
  });
  return [
    `    <testcase classname="${operation}" name="${escaped(`${status} ${title}`)}" time="${secondsOf([verdict])}">`,
    ...(skipped ? [`      <skipped message="${escaped(`${outcome}: ${reason}`)}"/>`] : failures),
    "    </testcase>",
  ].join("\n");
}
