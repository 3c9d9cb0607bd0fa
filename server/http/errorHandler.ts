/** Every failure, wherever it arises, becomes the Graph error; what is internal goes to the log alone. */
import { randomUUID } from "node:crypto";
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { short } from "../domain/errors.ts";
import { StoreUnavailable } from "../domain/store.ts";
import { withoutPort } from "../shared/hosts.ts";
import { shedding, sizes } from "../shared/limits.ts";
import { graphError, RequestError, type RequestIds } from "./errors.ts";
import { lingerAtClose } from "./lingering.ts";
import { openGate } from "./overload.ts";
import { isProbe } from "./probes.ts";
import { isRepeated } from "./rawHeaders.ts";

/** The answer under way on a connection, the last one where requests are pipelined. */
const underWay = new WeakMap<Socket, ServerResponse>();

declare module "fastify" {
  interface FastifyInstance {
    reportFault: ReportFault;
  }
}

/** Is told what the caller is not: the cause of a 5xx, under the request-id that the answer carries. */
export type ReportFault = (error: Error, requestId: string) => void;

export interface ErrorOptions {
  readonly reportFault: ReportFault;
  /** Whether a Host header names this service; undefined: any may. */
  readonly isOwnHost: ((hostname: string) => boolean) | undefined;
}

/** Sets what holds for every request, and makes a Graph error of every failure. */
export function answerErrors(app: FastifyInstance, { reportFault, isOwnHost }: ErrorOptions): void {
  const gate = openGate();
  app.decorate("reportFault", reportFault);
  // A body where nobody asks for one means nothing (RFC 9110, 9.3); it is read away, unlooked at, whatever its size.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (_request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    payload.resume();
  });
  // Fastify answers a QUERY without Content-Type by itself; no operation is one, and so its body means nothing.
  app.addHttpMethod("QUERY", { hasBody: false, overrideExisting: true });
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node would answer it with a bare 417.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
  const linger = (socket: Socket) => lingerAtClose(socket, () => underWay.get(socket)?.req);
  app.server.on(app.server instanceof TlsServer ? "secureConnection" : "connection", linger);
  app.addHook("onRequest", (request, reply, done) => {
    underWay.set(request.raw.socket, reply.raw);
    if (!gate.admits() && !isProbe(request.raw.url)) return gate.hold(() => done(overloaded));
    reply.headers({ ...identifiers(request) });
    checkSizes(request);
    checkHost(request);
    // Who sends no Host is no browser.
    const { host } = request.headers;
    if (isOwnHost && host !== undefined) {
      if (!isOwnHost(request.hostname) && !isProbe(request.raw.url)) throw misdirected(request.hostname);
      // Behind a proxy both: a page that poses as this service can send X-Forwarded-Host, but no Host than its own.
      if (request.host !== host && !isOwnHost(withoutPort(host)) && !isProbe(request.raw.url))
        throw misdirected(withoutPort(host));
    }
    done();
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    // About the service as a whole: that it is there (RFC 9110, 9.3.7).
    if (request.method === "OPTIONS" && request.originalUrl === "*") return reply.code(204).send();
    throw nothingAt(request);
  });
}

/** Fastify's error handler: what is not known is a 500, and its cause goes to whom faults are reported to. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = requestErrorFrom(error, request);
  // An overload is no fault, and the log no place for each request of it.
  if (known === undefined || (known.status >= 500 && known !== error)) request.server.reportFault(error, request.id);
  const answered = known ?? new RequestError(500, "The service failed. Its log has the cause under this request-id.");
  const ids = identifiers(request);
  return reply
    .code(answered.status)
    .headers({ ...ids, ...answered.headers, "content-type": "application/json; charset=utf-8" })
    .send(JSON.stringify(graphError(answered, ids)));
}

function requestErrorFrom(error: Error, request: FastifyRequest): RequestError | undefined {
  if (error instanceof RequestError) return error;
  if (error instanceof StoreUnavailable) return unavailable(error.retryAfter);
  // Nobody is there to read it, but a log of faults is no place for a caller that went away.
  if (request.raw.readableAborted) return new RequestError(400, "The request was broken off.");
  switch ("code" in error && error.code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE": {
      const given = request.headers["content-type"];
      const message = `The request body must be application/json, ${given === undefined ? "and no Content-Type says so" : `not ${short(given)}`}.`;
      return new RequestError(415, message, { details: [{ target: "Content-Type", message }] });
    }
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new RequestError(413, `The request body is larger than ${sizes.body} bytes.`);
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new RequestError(400, "The request body has not the length that Content-Length says.");
    default:
      return undefined;
  }
}

/** @throws RequestError 414, 400 for the query, 431. */
function checkSizes({ originalUrl, raw }: FastifyRequest): void {
  const { length } = originalUrl;
  if (length > sizes.url) {
    throw new RequestError(414, `The URL has ${length} characters; at most ${sizes.url} are possible.`);
  }
  if (originalUrl.includes("&") && originalUrl.split("&", sizes.queryParameters + 1).length > sizes.queryParameters) {
    throw new RequestError(400, `The query has more than ${sizes.queryParameters} parameters.`);
  }
  // Names and values, one after the other.
  const fields = raw.rawHeaders.length / 2;
  if (fields > sizes.headerFields) {
    throw new RequestError(431, `The request has ${fields} header fields; at most ${sizes.headerFields} are possible.`);
  }
}

const hostAndPort = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** What has no name or two, a name that is no host, or a port that is none, can't stand in the URLs of an answer. */
function checkHost({ raw, headers, host }: FastifyRequest): void {
  if (isRepeated("host", raw.rawHeaders)) throw hostFault("The request has more than one Host header.");
  if (headers.host === undefined) {
    if (raw.httpVersion !== "1.1") return;
    throw new RequestError(400, "The request has no Host header, which HTTP/1.1 requires.");
  }
  if (hostAndPort.test(host)) return;
  throw hostFault("The Host header is not a host name or address, with a port or without.");
}

function hostFault(message: string): RequestError {
  return new RequestError(400, message, { details: [{ target: "Host", message }] });
}

/** A page whose own name was made to lead here (DNS rebinding) must not be given tokens, nor what they open. */
function misdirected(hostname: string): RequestError {
  const message = `This service is not ${short(hostname)}; with the development identity it answers only to names of its own.`;
  return new RequestError(421, message, { details: [{ target: "Host", message }] });
}

/** 404 for a route. It shows the target as the caller wrote it. */
export function nothingAt(request: FastifyRequest): RequestError {
  return new RequestError(404, `There is nothing at ${short(request.originalUrl)}.`);
}

/** One for all: an error of its own, with its stack, would be a good part of what a refusal costs. */
const overloaded = new RequestError(503, "The service has too much to do. Try again after the time in Retry-After.", {
  headers: { "retry-after": String(shedding.retryAfter) },
});

function unavailable(retryAfter: number): RequestError {
  const message = "The store cannot answer now. Try again after the time in Retry-After.";
  return new RequestError(503, message, { headers: { "retry-after": String(retryAfter) } });
}

/** The service's id of the request, and the caller's own if it can stand in a header and a log, else the same again. */
export function identifiers(request: Pick<FastifyRequest, "id" | "headers">): RequestIds {
  const given = request.headers["client-request-id"];
  const sane = typeof given === "string" && /^[!-~]{1,128}$/.test(given);
  return { "request-id": request.id, "client-request-id": sane ? given : request.id };
}

/** Answers what never became a request: Node's HTTP parser gave up on it. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // Where TLS failed, as with plain HTTP or a handshake that takes too long, no answer could be read.
  if (!socket.writable || error.code === "ECONNRESET" || /^ERR_(SSL|TLS)_/.test(error.code ?? "")) {
    socket.destroy();
    return;
  }
  // What follows a whole request can't take that request's answer away.
  const answer = underWay.get(socket);
  if (answer?.req.complete && !answer.writableFinished) {
    answer.once("finish", () => socket.destroySoon());
    return;
  }
  const id = randomUUID();
  const answered = brokenRequest(error.code);
  const body = JSON.stringify(graphError(answered, { "request-id": id, "client-request-id": id }));
  const head = [
    `HTTP/1.1 ${answered.status} ${STATUS_CODES[answered.status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `request-id: ${id}`,
    `client-request-id: ${id}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function brokenRequest(code: string | undefined): RequestError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new RequestError(431, `The request's headers are larger than ${sizes.headers} bytes.`);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new RequestError(400, "The request did not arrive in time.");
    default:
      return new RequestError(400, "The request is not valid HTTP.");
  }
}
