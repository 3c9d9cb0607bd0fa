/**
 * The part of the package apple-enrollment-verify that this program uses. It is declared here, so that the service can be built
 * where the package is not; test/cli/verifyPackage.types.ts compares it with the package.
 */
declare module "apple-enrollment-verify" {
  import type { Command } from "commander";

  export class UsageError extends Error {}
  export function verifyCommand(commandLine: (command: string, ...flags: readonly string[]) => string): Command;
}
