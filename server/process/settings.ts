/**
 * The table of the service's settings. The command line creates its flags from this table, and docs/configuration.md is
 * generated from the flags. The flag and the environment variable of a setting are derived from its name: `dataDir`,
 * `--data-dir`, `DATA_DIR`.
 */
import { isSafe } from "../auth/issuers.ts";
import { isTenantId } from "../auth/tenantId.ts";
import { logLevels } from "../observability/logLevels.ts";
import { memberNames } from "../shared/members.ts";
import { parseDatabaseUrl } from "./database.ts";
import {
  anyText,
  isProxy,
  listOf,
  nonEmptyText,
  oneOf,
  onOrOff,
  optional,
  type Parse,
  trueOrFalse,
  wholeNumber,
} from "./parsers.ts";

export interface Setting<Value> {
  /** The value's placeholder in the help, such as `<number>`. In brackets: the value may be left out, and is then `true`. */
  readonly placeholder: string;
  readonly help: string;
  /** The default, as a text that is parsed. */
  readonly default?: string;
  /** The description of the default in the help, if the default depends on other settings. */
  readonly defaultHelp?: string;
  /** Whether an empty text is refused. By default it counts as unset: compose files pass unset variables as empty texts. */
  readonly refusesEmpty?: boolean;
  readonly parse: Parse<Value>;
}

const definitions = {
  host: {
    placeholder: "<address>",
    help: "address to listen on",
    default: "127.0.0.1",
    refusesEmpty: true,
    parse: nonEmptyText("an address to listen on, such as 127.0.0.1"),
  },
  port: {
    placeholder: "<number>",
    help: "TCP port to listen on; 0 takes any free port",
    default: "3000",
    refusesEmpty: true,
    parse: wholeNumber(0, 65_535),
  },
  dataDir: {
    placeholder: "<folder>",
    help: "folder of the development key and the database",
    default: "./data",
    refusesEmpty: true,
    parse: nonEmptyText("a folder, such as ./data"),
  },
  databaseUrl: {
    placeholder: "<url>",
    help: "database: sqlite:<file>, sqlite::memory: or postgres://…",
    defaultHelp: "a file in the data folder",
    parse: optional(parseDatabaseUrl),
  },
  databasePoolSize: {
    placeholder: "<number>",
    help: "maximum number of PostgreSQL connections per process",
    default: "10",
    refusesEmpty: true,
    parse: wholeNumber(1, 1000),
  },
  authIssuer: {
    placeholder: "<urls>",
    help: "OpenID Connect issuers whose tokens are accepted, separated by spaces or commas",
    parse: listOf({ isItem: isSafe, expected: "a URL that begins with https://" }),
  },
  authAudience: {
    placeholder: "<list>",
    help: "accepted values of the claim aud in the issuers' tokens, separated by spaces or commas",
    defaultHelp: "Microsoft Graph's URL and application id",
    parse: listOf(),
  },
  authTenants: {
    placeholder: "<uuids>",
    help: "tenants whose tokens are accepted, separated by spaces or commas",
    defaultHelp: "all tenants of the issuers",
    parse: listOf({ isItem: isTenantId, expected: "the id of a tenant, a UUID" }),
  },
  developmentIdentity: {
    placeholder: "<on|off>",
    help: "issue a token to every caller that asks for one",
    defaultHelp: "on if only this machine can connect and no issuer is set",
    parse: optional(onOrOff),
  },
  allowedHosts: {
    placeholder: "<names>",
    help: "Host headers to accept with the development identity, besides loopback names and --host",
    parse: listOf(),
  },
  processes: {
    placeholder: "<number>",
    help: "number of processes that serve the port together; more than one needs PostgreSQL",
    default: "1",
    refusesEmpty: true,
    parse: wholeNumber(1, 256),
  },
  tls: {
    placeholder: "[boolean]",
    help: "serve https; without --tls-cert, with a certificate from a local CA in the data folder",
    defaultHelp: "true if --tls-cert is set",
    parse: optional(trueOrFalse),
  },
  tlsCert: {
    placeholder: "<file>",
    help: "your own certificate, PEM, followed by its chain",
    parse: optional(anyText),
  },
  tlsKey: {
    placeholder: "<file>",
    help: "private key of the certificate, PEM, not encrypted",
    parse: optional(anyText),
  },
  rateLimit: {
    placeholder: "<number>",
    help: "requests per second for each application in a tenant, in each process; 0 means no limit",
    defaultHelp: "100 if an issuer is set, otherwise 0",
    parse: optional(wholeNumber(0, 1_000_000)),
  },
  rateBurst: {
    placeholder: "<number>",
    help: "requests that an application may send at once after a pause",
    defaultHelp: "the requests of one second",
    parse: optional(wholeNumber(1, 1_000_000)),
  },
  strict: {
    placeholder: "[boolean]",
    help: "answer as recorded answers of similar Intune resources do, without what Intune lacks or refuses",
    default: "false",
    parse: trueOrFalse,
  },
  control: {
    placeholder: "[boolean]",
    help: "serve the control API at /_control, where tests reset and seed a tenant and inject failures",
    default: "false",
    parse: trueOrFalse,
  },
  trustProxy: {
    placeholder: "<list>",
    help: "proxies whose X-Forwarded-Host and X-Forwarded-Proto are trusted: addresses, subnets or loopback, separated by commas",
    defaultHelp: "none",
    parse: listOf({
      separator: /\s*,\s*/,
      isItem: isProxy,
      expected: "an address, a subnet such as 10.0.0.0/8, or loopback",
    }),
  },
  drainSeconds: {
    placeholder: "<number>",
    help: "seconds for which a stopping service still accepts connections while /readyz answers 503",
    default: "0",
    parse: wholeNumber(0, 3600),
  },
  metricsPort: {
    placeholder: "<number>",
    help: "port on which Prometheus reads /metrics; 0 takes any free port",
    defaultHelp: "no metrics",
    parse: optional(wholeNumber(0, 65_535)),
  },
  metricsHost: {
    placeholder: "<address>",
    help: "address to listen on for /metrics",
    default: "127.0.0.1",
    parse: anyText,
  },
  logLevel: {
    placeholder: "<level>",
    help: `least severe level that is logged: ${logLevels.join(", ")}; info has a line for each request`,
    default: "info",
    parse: oneOf(logLevels),
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof definitions;

/** The parsed value of each setting. */
export type Settings = {
  readonly [Name in SettingName]: ReturnType<(typeof definitions)[Name]["parse"]>;
};

/** The unparsed texts of the given flags and environment variables. */
export type SettingTexts = { readonly [Name in SettingName]?: string | undefined };

/** The table of settings, with the type of each setting's value. */
export const settings: { readonly [Name in SettingName]: Setting<Settings[Name]> } = definitions;

/** The names of all settings, in the order of the table. */
export const settingNames: readonly SettingName[] = memberNames(definitions);

export function flagName(name: SettingName): string {
  return `--${spell(name, "-")}`;
}

export function variableName(name: SettingName): string {
  return spell(name, "_").toUpperCase();
}

function spell(name: SettingName, separator: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);
}
