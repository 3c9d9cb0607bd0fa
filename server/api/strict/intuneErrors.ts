/** Errors as Intune writes them: without the wrong part of the request, and with JSON in the message. */
import type { FastifyRequest } from "fastify";
import { RequestError } from "../../http/errors.ts";
import { requestIds } from "../../http/requestIds.ts";

/** The statuses whose recorded answers have JSON in the message. The others are answered before a request reaches Intune. */
const intuneStatuses: ReadonlySet<number> = new Set([400, 403, 404, 409, 412]);

/** An error that already has the form of strict mode. */
export class IntuneError extends RequestError {}

/** Returns the error in the form that it has in strict mode. */
export function strictError(error: RequestError, request: FastifyRequest): RequestError {
  if (error instanceof IntuneError) return error;
  return intuneStatuses.has(error.status) ? intuneError(error, request) : withMessage(error, error.message);
}

/** Returns the error with the JSON that Intune writes as its message. */
export function intuneError(error: RequestError, request: FastifyRequest): IntuneError {
  return withMessage(error, intuneMessage(error.message, request));
}

/** Copies an error without its details, which Intune does not write. */
function withMessage({ status, headers, cause, code }: RequestError, message: string): IntuneError {
  return new IntuneError(status, message, { headers, cause, ...(code && { code }) });
}

/** The path of Intune's front end for enrollment, with which recorded messages name the request. */
export const frontEnd = "/DeviceEnrollmentFE_2305/StatelessDeviceEnrollmentFEService";

/** The JSON in which Intune writes a sentence (recorded: IntuneDocumentation#39). The host and the version are placeholders. */
function intuneMessage(sentence: string, request: FastifyRequest): string {
  const { "request-id": requestId } = requestIds(request);
  const path = (request.url.split("?", 1)[0] ?? "").replace(/^\/[^/]*/, "");
  const url = `https://fef.example.manage.microsoft.com${frontEnd}${path}?api-version=2023-05-24`;
  const about = `Operation ID (for customer support): ${noOperation} - Activity ID: ${requestId} - Url: ${url}`;
  const message = {
    _version: 3,
    Message: `${sentence} - ${about}`,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  };
  return JSON.stringify(message, null, 2).replaceAll("\n", "\r\n");
}

const noOperation = "00000000-0000-0000-0000-000000000000";
