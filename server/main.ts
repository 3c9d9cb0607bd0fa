/** The process: configuration → store → identity → app → listen → graceful stop. */
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { type AppDependencies, buildApp } from "./app.ts";
import { ownHost } from "./auth/configure.ts";
import { type DevelopmentIdentity, ephemeralIdentity, storedIdentity } from "./auth/development.ts";
import { trustIssuer } from "./auth/issuers.ts";
import { tokenVerifier } from "./auth/verify.ts";
import type { Config, Database } from "./config.ts";
import type { Store } from "./domain/store.ts";
import type { ReportFault } from "./errorHandlers.ts";
import { rootPath } from "./mount.ts";
import { rateLimiter } from "./rateLimit.ts";
import { StartRefused } from "./startRefused.ts";
import { openSqliteStore } from "./stores/sqlite.ts";
import type { TlsCredentials } from "./tls/credentials.ts";

/** Faults go to the log as JSON, a line each. */
const logFault: ReportFault = async (error, requestId) => {
  // Loaded with the first fault: 11 ms that most starts can do without.
  const { log } = await import("./log.ts");
  log.error({ err: error, "request-id": requestId }, "request failed");
};

/** Whose keys can't be looked up; those at hand go on being used. */
async function logOutage(issuer: string, error: unknown): Promise<void> {
  const { log } = await import("./log.ts");
  log.warn({ err: error, issuer }, "the issuer's keys can't be looked up; those at hand are used");
}

/** How long a stop waits for requests under way. */
const drainMilliseconds = 3000;

export interface Service {
  /** The origin, such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** The service root, such as `http://127.0.0.1:3000/beta`. */
  readonly url: string;
  /** Answers what is under way, then lets go of port and store. */
  close(): Promise<void>;
}

/** Starts the service of a configuration. @throws StartRefused */
export async function startService(config: Config): Promise<Service> {
  const { issuers, audiences, tenants, development, hosts } = config.identity;
  const identity = development ? await storedIdentity(config.dataDir) : undefined;
  const trusts = await Promise.all(
    issuers.map((url) => trustIssuer({ url, audiences, tenants, reportOutage: (error) => logOutage(url, error) })),
  );
  const tls = await credentialsOf(config);
  const store = await openStore(config.database);
  return listen(config, {
    store,
    storage: storageOf(config.database),
    tls,
    strict: config.strict,
    control: config.control,
    trustProxy: config.trustProxy,
    limitRate: config.rateLimit && rateLimiter(config.rateLimit),
    reportFault: logFault,
    verifyToken: tokenVerifier(identity ? [identity.trust, ...trusts] : trusts),
    ...(identity && { development: identity, isOwnHost: ownHost(hosts) }),
  });
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
      isOwnHost: ownHost([]),
    },
  );
  return { ...service, identity };
}

/** @throws StartRefused */
async function credentialsOf({ tls, dataDir, host }: Config): Promise<TlsCredentials | undefined> {
  if (tls === undefined) return undefined;
  const { tlsCredentials } = await import("./tls/credentials.ts");
  return tlsCredentials(tls, dataDir, host);
}

/** @throws StartRefused */
async function openStore(database: Database): Promise<Store> {
  if (database.kind === "sqlite") return openSqliteStore(database.file);
  // Not loaded where it isn't needed.
  const { openPostgresStore } = await import("./stores/postgres.ts");
  return openPostgresStore(database.url, { poolSize: database.poolSize });
}

const forgetful = "SQLite, in memory: it forgets everything when the service stops.";

/** In a sentence; without names of files and hosts, because everybody may read it. */
function storageOf(database: Database): string {
  if (database.kind === "postgres") return "PostgreSQL: what was answered is kept.";
  return database.file === ":memory:" ? forgetful : "SQLite, in a file: what was answered is on disk.";
}

async function listen({ host, port }: Pick<Config, "host" | "port">, dependencies: AppDependencies): Promise<Service> {
  const { store, tls } = dependencies;
  const app = buildApp(dependencies);
  const connections = connectionsOf(app);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    await store.close();
    throw refusedAddress(error, host, port);
  }
  const origin = `${tls ? "https" : "http"}://${authorityOf(app, host)}`;
  return {
    origin,
    url: `${origin}${rootPath}`,
    close: async () => {
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
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function refusedAddress(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new StartRefused(`Port ${port} of ${host} is in use; choose another with PORT.`);
  if (code === "EACCES")
    return new StartRefused(`Port ${port} may not be used by this user; choose another with PORT.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartRefused(`HOST is '${host}', which is not an address of this machine.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}
