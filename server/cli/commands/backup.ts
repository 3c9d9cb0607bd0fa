/** The commands `backup` and `restore` for SQLite databases. */
import { Command } from "commander";
import { commandLine } from "../../shared/commandLine.ts";
import { collectSettings, examples, settingOption } from "./options.ts";

interface RestoreFlags {
  readonly force: boolean;
}

export function backupCommand(): Command {
  const command = withDatabase(new Command("backup"));
  return command
    .description("copy the SQLite database to a new file, also while the service runs")
    .argument("<file>", "the backup to write, a SQLite database")
    .addHelpText("after", examples(commandLine("backup", "monday.sqlite")))
    .action(async (file: string) => {
      const { backUp } = await import("../actions/backup.ts");
      await backUp(file, collectSettings(command));
    });
}

export function restoreCommand(): Command {
  const command = withDatabase(new Command("restore"));
  return command
    .description("create the SQLite database from a backup; stop the service first")
    .argument("<file>", "the backup to read")
    .option("--force", "replace an existing database; the old one is kept next to the new one", false)
    .addHelpText("after", examples(commandLine("restore", "monday.sqlite", "--data-dir ./restored")))
    .action(async (file: string, { force }: RestoreFlags) => {
      const { restore } = await import("../actions/backup.ts");
      await restore(file, collectSettings(command), force);
    });
}

function withDatabase(command: Command): Command {
  return command
    .addOption(settingOption("dataDir"))
    .addOption(settingOption("databaseUrl", "database, sqlite:<file> (default: a file in the data folder)"));
}
