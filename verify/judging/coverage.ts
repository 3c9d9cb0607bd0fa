/** Contract coverage: the declared (operation, status) pairs, and those for which the server sent a correct answer. */
import { type OpenApiDocument, readOperations } from "../../contract/document.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import type { Exchange } from "../server/exchange.ts";
import { type Judge, judge as judgeExchange } from "./judge.ts";
import { recordPoints } from "./requestCoverage.ts";

/** Lists the declared pairs as `operationId status`, in the order of the contract. The default is openapi.yaml. */
export function declaredCells(document: OpenApiDocument = contract): string[] {
  return readOperations(document).flatMap(({ operationId, responses }) =>
    [...responses.keys()].map((status) => `${operationId} ${status}`),
  );
}

/** The coverage of the contract that a run has reached so far. */
export interface Coverage {
  /** Records an exchange whose answer is correct. Other exchanges are ignored. */
  record(exchange: Exchange): void;
  /** The pairs with a correct answer, as `operationId status`. */
  readonly cells: ReadonlySet<string>;
  /** The properties, parameters and headers that occurred, named as in requestCoverage.ts. */
  readonly points: ReadonlySet<string>;
}

export function openCoverage(judge: Judge = judgeExchange): Coverage {
  const cells = new Set<string>();
  const points = new Set<string>();
  return {
    cells,
    points,
    record(exchange) {
      const { operation, answer } = exchange;
      if (operation === undefined || answer === undefined || judge(exchange).length > 0) return;
      cells.add(`${operation} ${answer.status}`);
      recordPoints(exchange, points);
    },
  };
}

/** Formats the matrix of operations and statuses. @param mark returns the three characters for a declared pair. */
export function formatTable(declared: readonly string[], mark: (cell: string) => string): string[] {
  const cells = declared.map((cell) => cell.split(" "));
  const operations = [...new Set(cells.map(([operation = ""]) => operation))];
  const statuses = [...new Set(cells.map(([, status = ""]) => status))].sort();
  const width = Math.max(...operations.map((operation) => operation.length));
  const formatCell = (cell: string) => ` ${declared.includes(cell) ? mark(cell) : "·"}  `;
  return [
    `${" ".repeat(width)}  ${statuses.join(" ")}`,
    ...operations.map((operation) => {
      const row = statuses.map((status) => formatCell(`${operation} ${status}`)).join("");
      return `${operation.padEnd(width)}  ${row}`.trimEnd();
    }),
  ];
}
