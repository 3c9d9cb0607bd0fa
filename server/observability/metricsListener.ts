/**
 * Where Prometheus reads: a port of its own, so that who can reach the API can't read how it is used, and so that the port of
 * several processes, each of which would tell of itself alone, is not asked.
 */
import { createServer, type IncomingMessage } from "node:http";
import { isLoopback, toUrlHost, withoutPort } from "../shared/hosts.ts";

export interface MetricsAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export interface MetricsListener {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): void;
}

const path = "/metrics";

/** Milliseconds: Prometheus asks at once and reads at once. Who doesn't must not keep it from its turn. */
const patience = 5000;

/** @param read gives the text. @throws the system's error if the address can't be listened on. */
export async function listenForMetrics(
  { host, port }: MetricsAddress,
  read: () => Promise<string>,
): Promise<MetricsListener> {
  const times = { headersTimeout: patience, requestTimeout: patience, connectionsCheckingInterval: 1000 };
  const server = createServer(times, async (request, response) => {
    const refused = refusal(request, host);
    if (refused) {
      response.writeHead(refused, { allow: "GET, HEAD" }).end();
      return;
    }
    try {
      const text = await read();
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
    } catch (error) {
      // A process that doesn't answer its primary; the next scrape may find its successor.
      response.writeHead(503).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.maxConnections = 100;
  server.timeout = patience;
  // A text for each request of a pipeline would wait in memory for who doesn't read.
  server.maxRequestsPerSocket = 1;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address();
  const given = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://${toUrlHost(host)}:${given}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The status of a refusal. A web page that makes its own name lead to this machine (DNS rebinding) reads nothing. */
function refusal({ method, url, headers }: IncomingMessage, host: string): number | undefined {
  const { host: named } = headers;
  if (isLoopback(host) && named !== undefined && !isLoopback(withoutPort(named))) return 421;
  if (url?.split("?")[0] !== path) return 404;
  return method === "GET" || method === "HEAD" ? undefined : 405;
}
