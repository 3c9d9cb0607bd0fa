/**
 * What changed between two versions of a contract, told by whom it breaks. The judgement is our own: of what is on npm,
 * openapi-diff reads no OpenAPI 3.1, openapi-changes is a binary that an install script downloads, Optic is given up, and
 * api-smart-diff calls a property that is gone from an answer harmless, and the same change of a shared schema a break in
 * one operation and none in the next. None says what breaks those who answer.
 */
import { type Breaks, type Change, changesOf } from "./operations.ts";

export type { Breaks, Change } from "./operations.ts";

/** @param before @param after documents of OpenAPI 3.1, parsed. @throws Error for a reference that leads nowhere. */
export function driftOf(before: unknown, after: unknown): readonly Change[] {
  return changesOf([before, after]);
}

/** Whether somebody has to change. */
export function isBreaking({ breaks }: Change): boolean {
  return breaks !== "nothing";
}

/** A change with all operations that have it. */
export interface SharedChange extends Omit<Change, "operation" | "sentence"> {
  readonly operations: readonly string[];
}

/** The same change of a schema that several operations share, once. */
export function sharedChanges(changes: readonly Change[]): readonly SharedChange[] {
  const groups = Map.groupBy(changes, ({ where, change, breaks }) => JSON.stringify([where, change, breaks]));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ where, change, breaks }) => ({
      operations: group.map(({ operation }) => operation),
      where,
      change,
      breaks,
    })),
  );
}

const titles: Readonly<Record<Breaks, string>> = {
  both: "Breaks clients and servers",
  clients: "Breaks clients",
  servers: "Breaks servers",
  nothing: "Breaks nothing",
};

/** The report for a person: what breaks whom, the worst first. */
export function driftText(changes: readonly Change[]): string {
  const shared = sharedChanges(changes);
  const sections = (["both", "clients", "servers", "nothing"] as const).flatMap((breaks) => {
    const own = shared.filter((change) => change.breaks === breaks);
    if (own.length === 0) return [];
    return [`${titles[breaks]}:\n${own.map((change) => `  ${lineOf(change)}`).join("\n")}`];
  });
  return sections.length === 0 ? "Nothing changed." : sections.join("\n\n");
}

/** Such as `listProfiles, getProfile: response 200 priority is gone`. */
export function lineOf({ operations, where, change }: SharedChange): string {
  const [first = "", second = "", ...others] = operations;
  const named = others.length > 1 ? `${first}, ${second} and ${others.length} others` : operations.join(", ");
  return `${named}: ${where === "" ? change : `${where} ${change}`}`;
}
