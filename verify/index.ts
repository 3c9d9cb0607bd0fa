/** The package apple-enrollment-verify: the command that `apple-enrollment verify` runs. */
export { UsageError } from "./server/usage.ts";
export { type CommandLine, verifyCommand } from "./verifyCommand.ts";
