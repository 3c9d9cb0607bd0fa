/**
 * Parses the command line and runs the command. Each command is a file in commands/; what only this command needs is loaded
 * when it runs.
 */
import { styleText } from "node:util";
import { Command, CommanderError } from "commander";
import { leavePrimary } from "../process/workers.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { createCommands } from "./commandList.ts";

const program = new Command("apple-enrollment")
  .description(
    "A service for Apple user-initiated enrollment profiles and their assignments, as in Microsoft Graph (beta).",
  )
  .configureHelp({
    // Commander decides whether to print colours (a terminal, NO_COLOR, FORCE_COLOR), and otherwise removes them.
    styleTitle: (title) => styleText("bold", title, { validateStream: false }),
  })
  .addHelpText(
    "afterAll",
    "\nExit codes: 0 success; 1 failure; 2 wrong command, flag, setting or file; 130 interrupted by Ctrl-C.",
  )
  .exitOverride();

// The commands inherit the settings above, so they come last.
for (const command of createCommands()) program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message. It exits with 1 for a wrong flag; this program exits with 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    // The message may quote a remote service, whose control characters must not reach the terminal.
    const message = (error instanceof Error ? error.message : String(error)).replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");
    console.error(styleText("red", message, { stream: process.stderr }));
    process.exitCode = error instanceof StartRefused ? 2 : 1;
    leavePrimary();
  }
}
