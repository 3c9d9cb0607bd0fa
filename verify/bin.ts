#!/usr/bin/env node
/** The command `apple-enrollment-verify`: the checker without the service. */
import { CommanderError } from "commander";
import { UsageError } from "./server/usage.ts";
import { verifyCommand } from "./verifyCommand.ts";

const command = verifyCommand((name, ...flags) =>
  [name === "verify" ? "npx apple-enrollment-verify" : `npx apple-enrollment ${name}`, ...flags].join(" "),
);
try {
  await command.name("apple-enrollment-verify").exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already printed the message.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
