/** The process: configuration → store → identity → app → listen → graceful stop. */
import type { Server, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { rootPath } from "../api/mount.ts";
import { rateLimiter } from "../api/rateLimit.ts";
import { type AppDependencies, buildApp } from "../app.ts";
import { type DevelopmentIdentity, ephemeralIdentity, storedIdentity } from "../auth/development.ts";
import { trustIssuer } from "../auth/issuers.ts";
import { tokenVerifier } from "../auth/verify.ts";
import type { Store } from "../domain/store.ts";
import { type Logging, logAt } from "../observability/logging.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { MetricsAddress } from "../observability/metricsListener.ts";
import { tellAll } from "../observability/observation.ts";
import type { Traces } from "../observability/traces.ts";
import { createHostCheck, toUrlHost } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { openSqliteStore, type SqliteStore } from "../stores/sqlite/sqliteStore.ts";
import type { TlsCredentials } from "../tls/credentials.ts";
import { type Config, type Database, placeOf } from "./config.ts";

/** How long a stop waits for requests under way. */
const drainMilliseconds = 3000;

export interface Service {
  /** The origin, such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** The service root, such as `http://127.0.0.1:3000/beta`. */
  readonly url: string;
  /** Where metrics are read, such as `http://127.0.0.1:9464/metrics`. */
  readonly metricsUrl?: string;
  /** Answers what is under way, then lets go of port and store. */
  close(): Promise<void>;
}

/** Starts the service of a configuration. @throws StartRefused */
export async function startService(config: Config): Promise<Service> {
  const { issuers, audiences, tenants, development, hosts } = config.identity;
  const log = logAt(config.logLevel ?? "silent", placeOf(config.database));
  const reportOutage = (url: string) => (error: unknown) =>
    log.warn(`The keys of ${url} can't be looked up; those at hand are used.`, error, "See that it can be reached.");
  const identity = development ? await storedIdentity(config.dataDir) : undefined;
  const trusts = await Promise.all(
    issuers.map((url) => trustIssuer({ url, audiences, tenants, reportOutage: reportOutage(url) })),
  );
  const tls = await credentialsOf(config);
  const metrics = config.metrics && (await import("../observability/metrics.ts")).openMetrics();
  const traces = await tracesOf(process.env);
  const store = await openStore(config.database, metrics);
  const service = await listen(config, {
    store: traces ? traces.traceStore(store) : store,
    storage: storageOf(config.database),
    traceRequests: traces?.traceRequests,
    tls,
    strict: config.strict,
    control: config.control,
    trustProxy: config.trustProxy,
    limitRate: config.rateLimit && rateLimiter(config.rateLimit),
    reportFault: log.fault,
    observe: tellAll(log.request, metrics?.observe),
    verifyToken: tokenVerifier(identity ? [identity.trust, ...trusts] : trusts),
    ...(identity && { development: identity, isOwnHost: createHostCheck(hosts) }),
  });
  const door = await backupDoor(config.database, store, log);
  const closed = door ? { ...service, close: () => service.close().finally(() => door.close()) } : service;
  const traced = traces ? { ...closed, close: () => closed.close().then(traces.close) } : closed;
  // Those of several processes are read of their primary.
  return metrics && config.processes === 1 ? withMetrics(traced, config.metrics, metrics.read) : traced;
}

/** Where `backup` asks, for a SQLite file. A service that can't have it serves all the same. */
async function backupDoor(database: Database, store: Store | SqliteStore, log: Logging): Promise<Server | undefined> {
  if (database.kind !== "sqlite" || database.file === ":memory:" || process.platform === "win32") return undefined;
  if (!("backUp" in store)) return undefined;
  const { openBackupDoor } = await import("./backupSocket.ts");
  try {
    return await openBackupDoor(database.file, store.backUp);
  } catch (error) {
    const remedy =
      "Stop the service for a backup, or put the database where the path is short and sockets are possible, and nothing else is named as it with -backup behind.";
    log.warn("No backup is possible while the service runs.", error, remedy);
    return undefined;
  }
}

/** Undefined, and nothing loaded, unless the environment asks for them. @throws StartRefused */
async function tracesOf(env: NodeJS.ProcessEnv): Promise<Traces | undefined> {
  if (!Object.keys(env).some((name) => name.startsWith("OTEL_"))) return undefined;
  const { openTraces, wantsTraces } = await import("../observability/traces.ts");
  return wantsTraces(env) ? openTraces(env) : undefined;
}

/**
 * Lets metrics be read as long as a service runs.
 * @param address undefined: nowhere. @throws StartRefused
 */
export async function withMetrics<Running extends Pick<Service, "close">>(
  service: Running,
  address: MetricsAddress | undefined,
  read: () => Promise<string>,
): Promise<Running & Pick<Service, "metricsUrl">> {
  if (address === undefined) return service;
  const { listenForMetrics } = await import("../observability/metricsListener.ts");
  try {
    const listener = await listenForMetrics(address, read);
    const close = async () => {
      await service.close();
      listener.close();
    };
    return { ...service, close, metricsUrl: listener.url };
  } catch (error) {
    await service.close();
    throw refusedAddress(error, address, "METRICS_");
  }
}

export type EphemeralOptions = Pick<AppDependencies, "control" | "docs" | "strict" | "now">;

/** Starts a service that keeps nothing: its store is in memory, its key dies with it, its port is any free one. */
export async function startEphemeralService(
  options: EphemeralOptions = {},
): Promise<Service & { readonly identity: DevelopmentIdentity }> {
  const identity = await ephemeralIdentity();
  const store = openSqliteStore(":memory:");
  const service = await listen(
    { host: "127.0.0.1", port: 0 },
    {
      ...options,
      store,
      storage: forgetful,
      verifyToken: identity.verifyToken,
      development: identity,
      isOwnHost: createHostCheck([]),
    },
  );
  return { ...service, identity };
}

/** @throws StartRefused */
async function credentialsOf({ tls, dataDir, host }: Config): Promise<TlsCredentials | undefined> {
  if (tls === undefined) return undefined;
  const { loadTlsCredentials } = await import("../tls/credentials.ts");
  return loadTlsCredentials(tls, dataDir, host);
}

/** @throws StartRefused */
async function openStore(database: Database, metrics?: Metrics): Promise<Store | SqliteStore> {
  const { committed, watchPool } = metrics ?? {};
  const counted = committed ? { committed } : {};
  if (database.kind === "sqlite") return openSqliteStore(database.file, counted);
  // Not loaded where it isn't needed.
  const { openPostgresStore } = await import("../stores/postgres/postgresStore.ts");
  return openPostgresStore(database.url, { poolSize: database.poolSize, watchPool, ...counted });
}

const forgetful = "SQLite, in memory: it forgets everything when the service stops.";

/** In a sentence; without names of files and hosts, because everybody may read it. */
function storageOf(database: Database): string {
  if (database.kind === "postgres") return "PostgreSQL: what was answered is kept.";
  return database.file === ":memory:" ? forgetful : "SQLite, in a file: what was answered is on disk.";
}

type Listening = Pick<Config, "host" | "port" | "drainSeconds">;

async function listen({ host, port, drainSeconds = 0 }: Listening, dependencies: AppDependencies): Promise<Service> {
  const { store, tls } = dependencies;
  let isDraining = false;
  const app = buildApp({ ...dependencies, isDraining: () => isDraining });
  const connections = connectionsOf(app);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    await store.close();
    throw refusedAddress(error, { host, port });
  }
  const origin = `${tls ? "https" : "http"}://${authorityOf(app, host)}`;
  return {
    origin,
    url: `${origin}${rootPath}`,
    close: async () => {
      // Whoever sends requests here is to see it before there is nobody to answer them.
      isDraining = true;
      await sleep(drainSeconds * 1000);
      // Who has sent half a request, or none, would hold the service open for as long as it likes.
      const impatience = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, drainMilliseconds);
      // A connection that was busy when the stop came is kept open after its answer, by Node, for the next request.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 20);
      await app.close();
      clearInterval(sweep);
      clearTimeout(impatience);
      await store.close();
    },
  };
}

/** All that are open. Not closeAllConnections: it knows none whose TLS handshake is under way. */
function connectionsOf(app: FastifyInstance): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

function authorityOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return `${toUrlHost(host)}:${port}`;
}

/** @param prefix of the settings that name the address. */
function refusedAddress(error: unknown, { host, port }: MetricsAddress, prefix = ""): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartRefused(`Port ${port} of ${host} is in use; choose another with ${prefix}PORT.`);
  }
  if (code === "EACCES") {
    return new StartRefused(`Port ${port} may not be used by this user; choose another with ${prefix}PORT.`);
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartRefused(`${prefix}HOST is '${host}', which is not an address of this machine.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}
