/** Starts the whole service from its configuration (identity, store, application and listener), and closes it again. */
import { rateLimiter } from "../api/rateLimit.ts";
import { rootPath } from "../api/serviceRoot.ts";
import { type AppDependencies, buildApp } from "../app.ts";
import { type DevelopmentIdentity, ephemeralIdentity, storedIdentity } from "../auth/development.ts";
import { trustIssuer } from "../auth/issuers.ts";
import { tokenVerifier } from "../auth/verify.ts";
import type { Store } from "../domain/store.ts";
import { createLazyLog, type LazyLog } from "../observability/lazyLog.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { MetricsListener } from "../observability/metricsListener.ts";
import { combineObservers } from "../observability/observation.ts";
import { openTraces, wantsTraces } from "../observability/traces.ts";
import { createHostCheck } from "../shared/hosts.ts";
import { openSqliteStore, type SqliteStore } from "../stores/sqlite/sqliteStore.ts";
import type { TlsCredentials } from "../tls/credentials.ts";
import { type DatabaseLocation, describeDatabase } from "./database.ts";
import {
  type Closeable,
  closeInOrder,
  type Listener,
  type ListenOptions,
  listen,
  listenForMetrics,
} from "./listener.ts";
import type { ServiceConfig } from "./serviceConfig.ts";

export interface Service {
  /** The origin, such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** The service root, such as `http://127.0.0.1:3000/beta`. */
  readonly url: string;
  /** The URL of the metrics, such as `http://127.0.0.1:9464/metrics`. Undefined: this process does not serve metrics. */
  readonly metricsUrl?: string | undefined;
  /** Answers the requests in progress, then closes the port and the store. */
  close(): Promise<void>;
}

/** Starts a service. @throws StartRefused */
export async function startService(config: ServiceConfig): Promise<Service> {
  const log = createLazyLog(config.logLevel ?? "silent", describeDatabase(config.database));
  const identity = await openIdentity(config, log);
  const tls = await loadTlsCredentials(config);
  const metrics = config.metrics && (await import("../observability/metrics.ts")).openMetrics();
  const traces = wantsTraces(process.env) ? await openTraces(process.env) : undefined;
  const store = await openStore(config, metrics);
  const dependencies: AppDependencies = {
    ...identity,
    store: traces ? traces.traceStore(store) : store,
    storage: describeStorage(config.database),
    traceRequests: traces?.traceRequests,
    tls,
    strict: config.strict,
    control: config.control,
    trustProxy: config.trustProxy,
    limitRate: config.rateLimit && rateLimiter(config.rateLimit),
    reportError: log.error,
    observe: combineObservers(log.request, metrics?.observe),
  };
  let listener: Listener | undefined;
  let backupSocket: Closeable | undefined;
  let metricsListener: MetricsListener | undefined;
  const close = () => closeInOrder([listener, store, backupSocket, traces, metricsListener]);
  try {
    listener = await serveApp(dependencies, config);
    backupSocket = await openBackupSocketIfPossible(config.database, store, log);
    // With several processes, the primary process serves the metrics of all of them.
    if (metrics && config.metrics && config.processes === 1) {
      metricsListener = await listenForMetrics(config.metrics, metrics.read);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...composeUrls(listener, tls), metricsUrl: metricsListener?.url, close };
}

export type EphemeralOptions = Pick<AppDependencies, "control" | "docs" | "strict" | "now">;

/** Starts a service that saves nothing to the disk: its store and its key are in memory. It listens on any free port. */
export async function startEphemeralService(
  options: EphemeralOptions = {},
): Promise<Service & { readonly identity: DevelopmentIdentity }> {
  const identity = await ephemeralIdentity();
  const store = openSqliteStore(":memory:");
  const dependencies: AppDependencies = {
    ...options,
    store,
    storage: storageInMemory,
    verifyToken: identity.verifyToken,
    development: identity,
    isOwnHost: createHostCheck([]),
  };
  const listener = await serveApp(dependencies, { host: "127.0.0.1", port: 0 });
  return { ...composeUrls(listener), identity, close: () => closeInOrder([listener, store]) };
}

function serveApp(dependencies: AppDependencies, options: ListenOptions): Promise<Listener> {
  let isDraining = false;
  const app = buildApp({ ...dependencies, isDraining: () => isDraining });
  const startDraining = () => {
    isDraining = true;
  };
  return listen(app, { ...options, startDraining });
}

function composeUrls({ authority }: Listener, tls?: TlsCredentials): Pick<Service, "origin" | "url"> {
  const origin = `${tls ? "https" : "http"}://${authority}`;
  return { origin, url: `${origin}${rootPath}` };
}

type IdentityDependencies = Pick<AppDependencies, "verifyToken" | "development" | "isOwnHost">;

/**
 * Loads the keys of all trusted identities. @throws StartRefused if the development key or an issuer's metadata cannot be
 * read.
 */
async function openIdentity({ identity, dataDir }: ServiceConfig, log: LazyLog): Promise<IdentityDependencies> {
  const { issuers, audiences, tenants, hosts } = identity;
  const reportOutage = (url: string) => (error: unknown) =>
    log.warn(
      `The signing keys of ${url} could not be refreshed; the service continues to use the last keys that it received.`,
      error,
      `Make sure that this machine can connect to ${url}.`,
    );
  const reportUnusableKeys = (url: string) => (defects: readonly string[]) =>
    log.warn(
      `The service skips ${defects.length} of the signing keys of ${url}, because it cannot use them.`,
      defects.slice(0, 10).join(" "),
      "Ask the operator of the issuer to correct or remove these keys. Tokens signed with them are refused.",
    );
  const development = identity.development ? await storedIdentity(dataDir) : undefined;
  const trusts = await Promise.all(
    issuers.map((url) =>
      trustIssuer({
        url,
        audiences,
        tenants,
        reportOutage: reportOutage(url),
        reportUnusableKeys: reportUnusableKeys(url),
      }),
    ),
  );
  return {
    verifyToken: tokenVerifier(development ? [development.trust, ...trusts] : trusts),
    ...(development && { development, isOwnHost: createHostCheck(hosts) }),
  };
}

/** Loads the certificate and its key, if TLS is on. @throws StartRefused */
async function loadTlsCredentials({ tls, dataDir, host }: ServiceConfig): Promise<TlsCredentials | undefined> {
  if (tls === undefined) return undefined;
  const { loadTlsCredentials } = await import("../tls/credentials.ts");
  return loadTlsCredentials(tls, dataDir, host);
}

/** Opens the store of the configured database. @throws StartRefused */
async function openStore(config: ServiceConfig, metrics: Metrics | undefined): Promise<Store | SqliteStore> {
  const { database, databasePoolSize: poolSize } = config;
  const { committed, watchPool } = metrics ?? {};
  if (database.kind === "sqlite") return openSqliteStore(database.file, { committed });
  // The PostgreSQL driver is loaded only if it is used.
  const { openPostgresStore } = await import("../stores/postgres/postgresStore.ts");
  return openPostgresStore(database.url, { poolSize, watchPool, committed });
}

/** Opens the backup socket if the database is a SQLite file. If the socket cannot be opened, the service starts without it. */
async function openBackupSocketIfPossible(
  database: DatabaseLocation,
  store: Store | SqliteStore,
  log: LazyLog,
): Promise<Closeable | undefined> {
  if (database.kind !== "sqlite" || database.file === ":memory:" || process.platform === "win32") return undefined;
  if (!("backUp" in store)) return undefined;
  const { openBackupSocket } = await import("./backupSocket.ts");
  try {
    return await openBackupSocket(database.file, store.backUp);
  } catch (error) {
    log.warn(
      "The backup socket could not be opened, so the database cannot be backed up while the service runs.",
      error,
      "Stop the service before a backup. To back up a running service, keep the path of the database short, on a file system with Unix sockets, and remove any file that has the name of the database followed by -backup.",
    );
    return undefined;
  }
}

const storageInMemory = "SQLite, in memory: all data is lost when the service stops.";

/** Describes the storage on the landing page, without names of files and hosts, because every caller can read the page. */
function describeStorage(database: DatabaseLocation): string {
  if (database.kind === "postgres") return "PostgreSQL: every answered write is saved.";
  return database.file === ":memory:" ? storageInMemory : "SQLite, in a file: every answered write is on disk.";
}
