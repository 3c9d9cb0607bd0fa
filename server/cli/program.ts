/**
 * Parses the command line and runs the command. Each command has a file in commands/. Modules that only one command needs are
 * loaded when that command runs.
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
    // Commander removes the colours if the output does not support them (no terminal, NO_COLOR, FORCE_COLOR).
    styleTitle: (title) => styleText("bold", title, { validateStream: false }),
  })
  .addHelpText(
    "afterAll",
    "\nExit codes: 0 success; 1 failure; 2 wrong command, flag, setting or file; 130 interrupted by Ctrl-C.",
  )
  .exitOverride();

// The commands are added last, because they inherit the settings above.
for (const command of createCommands()) program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already printed its message. Its exit code for a wrong flag is 1, but this program exits with 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    // The message may contain text from a remote service, so control characters are replaced before it reaches the terminal.
    const message = (error instanceof Error ? error.message : String(error)).replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");
    console.error(styleText("red", message, { stream: process.stderr }));
    process.exitCode = error instanceof StartRefused ? 2 : 1;
    leavePrimary();
  }
}
