/** Turns responses that are not a success into errors. */
import type { components } from "../generated/api.d.ts";

type ErrorDetail = components["schemas"]["ErrorDetail"];

/**
 * The code of an error: one of the contract's, or one of this client's. The client's own are `UnexpectedResponse` (the body is
 * not what the contract declares), `NotModified` (status 304) and the codes for a call without an answer. It can also be any
 * other string, because an endpoint such as Microsoft Graph has more codes than this contract.
 */
export type ErrorCode =
  | components["schemas"]["ErrorCode"]
  | "UnexpectedResponse"
  | "NotModified"
  | NoAnswerCode
  | (string & Record<never, never>);

/** Why there is no answer: the connection failed, the time limit passed, or the request is wrong and was not sent. */
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
 * An answer that is not a success. A method resolves to it, so that TypeScript knows the possible values of `status`. To get an
 * exception, write `if (!answer.ok) throw answer;`. If there is no answer, the method rejects with a GraphError of status 0.
 *
 * Its properties come from the `GraphError` schema of the contract, which every error of the service follows. An answer that
 * does not follow it, such as the HTML of a proxy or an empty body, has the code `UnexpectedResponse` and a message that quotes
 * the beginning of the body.
 */
export class GraphError<Status extends number = number, Body = unknown> extends Error {
  /** Always this. */
  override readonly name = "GraphError";
  /** False; a success has true. */
  readonly ok = false;
  /** The HTTP status; 0 if there is no answer. */
  readonly status: Status;
  /** The kind of error, such as `ResourceNotFound`. */
  readonly code: ErrorCode;
  /** The property, parameter or header that is wrong, such as `target.groupId`. */
  readonly target: string | undefined;
  /** Everything that is wrong, as far as the service reports it: this service reports the first mistake. */
  readonly details: readonly ErrorDetail[];
  /** The id that the service gave the request. The log of the service contains it. */
  readonly requestId: string | undefined;
  /** The `client-request-id` of the request. */
  readonly clientRequestId: string | undefined;
  /** Seconds to wait before the next attempt, from `Retry-After` (RFC 9110, 10.2.3); a date is converted to seconds. */
  readonly retryAfter: number | undefined;
  /** The body, if it follows the contract; otherwise undefined. */
  readonly body: Body | undefined;
  /** The headers of the answer; empty if there is no answer. */
  readonly headers: Headers;
  /** The response. Its body has been read. It is `Response.error()` if there is no answer. */
  readonly response: Response;

  /** @param body the body of the answer, if it is a Graph error. @param facts what the body says. */
  constructor(status: Status, facts: ErrorFacts, body: Body | undefined, response: Response) {
    super(facts.message, "cause" in facts ? { cause: facts.cause } : undefined);
    const ids = innerErrorOf(body);
    this.status = status;
    this.code = facts.code;
    this.target = facts.target;
    this.details = facts.details ?? [];
    // A browser hides headers that the service does not expose to the origin of the page. It never hides the body.
    this.requestId = response.headers.get("request-id") ?? textIn(ids, "request-id");
    this.clientRequestId =
      response.headers.get("client-request-id") ?? textIn(ids, "client-request-id") ?? facts.clientRequestId;
    this.retryAfter = secondsOf(response.headers.get("Retry-After"));
    this.body = body;
    this.headers = response.headers;
    this.response = response;
  }
}

/** @param content the body of the answer: parsed JSON, or else its text; undefined if it is empty. */
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

/** The error of a call that has no answer. @param request if it was sent: the log of the service may contain its id. */
export function noAnswer(
  code: NoAnswerCode,
  message: string,
  { request, target, cause }: { request?: Pick<Request, "headers">; target?: string; cause?: unknown } = {},
): GraphError<0> {
  const clientRequestId = request?.headers.get("client-request-id") ?? undefined;
  const facts: ErrorFacts = { code, message, target, clientRequestId, ...(cause !== undefined && { cause }) };
  return new GraphError(0, facts, undefined, Response.error());
}

/** @param expected what the body should have been, for the message. @param cause the error of the parser, if there is one. */
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

/** A 304 is not a failure, but it has no data: the caller asked for it with `If-None-Match`, and checks the status. */
function notModified(response: Response): GraphError {
  const message = "The entity has not changed: its entity tag is one of those in If-None-Match.";
  return new GraphError(response.status, { code: "NotModified", message }, undefined, response);
}

/** The seconds of a `Retry-After`: a whole number, a decimal as some servers send it, or a date in one of HTTP's three formats. */
export function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^[0-9]+(\.[0-9]+)?$/.test(retryAfter)) return Number(retryAfter);
  // A date starts with the name of a day; Date.parse would accept "-1" too. The format of asctime means UTC without saying so.
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
