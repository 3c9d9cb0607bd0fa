/**
 * The part of the package apple-enrollment-verify that this program uses. The types are declared here, so that the service
 * can be built without the package. test/cli/verifyPackage.types.ts compares them with the package's types.
 */
declare module "apple-enrollment-verify" {
  import type { Command } from "commander";

  export class UsageError extends Error {}
  export function verifyCommand(commandLine: (command: string, ...flags: readonly string[]) => string): Command;
}
