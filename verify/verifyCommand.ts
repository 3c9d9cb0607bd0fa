/** Defines the command line of the checker, which either checks a server or, with `--against`, compares two contracts. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type VerifyOptions, verify } from "./command.ts";
import { UsageError } from "./server/usage.ts";

interface Options extends VerifyOptions {
  readonly against?: string;
  readonly contract?: string;
}

/** Formats a command as the user types it, such as `npx apple-enrollment serve --control`. */
export type CommandLine = (command: string, ...flags: readonly string[]) => string;

/** Returns the command `verify`, which sets `process.exitCode`. @param commandLine formats the examples in the help. */
export function verifyCommand(
  commandLine: CommandLine = (...words) => ["npx apple-enrollment", ...words].join(" "),
): Command {
  const command = new Command("verify")
    .description(
      "check a server against the contract: provoke and judge every declared answer, then delete the created profiles",
    )
    .argument("[base-url]", "the service root, such as http://127.0.0.1:3000/beta; not with --against");
  addTokens(command);
  addSelection(command);
  addReports(command);
  return command.addHelpText("after", helpEnd(commandLine)).action(verifyOrCompare);
}

function addTokens(command: Command): void {
  command
    .addOption(
      token("--token", "TOKEN", "an access token with all permissions (default: one from the development identity)"),
    )
    .option("--token-command <command>", "a command that prints this token")
    .addOption(token("--reader-token", "READER_TOKEN", "a token of the same tenant with read permissions only"))
    .addOption(
      token("--powerless-token", "POWERLESS_TOKEN", "a token without any of the permissions, for the 403 scenarios"),
    )
    .addOption(token("--stranger-token", "STRANGER_TOKEN", "a token of another tenant with all permissions"))
    .option("--real-tenant", "confirm that profiles may be created and deleted on a Microsoft host", false);
}

function addSelection(command: Command): void {
  command
    .option(
      "--include <pattern>",
      "play only these scenarios, such as 'createProfile' or 'update* 412'; repeatable",
      several,
      [],
    )
    .option("--exclude <pattern>", "do not play these scenarios; repeatable", several, [])
    .option("--read-only", "send only requests that cannot write", false)
    .option("--dry-run", "list the requests without sending them", false)
    .addOption(
      new Option(
        "--profile <name>",
        "graph: leave out scenarios of decisions of this contract that are not publicly documented",
      )
        .choices(["contract", "graph"])
        .default("contract"),
    )
    .option(
      "--generate <requests>",
      "also send this number of generated requests: valid, nearly valid and hostile",
      count,
      0,
    )
    .option("--seed <seed>", "the seed of the generated requests, from a report (default: a new one for each run)")
    .option("--stateless", "for a mock: accept any declared answer with correct headers and schemas", false)
    .option("--control", "inject faults through /_control of the service, for the 429, 500 and 503 scenarios", false)
    .option("--public-url <url>", "the root that the server uses in links, if it is behind a proxy")
    .option("--timeout <seconds>", "the time limit for each answer", seconds, 10);
}

function addReports(command: Command): void {
  command
    .option("--junit <file>", "write a report as JUnit XML")
    .option("--json <file>", "write a report as JSON")
    .option("--html <file>", "write a report as an HTML page, with each exchange as a curl command")
    .option(
      "--against <version>",
      "compare the contract with an older version instead of checking a server: a file, or a git revision with an openapi.yaml",
    )
    .option("--contract <file>", "the newer contract (default: the one of this package); only with --against");
}

function helpEnd(commandLine: CommandLine): string {
  const examples = [
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
  ];
  return `
Exits with 1 if the server breaks the contract; with --against, if the change breaks clients or servers of the older version.
Exits with 2 if nothing could be checked.

Examples:
  ${examples.join("\n  ")}`;
}

/** @throws UsageError if both a URL and `--against` are given, or neither. */
async function verifyOrCompare(url: string | undefined, { against, contract, ...options }: Options): Promise<void> {
  if (against !== undefined && url === undefined) {
    const { printChanges } = await import("./drift/command.ts");
    return printChanges(against, { contract, json: options.json });
  }
  if (url === undefined || against !== undefined || contract !== undefined) {
    throw new UsageError(
      "verify needs either the URL of a server or --against, not both. --contract can be used only with --against.",
    );
  }
  process.exitCode = await verify(url, options);
}

function token(flag: string, env: string, text: string): Option {
  return new Option(`${flag} <jwt>`, text).env(env);
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 31_536_000) return value;
  throw new InvalidArgumentError("It must be a whole number from 1 to 31536000.");
}

function count(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 9999999.");
}

function several(value: string, others: readonly string[]): readonly string[] {
  return [...others, value];
}
