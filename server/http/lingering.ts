/**
 * Closing without losing the answer. Who is answered before all of a body was read goes on sending; a socket that is
 * closed then is reset, and a reset takes the answer away before the caller has read it (RFC 9112, 9.6). So the service
 * ends its own side and reads away what still comes, for a while.
 */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { times } from "../shared/limits.ts";

/**
 * Makes a connection linger where Node would close it behind an answer.
 * @param underWay the request that came last.
 */
export function lingerAtClose(socket: Socket, underWay: () => IncomingMessage | undefined): void {
  // What Node's HTTP server calls behind an answer that is a connection's last.
  const close = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    const request = underWay();
    if (request === undefined || request.complete) return close();
    socket.end();
    request.once("end", close).resume();
    const limit = setTimeout(() => socket.destroy(), times.linger);
    socket.once("close", () => clearTimeout(limit));
  };
}
