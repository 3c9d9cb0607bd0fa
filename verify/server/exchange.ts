/** A request and its answer, as they are judged and reported. No token is in it. */
import { randomUUID } from "node:crypto";
import type { OperationId } from "../../client/index.ts";
import type { Asked, Caller } from "../scenarios/language/scenario.ts";
import { operationNamed } from "./contract.ts";
import type { Target } from "./target.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came; the caller's token in it is `$TOKEN`. */
  readonly text: string;
  /** Parsed if it says that it is JSON and is; else the text. */
  readonly body: unknown;
}

export interface Exchange {
  /** Undefined: of no operation of the contract. */
  readonly operation: OperationId | undefined;
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  /** Without `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request body. */
  readonly sent: string | undefined;
  /** Undefined: there was none; `failure` says why. */
  readonly answer: Answer | undefined;
  readonly failure: string | undefined;
}

export type Outgoing = Pick<Exchange, "operation" | "caller" | "method" | "url" | "headers" | "sent">;

/** The request of an operation, its references already resolved. @throws Error if a path parameter is missing. */
export function requestOf(target: Target, operationId: OperationId, asked: Asked): Outgoing {
  const { method, path } = operationNamed(operationId);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = asked.path?.[name];
    if (value === undefined) throw new Error(`${operationId} needs the path parameter ${name}.`);
    return encodeURIComponent(value);
  });
  const query = Object.entries(asked.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const sent = bodyOf(asked);
  return {
    operation: operationId,
    caller: asked.caller ?? "full",
    method,
    url: `${target.baseUrl}${filled}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers: { ...(sent !== undefined && { "content-type": "application/json" }), ...asked.headers },
    sent,
  };
}

function bodyOf({ body, text, bytes }: Asked): string | undefined {
  if (bytes !== undefined) return "a".repeat(bytes);
  return text ?? (body === undefined ? undefined : JSON.stringify(body));
}

/** Sends it and reads the whole answer. It never rejects: a connection that fails is an exchange without an answer. */
export async function send(target: Target, request: Outgoing): Promise<Exchange> {
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
        // A redirect is an answer like any other, and no token goes where it leads.
        redirect: "manual",
        signal: timeout,
      }),
    );
    const text = hidden(await textOf(response), token);
    const received = Object.fromEntries([...response.headers].map(([name, value]) => [name, hidden(value, token)]));
    const answer = { status: response.status, headers: received, text, body: parsed(received["content-type"], text) };
    return { ...exchange, answer, failure: undefined };
  } catch (error) {
    return { ...exchange, answer: undefined, failure: timeout.aborted ? overdue(target.timeout) : reasonOf(error) };
  }
}

/** Bytes of an answer, at most: this is ten times what the longest page of profiles has. */
const mostBytes = 16 * 1024 * 1024;

/** @throws Error if it has more than that: a server that never ends would else end this process. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error(`an answer of more than ${mostBytes / 1024 / 1024} MiB`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function overdue(milliseconds: number): string {
  return `no answer within ${milliseconds / 1000} s`;
}

/** What fetch says is "fetch failed"; why is in its cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = Object(error);
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/** A text without the token, should the server say it. One that is this short is no secret, and part of many words. */
function hidden(text: string, token = ""): string {
  return token.length >= 16 ? text.replaceAll(token, "$TOKEN") : text;
}

function parsed(type: string | undefined, text: string): unknown {
  if (type === undefined || !isJson(type)) return text;
  return parsedJson(text) ?? text;
}

/** Undefined: it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isJson(type: string): boolean {
  return mediaType(type) === "application/json";
}

/** Without parameters. */
export function mediaType(type: string): string {
  return (type.split(";")[0] ?? "").trim().toLowerCase();
}
