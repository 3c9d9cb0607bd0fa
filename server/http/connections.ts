/**
 * Tracks the current answer of each connection, and closes connections without losing that answer.
 *
 * A client that is answered before the service has read the whole body continues to send. If the service closed the socket
 * then, the operating system would reset the connection, and the client would lose the answer (RFC 9112, 9.6). So the
 * service first closes only its own side, and for a while reads and discards the data that still arrives.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance } from "fastify";
import { times } from "../shared/limits.ts";
import type { Step } from "./steps.ts";

/** The answer of each connection: to its current request or, if requests are pipelined, to the last one that arrived. */
const answers = new WeakMap<Socket, ServerResponse>();

/** Returns the current answer of a connection, or undefined if no request has arrived on the connection. */
export function answerOn(socket: Socket): ServerResponse | undefined {
  return answers.get(socket);
}

/** Stores the request's answer as the current answer of its connection. */
export const noteAnswer: Step = (request, reply) => {
  answers.set(request.raw.socket, reply.raw);
};

/** Makes every connection linger whenever Node would close it after an answer. */
export function closeWithoutReset(app: FastifyInstance): void {
  app.server.on(app.server instanceof TlsServer ? "secureConnection" : "connection", lingerAtClose);
}

function lingerAtClose(socket: Socket): void {
  // Node's HTTP server calls destroySoon after the last answer of a connection.
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
