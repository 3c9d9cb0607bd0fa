/** Contract coverage: which (operation, status) the contract declares, and which were seen answered rightly. */
import contract from "../../generated/openapi.json" with { type: "json" };
import type { Exchange } from "../server/exchange.ts";
import { type Judge, judge as judgeWhole } from "./judge.ts";
import { enterPoints } from "./requestCoverage.ts";

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

/** What a run has seen. */
export interface Coverage {
  /** Enters an exchange, if the contract has nothing against the answer. */
  enter(exchange: Exchange): void;
  /** Each `operationId status` that was answered rightly. */
  readonly cells: ReadonlySet<string>;
  /** What was seen of requests and answers, in the words of requestCoverage.ts. */
  readonly points: ReadonlySet<string>;
}

export function openCoverage(judge: Judge = judgeWhole): Coverage {
  const cells = new Set<string>();
  const points = new Set<string>();
  return {
    cells,
    points,
    enter(exchange) {
      const { operation, answer } = exchange;
      if (operation === undefined || answer === undefined || judge(exchange).length > 0) return;
      cells.add(`${operation} ${answer.status}`);
      enterPoints(exchange, points);
    },
  };
}

/**
 * The matrix of operations and statuses, as lines.
 *
 * @param mark three characters for a declared cell.
 */
export function table(declared: readonly string[], mark: (cell: string) => string): string[] {
  const cells = declared.map((cell) => cell.split(" "));
  const operations = [...new Set(cells.map(([operation = ""]) => operation))];
  const statuses = [...new Set(cells.map(([, status = ""]) => status))].sort();
  const width = Math.max(...operations.map((operation) => operation.length));
  const shown = (cell: string) => ` ${declared.includes(cell) ? mark(cell) : "·"}  `;
  return [
    `${" ".repeat(width)}  ${statuses.join(" ")}`,
    ...operations.map((operation) => {
      const row = statuses.map((status) => shown(`${operation} ${status}`)).join("");
      return `${operation.padEnd(width)}  ${row}`.trimEnd();
    }),
  ];
}
