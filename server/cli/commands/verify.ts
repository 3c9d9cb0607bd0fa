/** `verify`. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { VerifyOptions } from "../../../verify/command.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { examples, seconds } from "./options.ts";

interface Flags extends VerifyOptions {
  readonly against?: string;
  readonly contract?: string;
}

export function verifyCommand(): Command {
  return new Command("verify")
    .description(
      "check any server against the contract: each declared answer is provoked and judged; what was made is deleted",
    )
    .argument("[base-url]", "the service root, such as http://127.0.0.1:3000/beta; not with --against")
    .addOption(
      token("--token", "TOKEN", "access token with all permissions (default: asked of the development identity)"),
    )
    .option("--token-command <command>", "a command that prints it")
    .addOption(token("--reader-token", "READER_TOKEN", "a token of the same tenant that may only read"))
    .addOption(token("--powerless-token", "POWERLESS_TOKEN", "a token without any of the permissions: for the 403s"))
    .addOption(token("--stranger-token", "STRANGER_TOKEN", "a token of another tenant, with all permissions"))
    .option("--include <pattern>", "only these: 'createProfile', 'update* 412'; may be repeated", several, [])
    .option("--exclude <pattern>", "not these; may be repeated", several, [])
    .option("--read-only", "send nothing that could write", false)
    .option("--dry-run", "list what would be sent, and send nothing", false)
    .addOption(
      new Option("--profile <name>", "graph: leave out what the contract decides where the public record is silent")
        .choices(["contract", "graph"])
        .default("contract"),
    )
    .option("--generate <requests>", "send so many generated requests as well: valid, near-valid and hostile", count, 0)
    .option("--seed <seed>", "of the generated requests, as a report has it (default: another one each time)")
    .option("--stateless", "for a mock: any declared answer will do, if its headers and schemas are right", false)
    .option("--control", "let the service fail on purpose, at its /_control: for 429, 500 and 503", false)
    .option("--public-url <url>", "what the server calls its root in links, where a proxy stands before it")
    .option("--timeout <seconds>", "how long an answer may take", seconds, 10)
    .option("--real-tenant", "confirm that profiles may be created and deleted at a host of Microsoft's", false)
    .option("--junit <file>", "write a report as JUnit XML")
    .option("--json <file>", "write a report as JSON")
    .option("--html <file>", "write a report as a page, with each exchange as a curl command")
    .option(
      "--against <version>",
      "instead of a server, compare the contract with an older one: a file, or a git revision with an openapi.yaml",
    )
    .option("--contract <file>", "the newer contract (default: the one this comes with); only with --against")
    .addHelpText(
      "after",
      `
Exits with 1 where the contract is not kept; with --against, where clients that ask by the older one break, or servers
that answer by it; with 2 where nothing could be checked.
${examples(
  commandLine("serve", "--control"),
  commandLine("verify", "http://127.0.0.1:3000/beta --control"),
  commandLine("verify", "http://127.0.0.1:3000/beta --include 'update*' --html report.html"),
  commandLine("verify", "http://127.0.0.1:3000/beta --generate 500"),
  `TOKEN=$(get-token) ${commandLine("verify", "https://staging.example.com/beta --junit report.xml")}`,
  commandLine(
    "verify",
    "https://graph.microsoft.com/beta --profile graph --read-only --real-tenant --token-command 'get-token'",
  ),
  commandLine("verify", "--against HEAD~1"),
  commandLine("verify", "--against old.yaml --contract new.yaml --json drift.json"),
)}`,
    )
    .action(verifyOrCompare);
}

/** @throws StartRefused where it is neither or both. */
async function verifyOrCompare(url: string | undefined, { against, contract, ...options }: Flags): Promise<void> {
  if (against !== undefined && url === undefined) {
    const { printDrift } = await import("../../../verify/drift/command.ts");
    return printDrift(against, { contract, json: options.json });
  }
  if (url === undefined || against !== undefined || contract !== undefined) {
    throw new StartRefused("verify takes the URL of a server, or --against and, if you like, --contract.");
  }
  const { verify } = await import("../../../verify/command.ts");
  process.exitCode = await verify(url, options);
}

function token(flag: string, env: string, text: string): Option {
  return new Option(`${flag} <jwt>`, text).env(env);
}

function count(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 9999999.");
}

function several(value: string, others: readonly string[]): readonly string[] {
  return [...others, value];
}
