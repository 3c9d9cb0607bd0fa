/**
 * Requires a changelog line for every change since the released contract that breaks clients or servers. The line is under
 * "Unreleased", starts with "- Contract:", and names an affected operation or the last name in the change's path. The
 * released contract is a copy in the repository, so that a shallow clone or an archive has it too; each release replaces it.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import contract from "../generated/openapi.json" with { type: "json" };
import { driftOf, isBreaking, lineOf, sharedChanges } from "../verify/drift/report.ts";
import { untold } from "./contract/changelog.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const breaks = driftOf(parse(read("../contract/released.yaml")), contract).filter(isBreaking);
for (const change of untold(read("../CHANGELOG.md"), sharedChanges(breaks))) {
  console.log(
    `This change breaks ${change.breaks}, but CHANGELOG.md has no line "- Contract: …" about it: ${lineOf(change)}`,
  );
  process.exitCode = 1;
}
