/** One attempt of a call: adds the token, sends the request, and ends it when its time is up. */
import { unlessAborted } from "./cancellation.ts";
import { type GraphError, noAnswer } from "./errors.ts";
import { lightFetch, type Received, receivedOf, type Sent } from "./light.ts";
import type { ClientOptions, EndedAttempt } from "./options.ts";

/** The request of a call, before it has a token. All attempts of the call share it. */
export interface OutgoingRequest extends Omit<Sent, "signal"> {
  /** The caller's. */
  readonly signal?: AbortSignal | undefined;
  /** The `Request`, if openapi-fetch made one. Its body is beside it, because a `Request` can be read only once. */
  readonly made?: { readonly request: Request; readonly body: ArrayBuffer | undefined };
}

export interface AttemptResult extends Omit<EndedAttempt, "request" | "response"> {
  /** With the headers that were sent: `onRequest` may have changed them. */
  readonly request: Pick<Request, "method" | "headers">;
  readonly response?: Received;
  /** The `Request`, if one was made for a hook or a `fetch` of the user. */
  readonly shown?: Request | undefined;
}

/** The options of an attempt, prepared once for all calls. */
export interface AttemptOptions extends Pick<ClientOptions, "fetch" | "onRequest" | "onResponse"> {
  /** Milliseconds; 0 means no limit. */
  readonly timeout: number;
  /** The value of `Authorization`, or a function that returns it. @throws the reason of the signal when it is aborted. */
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
 * Runs one attempt and resolves to its result, also if it failed.
 *
 * @throws what the token function or `onRequest` throws, or the reason of the caller's signal if it is aborted before the
 *   request is sent. These end the call.
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
  // Not AbortSignal.any: it is slower, and it keeps weak references.
  const ending = new AbortController();
  const end = () => ending.abort(caller?.reason);
  caller?.addEventListener("abort", end);
  try {
    const shown = needsRequest(outgoing, options) ? requestOf(outgoing, ending.signal) : undefined;
    if (shown) await onRequest?.({ request: shown, attempt });
    const request = shown ?? outgoing;
    let isLate = false;
    const expire = () => {
      isLate = true;
      ending.abort();
    };
    const start = performance.now();
    const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
    try {
      const response = await (shown ? sendWhole(shown, fetch) : sendLight(outgoing, ending.signal, fetch));
      return { request, shown, attempt, response, milliseconds: performance.now() - start };
    } catch (cause) {
      const error = caller?.aborted ? caller.reason : errorOf(cause, request, isLate ? timeout : undefined);
      return { request, shown, attempt, error, milliseconds: performance.now() - start };
    } finally {
      clearTimeout(timer);
    }
  } finally {
    caller?.removeEventListener("abort", end);
  }
}

/** Whether a hook, middleware or a `fetch` of the user is going to see a `Request`. */
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

/** Reads the body too: if the connection breaks while the body arrives, the attempt has failed. */
async function sendWhole(request: Request, fetch: ClientOptions["fetch"] = globalThis.fetch): Promise<Received> {
  const response = await fetch(request);
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  // A 204 or 304 must not have a body, not even an empty one (WHATWG Fetch).
  return receivedOf(new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers }));
}

/** @param timeout milliseconds, if the attempt has ended because of it. */
function errorOf(cause: unknown, request: AttemptResult["request"], timeout: number | undefined): GraphError<0> {
  return timeout === undefined
    ? noAnswer("ConnectionFailed", `The connection failed: ${cause}`, { request, cause })
    : noAnswer("TimedOut", `There was no answer within ${timeout} ms.`, { request, cause });
}
