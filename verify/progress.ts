/** Prints the progress of a run. A terminal shows a single line that is overwritten; other outputs get a line per operation. */
import type { Verdict } from "./judging/verdict.ts";

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function openProgress(output: Output) {
  let violations = 0;
  let last: Verdict | undefined;
  let scenarios = 0;
  const printOperation = () => {
    if (last && scenarios > 0) {
      output.write(`${last.operation}: ${scenarios} scenarios, ${violations} violations so far\n`);
    }
    scenarios = 0;
  };
  return {
    show(verdict: Verdict, played: number, all: number): void {
      if (!output.isTTY && last && last.operation !== verdict.operation) printOperation();
      last = verdict;
      if (verdict.exchanges.length > 0) scenarios += 1;
      violations += verdict.violations.length;
      if (!output.isTTY) return;
      const line = `${played}/${all} ${verdict.operation} ${verdict.status}, ${violations} violations`;
      output.write(`\r\u001b[K${line.slice(0, (output.columns ?? 80) - 1)}`);
    },
    end(): void {
      if (output.isTTY) output.write("\r\u001b[K");
      else printOperation();
    },
  };
}
