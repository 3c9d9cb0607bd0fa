/** `drift`. */

import { Command } from "commander";
import { commandLine } from "../invocation.ts";
import { examples } from "./options.ts";

interface Flags {
  readonly contract?: string;
  readonly json?: boolean;
}

export function driftCommand(): Command {
  return new Command("drift")
    .description("say what changed since another version of the contract, and whether it breaks clients or servers")
    .argument("<against>", "the older version: a file, YAML or JSON, or a git revision that has an openapi.yaml")
    .option("--contract <file>", "the newer version (default: the contract this comes with)")
    .option("--json", "print the changes as JSON")
    .addHelpText(
      "after",
      `
Exits with 1 if something breaks: clients that ask by the older version, or servers that answer by it.
${examples(commandLine("drift", "HEAD~1"), commandLine("drift", "old.yaml", "--contract new.yaml", "--json"))}`,
    )
    .action(async (against: string, flags: Flags) => {
      const { printDrift } = await import("../drift.ts");
      await printDrift(against, flags);
    });
}
