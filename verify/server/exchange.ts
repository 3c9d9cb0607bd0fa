/** Sends requests, and records each with its answer as an exchange, without the token, for the judge and the reports. */
import { randomUUID } from "node:crypto";
import type { OperationId } from "../../client/index.ts";
import type { Caller, RequestSpec } from "../scenarios/language/scenario.ts";
import { getOperation } from "./contract.ts";
import { untilAnswered } from "./pending.ts";
import type { Target } from "./target.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, with the caller's token replaced by `$TOKEN`. */
  readonly text: string;
  /** The parsed body if the media type and the text are JSON; otherwise the text. */
  readonly body: unknown;
}

export interface Exchange {
  /** The operation. Undefined if the URL does not belong to an operation of the contract. */
  readonly operation: OperationId | undefined;
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  /** The request headers without `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request body as text; undefined if the request has none. */
  readonly sent: string | undefined;
  /** The answer. Undefined if the request failed; `failure` then contains the reason. */
  readonly answer: Answer | undefined;
  readonly failure: string | undefined;
}

export type OutgoingRequest = Pick<Exchange, "operation" | "caller" | "method" | "url" | "headers" | "sent">;

/** Builds a request. References must already be resolved. @throws Error if a path parameter is missing. */
export function buildRequest(target: Target, operationId: OperationId, spec: RequestSpec): OutgoingRequest {
  const { method, path } = getOperation(operationId);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = spec.path?.[name];
    if (value === undefined) throw new Error(`${operationId} needs the path parameter ${name}.`);
    return encodeURIComponent(value);
  });
  const query = Object.entries(spec.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const sent = bodyText(spec);
  return {
    operation: operationId,
    caller: spec.caller ?? "full",
    method,
    url: `${target.baseUrl}${filled}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers: { ...(sent !== undefined && { "content-type": "application/json" }), ...spec.headers },
    sent,
  };
}

function bodyText({ body, text, bytes }: RequestSpec): string | undefined {
  if (bytes !== undefined) return "a".repeat(bytes);
  return text ?? (body === undefined ? undefined : JSON.stringify(body));
}

/** Sends a request and reads the whole answer. Never rejects: if the connection fails, the exchange has no answer. */
export async function send(target: Target, request: OutgoingRequest): Promise<Exchange> {
  const token = target.tokens[request.caller];
  const headers = { "client-request-id": randomUUID(), ...request.headers };
  const exchange = { ...request, headers };
  const timeout = AbortSignal.timeout(target.timeout);
  try {
    const sent = new Request(request.url, {
      method: request.method,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(request.sent !== undefined && { body: request.sent }),
      // Redirects are judged like any other answer, and must not carry the token to another host.
      redirect: "manual",
      signal: timeout,
    });
    const answer = await untilAnswered(sent, async (sent) => readAnswer(await target.fetch(sent), token));
    return { ...exchange, answer, failure: undefined };
  } catch (error) {
    return {
      ...exchange,
      answer: undefined,
      failure: timeout.aborted ? timeoutReason(target.timeout) : failureReason(error),
    };
  }
}

async function readAnswer(response: Response, token: string | undefined): Promise<Answer> {
  const text = hideToken(await readText(response), token);
  const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, hideToken(value, token)]));
  return { status: response.status, headers, text, body: parseBody(headers["content-type"], text) };
}

/** The maximum size of a response body in bytes: ten times the size of the longest page of profiles. */
const maxBytes = 16 * 1024 * 1024;

/** @throws Error if the body is too long, because an endless body would exhaust the memory of this process. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`an answer of more than ${maxBytes / 1024 / 1024} MiB`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function timeoutReason(milliseconds: number): string {
  return `no answer within ${milliseconds / 1000} s`;
}

/** Returns the reason from the `cause` of the error, because the message of fetch is always "fetch failed". */
function failureReason(error: unknown): string {
  const { cause, message } = Object(error);
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/** Replaces the token if the answer contains it. Very short tokens are kept: they are not secret, and part of many words. */
function hideToken(text: string, token = ""): string {
  return token.length >= 16 ? text.replaceAll(token, "$TOKEN") : text;
}

function parseBody(type: string | undefined, text: string): unknown {
  if (type === undefined || !isJson(type)) return text;
  return parseJson(text) ?? text;
}

/** Parses JSON. Returns undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isJson(type: string): boolean {
  return mediaType(type) === "application/json";
}

/** Returns the media type without parameters, in lower case. */
export function mediaType(type: string): string {
  return (type.split(";")[0] ?? "").trim().toLowerCase();
}
