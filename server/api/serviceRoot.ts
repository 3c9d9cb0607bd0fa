/** The root of the service: its path, and its URL as a caller sees it. */
import type { FastifyRequest } from "fastify";

/** The path of the service root, as in the `servers` of openapi.yaml. */
export const rootPath = "/beta";

/**
 * The URL of a root as the caller addressed it, such as `http://127.0.0.1:3000/beta`. A caller that uses HTTP/1.0 may send no
 * Host header; the address of the connection takes its place.
 *
 * @param path the path of the root.
 */
export function rootOf(request: FastifyRequest, path: string): string {
  const { localAddress, localPort } = request.socket;
  // A proxy may send any text as the scheme.
  const scheme = request.protocol.toLowerCase() === "https" ? "https" : "http";
  return `${scheme}://${request.host || `${localAddress}:${localPort}`}${path}`;
}
