/** A request and its answer, for the judge and the reports. It contains no token. */
import { randomUUID } from "node:crypto";
import type { OperationId } from "../../client/index.ts";
import type { Caller, RequestSpec } from "../scenarios/language/scenario.ts";
import { getOperation } from "./contract.ts";
import type { Target } from "./target.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, in which the token of the caller is replaced by `$TOKEN`. */
  readonly text: string;
  /** The parsed body, if it is declared as JSON and is JSON; otherwise the text. */
  readonly body: unknown;
}

export interface Exchange {
  /** Undefined if the request belongs to no operation of the contract. */
  readonly operation: OperationId | undefined;
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  /** Without `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request body. */
  readonly sent: string | undefined;
  /** Undefined if there was no answer; `failure` then says why. */
  readonly answer: Answer | undefined;
  readonly failure: string | undefined;
}

export type OutgoingRequest = Pick<Exchange, "operation" | "caller" | "method" | "url" | "headers" | "sent">;

/** Builds the request of an operation. References are already resolved. @throws Error if a path parameter is missing. */
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

/** Sends a request and reads the whole answer. It never rejects: a failed connection is an exchange without an answer. */
export async function send(target: Target, request: OutgoingRequest): Promise<Exchange> {
  const token = target.tokens[request.caller];
  const headers = { "client-request-id": randomUUID(), ...request.headers };
  const exchange = { ...request, headers };
  const timeout = AbortSignal.timeout(target.timeout);
  try {
    const response = await target.fetch(
      new Request(request.url, {
        method: request.method,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        ...(request.sent !== undefined && { body: request.sent }),
        // A redirect is an answer like any other; no token is sent to its target.
        redirect: "manual",
        signal: timeout,
      }),
    );
    const text = hideToken(await readText(response), token);
    const received = Object.fromEntries([...response.headers].map(([name, value]) => [name, hideToken(value, token)]));
    const answer = {
      status: response.status,
      headers: received,
      text,
      body: parseBody(received["content-type"], text),
    };
    return { ...exchange, answer, failure: undefined };
  } catch (error) {
    return {
      ...exchange,
      answer: undefined,
      failure: timeout.aborted ? timeoutReason(target.timeout) : failureReason(error),
    };
  }
}

/** The maximum size of an answer in bytes. It is ten times the size of the longest page of profiles. */
const maxBytes = 16 * 1024 * 1024;

/** @throws Error if the answer is too long: an endless answer would exhaust the memory of this process. */
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

/** The message of fetch is always "fetch failed"; the reason is in its cause. */
function failureReason(error: unknown): string {
  const { cause, message } = Object(error);
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/** Replaces the token, if the server repeats it. A very short token is not a secret, and part of many words. */
function hideToken(text: string, token = ""): string {
  return token.length >= 16 ? text.replaceAll(token, "$TOKEN") : text;
}

function parseBody(type: string | undefined, text: string): unknown {
  if (type === undefined || !isJson(type)) return text;
  return parseJson(text) ?? text;
}

/** Undefined if the text is not JSON. */
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

/** The media type without its parameters. */
export function mediaType(type: string): string {
  return (type.split(";")[0] ?? "").trim().toLowerCase();
}
