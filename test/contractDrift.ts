/**
 * A break since the released contract needs a line in the changelog: one of "Unreleased" that begins with "- Contract:" and
 * names an operation that has it, or the last name of its place. The released contract is a copy, so that it is there in
 * any clone, and in none; a release puts a new one in its place (CONTRIBUTING.md).
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import contract from "../generated/openapi.json" with { type: "json" };
import { driftOf, isBreaking, lineOf, sharedChanges } from "../verify/drift/report.ts";
import { untold } from "./contract/changelog.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const breaks = driftOf(parse(read("../contract/released.yaml")), contract).filter(isBreaking);
for (const change of untold(read("../CHANGELOG.md"), sharedChanges(breaks))) {
  console.log(`This breaks ${change.breaks}, and no line "- Contract: …" of CHANGELOG.md tells it: ${lineOf(change)}`);
  process.exitCode = 1;
}
