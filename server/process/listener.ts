/** Listening and stopping: the port of an application, its open connections, and the order in which everything closes. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { MetricsAddress, MetricsListener } from "../observability/metricsListener.ts";
import { toUrlHost } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";

/** Milliseconds that a stop waits for the requests in progress. */
const stopTimeout = 3000;

export interface Closeable {
  close(): unknown;
}

export interface Listener {
  /** Host and port, such as `127.0.0.1:3000`. */
  readonly authority: string;
  /** Answers the requests in progress, then closes the port. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Seconds for which a stopping application still listens; 0 by default. */
  readonly drainSeconds?: number | undefined;
  /** Called before those seconds: from then on, /readyz answers 503. */
  readonly startDraining?: () => void;
}

/** @throws StartRefused if the address cannot be used; the application is closed then. */
export async function listen(app: FastifyInstance, options: ListenOptions): Promise<Listener> {
  const { host, port, drainSeconds = 0, startDraining = () => {} } = options;
  const connections = trackConnections(app);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw explainListenError(error, { host, port });
  }
  return {
    authority: `${toUrlHost(host)}:${findPort(app)}`,
    close: async () => {
      // Load balancers need time to see /readyz before the port closes.
      startDraining();
      await sleep(drainSeconds * 1000);
      // A client that has sent half a request, or nothing, would keep the service open for as long as it likes.
      const timeout = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, stopTimeout);
      // Node keeps a connection that was busy when the stop began open after its answer, for another request.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 20);
      await app.close();
      clearInterval(sweep);
      clearTimeout(timeout);
    },
  };
}

/** All open connections. Node's closeAllConnections does not know those that are still in their TLS handshake. */
function trackConnections(app: FastifyInstance): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

function findPort(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === "object" ? address?.port : undefined;
}

/** @throws StartRefused if the address cannot be used. */
export async function listenForMetrics(address: MetricsAddress, read: () => Promise<string>): Promise<MetricsListener> {
  const { openMetricsListener } = await import("../observability/metricsListener.ts");
  try {
    return await openMetricsListener(address, read);
  } catch (error) {
    throw explainListenError(error, address, "METRICS_");
  }
}

/** @param prefix of the settings that name the address. */
function explainListenError(error: unknown, { host, port }: MetricsAddress, prefix = ""): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartRefused(`Port ${port} of ${host} is in use: set ${prefix}PORT to another port.`);
  }
  if (code === "EACCES") {
    return new StartRefused(`This user is not allowed to listen on port ${port}: set ${prefix}PORT to another port.`);
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartRefused(
      `'${host}' is not an address of this machine: set ${prefix}HOST to one that is, such as 127.0.0.1.`,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Closes one after the other, also those after one that fails. @throws the first error. */
export async function closeInOrder(list: readonly (Closeable | undefined)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const each of list) {
    try {
      await each?.close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
