/** The state of each declared (operation, status) pair after a run. */

import { declaredCells, formatTable } from "./coverage.ts";
import type { Run } from "./verdict.ts";

export type CellState = "kept" | "broken" | "not provoked" | "not chosen" | "not seen";

export const marks: Readonly<Record<CellState, string>> = {
  kept: "✔",
  broken: "✖",
  "not provoked": "?",
  "not chosen": "-",
  "not seen": "!",
};

/** Returns the states by `operationId status`, in the order of the contract. */
export function cellStates({ verdicts, violations, coverage }: Run): ReadonlyMap<string, CellState> {
  const broken = new Set(violations.map(({ operation, status }) => `${operation} ${status}`));
  return new Map(
    declaredCells().map((cell) => {
      const outcomes = verdicts.filter(({ operation, status }) => `${operation} ${status}` === cell);
      const omitted = (["not provoked", "not chosen"] as const).find((one) =>
        outcomes.some(({ outcome }) => outcome === one),
      );
      if (broken.has(cell)) return [cell, "broken"];
      return [cell, coverage.cells.has(cell) ? "kept" : (omitted ?? "not seen")];
    }),
  );
}

/** Formats the matrix as lines of text, with a legend. */
export function formatMatrix(states: ReadonlyMap<string, CellState>): string[] {
  const mark = (cell: string) => marks[states.get(cell) ?? "not seen"];
  const kept = [...states.values()].filter((state) => state === "kept").length;
  const used = new Set(states.values());
  const legend = Object.entries(marks).filter(([state]) => [...used].some((one) => one === state));
  return [
    ...formatTable([...states.keys()], mark),
    "",
    legend.map(([state, sign]) => `${sign} ${state}`).join("   "),
    `${kept} of ${states.size} declared (operation, status): ${Math.floor((100 * kept) / states.size)} %`,
  ];
}
