/** Answers connections whose data is not a complete HTTP request: Node's HTTP parser failed, or the request timed out. */
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { sizes } from "../shared/limits.ts";
import { answerOn } from "./connections.ts";
import { graphError, RequestError } from "./errors.ts";

/** The handler for Fastify's option `clientErrorHandler`. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  // If TLS failed (the client sent plain HTTP, or the handshake timed out), the client could not read an answer.
  if (!socket.writable || error.code === "ECONNRESET" || /^ERR_(SSL|TLS)_/.test(error.code ?? "")) {
    socket.destroy();
    return;
  }
  // Invalid data after a complete request must not prevent the answer to that request.
  const answer = answerOn(socket);
  if (answer?.req.complete && !answer.writableFinished) {
    answer.once("finish", () => socket.destroySoon());
    return;
  }
  socket.end(rawAnswer(errorFor(error.code)));
}

/** Returns the answer as HTTP/1.1 text, because Node has not created a response object. */
function rawAnswer(error: RequestError): string {
  const id = randomUUID();
  const body = JSON.stringify(graphError(error, { "request-id": id, "client-request-id": id }));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `request-id: ${id}`,
    `client-request-id: ${id}`,
    "connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

function errorFor(code: string | undefined): RequestError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new RequestError(431, `The headers of the request are larger than ${sizes.headers} bytes.`);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new RequestError(400, "The request did not arrive in time.");
    default:
      return new RequestError(400, "The request is not valid HTTP.");
  }
}
