/** Makes one attempt of a call: adds the token, sends the request, and aborts it when the time limit is reached. */
import { unlessAborted } from "./cancellation.ts";
import { type GraphError, noAnswer } from "./errors.ts";
import { lightFetch, type Received, receivedOf, type Sent } from "./light.ts";
import type { ClientOptions, EndedAttempt } from "./options.ts";

/** The request of a call, without the token. All attempts of the call share this object. */
export interface OutgoingRequest extends Omit<Sent, "signal"> {
  /** The `signal` that the caller passed in the input. */
  readonly signal?: AbortSignal | undefined;
  /** The `Request`, if openapi-fetch created one. The body is stored separately, because a `Request` can be read only once. */
  readonly made?: { readonly request: Request; readonly body: ArrayBuffer | undefined };
}

export interface AttemptResult extends Omit<EndedAttempt, "request" | "response"> {
  /** The request with the headers that were sent, which `onRequest` may have changed. */
  readonly request: Pick<Request, "method" | "headers">;
  readonly response?: Received;
  /** The `Request`, if one was created for a hook or for the `fetch` option. */
  readonly shown?: Request | undefined;
}

/** The options that every attempt uses. They are computed once, when the client is created. */
export interface AttemptOptions extends Pick<ClientOptions, "fetch" | "onRequest" | "onResponse"> {
  /** The time limit in milliseconds; 0 means no limit. */
  readonly timeout: number;
  /** The value of `Authorization`, or a function that returns it. @throws the signal's reason if it is aborted. */
  readonly authorization: string | ((caller: AbortSignal | undefined) => Promise<string>);
}

export function attemptOptionsOf(options: ClientOptions, timeout: number): AttemptOptions {
  const { token } = options;
  const authorization =
    typeof token === "string"
      ? `Bearer ${token}`
      : async (caller: AbortSignal | undefined) => `Bearer ${await unlessAborted(token, caller)}`;
  return { ...options, timeout, authorization };
}

/**
 * Runs one attempt and resolves to its result, even if the attempt failed.
 *
 * @throws an error thrown by the token function or by `onRequest`, or the reason of the caller's signal if it is aborted
 *   before the request is sent. None of these errors is retried.
 */
export async function runAttempt(
  outgoing: OutgoingRequest,
  attempt: number,
  options: AttemptOptions,
): Promise<AttemptResult> {
  const { authorization, fetch, onRequest, timeout } = options;
  const caller = outgoing.signal;
  caller?.throwIfAborted();
  outgoing.headers.set(
    "Authorization",
    typeof authorization === "string" ? authorization : await authorization(caller),
  );
  // Not AbortSignal.any, because it is slower and keeps weak references.
  const ending = new AbortController();
  const end = () => ending.abort(caller?.reason);
  caller?.addEventListener("abort", end);
  try {
    const shown = needsRequest(outgoing, options) ? requestOf(outgoing, ending.signal) : undefined;
    if (shown) await onRequest?.({ request: shown, attempt });
    const request = shown ?? outgoing;
    const start = performance.now();
    const timer = timeout > 0 ? setTimeout(() => ending.abort(), timeout) : undefined;
    try {
      const response = await (shown ? sendWhole(shown, fetch) : sendLight(outgoing, ending.signal, fetch));
      return { request, shown, attempt, response, milliseconds: performance.now() - start };
    } catch (cause) {
      const error = caller?.aborted
        ? caller.reason
        : errorOf(cause, request, ending.signal.aborted ? timeout : undefined);
      return { request, shown, attempt, error, milliseconds: performance.now() - start };
    } finally {
      clearTimeout(timer);
    }
  } finally {
    caller?.removeEventListener("abort", end);
  }
}

/** Whether a hook, middleware or the `fetch` option needs a real `Request`. */
function needsRequest({ made }: OutgoingRequest, { fetch, onRequest, onResponse }: AttemptOptions): boolean {
  return Boolean(made || onRequest || onResponse || (fetch && !fetch.light));
}

function requestOf({ url, method, headers, body, made }: OutgoingRequest, signal: AbortSignal): Request {
  return new Request(made?.request ?? url, { method, headers, signal, body: made?.body ?? body ?? null });
}

function sendLight(
  { url, method, headers, body }: OutgoingRequest,
  signal: AbortSignal,
  fetch: ClientOptions["fetch"],
): Promise<Received> {
  return (fetch?.light ?? lightFetch)({ url, method, headers, body, signal });
}

/** Sends the request and reads the whole body, so that the attempt also fails if the connection breaks during the body. */
async function sendWhole(request: Request, fetch: ClientOptions["fetch"] = globalThis.fetch): Promise<Received> {
  const response = await fetch(request);
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  // A 204 or 304 must not have a body, not even an empty one (WHATWG Fetch).
  return receivedOf(new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers }));
}

/** @param timeout the time limit in milliseconds, if the attempt was aborted because of it; otherwise undefined. */
function errorOf(cause: unknown, request: AttemptResult["request"], timeout: number | undefined): GraphError<0> {
  return timeout === undefined
    ? noAnswer("ConnectionFailed", `The connection failed: ${cause}`, { request, cause })
    : noAnswer("TimedOut", `There was no answer within ${timeout} ms.`, { request, cause });
}
