/** Listens on a port. When the service stops, answers the requests in progress before closing connections and resources. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { MetricsAddress, MetricsListener } from "../observability/metricsListener.ts";
import { toUrlHost } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";

/** The milliseconds for which a stopping service waits for the requests in progress. */
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
  /** The TCP port. 0: any free port. */
  readonly port: number;
  /** The seconds for which a stopping application still accepts connections. Default: 0. */
  readonly drainSeconds?: number | undefined;
  /** Called at the beginning of the drain time. From then on, `/readyz` answers with 503. */
  readonly startDraining?: () => void;
}

/** Starts to listen. @throws StartRefused if the address cannot be used. The application has then been closed. */
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
      // Before the port closes, load balancers need time to see that /readyz answers with 503.
      startDraining();
      await sleep(drainSeconds * 1000);
      // Without this limit, a client that has sent only half a request, or nothing, could keep the service from stopping.
      const timeout = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, stopTimeout);
      // If a connection was busy when the stop began, Node keeps it open for another request after its answer.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 20);
      await app.close();
      clearInterval(sweep);
      clearTimeout(timeout);
    },
  };
}

/**
 * Collects all open connections. Node's closeAllConnections does not close connections that are still in their TLS
 * handshake.
 */
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

/** Starts the metrics listener. @throws StartRefused if the address cannot be used. */
export async function listenForMetrics(address: MetricsAddress, read: () => Promise<string>): Promise<MetricsListener> {
  const { openMetricsListener } = await import("../observability/metricsListener.ts");
  try {
    return await openMetricsListener(address, read);
  } catch (error) {
    throw explainListenError(error, address, "METRICS_");
  }
}

/**
 * Converts the system's error to a StartRefused. @param prefix the prefix of the settings PORT and HOST, such as `METRICS_`.
 */
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

/** Closes the resources one after the other. If one fails, the others are closed nevertheless. @throws the first error. */
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
