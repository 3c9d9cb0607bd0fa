/** `token`. */
import { Command, InvalidArgumentError } from "commander";
import { defaultLifetime, defaultScopes, storedIdentity } from "../auth/development.ts";
import { commandLine } from "../invocation.ts";
import { dataDir, examples, tenant } from "./options.ts";

interface Flags {
  readonly dataDir: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly lifetime: number;
}

export function tokenCommand(): Command {
  return new Command("token")
    .description("print an access token that the service with the same data folder accepts")
    .addOption(dataDir())
    .addOption(tenant())
    .option("--scopes <list>", "permissions separated by spaces or commas, claim scp", scopes, defaultScopes)
    .option("--lifetime <seconds>", "seconds until it expires, 1 to 31536000", seconds, defaultLifetime)
    .addHelpText(
      "after",
      examples(
        commandLine("token"),
        commandLine("token", "--scopes DeviceManagementConfiguration.Read.All --lifetime 60"),
      ),
    )
    .action(async ({ dataDir: folder, ...options }: Flags) => {
      const identity = await storedIdentity(folder);
      console.log(await identity.issueToken(options));
    });
}

function scopes(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== "");
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 31_536_000) return value;
  throw new InvalidArgumentError("It must be a whole number from 1 to 31536000.");
}
