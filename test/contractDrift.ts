/**
 * Checks that the changelog documents every breaking change since the released contract. The section "Unreleased" must contain a
 * line that begins with "- Contract:" and names an affected operation or the changed property. contract/released.yaml is a copy of
 * the released contract, because a clone may have no git history. Each release replaces the copy (CONTRIBUTING.md).
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import contract from "../generated/openapi.json" with { type: "json" };
import { compareContracts, formatChange, isBreaking, mergeChanges } from "../verify/drift/report.ts";
import { findUndocumented } from "./contract/changelog.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const breaks = compareContracts(parse(read("../contract/released.yaml")), contract).filter(isBreaking);
for (const change of findUndocumented(read("../CHANGELOG.md"), mergeChanges(breaks))) {
  console.log(
    `This change breaks ${change.breaks === "both" ? "clients and servers" : change.breaks}, but CHANGELOG.md has no line "- Contract: …" about it: ${formatChange(change)}`,
  );
  process.exitCode = 1;
}
