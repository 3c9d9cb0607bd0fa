import type { SharedChange } from "../../verify/drift/report.ts";

/** Returns the changes that no "Contract:" line in the changelog's section "Unreleased" names. */
export function findUndocumented(changelog: string, changes: readonly SharedChange[]): readonly SharedChange[] {
  const [, unreleased = ""] = changelog.split(/^## /m);
  const names = unreleased
    .split(/^- /m)
    .filter((entry) => entry.startsWith("Contract:"))
    .flatMap((entry) => entry.match(/[\w$@.-]*\w/g) ?? []);
  return changes.filter(({ operations, where }) => {
    const place = where.match(/[\w$@-]+/g)?.at(-1);
    return ![...operations, place].some((name) => name !== undefined && names.includes(name));
  });
}
