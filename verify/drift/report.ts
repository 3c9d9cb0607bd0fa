/**
 * Reports the changes between two versions of a contract, grouped by the side that they break. No npm package reports which
 * changes break servers, so the comparison is implemented here. openapi-diff does not support OpenAPI 3.1. The install
 * script of openapi-changes downloads a binary. Optic is discontinued. api-smart-diff treats the removal of a response
 * property as harmless, and rates the same change to a shared schema differently in two operations.
 */
import type { Breaks, Change } from "./changes.ts";
import { compareOperations } from "./operations.ts";

/** @param before @param after parsed OpenAPI 3.1 documents. @throws Error if a `$ref` has no target. */
export function compareContracts(before: unknown, after: unknown): readonly Change[] {
  return compareOperations([before, after]);
}

/** Whether the change breaks clients or servers. */
export function isBreaking({ breaks }: Change): boolean {
  return breaks !== "nothing";
}

/** A change with the names of all operations that it affects. */
export interface SharedChange extends Omit<Change, "operation" | "sentence"> {
  readonly operations: readonly string[];
}

/** Merges equal changes in several operations. They usually come from a shared schema. */
export function mergeChanges(changes: readonly Change[]): readonly SharedChange[] {
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

/** Formats the report as text. Changes that break both sides come first. */
export function formatChanges(changes: readonly Change[]): string {
  const shared = mergeChanges(changes);
  const sections = (["both", "clients", "servers", "nothing"] as const).flatMap((breaks) => {
    const own = shared.filter((change) => change.breaks === breaks);
    if (own.length === 0) return [];
    return [`${titles[breaks]}:\n${own.map((change) => `  ${formatChange(change)}`).join("\n")}`];
  });
  return sections.length === 0 ? "Nothing changed." : sections.join("\n\n");
}

/** Formats a change as one line, such as `listProfiles, getProfile: response 200 priority is removed`. */
export function formatChange({ operations, where, change }: SharedChange): string {
  const [first = "", second = "", ...others] = operations;
  const named = others.length > 1 ? `${first}, ${second} and ${others.length} others` : operations.join(", ");
  return `${named}: ${where === "" ? change : `${where} ${change}`}`;
}
