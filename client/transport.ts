/** Sends a request until it has an answer or may not be tried again: beneath every method, and beneath `raw`. */
import { noAnswer } from "./errors.ts";
import { lightFetch, type Received, receivedOf, type Sent } from "./light.ts";
import type { ClientOptions, EndedAttempt, Settings } from "./options.ts";
import { settingsOf } from "./options.ts";
import { budgetOf, delayOf, heedsIds, identify, mayBeDone, mayRetry } from "./retries.ts";

/** What a call sends, before it has a token. */
export interface Draft extends Omit<Sent, "signal"> {
  readonly signal?: AbortSignal | undefined;
  /** The request that it is of, if it has been made already, and its body, which a Request gives only once. */
  readonly made?: { readonly request: Request; readonly body: ArrayBuffer | undefined };
}

/** An attempt that has ended. */
interface Ended extends Omit<EndedAttempt, "request" | "response"> {
  readonly request: Pick<Request, "method" | "headers">;
  readonly response?: Received;
  /** The request, if one was made. */
  readonly shown?: Request | undefined;
}

export type Send = (draft: Draft) => Promise<Received>;

/** Fetch with a token, a timeout and retries. @param origin where alone the token may go. */
export function transportOf(options: ClientOptions, origin: string): Send {
  const settings = settingsOf(options);
  const budget = budgetOf(settings.budget);
  // Until an answer says so: of a first POST whose connection breaks, nobody knows.
  let serverHeedsIds = false;
  return async (request) => {
    // Not new URL: every URL here is one already, and has a slash after its origin.
    if (!request.url.startsWith(`${origin}/`)) {
      const message = `${request.url} is not of ${origin}: the token is for that one alone.`;
      throw noAnswer("InvalidRequest", message, { request });
    }
    if (!request.headers.has("client-request-id")) request.headers.set("client-request-id", uuid());
    const isIdentified = identify(request, uuid);
    let done = false;
    for (let attempt = 1; ; attempt++) {
      const ended = await attemptOf(request, attempt, options, settings);
      const { response, error } = ended;
      if (isIdentified) serverHeedsIds ||= heedsIds(response);
      const failed = !request.signal?.aborted && mayRetry(ended.request, response, serverHeedsIds);
      if (response && !failed) budget.earn();
      const delay = failed ? delayOf(attempt, response, settings) : undefined;
      const retryIn = delay !== undefined && budget.take() ? delay : undefined;
      if (options.onResponse) await tell(options.onResponse, ended, retryIn);
      if (retryIn === undefined) {
        if (response === undefined) throw error;
        return done && request.method === "DELETE" && response.status === 404 ? deletedBefore(response) : response;
      }
      done ||= mayBeDone(response);
      await wait(retryIn, request.signal);
    }
  };
}

/** The same for openapi-fetch, whose users and middleware see a Request and a Response. */
export function fetchOf(send: Send): (request: Request) => Promise<Response> {
  return async (request) => {
    const { url, method, headers, signal } = request;
    const made = { request, body: await bodyOf(request) };
    const { response } = await send({ url, method, headers, signal, made });
    return response;
  };
}

type Watcher = NonNullable<ClientOptions["onResponse"]>;

async function tell(onResponse: Watcher, ended: Ended, retryIn: number | undefined): Promise<void> {
  const { shown: request, response, ...others } = ended;
  if (!request) return;
  await onResponse({
    ...others,
    request,
    ...(response && { response: response.response }),
    ...(retryIn !== undefined && { retryIn }),
  });
}

/** What an earlier attempt has deleted isn't there: what was asked for. */
function deletedBefore({ headers }: Received): Received {
  return receivedOf(new Response(null, { status: 204, statusText: "No Content", headers }));
}

/** The body to send with each attempt: a Request gives its own only once. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > 0 ? bytes : undefined;
}

/** @throws what the token function or `onRequest` does, or the caller's signal before it is sent: these end the call. */
async function attemptOf(template: Draft, attempt: number, options: ClientOptions, settings: Settings): Promise<Ended> {
  const { token, onRequest } = options;
  const caller = template.signal;
  caller?.throwIfAborted();
  const jwt = typeof token === "string" ? token : await unlessAborted(token, caller);
  template.headers.set("Authorization", `Bearer ${jwt}`);
  // Not AbortSignal.any: it costs more, and weak references besides.
  const ending = new AbortController();
  const end = () => ending.abort(caller?.reason);
  caller?.addEventListener("abort", end);
  try {
    const { request, shown, send } = sendingOf(template, ending.signal, options);
    if (shown) await onRequest?.({ request: shown, attempt });
    const start = performance.now();
    const how = await withinTime(send, ending, request, caller, settings);
    return { ...how, request, shown, attempt, milliseconds: performance.now() - start };
  } finally {
    caller?.removeEventListener("abort", end);
  }
}

/** How an attempt is sent: with a Request only where somebody is to see one. */
function sendingOf(template: Draft, signal: AbortSignal, { fetch, onRequest, onResponse }: ClientOptions) {
  const { url, method, headers, body, made } = template;
  const light = fetch ? fetch.light : lightFetch;
  if (light && !made && !onRequest && !onResponse) {
    return { request: template, send: () => light({ url, method, headers, body, signal }) };
  }
  const request = new Request(made?.request ?? url, { method, headers, signal, body: made?.body ?? body ?? null });
  const send = async () => receivedOf(await inMemory(await (fetch ?? globalThis.fetch)(request)));
  return { request, shown: request, send };
}

async function withinTime(
  send: () => Promise<Received>,
  ending: AbortController,
  request: Ended["request"],
  caller: AbortSignal | undefined,
  { timeout }: Settings,
): Promise<Pick<Ended, "response" | "error">> {
  let late = false;
  const expire = () => {
    late = true;
    ending.abort();
  };
  const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
  try {
    return { response: await send() };
  } catch (cause) {
    if (caller?.aborted) return { error: caller.reason };
    const error = late
      ? noAnswer("TimedOut", `No answer within ${timeout} ms.`, { request, cause })
      : noAnswer("ConnectionFailed", `The connection failed: ${cause}`, { request, cause });
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

/** The response with its body read: a connection that breaks meanwhile is one that broke. */
async function inMemory(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  // A 204 or 304 must not have a body, not even an empty one (WHATWG Fetch).
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers });
}

async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
  await unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** @throws the signal's reason as soon as there is one. */
async function unlessAborted<Value>(work: () => Value | Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return work();
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** A UUID of version 4. A page that came over plain http has no crypto.randomUUID. */
function uuid(): string {
  return crypto.randomUUID?.() ?? uuidByHand();
}

function uuidByHand(): string {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
