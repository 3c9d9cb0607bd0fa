/** The configuration of a service: its settings, validated together, with the defaults that depend on other settings. */
import { completeIdentityConfig, type IdentityConfig } from "../auth/identityConfig.ts";
import type { MetricsAddress } from "../observability/metricsListener.ts";
import { defaultRate, type RateLimit } from "../shared/limits.ts";
import { StartRefused } from "../shared/startRefused.ts";
import type { TlsSource } from "../tls/credentials.ts";
import { type DatabaseLocation, defaultDatabase } from "./database.ts";
import type { GivenSettings } from "./givenSettings.ts";
import type { Settings } from "./settings.ts";

type RequiredSetting = "host" | "port" | "dataDir" | "processes";
type OptionalSetting = "databasePoolSize" | "strict" | "control" | "logLevel" | "drainSeconds";

/** A service's configuration. Without `logLevel`, nothing is logged. */
export interface ServiceConfig extends Pick<Settings, RequiredSetting>, Partial<Pick<Settings, OptionalSetting>> {
  readonly database: DatabaseLocation;
  readonly identity: IdentityConfig;
  /** The source of the TLS certificate. Undefined: plain HTTP. */
  readonly tls?: TlsSource | undefined;
  /** The rate limit for each pair of application and tenant, in each process. Undefined: no limit. */
  readonly rateLimit?: RateLimit | undefined;
  /** The trusted proxies, separated by commas. Undefined: no proxy is trusted. */
  readonly trustProxy?: string | undefined;
  /** The address at which Prometheus reads the metrics. Undefined: the service has no metrics. */
  readonly metrics?: MetricsAddress | undefined;
}

/** Creates the configuration. @throws StartRefused if a setting is invalid or contradicts another setting. */
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

/**
 * The control API deletes data and injects failures, so it needs the development identity, which issues a token to every caller.
 */
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

/** A certificate in TLS_CERT turns TLS on, unless TLS is explicitly false. */
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

/** Without an issuer there is no rate limit by default, because the callers are tests and developers. */
function chooseRateLimit({ value }: GivenSettings, { issuers }: IdentityConfig): RateLimit | undefined {
  const perSecond = value("rateLimit") ?? (issuers.length > 0 ? defaultRate : 0);
  const burst = value("rateBurst") ?? Math.max(1, perSecond);
  return perSecond === 0 ? undefined : { perSecond, burst };
}

function chooseMetricsAddress({ value }: GivenSettings): MetricsAddress | undefined {
  const port = value("metricsPort");
  return port === undefined ? undefined : { host: value("metricsHost"), port };
}
