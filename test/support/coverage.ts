/** Compares the (operation, status) pairs in the contract with the correct answers that a test run has seen. */
import { declaredCells, formatTable } from "../../verify/judging/coverage.ts";

interface CoverageReport {
  readonly text: string;
  /** Whether exactly the declared pairs were seen. */
  readonly complete: boolean;
}

/** @param of the name of the contract in the heading. */
export function coverageReport(
  seen: ReadonlySet<string>,
  declared: readonly string[] = declaredCells(),
  of = "the contract",
): CoverageReport {
  const expected = new Set(declared);
  const missing = declared.filter((cell) => !seen.has(cell));
  const undeclared = [...seen].filter((cell) => !expected.has(cell));
  const proven = declared.length - missing.length;
  return {
    complete: missing.length === 0 && undeclared.length === 0,
    text: [
      "",
      `Coverage of ${of}: the declared (operation, status) pairs for which Prism found an answer of the service correct`,
      "",
      ...formatTable(declared, (cell) => (seen.has(cell) ? "✔" : "✖")),
      "",
      ...missing.map((cell) => `not seen: ${cell}`),
      ...undeclared.map((cell) => `seen and not declared: ${cell}`),
      `${proven} of ${declared.length} (${Math.floor((100 * proven) / declared.length)} %)`,
    ].join("\n"),
  };
}
