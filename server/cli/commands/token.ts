/** `token`. */
import { Command } from "commander";
import { defaultLifetime, defaultScopes, storedIdentity } from "../../auth/development.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { dataDir, examples, seconds, tenant } from "./options.ts";

interface Flags {
  readonly dataDir: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly lifetime: number;
  readonly json?: boolean;
}

export function tokenCommand(): Command {
  return new Command("token")
    .description("print an access token that the service with the same data folder accepts")
    .addOption(dataDir())
    .addOption(tenant())
    .option("--scopes <list>", "permissions separated by spaces or commas, claim scp", scopes, defaultScopes)
    .option("--lifetime <seconds>", "seconds until it expires, 1 to 31536000", seconds, defaultLifetime)
    .option("--json", "print it as JSON, with what it is good for")
    .addHelpText(
      "after",
      examples(
        commandLine("token"),
        commandLine("token", "--scopes DeviceManagementConfiguration.Read.All", "--lifetime 60"),
        commandLine("token", "--tenant 5d4b2c11-3c1a-4a7f-9d52-8e4c7b1a6f30", "--json"),
      ),
    )
    .action(async ({ dataDir: folder, json, ...options }: Flags) => {
      const token = await (await storedIdentity(folder)).issueToken(options);
      const { tenant, scopes, lifetime } = options;
      const expires = new Date(Date.now() + lifetime * 1000).toISOString();
      console.log(json ? JSON.stringify({ token, tenant, scopes, expires }) : token);
    });
}

function scopes(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== "");
}
