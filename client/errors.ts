/** The errors of the service, and what becomes of an answer that is none of the service's. */
import type { components } from "../generated/api.d.ts";

type Schemas = components["schemas"];
type ErrorDetail = Schemas["ErrorDetail"];

/**
 * Some are this client's own: `UnexpectedResponse`, the answer isn't one of the service's; `NotModified`, a 304; and those
 * of no answer. Any string may come, because an endpoint such as Microsoft's has codes beyond this contract.
 */
export type ErrorCode =
  | Schemas["ErrorCode"]
  | "UnexpectedResponse"
  | "NotModified"
  | NoAnswerCode
  | (string & Record<never, never>);

/** Why there is no answer: the connection failed, the attempt took too long, or it was never sent because it is wrong. */
export type NoAnswerCode = "ConnectionFailed" | "TimedOut" | "InvalidRequest";

interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly target?: string | undefined;
  readonly details?: readonly ErrorDetail[] | undefined;
  readonly clientRequestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * An answer that isn't a success. A method resolves to it instead of throwing it, so that its `status` can be told
 * apart; `if (!answer.ok) throw answer;` makes an exception of it. Where there is no answer a method rejects with one
 * whose status is 0.
 *
 * Source: the contract's `GraphError` schema, which every error of the service has. An answer from elsewhere, such as a
 * proxy's HTML or an empty body, has the code `UnexpectedResponse` and a message that quotes its beginning.
 */
export class GraphError<Status extends number = number, Body = unknown> extends Error {
  /** Always this. */
  override readonly name = "GraphError";
  /** Of a success: true. */
  readonly ok = false;
  /** The HTTP status; 0 if there is no answer. */
  readonly status: Status;
  /** The kind of error, such as `ResourceNotFound`. */
  readonly code: ErrorCode;
  /** The property, parameter or header to blame, such as `target.groupId`. */
  readonly target: string | undefined;
  /** What is to blame, if something is: this service reports the first it finds. */
  readonly details: readonly ErrorDetail[];
  /** The service's own id of the request: its log has the request under it. */
  readonly requestId: string | undefined;
  /** The id the caller sent as `client-request-id`, else the `requestId` again. */
  readonly clientRequestId: string | undefined;
  /** Seconds to wait before the next try, if the service said so (RFC 9110 §10.2.3; a date is turned into seconds). */
  readonly retryAfter: number | undefined;
  /** The body as declared; undefined if the answer has another. */
  readonly body: Body | undefined;
  /** Of the answer; none if there is none. */
  readonly headers: Headers;
  /** As received; its body is already read. `Response.error()` if there is no answer. */
  readonly response: Response;

  /** @param body what the answer has, if that is a Graph error. @param fault what it says. */
  constructor(status: Status, fault: Fault, body: Body | undefined, response: Response) {
    super(fault.message, "cause" in fault ? { cause: fault.cause } : undefined);
    const ids = innerErrorOf(body);
    this.status = status;
    this.code = fault.code;
    this.target = fault.target;
    this.details = fault.details ?? [];
    // A browser hides headers that the service doesn't expose to the page's origin, but not the body.
    this.requestId = response.headers.get("request-id") ?? textIn(ids, "request-id");
    this.clientRequestId =
      response.headers.get("client-request-id") ?? textIn(ids, "client-request-id") ?? fault.clientRequestId;
    this.retryAfter = secondsOf(response.headers.get("Retry-After"));
    this.body = body;
    this.headers = response.headers;
    this.response = response;
  }
}

/** @param content the answer's body: parsed if it is JSON, else a string, undefined if it is empty. */
export function graphErrorOf(response: Response, content: unknown): GraphError {
  if (response.status === 304) return notModified(response);
  const error = memberOf(content, "error");
  const code = textIn(error, "code");
  const message = textIn(error, "message");
  if (code === undefined || message === undefined) return unexpectedResponse(response, content, "a Graph error");
  const details = memberOf(error, "details");
  const fault: Fault = {
    code,
    message,
    target: textIn(error, "target"),
    details: Array.isArray(details) ? details.filter(isErrorDetail) : [],
  };
  return new GraphError(response.status, fault, content, response);
}

/** There is no answer, or nothing was sent. @param request if there is one: the service may have its id in its log. */
export function noAnswer(
  code: NoAnswerCode,
  message: string,
  { request, target, cause }: { request?: Pick<Request, "headers">; target?: string; cause?: unknown } = {},
): GraphError<0> {
  const clientRequestId = request?.headers.get("client-request-id") ?? undefined;
  const fault: Fault = { code, message, target, clientRequestId, ...(cause !== undefined && { cause }) };
  return new GraphError(0, fault, undefined, Response.error());
}

/** @param expected what the body should have been, for the message. @param cause why it isn't, if something says so. */
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
  const fault: Fault = { code: "UnexpectedResponse", message, ...(cause !== undefined && { cause }) };
  return new GraphError(response.status, fault, undefined, response);
}

/** No error, but no data either: what a caller asked for with `If-None-Match`, who looks at the status. */
function notModified(response: Response): GraphError {
  const message = "The entity still has an entity tag that If-None-Match names.";
  return new GraphError(response.status, { code: "NotModified", message }, undefined, response);
}

/** The seconds of a `Retry-After`: whole, decimal as some servers send them, or a date in any of HTTP's three forms. */
export function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^[0-9]+(\.[0-9]+)?$/.test(retryAfter)) return Number(retryAfter);
  // It begins with the name of a day: Date.parse would make one of "-1", too. asctime's form means UTC and doesn't say so.
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
