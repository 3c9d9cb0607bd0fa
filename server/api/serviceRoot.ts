/** The path of the service root, and its URL from the caller's point of view. */
import type { FastifyRequest } from "fastify";

/** The path of the service root, as in the `servers` of openapi.yaml. */
export const rootPath = "/beta";

/**
 * Returns the URL of a contract's root with the host that the caller used, such as `http://127.0.0.1:3000/beta`. An HTTP/1.0
 * request may have no Host header; then the URL contains the address and the port of the connection.
 *
 * @param path the path of the root.
 */
export function rootOf(request: FastifyRequest, path: string): string {
  const { localAddress, localPort } = request.socket;
  // X-Forwarded-Proto may contain any text.
  const scheme = request.protocol.toLowerCase() === "https" ? "https" : "http";
  return `${scheme}://${request.host || `${localAddress}:${localPort}`}${path}`;
}
