/** What a service is started with: the settings, checked against each other, and the defaults that depend on other settings. */
import { completeIdentityConfig, type IdentityConfig } from "../auth/identityConfig.ts";
import type { MetricsAddress } from "../observability/metricsListener.ts";
import { defaultRates, type RateLimit } from "../shared/limits.ts";
import { StartRefused } from "../shared/startRefused.ts";
import type { TlsSource } from "../tls/credentials.ts";
import { type DatabaseLocation, defaultDatabase } from "./database.ts";
import type { GivenSettings } from "./givenSettings.ts";
import type { Settings } from "./settings.ts";

type RequiredSetting = "host" | "port" | "dataDir" | "processes";
type OptionalSetting = "databasePoolSize" | "strict" | "control" | "logLevel" | "drainSeconds";

/** The log is silent without `logLevel`. */
export interface ServiceConfig extends Pick<Settings, RequiredSetting>, Partial<Pick<Settings, OptionalSetting>> {
  readonly database: DatabaseLocation;
  readonly identity: IdentityConfig;
  /** Undefined: plain HTTP. */
  readonly tls?: TlsSource | undefined;
  /** For each pair of application and tenant, in each process; undefined: no limit. */
  readonly rateLimit?: RateLimit | undefined;
  /** Trusted proxies, separated by commas; undefined: none. */
  readonly trustProxy?: string | undefined;
  /** Where Prometheus reads metrics; undefined: nowhere, and nothing is counted. */
  readonly metrics?: MetricsAddress | undefined;
}

/** @throws StartRefused if a setting is wrong, or does not fit another one. */
export function createServiceConfig(given: GivenSettings): ServiceConfig {
  const { value } = given;
  const [host, port, dataDir] = [value("host"), value("port"), value("dataDir")];
  const databasePoolSize = value("databasePoolSize");
  const processes = value("processes");
  const database = value("databaseUrl") ?? defaultDatabase(dataDir);
  if (processes > 1 && database.kind === "sqlite") {
    throw new StartRefused(
      `${given.nameOf("processes")} is ${processes}, but a SQLite database serves only one process: set DATABASE_URL=postgres://… to run several.`,
    );
  }
  const identity = completeIdentityConfig(host, {
    issuers: value("authIssuer"),
    audiences: value("authAudience"),
    tenants: value("authTenants"),
    development: value("developmentIdentity"),
    hosts: value("allowedHosts"),
  });
  return {
    host,
    port,
    dataDir,
    database,
    databasePoolSize,
    processes,
    identity,
    tls: chooseTlsSource(given),
    rateLimit: chooseRateLimit(given, identity),
    strict: value("strict"),
    control: isControlOn(given, identity, processes),
    trustProxy: value("trustProxy").join(",") || undefined,
    logLevel: value("logLevel"),
    drainSeconds: value("drainSeconds"),
    metrics: chooseMetricsAddress(given),
  };
}

/** The control API empties tenants and injects failures, so it exists only where every caller can get a token anyway. */
function isControlOn({ value, nameOf }: GivenSettings, { development }: IdentityConfig, processes: number): boolean {
  const isOn = value("control");
  if (isOn && !development) {
    throw new StartRefused(
      `${nameOf("control")} is on, but the development identity is off, and only its tokens can use the control API: set DEVELOPMENT_IDENTITY=on, or turn ${nameOf("control")} off.`,
    );
  }
  if (isOn && processes > 1) {
    throw new StartRefused(
      `${nameOf("control")} is on, but ${nameOf("processes")} is ${processes}, and the control API reaches only one process: set PROCESSES=1.`,
    );
  }
  return isOn;
}

/** Your own certificate turns TLS on; only an explicit TLS=false leaves it unused. */
function chooseTlsSource({ value, nameOf }: GivenSettings): TlsSource | undefined {
  const isOn = value("tls");
  const [certFile, keyFile] = [value("tlsCert"), value("tlsKey")];
  if (isOn === false) return undefined;
  if (certFile !== undefined && keyFile !== undefined) return { kind: "files", certFile, keyFile };
  if (certFile !== undefined) {
    throw new StartRefused(
      `${nameOf("tlsCert")} is set, but TLS_KEY, the certificate's private key, is not: set both or neither.`,
    );
  }
  if (keyFile !== undefined) {
    throw new StartRefused(
      `${nameOf("tlsKey")} is set, but TLS_CERT, the certificate of this key, is not: set both or neither.`,
    );
  }
  return isOn ? { kind: "local" } : undefined;
}

/** The development identity has no limit by default: its callers are tests and developers. */
function chooseRateLimit({ value }: GivenSettings, { issuers }: IdentityConfig): RateLimit | undefined {
  const perSecond = value("rateLimit") ?? (issuers.length > 0 ? defaultRates.external : defaultRates.development);
  const burst = value("rateBurst") ?? Math.max(1, perSecond);
  return perSecond === 0 ? undefined : { perSecond, burst };
}

function chooseMetricsAddress({ value }: GivenSettings): MetricsAddress | undefined {
  const port = value("metricsPort");
  return port === undefined ? undefined : { host: value("metricsHost"), port };
}
