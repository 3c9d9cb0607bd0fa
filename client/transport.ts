/** Sends a request until it has an answer or may not be tried again: beneath every method, and beneath `raw`. */
import { noAnswer } from "./errors.ts";
import type { ClientOptions, EndedAttempt, Settings } from "./options.ts";
import { settingsOf } from "./options.ts";
import { budgetOf, delayOf, heedsIds, identify, mayBeDone, mayRetry } from "./retries.ts";

/** Fetch with a token, a timeout and retries. @param origin where alone the token may go. */
export function transportOf(options: ClientOptions, origin: string): (request: Request) => Promise<Response> {
  const settings = settingsOf(options);
  const budget = budgetOf(settings.budget);
  // Until an answer says so: of a first POST whose connection breaks, nobody knows.
  let serverHeedsIds = false;
  return async (request) => {
    if (new URL(request.url).origin !== origin) {
      const message = `${request.url} is not of ${origin}: the token is for that one alone.`;
      throw noAnswer("InvalidRequest", message, { request });
    }
    if (!request.headers.has("client-request-id")) request.headers.set("client-request-id", uuid());
    identify(request, uuid);
    const body = await bodyOf(request);
    let done = false;
    for (let attempt = 1; ; attempt++) {
      const ended = await attemptOf(request, body, attempt, options, settings);
      const { response, error } = ended;
      serverHeedsIds ||= heedsIds(response);
      const failed = !request.signal.aborted && mayRetry(ended.request, response, serverHeedsIds);
      if (response && !failed) budget.earn();
      const delay = failed ? delayOf(attempt, response, settings) : undefined;
      const retryIn = delay !== undefined && budget.take() ? delay : undefined;
      await options.onResponse?.({ ...ended, ...(retryIn !== undefined && { retryIn }) });
      if (retryIn === undefined) {
        if (response === undefined) throw error;
        return done && request.method === "DELETE" && response.status === 404 ? deletedBefore(response) : response;
      }
      done ||= mayBeDone(response);
      await wait(retryIn, request.signal);
    }
  };
}

/** What an earlier attempt has deleted isn't there: what was asked for. */
function deletedBefore({ headers }: Response): Response {
  return new Response(null, { status: 204, statusText: "No Content", headers });
}

/** The body to send with each attempt: a Request gives its own only once. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > 0 ? bytes : undefined;
}

/** @throws what the token function or `onRequest` does, or the caller's signal before it is sent: these end the call. */
async function attemptOf(
  template: Request,
  body: ArrayBuffer | undefined,
  attempt: number,
  { token, fetch = globalThis.fetch, onRequest }: ClientOptions,
  { timeout }: Settings,
): Promise<EndedAttempt> {
  const caller = template.signal;
  caller.throwIfAborted();
  const timer = new AbortController();
  const request = new Request(template, {
    signal: AbortSignal.any([caller, timer.signal]),
    ...(body && { body }),
  });
  const jwt = typeof token === "string" ? token : await unlessAborted(token, caller);
  request.headers.set("Authorization", `Bearer ${jwt}`);
  await onRequest?.({ request, attempt });
  const start = performance.now();
  const timeoutId = timeout > 0 ? setTimeout(() => timer.abort(), timeout) : undefined;
  const ended = () => ({ request, attempt, milliseconds: performance.now() - start });
  try {
    const response = await inMemory(await fetch(request));
    return { ...ended(), response };
  } catch (cause) {
    if (caller.aborted) return { ...ended(), error: caller.reason };
    const error = timer.signal.aborted
      ? noAnswer("TimedOut", `No answer within ${timeout} ms.`, { request, cause })
      : noAnswer("ConnectionFailed", `The connection failed: ${cause}`, { request, cause });
    return { ...ended(), error };
  } finally {
    clearTimeout(timeoutId);
  }
}

/** The response with its body read: a connection that breaks meanwhile is one that broke. */
async function inMemory(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  // A 204 or 304 must not have a body, not even an empty one (WHATWG Fetch).
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers });
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
  await unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** @throws the signal's reason as soon as there is one. */
async function unlessAborted<Value>(work: () => Value | Promise<Value>, signal: AbortSignal): Promise<Value> {
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

/** A UUID of version 4. Not crypto.randomUUID, which a page that came over plain http doesn't have. */
function uuid(): string {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
