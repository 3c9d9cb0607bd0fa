/** Contract coverage: which (operation, status) the contract declares, and which the run saw answered rightly. */
import { declaredCells, formatTable } from "../../verify/judging/coverage.ts";

interface CoverageReport {
  readonly text: string;
  /** Whether the set seen and the set declared are the same. */
  readonly complete: boolean;
}

export function coverageReport(
  seen: ReadonlySet<string>,
  declared: readonly string[] = declaredCells(),
): CoverageReport {
  const expected = new Set(declared);
  const missing = declared.filter((cell) => !seen.has(cell));
  const undeclared = [...seen].filter((cell) => !expected.has(cell));
  const proven = declared.length - missing.length;
  return {
    complete: missing.length === 0 && undeclared.length === 0,
    text: [
      "",
      "Contract coverage: each declared (operation, status), answered by the service and found right by Prism",
      "",
      ...formatTable(declared, (cell) => (seen.has(cell) ? "✔" : "✖")),
      "",
      ...missing.map((cell) => `not seen: ${cell}`),
      ...undeclared.map((cell) => `seen and not declared: ${cell}`),
      `${proven} of ${declared.length} (${Math.floor((100 * proven) / declared.length)} %)`,
    ].join("\n"),
  };
}
