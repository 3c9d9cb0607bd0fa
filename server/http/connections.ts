/**
 * What is known of a connection: the answer that is under way on it, the requests that wait for their turn, and how it is closed
 * without losing its last answer.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance } from "fastify";
import { pipelining, times, unreadAnswers } from "../shared/limits.ts";
import type { Step } from "./steps.ts";

interface Connection {
  /** The answer to its request; if requests are pipelined, the answer to the last one. */
  answer: ServerResponse;
  /** Pipelined requests that have not begun. */
  waiting: number;
}

const known = new WeakMap<Socket, Connection>();

/** Requests of all connections that wait for their turn. */
let waitingInProcess = 0;

/** Returns the current answer of a connection, or undefined if no request has arrived on the connection. */
export function answerOn(socket: Socket): ServerResponse | undefined {
  return known.get(socket)?.answer;
}

/**
 * Begins one request of a connection at a time: a pipelined request waits until the client has taken the answer before it, and
 * meanwhile the service reads nothing more from the connection. So a client that does not read cannot make the service collect
 * answers. A connection with too many waiting requests is closed.
 */
export const takeTurn: Step = (request, reply) => {
  const { socket } = request.raw;
  const connection = known.get(socket);
  if (connection === undefined) {
    begin(socket, reply.raw);
    return;
  }
  const { answer } = connection;
  connection.answer = reply.raw;
  if (answer.writableFinished) return;
  return waitFor(answer, socket, connection);
};

function begin(socket: Socket, answer: ServerResponse): void {
  const connection: Connection = { answer, waiting: 0 };
  known.set(socket, connection);
  // Some releases of Node 24 do not emit `close` on answers that are queued when the connection is closed.
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
      // Nobody could read the answers on a closed connection: the requests that wait on it never begin.
      if (socket.destroyed) return;
      connection.waiting -= 1;
      waitingInProcess -= 1;
      if (connection.waiting === 0) socket.resume();
      // In the next turn of the event loop, so that a long pipeline leaves time for other connections.
      setImmediate(resolve);
    });
  });
}

/** Answers that were sent and that their clients have not taken yet: the bytes, in the order of sending. */
const unread = new Map<ServerResponse, number>();
let unreadBytes = 0;

/**
 * Counts an answer until the client has taken it. If too many bytes wait in this process, the connections that have kept their
 * answers waiting longest are closed.
 */
export function noteUnread(answer: ServerResponse, bytes: number): void {
  // If the client has left, nothing is kept, and `close` may have been emitted already.
  if (bytes < unreadAnswers.counted || answer.destroyed) return;
  unread.set(answer, bytes);
  unreadBytes += bytes;
  answer.once("close", () => {
    unreadBytes -= unread.get(answer) ?? 0;
    unread.delete(answer);
  });
  for (const oldest of unread.keys()) {
    if (unreadBytes <= unreadAnswers.perProcess || oldest === answer) return;
    oldest.socket?.destroy();
    // Its close event comes later; counted here, the next one need not go as well.
    unreadBytes -= unread.get(oldest) ?? 0;
    unread.delete(oldest);
  }
}

/**
 * Makes every connection linger where Node would close it after an answer. A caller who is answered before the service has read
 * the whole body goes on sending. If the socket is closed then, the operating system resets the connection, and the caller loses
 * the answer (RFC 9112, 9.6). So the service ends its own side first, and for a while reads and drops what still arrives.
 */
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
