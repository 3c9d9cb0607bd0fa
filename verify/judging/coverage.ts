/** Contract coverage: the declared pairs of operation and status, and the pairs for which a correct answer was seen. */
import { type OpenApiDocument, readOperations } from "../../contract/document.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import type { Exchange } from "../server/exchange.ts";
import { type Judge, judge as judgeExchange } from "./judge.ts";
import { recordPoints } from "./requestCoverage.ts";

/** The declared pairs of a contract as `operationId status`, in its order. The default is openapi.yaml. */
export function declaredCells(document: OpenApiDocument = contract): string[] {
  return readOperations(document).flatMap(({ operationId, responses }) =>
    [...responses.keys()].map((status) => `${operationId} ${status}`),
  );
}

/** What a run has seen. */
export interface Coverage {
  /** Records an exchange, if its answer is correct. */
  record(exchange: Exchange): void;
  /** The pairs with a correct answer, as `operationId status`. */
  readonly cells: ReadonlySet<string>;
  /** The parts of requests and answers that were seen, as requestCoverage.ts names them. */
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

/** The matrix of operations and statuses as lines of text. @param mark three characters for a declared pair. */
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
