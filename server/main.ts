/** The process: configuration → store → identity → app → listen → graceful stop. */
import type { FastifyInstance } from "fastify";
import { buildApp } from "./app.ts";
import { type DevelopmentIdentity, ephemeralIdentity, storedIdentity } from "./auth/development.ts";
import type { Config, Database } from "./config.ts";
import type { Store } from "./domain/store.ts";
import type { ReportFault } from "./errorHandlers.ts";
import { rootPath } from "./mount.ts";
import { rateLimiter } from "./rateLimit.ts";
import { StartRefused } from "./startRefused.ts";
import { openSqliteStore } from "./stores/sqlite.ts";

/** Faults go to the log as JSON, a line each. */
const logFault: ReportFault = async (error, requestId) => {
  // Loaded with the first fault: 11 ms that most starts can do without.
  const { log } = await import("./log.ts");
  log.error({ err: error, "request-id": requestId }, "request failed");
};

/** How long a stop waits for requests under way. */
const drainMilliseconds = 3000;

export interface Service {
  /** The origin, such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** The service root, such as `http://127.0.0.1:3000/beta`. */
  readonly url: string;
  readonly identity: DevelopmentIdentity;
  /** Answers what is under way, then lets go of port and store. */
  close(): Promise<void>;
}

/** Starts the service of a configuration. @throws StartRefused */
export async function startService(config: Config): Promise<Service> {
  const identity = await storedIdentity(config.dataDir);
  return listen(await openStore(config.database), identity, config, logFault);
}

/** Starts a service that keeps nothing: its store is in memory, its key dies with it, its port is any free one. */
export async function startEphemeralService(): Promise<Service> {
  return listen(openSqliteStore(":memory:"), await ephemeralIdentity(), { host: "127.0.0.1", port: 0 });
}

/** @throws StartRefused */
async function openStore(database: Database): Promise<Store> {
  if (database.kind === "sqlite") return openSqliteStore(database.file);
  // Not loaded where it isn't needed: the driver costs MEASURED of a start.
  const { openPostgresStore } = await import("./stores/postgres.ts");
  return openPostgresStore(database.url, { poolSize: database.poolSize });
}

async function listen(
  store: Store,
  identity: DevelopmentIdentity,
  { host, port, rateLimit }: Pick<Config, "host" | "port" | "rateLimit">,
  reportFault?: ReportFault,
): Promise<Service> {
  const app = buildApp({
    store,
    verifyToken: identity.verifyToken,
    ...(reportFault && { reportFault }),
    limitRate: rateLimit && rateLimiter(rateLimit),
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    await store.close();
    throw refusedAddress(error, host, port);
  }
  const origin = originOf(app, host);
  return {
    origin,
    url: `${origin}${rootPath}`,
    identity,
    close: async () => {
      // Who has sent half a request, or none, would hold the service open for as long as it likes.
      const impatience = setTimeout(() => app.server.closeAllConnections(), drainMilliseconds);
      await app.close();
      clearTimeout(impatience);
      await store.close();
    },
  };
}

function originOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
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
