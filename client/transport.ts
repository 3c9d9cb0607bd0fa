/** Sends a request and retries it if necessary. openapi-fetch uses this module as its `fetch`, so all calls pass through it. */
import { type AttemptResult, attemptOptionsOf, type OutgoingRequest, runAttempt } from "./attempt.ts";
import { wait } from "./cancellation.ts";
import { noAnswer } from "./errors.ts";
import { LightRequest, type Received, receivedOf } from "./light.ts";
import { type ClientOptions, settingsOf } from "./options.ts";
import { addIds, budgetOf, delayOf, heedsIds, mayBeDone, mayRetry } from "./retries.ts";

export type Send = (outgoing: OutgoingRequest) => Promise<Received>;

/** Returns the function that sends requests. @param origin the only origin that the token may be sent to. */
export function transportOf(options: ClientOptions, origin: string): Send {
  const settings = settingsOf(options);
  const attemptOptions = attemptOptionsOf(options, settings.timeout);
  const budget = budgetOf(settings.budget);
  // False until a response shows it. If the connection of the very first POST breaks, it is not known yet.
  let serverHeedsIds = false;

  /** Returns the milliseconds until the next attempt; undefined if there is no next attempt. */
  function retryDelayOf({ request, response, attempt }: AttemptResult, caller: AbortSignal | undefined) {
    const isRetryable = !caller?.aborted && mayRetry(request, response, serverHeedsIds);
    if (response && !isRetryable) budget.earn();
    const delay = isRetryable ? delayOf(attempt, response, settings) : undefined;
    return delay !== undefined && budget.take() ? delay : undefined;
  }

  return async (outgoing) => {
    requireOrigin(outgoing, origin);
    const hasIds = addIds(outgoing);
    let mayBeDeleted = false;
    for (let attempt = 1; ; attempt++) {
      const result = await runAttempt(outgoing, attempt, attemptOptions);
      const { response } = result;
      if (hasIds) serverHeedsIds ||= heedsIds(response);
      const retryIn = retryDelayOf(result, outgoing.signal);
      if (options.onResponse) await tell(options.onResponse, result, retryIn);
      if (retryIn === undefined) return finalResponseOf(result, mayBeDeleted);
      mayBeDeleted ||= outgoing.method === "DELETE" && mayBeDone(response);
      await wait(retryIn, outgoing.signal);
    }
  };
}

/** @param mayBeDeleted whether an earlier attempt may have deleted the entity. @throws the error if there is no response. */
function finalResponseOf({ response, error }: AttemptResult, mayBeDeleted: boolean): Received {
  if (response === undefined) throw error;
  return mayBeDeleted && response.status === 404 ? deletedBefore(response) : response;
}

/** @throws GraphError if the URL has another origin, because the token must not be sent there. */
function requireOrigin(request: OutgoingRequest, origin: string): void {
  // Not new URL, which is slow: the URL is already absolute, and has a slash after its origin.
  if (request.url.startsWith(`${origin}/`)) return;
  const message = `The request to ${request.url} was not sent: the token may only be sent to ${origin}.`;
  throw noAnswer("InvalidRequest", message, { request });
}

/** Returns the `fetch` for openapi-fetch. For a light request it returns a light response, for a `Request` a `Response`. */
export function fetchOf(send: Send): (request: Request | LightRequest) => Promise<Response | Received> {
  return (request) => (request instanceof LightRequest ? send(request) : sendRequest(request, send));
}

async function sendRequest(request: Request, send: Send): Promise<Response> {
  const { url, method, headers, signal } = request;
  const made = { request, body: await bodyOf(request) };
  const { response } = await send({ url, method, headers, signal, made });
  return response;
}

/** Reads the body into memory, because each attempt sends it again. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > 0 ? bytes : undefined;
}

type ResponseHook = NonNullable<ClientOptions["onResponse"]>;

async function tell(onResponse: ResponseHook, result: AttemptResult, retryIn: number | undefined): Promise<void> {
  const { shown: request, response, ...others } = result;
  if (!request) return;
  await onResponse({
    ...others,
    request,
    ...(response && { response: response.response }),
    ...(retryIn !== undefined && { retryIn }),
  });
}

/** Returns the 204 for a DELETE that is answered 404 because an earlier attempt deleted the entity. */
function deletedBefore({ headers }: Received): Received {
  return receivedOf(new Response(null, { status: 204, statusText: "No Content", headers }));
}
