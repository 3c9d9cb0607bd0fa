/**
 * The command line. Exit codes: 0 done, 1 failed, 2 a wrong command, flag or setting.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { VerifyOptions } from "../verify/command.ts";
import { isLoopback } from "./auth/configure.ts";
import { defaultLifetime, defaultScopes, defaultTenant, storedIdentity } from "./auth/development.ts";
import { configOf, type Settings } from "./config.ts";
import { playDemo } from "./demo.ts";
import { startService } from "./main.ts";
import { rootPath } from "./mount.ts";
import { isPrimary, leavePrimary, serveForPrimary, startProcesses } from "./processes.ts";
import { StartRefused } from "./startRefused.ts";

const dataDir = () =>
  new Option("--data-dir <folder>", "folder of the development key and the database").env("DATA_DIR").default("./data");

const program = new Command("apple-enrollment")
  .description("Apple user-initiated enrollment profiles and their assignments, as Microsoft Graph (beta) speaks them.")
  .exitOverride();

program
  .command("serve")
  .description("serve the API until SIGINT or SIGTERM")
  .addOption(new Option("--host <address>", "address to listen on").env("HOST").default("127.0.0.1"))
  .addOption(new Option("--port <number>", "TCP port to listen on; 0: any free one").env("PORT").default("3000"))
  .addOption(dataDir())
  .addOption(
    new Option(
      "--database-url <url>",
      "the store: sqlite:<file>, sqlite::memory: or postgres://… (default: a file in the data folder)",
    ).env("DATABASE_URL"),
  )
  .addOption(
    new Option("--database-pool-size <number>", "connections of each process to PostgreSQL, at most")
      .env("DATABASE_POOL_SIZE")
      .default("10"),
  )
  .addOption(
    new Option(
      "--auth-issuer <urls>",
      "OpenID Connect issuers whose tokens are accepted, separated by spaces or commas",
    ).env("AUTH_ISSUER"),
  )
  .addOption(
    new Option("--auth-audience <list>", "what their tokens' aud may be (default: Microsoft Graph's URL and id)").env(
      "AUTH_AUDIENCE",
    ),
  )
  .addOption(
    new Option("--auth-tenants <uuids>", "tenants whose tokens are accepted (default: all of the issuers')").env(
      "AUTH_TENANTS",
    ),
  )
  .addOption(
    new Option(
      "--development-identity <on|off>",
      "give a token to whoever asks (default: on if only this machine can call and there is no issuer)",
    ).env("DEVELOPMENT_IDENTITY"),
  )
  .addOption(
    new Option("--allowed-hosts <names>", "Host headers to answer to with it, beside loopback names and --host").env(
      "ALLOWED_HOSTS",
    ),
  )
  .addOption(
    new Option("--processes <number>", "processes that serve the port together; more than one needs PostgreSQL")
      .env("PROCESSES")
      .default("1"),
  )
  .addOption(
    new Option("--tls [boolean]", "serve https; without --tls-cert with a certificate of a local CA in the data folder")
      // Not a flag without value: of those, TLS=0 and an empty TLS= of a compose file would count as set.
      .preset("true")
      .env("TLS"),
  )
  .addOption(new Option("--tls-cert <file>", "certificate of your own, PEM, its chain after it").env("TLS_CERT"))
  .addOption(new Option("--tls-key <file>", "the certificate's private key, PEM, not encrypted").env("TLS_KEY"))
  .addOption(
    new Option(
      "--rate-limit <number>",
      "requests per second of an application in a tenant, of each process; 0: no limit (default: 0 with the development identity, else 100)",
    ).env("RATE_LIMIT"),
  )
  .addOption(
    new Option("--rate-burst <number>", "requests it may make at once (default: those of a second)").env("RATE_BURST"),
  )
  .addOption(
    new Option("--strict [boolean]", "refuse what the real service refuses, such as the collection PATCH")
      .preset("true")
      .env("STRICT"),
  )
  .addOption(
    new Option("--control [boolean]", "let tests reset, seed and fail what they call, at /_control (default: off)")
      .preset("true")
      .env("CONTROL"),
  )
  .addOption(
    new Option(
      "--trust-proxy <list>",
      "proxies whose X-Forwarded-Host and X-Forwarded-Proto are believed: addresses, subnets, loopback (default: none)",
    ).env("TRUST_PROXY"),
  )
  .addHelpText(
    "after",
    "\nExamples:\n  npm start\n  npm start -- --port 4000\n  npm start -- --tls\n  DATABASE_URL=sqlite::memory: npm start\n  DATABASE_URL=postgres://me:secret@localhost/enrollment npm start -- --processes 2",
  )
  .action(serve);

program
  .command("token")
  .description("print an access token that the service with the same data folder accepts")
  .addOption(dataDir())
  .option("--tenant <uuid>", "the tenant, claim tid", uuid, defaultTenant)
  .option("--scopes <list>", "permissions separated by spaces or commas, claim scp", scopes, defaultScopes)
  .option("--lifetime <seconds>", "seconds until it expires, 1 to 31536000", seconds, defaultLifetime)
  .addHelpText(
    "after",
    "\nExamples:\n  npm run --silent token\n  npm run --silent token -- --scopes DeviceManagementConfiguration.Read.All --lifetime 60",
  )
  .action(async ({ dataDir: folder, ...options }: { dataDir: string } & TokenFlags) => {
    const identity = await storedIdentity(folder);
    console.log(await identity.issueToken(options));
  });

program
  .command("demo")
  .description("play the story of the PATCH this API began with, against a service of its own, and print each exchange")
  .action(() => playDemo());

const tokenOption = (flag: string, env: string, text: string) => new Option(`${flag} <token>`, text).env(env);
const several = (value: string, others: readonly string[]) => [...others, value];

program
  .command("verify")
  .description(
    "check any server against the contract: each declared answer is provoked and judged; what was made is deleted",
  )
  .argument("<base-url>", "the service root, such as http://127.0.0.1:3000/beta")
  .addOption(
    tokenOption(
      "--token",
      "TOKEN",
      "access token with all permissions (default: asked of the service's development identity)",
    ),
  )
  .option("--token-command <command>", "a command that prints it")
  .addOption(tokenOption("--reader-token", "READER_TOKEN", "a token of the same tenant that may only read"))
  .addOption(
    tokenOption("--powerless-token", "POWERLESS_TOKEN", "a token without any of the permissions: for the 403s"),
  )
  .addOption(tokenOption("--stranger-token", "STRANGER_TOKEN", "a token of another tenant, with all permissions"))
  .option("--include <pattern>", "only these: 'createProfile', 'update* 412'; may be repeated", several, [])
  .option("--exclude <pattern>", "not these; may be repeated", several, [])
  .option("--read-only", "send nothing that could write", false)
  .option("--dry-run", "list what would be sent, and send nothing", false)
  .addOption(
    new Option("--profile <name>", "graph: leave out what the contract decides where the public record is silent")
      .choices(["contract", "graph"])
      .default("contract"),
  )
  .option("--control", "let the service fail on purpose, at its /_control: for 429, 500 and 503", false)
  .option("--generate <requests>", "send so many generated requests as well: valid, near-valid and hostile", count, 0)
  .option("--seed <seed>", "of the generated requests, as a report has it (default: another one each time)")
  .option("--public-url <url>", "what the server calls its root in links, where a proxy stands before it")
  .option("--timeout <seconds>", "how long an answer may take", seconds, 10)
  .option("--real-tenant", "confirm that profiles may be created and deleted at a host of Microsoft's", false)
  .option("--junit <file>", "write a report as JUnit XML")
  .option("--json <file>", "write a report as JSON")
  .option("--html <file>", "write a report as a page, with each exchange as a curl command")
  .addHelpText(
    "after",
    `
Exit codes: 0 the contract is kept, 1 it is not, 2 it could not be checked, 130 stopped by Ctrl-C.

Examples:
  npm start -- --control
  npm run verify -- http://127.0.0.1:3000/beta --control
  npm run verify -- http://127.0.0.1:3000/beta --include 'update*' --html report.html
  npm run verify -- http://127.0.0.1:3000/beta --generate 500
  TOKEN=$(get-token) npm run verify -- https://staging.example.com/beta --junit report.xml
  npm run verify -- https://graph.microsoft.com/beta --profile graph --read-only --real-tenant --token-command 'get-token'`,
  )
  .action(async (url: string, options: VerifyOptions) => {
    const { verify } = await import("../verify/command.ts");
    process.exitCode = await verify(url, options);
  });

interface TokenFlags {
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly lifetime: number;
}

async function serve(settings: Settings): Promise<void> {
  const config = configOf(settings);
  if (!isPrimary) return serveForPrimary(await startService(config));
  const service = config.processes > 1 ? await startProcesses(config.processes) : await startService(config);
  if (service === undefined) return;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void service.close());
  if (config.identity.development && !isLoopback(config.host)) {
    console.error(`The development identity gives a token to whoever can reach ${config.host}.`);
  }
  const lines = [
    `API    ${service.origin}${rootPath}`,
    `Docs   ${service.origin}/docs`,
    `Token  ${config.identity.development ? tokenCommand(settings.dataDir) : `of ${config.identity.issuers.join(", ")}`}`,
    ...(config.tls?.kind === "local"
      ? [`Trust  ${(await import("./tls/trust.ts")).trustCommand(config.dataDir)}`]
      : []),
  ];
  // In one piece: who waits for the first line has them all.
  console.log(lines.join("\n"));
}

function tokenCommand(folder: string): string {
  return folder === "./data"
    ? "npm run --silent token"
    : `npm run --silent token -- --data-dir ${/\s/.test(folder) ? JSON.stringify(folder) : folder}`;
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(`It must be a UUID such as ${defaultTenant}.`);
}

function scopes(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== "");
}

function count(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 9999999.");
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 31_536_000) return value;
  throw new InvalidArgumentError("It must be a whole number from 1 to 31536000.");
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its sentence; it exits with 1 where the convention here is 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof StartRefused ? 2 : 1;
    leavePrimary();
  }
}
