/** `seed`. */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import type { SeedFlags } from "../../seeding/seed.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { examples, withService } from "./options.ts";

const sample = relative(".", fileURLToPath(new URL("../../seeding/sample.yaml", import.meta.url)));

export function seedCommand(): Command {
  const command = new Command("seed")
    .description("load profiles and their assignments from a file into a tenant of a service that is running")
    .argument("<file>", "YAML or JSON, as export writes it; - for standard input")
    .addOption(new Option("--append", "put the profiles behind those that the tenant has").conflicts("replace"))
    .option("--replace", "delete what the tenant has, unless it is what the file says")
    .option("--json", "print what was done as JSON");
  return withService(command)
    .addHelpText(
      "after",
      `
The whole file is checked before anything is sent. Its order is the priority: the first profile is the highest.

A tenant that has something is left alone, unless that is the beginning of what the file says: then only the rest is
created, and the same command a second time changes nothing. So after Ctrl-C or a failure, which leave what was created so
far, the same command goes on. Only with --append each run adds the whole file.
${examples(
  commandLine("seed", sample),
  commandLine("seed", "tenant.yaml", "--replace", "--json"),
  `${commandLine("export", "--url https://one.example/beta", "--token …")} |\n    ${commandLine("seed", "-", "--tenant 5d4b2c11-3c1a-4a7f-9d52-8e4c7b1a6f30")}`,
)}`,
    )
    .action(async (file: string, flags: SeedFlags) => {
      const { seed } = await import("../../seeding/seed.ts");
      await seed(file, flags);
    });
}
