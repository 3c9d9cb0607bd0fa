/**
 * The endpoint from which Prometheus reads the metrics. It has its own port for two reasons: clients of the API must not be
 * able to read how the API is used, and if several processes share the API's port, each request would return one process's
 * metrics only.
 */
import { createServer, type IncomingMessage } from "node:http";
import { isLoopback, toUrlHost, withoutPort } from "../shared/hosts.ts";

export interface MetricsAddress {
  readonly host: string;
  /** The TCP port. 0: any free port. */
  readonly port: number;
}

export interface MetricsListener {
  /** The URL of the metrics, such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): void;
}

const path = "/metrics";

/** The time-out for clients in milliseconds. Prometheus is fast, and slow clients must not occupy the connections it needs. */
const clientTimeout = 5000;

/** Starts to listen. @param read returns the metrics as text. @throws the system's error if the address cannot be used. */
export async function openMetricsListener(
  { host, port }: MetricsAddress,
  read: () => Promise<string>,
): Promise<MetricsListener> {
  const times = { headersTimeout: clientTimeout, requestTimeout: clientTimeout, connectionsCheckingInterval: 1000 };
  const server = createServer(times, async (request, response) => {
    const status = refusalStatus(request, host);
    if (status) {
      response.writeHead(status, { allow: "GET, HEAD" }).end();
      return;
    }
    try {
      const text = await read();
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
    } catch (error) {
      // A worker process has not answered the primary process. At the next scrape, a new worker may have replaced it.
      response.writeHead(503).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.maxConnections = 100;
  server.timeout = clientTimeout;
  // With pipelining, a client that sends requests but does not read would fill the memory with unread answers.
  server.maxRequestsPerSocket = 1;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address();
  const actualPort = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://${toUrlHost(host)}:${actualPort}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Returns the status with which a request is refused, or undefined to answer it. 421 prevents DNS rebinding by web pages. */
function refusalStatus({ method, url, headers }: IncomingMessage, host: string): number | undefined {
  const { host: requestedHost } = headers;
  if (isLoopback(host) && requestedHost !== undefined && !isLoopback(withoutPort(requestedHost))) return 421;
  if (url?.split("?")[0] !== path) return 404;
  return method === "GET" || method === "HEAD" ? undefined : 405;
}
