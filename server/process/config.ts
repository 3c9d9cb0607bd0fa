/** Settings: each has an environment variable and a flag of the same name (DATA_DIR, --data-dir); a flag wins. */
import { isIP } from "node:net";
import { join } from "node:path";
import { type IdentityConfig, type IdentitySettings, identityConfigOf } from "../auth/identityConfig.ts";
import { type LogLevel, logLevels } from "../observability/logLevels.ts";
import type { MetricsAddress } from "../observability/metricsListener.ts";
import { defaultRates, type RateLimit } from "../shared/limits.ts";
import { StartRefused } from "../shared/startRefused.ts";
import type { TlsSource } from "../tls/credentials.ts";

export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** The TCP port to listen on; 0: any free one. */
  readonly port: number;
  /** The folder of the development key and, unless databaseUrl says otherwise, of the database. */
  readonly dataDir: string;
  readonly database: Database;
  /** Processes that serve the port together. */
  readonly processes: number;
  readonly identity: IdentityConfig;
  /** Undefined: plain HTTP. */
  readonly tls?: TlsSource | undefined;
  /** Of each process, for each pair of application and tenant; absent: none. */
  readonly rateLimit?: RateLimit | undefined;
  /** Refuses what the contract allows beyond the real service. */
  readonly strict?: boolean | undefined;
  /** Whether tests may set up what the service has and does (control.yaml). */
  readonly control?: boolean | undefined;
  /** Proxies whose X-Forwarded-Host and -Proto are believed; undefined: none. */
  readonly trustProxy?: string | undefined;
  /** The least that is logged; `silent` by default. */
  readonly logLevel?: LogLevel | undefined;
  /** Seconds between the word to stop and the end of listening; 0 by default. */
  readonly drainSeconds?: number | undefined;
  /** Where metrics are read; undefined: nowhere, and nothing is counted. */
  readonly metrics?: MetricsAddress | undefined;
}

export type Database =
  /** @member file path of the SQLite file, or `:memory:`. */
  | { readonly kind: "sqlite"; readonly file: string }
  /** @member poolSize connections of each process, at most. */
  | { readonly kind: "postgres"; readonly url: string; readonly poolSize: number };

export interface Settings extends IdentitySettings {
  readonly host: string;
  readonly port: string;
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  readonly databasePoolSize: string;
  readonly processes: string;
  readonly tls?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly rateLimit?: string | undefined;
  readonly rateBurst?: string | undefined;
  readonly strict?: string | undefined;
  readonly control?: string | undefined;
  readonly trustProxy?: string | undefined;
  readonly logLevel?: string | undefined;
  readonly drainSeconds?: string | undefined;
  readonly metricsHost?: string | undefined;
  readonly metricsPort?: string | undefined;
}

/** @throws StartRefused */
export function configOf(settings: Settings): Config {
  const { host, dataDir, databaseUrl } = settings;
  if (host === "") throw new StartRefused("HOST is empty; it must be an address to listen on, such as 127.0.0.1.");
  if (dataDir === "") throw new StartRefused("DATA_DIR is empty; it must be a folder, such as ./data.");
  const port = wholeNumber("PORT", settings.port, 0, 65_535);
  const poolSize = wholeNumber("DATABASE_POOL_SIZE", settings.databasePoolSize, 1, 1000);
  const processes = wholeNumber("PROCESSES", settings.processes, 1, 256);
  const database = databaseOf(databaseUrl, dataDir, poolSize);
  if (processes > 1 && database.kind === "sqlite") {
    throw new StartRefused(
      `PROCESSES is ${processes}, but a SQLite database serves one process: several need DATABASE_URL=postgres://….`,
    );
  }
  const identity = identityConfigOf(host, settings);
  const rate = identity.issuers.length > 0 ? defaultRates.external : defaultRates.development;
  const rateLimit = rateLimitOf(settings, rate);
  const strict = switchOf("STRICT", settings.strict);
  const control = controlOf(settings, identity.development, processes);
  const trustProxy = proxiesOf(settings.trustProxy);
  const tls = tlsOf(settings);
  const logLevel = logLevelOf(settings.logLevel);
  const drainSeconds = wholeNumber("DRAIN_SECONDS", settings.drainSeconds || "0", 0, 3600);
  const served = { host, port, dataDir, database, processes, identity, tls, rateLimit, strict, control, trustProxy };
  return { ...served, logLevel, drainSeconds, metrics: metricsOf(settings) };
}

/** Off by default, and never where a token has to be earned: it empties tenants, and lets requests fail. */
function controlOf(settings: Settings, development: boolean, processes: number): boolean {
  const isOn = switchOf("CONTROL", settings.control) ?? false;
  if (isOn && !development) {
    throw new StartRefused(
      "CONTROL is on, but not the development identity, whose tokens alone open it: set DEVELOPMENT_IDENTITY=on, or leave CONTROL off.",
    );
  }
  if (isOn && processes > 1) {
    throw new StartRefused(
      `CONTROL is on and PROCESSES is ${processes}: what a test asks for would be known to one of them alone; set PROCESSES=1.`,
    );
  }
  return isOn;
}

/** A certificate of one's own implies TLS; only an explicit TLS=false leaves it unused. */
function tlsOf({ tls = "", tlsCert: certFile = "", tlsKey: keyFile = "" }: Settings): TlsSource | undefined {
  const isOn = switchOf("TLS", tls);
  if (isOn === false) return undefined;
  if (certFile !== "" && keyFile !== "") return { kind: "files", certFile, keyFile };
  if (certFile !== "") throw new StartRefused("TLS_CERT is set, but not TLS_KEY, its private key: give both or none.");
  if (keyFile !== "") throw new StartRefused("TLS_KEY is set, but not TLS_CERT, its certificate: give both or none.");
  return isOn ? { kind: "local" } : undefined;
}

/** Undefined: nothing is said. */
function switchOf(name: string, text = ""): boolean | undefined {
  if (text === "") return undefined;
  if (["1", "true", "on"].includes(text)) return true;
  if (["0", "false", "off"].includes(text)) return false;
  throw new StartRefused(`${name} is '${text}'; it must be true or false, or 1 or 0.`);
}

function metricsOf({ metricsHost: host, metricsPort: port = "" }: Settings): MetricsAddress | undefined {
  return port === "" ? undefined : { host: host || "127.0.0.1", port: wholeNumber("METRICS_PORT", port, 0, 65_535) };
}

function logLevelOf(text = ""): LogLevel {
  const level = logLevels.find((one) => one === (text || "info"));
  if (level !== undefined) return level;
  throw new StartRefused(`LOG_LEVEL is '${text}'; it must be one of ${logLevels.join(", ")}.`);
}

function proxiesOf(list = ""): string | undefined {
  const names = list.split(",").map((name) => name.trim());
  const wrong = names.find((name) => name !== "" && !isProxy(name));
  if (wrong !== undefined) {
    throw new StartRefused(
      `TRUST_PROXY names '${wrong}'; it must be addresses or subnets such as 10.0.0.0/8, or loopback, separated by commas.`,
    );
  }
  const proxies = names.filter((name) => name !== "").join(",");
  return proxies === "" ? undefined : proxies;
}

function isProxy(name: string): boolean {
  const [address = "", bits, ...more] = name.split("/");
  const version = isIP(address);
  if (version === 0) return name === "loopback";
  return more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && isPrefix(Number(bits), version)));
}

/** Fastify takes no prefix of 0 bits, which would trust everybody. @param version of the internet protocol. */
function isPrefix(bits: number, version: number): boolean {
  return bits >= 1 && bits <= (version === 4 ? 32 : 128);
}

/** @param ofIdentity requests per second where RATE_LIMIT says nothing; 0: no limit. */
function rateLimitOf({ rateLimit, rateBurst }: Settings, ofIdentity: number): RateLimit | undefined {
  const perSecond = wholeNumber("RATE_LIMIT", rateLimit || String(ofIdentity), 0, 1_000_000);
  const burst = wholeNumber("RATE_BURST", rateBurst || String(Math.max(1, perSecond)), 1, 1_000_000);
  return perSecond === 0 ? undefined : { perSecond, burst };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new StartRefused(`${name} is '${text}'; it must be a number from ${least} to ${most}.`);
}

/** @throws StartRefused */
export function databaseOf(url: string | undefined, dataDir: string, poolSize: number): Database {
  // Compose files set what they leave open to nothing.
  if (url === undefined || url === "") return { kind: "sqlite", file: join(dataDir, "apple-enrollment.sqlite") };
  const file = /^sqlite:(?!\/\/)(.+)$/.exec(url)?.[1];
  if (file !== undefined) return { kind: "sqlite", file };
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (URL.canParse(url)) return { kind: "postgres", url, poolSize };
    throw new StartRefused(
      "DATABASE_URL is no valid URL; it must be postgres://user:password@host:port/database, with special characters of the password percent-encoded.",
    );
  }
  // No more of it: the rest may hold a password.
  const [start = ""] = /^\w*:?(\/\/)?/.exec(url) ?? [];
  throw new StartRefused(
    `DATABASE_URL must be sqlite:<file>, sqlite::memory: for a store that forgets, or postgres://…; it begins with '${start}'.`,
  );
}

/** A database as a log may name it: its file, or host, port and name; never a password. */
export function placeOf(database: Database): string {
  if (database.kind === "sqlite") return database.file;
  const { host, pathname } = new URL(database.url);
  return `${host}${pathname}`;
}
