/** `backup` and `restore`, of the embedded store. */
import { Command, Option } from "commander";
import { commandLine } from "../../shared/commandLine.ts";
import type { Place } from "../actions/backup.ts";
import { dataDir, examples } from "./options.ts";

export function backupCommand(): Command {
  return withPlace(new Command("backup"))
    .description("write all that the store holds into a new file, also while the service runs")
    .argument("<file>", "the backup, a database of SQLite")
    .addHelpText("after", examples(commandLine("backup", "monday.sqlite")))
    .action(async (file: string, place: Place) => {
      const { backUp } = await import("../actions/backup.ts");
      await backUp(file, place);
    });
}

export function restoreCommand(): Command {
  return withPlace(new Command("restore"))
    .description("make a store of a backup; the service must not run on it")
    .argument("<file>", "the backup")
    .option("--force", "replace a store that is there; it is kept beside the new one", false)
    .addHelpText("after", examples(commandLine("restore", "monday.sqlite", "--data-dir ./restored")))
    .action(async (file: string, { force, ...place }: Place & { readonly force: boolean }) => {
      const { restore } = await import("../actions/backup.ts");
      await restore(file, place, force);
    });
}

function withPlace(command: Command): Command {
  return command
    .addOption(dataDir())
    .addOption(new Option("--database-url <url>", "the store: sqlite:<file>").env("DATABASE_URL"));
}
