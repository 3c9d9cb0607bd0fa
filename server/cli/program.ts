/**
 * The command line: each command is a file in commands/, which loads what only it needs when it runs. Exit codes: 0 done,
 * 1 failed, 2 a wrong command, flag, setting or file, 130 interrupted.
 */
import { styleText } from "node:util";
import { Command, CommanderError } from "commander";
import { leavePrimary } from "../process/workers.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { demoCommand } from "./commands/demo.ts";
import { exportCommand } from "./commands/export.ts";
import { seedCommand } from "./commands/seed.ts";
import { serveCommand } from "./commands/serve.ts";
import { tokenCommand } from "./commands/token.ts";
import { verifyCommand } from "./commands/verify.ts";

const program = new Command("apple-enrollment")
  .description("Apple user-initiated enrollment profiles and their assignments, as Microsoft Graph (beta) speaks them.")
  .configureHelp({
    // Whether there are to be colours, Commander decides (a terminal, NO_COLOR, FORCE_COLOR), and takes them out if not.
    styleTitle: (title) => styleText("bold", title, { validateStream: false }),
  })
  .addHelpText(
    "afterAll",
    "\nExit codes: 0 done; 1 failed; 2 a wrong command, flag, setting or file; 130 interrupted by Ctrl-C.",
  )
  // Before the commands: each takes over what stands here.
  .exitOverride();

for (const make of [
  serveCommand,
  tokenCommand,
  seedCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  demoCommand,
]) {
  program.addCommand(make().copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its sentence; it exits with 1 where the convention here is 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    // What a service says of itself must move no cursor and set no title.
    const sentence = (error instanceof Error ? error.message : String(error)).replaceAll(/[^\P{Cc}\t\n]/gu, "\ufffd");
    console.error(styleText("red", sentence, { stream: process.stderr }));
    process.exitCode = error instanceof StartRefused ? 2 : 1;
    leavePrimary();
  }
}
