/** The command `token`. */
import { Command } from "commander";
import { defaultLifetime, defaultScopes, storedIdentity } from "../../auth/development.ts";
import { listOf } from "../../process/parsers.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { examples, seconds, settingOption, tenantOption } from "./options.ts";

interface TokenFlags {
  readonly dataDir: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly lifetime: number;
  readonly json?: boolean;
}

export function tokenCommand(): Command {
  return new Command("token")
    .description("print an access token for the service that uses the same data folder")
    .addOption(settingOption("dataDir"))
    .addOption(tenantOption())
    .option("--scopes <list>", "permissions separated by spaces or commas, claim scp", parseScopes, defaultScopes)
    .option("--lifetime <seconds>", "seconds until the token expires, 1 to 31536000", seconds, defaultLifetime)
    .option("--json", "print JSON with the token, its tenant, its scopes and its expiry time")
    .addHelpText(
      "after",
      examples(
        commandLine("token"),
        commandLine("token", "--scopes DeviceManagementConfiguration.Read.All", "--lifetime 60"),
        commandLine("token", "--tenant 5d4b2c11-3c1a-4a7f-9d52-8e4c7b1a6f30", "--json"),
      ),
    )
    .action(printToken);
}

async function printToken({ dataDir, json, ...options }: TokenFlags): Promise<void> {
  const token = await (await storedIdentity(dataDir)).issueToken(options);
  const { tenant, scopes, lifetime } = options;
  const expires = new Date(Date.now() + lifetime * 1000).toISOString();
  console.log(json ? JSON.stringify({ token, tenant, scopes, expires }) : token);
}

function parseScopes(text: string): readonly string[] {
  return listOf()(text, "--scopes");
}
