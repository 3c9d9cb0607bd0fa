/**
 * What is known of a connection: the answer that is under way on it, and how it is closed without losing that answer.
 *
 * A caller who is answered before the service has read the whole body goes on sending. If the socket is closed then, the
 * operating system resets the connection, and the caller loses the answer (RFC 9112, 9.6). So the service ends its own side
 * first, and for a while reads and drops what still arrives.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance } from "fastify";
import { times } from "../shared/limits.ts";
import type { Step } from "./steps.ts";

/** By connection: the answer to its request; if requests are pipelined, the answer to the last one. */
const answers = new WeakMap<Socket, ServerResponse>();

/** The answer that is under way on a connection, if a request has arrived on it. */
export function answerOn(socket: Socket): ServerResponse | undefined {
  return answers.get(socket);
}

/** Remembers the answer of the request's connection. */
export const noteAnswer: Step = (request, reply) => {
  answers.set(request.raw.socket, reply.raw);
};

/** Makes every connection linger where Node would close it after an answer. */
export function closeWithoutReset(app: FastifyInstance): void {
  app.server.on(app.server instanceof TlsServer ? "secureConnection" : "connection", lingerAtClose);
}

function lingerAtClose(socket: Socket): void {
  // Node's HTTP server calls this after the last answer of a connection.
  const close = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    const request = answerOn(socket)?.req;
    if (request === undefined || request.complete) return close();
    socket.end();
    request.once("end", close).resume();
    const limit = setTimeout(() => socket.destroy(), times.linger);
    socket.once("close", () => clearTimeout(limit));
  };
}
