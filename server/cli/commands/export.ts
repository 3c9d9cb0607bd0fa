/** `export`. */

import { Command, Option } from "commander";
import type { ExportFlags } from "../../seeding/export.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { examples, withService } from "./options.ts";

export function exportCommand(): Command {
  const command = new Command("export")
    .description("write the profiles and assignments of a tenant as a file that seed takes")
    .option("--output <file>", "the file to write; - for standard output", "-")
    .addOption(
      new Option(
        "--format <format>",
        "how to write it (default: json if the output ends with .json, else yaml)",
      ).choices(["yaml", "json"]),
    );
  return withService(command)
    .addHelpText(
      "after",
      `
The same tenant is the same bytes each time: profiles by priority, their assignments the oldest first, and nothing that
the service makes (ids, dates, entity tags). What is empty is left out.
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
