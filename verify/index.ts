/** The exports of the package apple-enrollment-verify, which the command `apple-enrollment verify` uses. */
export { UsageError } from "./server/usage.ts";
export { type CommandLine, verifyCommand } from "./verifyCommand.ts";
