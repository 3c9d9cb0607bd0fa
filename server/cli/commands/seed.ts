/** The command `seed`. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import type { SeedFlags } from "../../seeding/seed.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { examples, withService } from "./options.ts";

const sample = relative(".", fileURLToPath(new URL("../../seeding/sample.yaml", import.meta.url)));

export function seedCommand(): Command {
  const command = new Command("seed")
    .description("load profiles and their assignments from a file into a tenant of a running service")
    .argument("<file>", "YAML or JSON in the format of export; - means standard input")
    .addOption(new Option("--append", "add the profiles after the tenant's existing profiles").conflicts("replace"))
    .option("--replace", "delete the tenant's profiles first, unless they are already the same as in the file")
    .option("--json", "print the result as JSON");
  return withService(command)
    .addHelpText(
      "after",
      `
The whole file is checked before anything is sent. The order of the profiles is their priority: the first one has the
highest.

If the tenant is not empty, seed changes nothing, with one exception: if the tenant's profiles are the first profiles of
the file, seed creates the missing profiles, so that a second run of the same command changes nothing. After Ctrl-C or
an error, the created profiles stay, and the same command creates the rest. With --append, every run adds the whole file.
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
