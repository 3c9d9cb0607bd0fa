/** The command `export`. */
import { Command, Option } from "commander";
import type { ExportFlags } from "../../seeding/export.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { examples, withService } from "./options.ts";

export function exportCommand(): Command {
  const command = new Command("export")
    .description("save the profiles and assignments of a tenant to a file that seed can load")
    .option("--output <file>", "file to write; - means standard output", "-")
    .addOption(
      new Option(
        "--format <format>",
        "format of the file (default: json if its name ends with .json, else yaml)",
      ).choices(["yaml", "json"]),
    );
  return withService(command)
    .addHelpText(
      "after",
      `
The same tenant always gives the same bytes: profiles in the order of their priority, their assignments oldest first,
without ids, dates and entity tags, which the service creates. Empty properties are left out.
${examples(
  commandLine("export"),
  commandLine("export", "--output tenant.yaml"),
  commandLine("export", "--format json", "--tenant 5d4b2c11-3c1a-4a7f-9d52-8e4c7b1a6f30"),
)}`,
    )
    .action(async (flags: ExportFlags) => {
      const { exportTenant } = await import("../../seeding/export.ts");
      await exportTenant(flags);
    });
}
