/** Converts responses without a 2xx status, and failed connections, to GraphErrors. */
import type { components } from "../generated/api.d.ts";

type ErrorDetail = components["schemas"]["ErrorDetail"];

/**
 * An error code of the contract or of this client. The client's own codes are `UnexpectedResponse` (the body does not match
 * the contract), `NotModified` (status 304) and the codes for a call without an answer. Any other string is allowed too,
 * because an endpoint such as Microsoft Graph has more codes than this contract.
 */
export type ErrorCode =
  | components["schemas"]["ErrorCode"]
  | "UnexpectedResponse"
  | "NotModified"
  | NoAnswerCode
  | (string & Record<never, never>);

/** The code of a call without an answer. With `InvalidRequest` the request was not sent. */
export type NoAnswerCode = "ConnectionFailed" | "TimedOut" | "InvalidRequest";

interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly target?: string | undefined;
  readonly details?: readonly ErrorDetail[] | undefined;
  readonly clientRequestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * An answer that is not a success. A method resolves to it, so that TypeScript knows the possible values of `status`. To
 * get an exception, write `if (!answer.ok) throw answer;`. If there is no answer, the method rejects with a GraphError of
 * status 0.
 *
 * Its properties come from the `GraphError` schema of the contract, which every error of the service follows. An answer
 * that does not follow it, such as the HTML of a proxy or an empty body, has the code `UnexpectedResponse` and a message
 * that quotes the beginning of the body.
 */
export class GraphError<Status extends number = number, Body = unknown> extends Error {
  /** Always `GraphError`. */
  override readonly name = "GraphError";
  /** Always false. A `Success` has `ok: true`. */
  readonly ok = false;
  /** The HTTP status, or 0 if there is no answer. */
  readonly status: Status;
  /** The kind of error, such as `ResourceNotFound`. */
  readonly code: ErrorCode;
  /** The property, parameter or header that is wrong, such as `target.groupId`. */
  readonly target: string | undefined;
  /** The mistakes that the service reports. The service `apple-enrollment` reports only the first one. */
  readonly details: readonly ErrorDetail[];
  /** The `request-id` from the service. It is also in the service's log. */
  readonly requestId: string | undefined;
  /** The `client-request-id` of the request. */
  readonly clientRequestId: string | undefined;
  /** Seconds to wait before the next attempt, from `Retry-After` (RFC 9110, 10.2.3); a date is converted to seconds. */
  readonly retryAfter: number | undefined;
  /** The body, if it matches the contract; otherwise undefined. */
  readonly body: Body | undefined;
  /** The response headers. Empty if there is no answer. */
  readonly headers: Headers;
  /** The response, whose body has already been read. If there is no answer, it is `Response.error()`. */
  readonly response: Response;

  /** @param facts the properties read from the body. @param body the response body, if it is a Graph error. */
  constructor(status: Status, facts: ErrorFacts, body: Body | undefined, response: Response) {
    super(facts.message, "cause" in facts ? { cause: facts.cause } : undefined);
    const ids = innerErrorOf(body);
    this.status = status;
    this.code = facts.code;
    this.target = facts.target;
    this.details = facts.details ?? [];
    // A browser hides response headers that the service does not expose to the page's origin, but never the body.
    this.requestId = response.headers.get("request-id") ?? textIn(ids, "request-id");
    this.clientRequestId =
      response.headers.get("client-request-id") ?? textIn(ids, "client-request-id") ?? facts.clientRequestId;
    this.retryAfter = secondsOf(response.headers.get("Retry-After"));
    this.body = body;
    this.headers = response.headers;
    this.response = response;
  }
}

/** @param content the response body: parsed JSON, or the text if it is not JSON; undefined if it is empty. */
export function graphErrorOf(response: Response, content: unknown): GraphError {
  if (response.status === 304) return notModified(response);
  const error = memberOf(content, "error");
  const code = textIn(error, "code");
  const message = textIn(error, "message");
  if (code === undefined || message === undefined) return unexpectedResponse(response, content, "a Graph error");
  const details = memberOf(error, "details");
  const facts: ErrorFacts = {
    code,
    message,
    target: textIn(error, "target"),
    details: Array.isArray(details) ? details.filter(isErrorDetail) : [],
  };
  return new GraphError(response.status, facts, content, response);
}

/** Returns the error of a call without an answer. @param request the request, if it was sent: the log may contain its id. */
export function noAnswer(
  code: NoAnswerCode,
  message: string,
  { request, target, cause }: { request?: Pick<Request, "headers">; target?: string; cause?: unknown } = {},
): GraphError<0> {
  const clientRequestId = request?.headers.get("client-request-id") ?? undefined;
  const facts: ErrorFacts = { code, message, target, clientRequestId, ...(cause !== undefined && { cause }) };
  return new GraphError(0, facts, undefined, Response.error());
}

/** @param expected the expected kind of body, for the message. @param cause the parser's error, if there is one. */
export function unexpectedResponse(
  response: Response,
  content: unknown,
  expected: string,
  cause?: unknown,
): GraphError {
  const text = typeof content === "string" ? content : (JSON.stringify(content) ?? "");
  const quote = text.trim() === "" ? "nothing" : text.trim().replace(/\s+/g, " ").slice(0, 200);
  const status = `${response.status} ${response.statusText}`.trim();
  const message = `The body of the ${status} is not ${expected}: ${quote}`;
  const facts: ErrorFacts = { code: "UnexpectedResponse", message, ...(cause !== undefined && { cause }) };
  return new GraphError(response.status, facts, undefined, response);
}

/** A 304 is not a failure, but it has no data. It is only sent to callers that set `If-None-Match`, who check the status. */
function notModified(response: Response): GraphError {
  const message = "The entity has not changed: its entity tag is one of those in If-None-Match.";
  return new GraphError(response.status, { code: "NotModified", message }, undefined, response);
}

/** Parses `Retry-After`: whole seconds, decimal seconds (some servers send them), or a date in one of HTTP's three formats. */
export function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^[0-9]+(\.[0-9]+)?$/.test(retryAfter)) return Number(retryAfter);
  // A date starts with a day name. Date.parse would also accept "-1". The asctime format has no time zone and means UTC.
  if (!/^[A-Z][a-z]{2}/.test(retryAfter)) return undefined;
  const date = Date.parse(retryAfter.endsWith("GMT") ? retryAfter : `${retryAfter} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function innerErrorOf(body: unknown): unknown {
  return memberOf(memberOf(body, "error"), "innerError");
}

function isErrorDetail(value: unknown): value is ErrorDetail {
  return ["code", "message", "target"].every((name) => textIn(value, name) !== undefined);
}

function textIn(value: unknown, name: string): string | undefined {
  const text = memberOf(value, name);
  return typeof text === "string" ? text : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
