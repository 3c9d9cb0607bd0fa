/** Converts every error to a Microsoft Graph error, wherever it was thrown. Internal details are only logged. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { short } from "../domain/errors.ts";
import { QueryTooLong, StoreUnavailable } from "../domain/store.ts";
import { sizes } from "../shared/limits.ts";
import { graphError, RequestError, serviceUnavailable } from "./errors.ts";
import { requestIds } from "./requestIds.ts";

declare module "fastify" {
  interface FastifyInstance {
    reportError: ReportError;
  }
}

/** Receives the cause of a 5xx answer, which the caller does not see, and the answer's `request-id`. */
export type ReportError = (error: Error, requestId: string) => void;

/** Sets the handlers of errors and of unknown routes. */
export function answerErrors(app: FastifyInstance, reportError: ReportError): void {
  app.decorate("reportError", reportError);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    // `OPTIONS *` asks whether the service as a whole is available (RFC 9110, 9.3.7).
    if (request.method === "OPTIONS" && request.originalUrl === "*") return reply.code(204).send();
    throw routeNotFound(request);
  });
}

/** Returns an error handler for Fastify. An unexpected error is reported and answered with 500. @param form changes errors. */
export function errorSender(form: (error: RequestError, request: FastifyRequest) => RequestError = (error) => error) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = requestErrorFrom(error, request);
    // Refusals during an overload are not reported: an overload is not a failure, and a line for each refusal would fill the log.
    if (known === undefined || (known.status >= 500 && known !== error)) request.server.reportError(error, request.id);
    const answered = form(known ?? new RequestError(500, failureMessage), request);
    const ids = requestIds(request);
    return reply
      .code(answered.status)
      .headers({ ...ids, ...answered.headers, "content-type": "application/json; charset=utf-8" })
      .send(JSON.stringify(graphError(answered, ids)));
  };
}

/** The error handler for answers in the usual form. */
export const sendError = errorSender();

function requestErrorFrom(error: Error, request: FastifyRequest): RequestError | undefined {
  if (error instanceof RequestError) return error;
  if (error instanceof StoreUnavailable) return serviceUnavailable(storeMessage, error.retryAfter);
  if (error instanceof QueryTooLong) return serviceUnavailable(error.message, error.retryAfter);
  // The client has closed the connection. It cannot read this answer, but the error must not be reported as a service error.
  if (request.raw.readableAborted)
    return new RequestError(400, "The client closed the connection before the request was complete.");
  switch ("code" in error && error.code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return wrongMediaType(request.headers["content-type"]);
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new RequestError(
        413,
        `The request body is larger than ${request.routeOptions.bodyLimit ?? sizes.body} bytes.`,
      );
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new RequestError(400, "The length of the request body differs from its Content-Length.");
    default:
      return undefined;
  }
}

function wrongMediaType(given: string | undefined): RequestError {
  const message =
    given === undefined
      ? "The request has no Content-Type; it must be application/json."
      : `Content-Type is ${short(given)}; it must be application/json.`;
  return new RequestError(415, message, { details: [{ target: "Content-Type", message }] });
}

/** Returns the 404 for a URL that matches no route. Its message contains the URL as the client sent it, cut short. */
export function routeNotFound(request: FastifyRequest): RequestError {
  return new RequestError(404, `There is nothing at ${short(request.originalUrl)}.`);
}

const failureMessage = "The service failed. Its log has the cause under this request-id.";
const storeMessage = "The store cannot answer now. Try again after the time in Retry-After.";
