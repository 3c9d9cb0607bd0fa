/**
 * The endpoint that Prometheus reads. It has its own port: a client that can reach the API must not be able to read how the
 * API is used, and each of several processes that share the API's port would report only itself.
 */
import { createServer, type IncomingMessage } from "node:http";
import { isLoopback, toUrlHost, withoutPort } from "../shared/hosts.ts";

export interface MetricsAddress {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface MetricsListener {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): void;
}

const path = "/metrics";

/** Milliseconds. Prometheus sends its request and reads the answer at once; slow clients must not keep it waiting. */
const clientTimeout = 5000;

/** @param read returns the metrics as text. @throws the system's error if the address cannot be used. */
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
      // A worker process did not answer its primary. The next scrape may already reach its replacement.
      response.writeHead(503).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.maxConnections = 100;
  server.timeout = clientTimeout;
  // With pipelining, a client that does not read would make one text per request pile up in memory.
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

/** Undefined if the request is to be answered. 421 keeps web pages from reading metrics by DNS rebinding. */
function refusalStatus({ method, url, headers }: IncomingMessage, host: string): number | undefined {
  const { host: requestedHost } = headers;
  if (isLoopback(host) && requestedHost !== undefined && !isLoopback(withoutPort(requestedHost))) return 421;
  if (url?.split("?")[0] !== path) return 404;
  return method === "GET" || method === "HEAD" ? undefined : 405;
}
