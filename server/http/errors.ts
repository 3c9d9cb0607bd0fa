/** The catalogue of errors: their statuses, their codes, and their common body format, which is Microsoft Graph's. */
import type { components } from "../../generated/api.d.ts";
import type { DomainError } from "../domain/errors.ts";
import { shedding } from "../shared/limits.ts";
import type { RequestIds } from "./requestIds.ts";

type ErrorCode = components["schemas"]["ErrorCode"];

const codes = {
  400: "BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Forbidden",
  404: "ResourceNotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  412: "PreconditionFailed",
  413: "RequestEntityTooLarge",
  414: "UriTooLong",
  415: "UnsupportedMediaType",
  421: "MisdirectedRequest",
  424: "FailedDependency",
  429: "TooManyRequests",
  431: "RequestHeaderFieldsTooLarge",
  500: "InternalServerError",
  503: "ServiceUnavailable",
} as const satisfies Record<number, ErrorCode>;

/** The code of the 400 with which the real service answers if a path does not support the method. */
export const noRoute = "No method match route template" satisfies ErrorCode;

export type ErrorStatus = keyof typeof codes;

export function isErrorStatus(status: number): status is ErrorStatus {
  return Object.hasOwn(codes, status);
}

const statuses = { invalid: 400, notFound: 404, conflict: 409, preconditionFailed: 412 } as const satisfies Record<
  DomainError["kind"],
  ErrorStatus
>;

/** The HTTP status for a kind of domain error. */
export type StatusOf<Kind extends DomainError["kind"]> = (typeof statuses)[Kind];

/** A detail of a Microsoft Graph error, without its code: the wrong part of the request, and the reason. */
export interface ErrorDetail {
  readonly target: string;
  readonly message: string;
}

/** An error that is sent to the caller unchanged: it contains nothing internal. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: ErrorStatus;
  readonly details: readonly ErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;
  /** The error's code, if it differs from the usual code of the status. */
  readonly code: ErrorCode | undefined;

  /** @param message a sentence for the caller. @param details the wrong parts of the request. The first one is the target. */
  constructor(
    status: ErrorStatus,
    message: string,
    options: ErrorOptions & {
      readonly details?: readonly ErrorDetail[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly code?: ErrorCode;
    } = {},
  ) {
    super(message, options);
    this.status = status;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
    this.code = options.code;
  }
}

/** Returns the error for a command that the domain refused. */
export function requestErrorOf(error: DomainError, headers: RequestError["headers"] = {}): RequestError {
  return new RequestError(statuses[error.kind], error.message, { details: [error], headers });
}

/** Returns a 503. @param retryAfter the number of seconds after which the caller may try again. */
export function serviceUnavailable(message: string, retryAfter: number = shedding.retryAfter): RequestError {
  return new RequestError(503, message, { headers: { "retry-after": String(retryAfter) } });
}

/** Returns the 405 for a path that supports other methods. @param allow the value of the header Allow. */
export function methodNotAllowed(method: string, allow: string): RequestError {
  return new RequestError(405, `${method} is not allowed here; the allowed methods are ${allow}.`, {
    headers: { allow },
  });
}

/** Returns the body of an error answer. */
export function graphError(
  { status, message, details, code = codes[status] }: RequestError,
  ids: RequestIds,
): components["schemas"]["GraphError"] {
  const [first] = details;
  return {
    error: {
      code,
      message,
      ...(first && {
        target: first.target,
        details: details.map((detail) => ({ code, message: detail.message, target: detail.target })),
      }),
      // Microsoft Graph writes this date without fractions of a second and without a time zone.
      innerError: { date: new Date().toISOString().slice(0, 19), ...ids },
    },
  };
}
