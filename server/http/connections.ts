/**
 * Lets the requests of a connection take turns, and closes connections without losing the last answer.
 *
 * A client that is answered before the service has read the whole body continues to send. If the service closed the socket
 * then, the operating system would reset the connection, and the client would lose the answer (RFC 9112, 9.6). So the
 * service first closes only its own side, and for a while reads and discards the data that still arrives.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance } from "fastify";
import { pipelining, times } from "../shared/limits.ts";
import type { Step } from "./steps.ts";

interface Connection {
  /** The answer to the current request or, if requests are pipelined, to the last one that arrived. */
  answer: ServerResponse;
  /** The number of pipelined requests that have not started. */
  waiting: number;
}

const connections = new WeakMap<Socket, Connection>();

/** The number of requests on all connections that wait for their turn. */
let waitingInProcess = 0;

/** Returns the current answer of a connection, or undefined if no request has arrived on the connection. */
export function answerOn(socket: Socket): ServerResponse | undefined {
  return connections.get(socket)?.answer;
}

/**
 * Starts only one request of a connection at a time. A pipelined request waits until the client has taken the answer before
 * it, and meanwhile the service reads nothing from the connection. So a client that does not read cannot make the service
 * collect answers. A connection with too many waiting requests is closed.
 */
export const takeTurn: Step = (request, reply) => {
  const { socket } = request.raw;
  const connection = connections.get(socket);
  if (connection === undefined) return open(socket, reply.raw);
  const { answer } = connection;
  connection.answer = reply.raw;
  if (answer.writableFinished) return;
  return waitFor(answer, socket, connection);
};

function open(socket: Socket, answer: ServerResponse): void {
  const connection: Connection = { answer, waiting: 0 };
  connections.set(socket, connection);
  // Some releases of Node do not emit `close` on the waiting answers of a closed connection (nodejs/node#62534).
  socket.once("close", () => {
    waitingInProcess -= connection.waiting;
    connection.waiting = 0;
  });
}

function waitFor(answer: ServerResponse, socket: Socket, connection: Connection): Promise<void> {
  connection.waiting += 1;
  waitingInProcess += 1;
  if (connection.waiting > pipelining.perConnection || waitingInProcess > pipelining.perProcess) socket.destroy();
  else socket.pause();
  return new Promise((resolve) => {
    answer.once("close", () => {
      // A client cannot read an answer on a closed connection, so the requests that wait on it never start.
      if (socket.destroyed) return;
      connection.waiting -= 1;
      waitingInProcess -= 1;
      if (connection.waiting === 0) socket.resume();
      // In the next turn of the event loop, so that other connections have their turn between two requests of this one.
      setImmediate(resolve);
    });
  });
}

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
