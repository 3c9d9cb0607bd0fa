/** The commands, in the order in which the help lists them. */
import type { Command } from "commander";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { demoCommand } from "./commands/demo.ts";
import { exportCommand } from "./commands/export.ts";
import { seedCommand } from "./commands/seed.ts";
import { serveCommand } from "./commands/serve.ts";
import { tokenCommand } from "./commands/token.ts";
import { verifyCommand } from "./commands/verify.ts";

/** Creates new objects for all commands. */
export function createCommands(): readonly Command[] {
  return [
    serveCommand(),
    tokenCommand(),
    seedCommand(),
    exportCommand(),
    backupCommand(),
    restoreCommand(),
    verifyCommand(),
    demoCommand(),
  ];
}
