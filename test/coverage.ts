/** Contract coverage: which (operation, status) the contract declares, and which the run saw answered rightly. */
import contract from "../generated/openapi.json" with { type: "json" };

interface CoverageReport {
  readonly text: string;
  /** Whether the set seen and the set declared are the same. */
  readonly complete: boolean;
}

interface Declaring {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; responses: object } | object>>>
  >;
}

/** The (operation, status) pairs a contract declares, as `operationId status`, in its order; openapi.yaml's by default. */
export function declaredCells({ paths }: Declaring = contract): string[] {
  return Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap((operation) => {
      if (!("operationId" in operation)) return [];
      return Object.keys(operation.responses).map((status) => `${operation.operationId} ${status}`);
    }),
  );
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
      ...table(seen, declared),
      "",
      ...missing.map((cell) => `not seen: ${cell}`),
      ...undeclared.map((cell) => `seen and not declared: ${cell}`),
      `${proven} of ${declared.length} (${Math.floor((100 * proven) / declared.length)} %)`,
    ].join("\n"),
  };
}

function table(seen: ReadonlySet<string>, declared: readonly string[]): string[] {
  const cells = declared.map((cell) => cell.split(" "));
  const operations = [...new Set(cells.map(([operation = ""]) => operation))];
  const statuses = [...new Set(cells.map(([, status = ""]) => status))].sort();
  const width = Math.max(...operations.map((operation) => operation.length));
  const mark = (cell: string) => (!declared.includes(cell) ? " ·  " : seen.has(cell) ? " ✔  " : " ✖  ");
  return [
    `${" ".repeat(width)}  ${statuses.join(" ")}`,
    ...operations.map((operation) => {
      const row = statuses.map((status) => mark(`${operation} ${status}`)).join("");
      return `${operation.padEnd(width)}  ${row}`.trimEnd();
    }),
  ];
}
