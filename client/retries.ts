/** Decides whether a request is sent again, and after how long. */
import { secondsOf } from "./errors.ts";
import type { Settings } from "./options.ts";
import { newUuid } from "./uuid.ts";

type SentRequest = Pick<Request, "method" | "headers">;
type ReceivedResponse = Pick<Response, "status" | "headers">;

/** The service did nothing (429), or almost certainly nothing (503: openapi.yaml names the exception). Any request may be retried. */
const refusedStatuses = [429, 503];

/** The service may have carried out the request. */
const doubtfulStatuses = [408, 500, 502, 504];

/**
 * Whether a request has the same effect if it is sent twice.
 *
 * GET, HEAD and DELETE are idempotent by HTTP (RFC 9110, 9.2.2). PATCH is idempotent by this contract, because it names the
 * new state and not the change, and a PATCH of the collection does not create twice. A condition makes either of them not
 * idempotent: the second attempt would fail on what the first has changed. POST creates or acts again.
 */
function isIdempotent({ method, headers }: SentRequest): boolean {
  if (method === "GET" || method === "HEAD") return true;
  return (method === "PATCH" || method === "DELETE") && !headers.has("If-Match") && !headers.has("If-None-Match");
}

const requestId = "Repeatability-Request-ID";
const firstSent = "Repeatability-First-Sent";

/**
 * Adds a `client-request-id`, and the repeatability headers if the request needs them: a server recognizes a retry by them
 * (OASIS, *Repeatable Requests* 1.0). Headers that the caller has set stay.
 *
 * @returns whether the request has repeatability headers.
 */
export function addIds(request: SentRequest): boolean {
  const { headers } = request;
  if (!headers.has("client-request-id")) headers.set("client-request-id", newUuid());
  if (headers.has(requestId) || headers.has(firstSent)) return true;
  if (isIdempotent(request)) return false;
  headers.set(requestId, newUuid());
  headers.set(firstSent, new Date().toUTCString());
  return true;
}

/** Whether a response shows that its server supports repeatability headers. */
export function heedsIds(response: ReceivedResponse | undefined): boolean {
  return response?.headers.has("Repeatability-Result") ?? false;
}

/**
 * Whether a request may be sent again. If the first attempt may have been carried out, that needs an idempotent request or a
 * server that is known to support repeatability headers.
 *
 * @param response the last response; undefined if there was none.
 */
export function mayRetry(
  request: SentRequest,
  response: ReceivedResponse | undefined,
  serverHeedsIds: boolean,
): boolean {
  if (response && refusedStatuses.includes(response.status)) return true;
  if (response && !doubtfulStatuses.includes(response.status)) return false;
  return isIdempotent(request) || (serverHeedsIds && request.headers.has(requestId));
}

/** Whether an attempt that ended with this response, or without one, may have been carried out. */
export function mayBeDone(response: ReceivedResponse | undefined): boolean {
  return response?.status !== 429;
}

/**
 * Milliseconds to wait before the next attempt; undefined if there is none.
 *
 * Full jitter (AWS Architecture Blog, *Exponential Backoff And Jitter*), so that clients that failed together do not return
 * together. It is added to a `Retry-After` too.
 *
 * @param attempt the number of the attempt that failed; 1 for the first.
 */
export function delayOf(
  attempt: number,
  response: ReceivedResponse | undefined,
  settings: Settings,
): number | undefined {
  const { times, base, longest } = settings;
  if (attempt > times) return undefined;
  const asked = 1000 * (secondsOf(response?.headers.get("Retry-After") ?? null) ?? 0);
  // An earlier attempt would be refused again. The caller finds the time in `retryAfter`.
  if (asked > longest) return undefined;
  return Math.min(longest, asked + Math.random() * Math.min(longest, base * 2 ** (attempt - 1)));
}

/** The retries that all calls of a client share. */
export interface Budget {
  /** Takes one retry. @returns whether there was one left. */
  take(): boolean;
  /** Adds a fifth of a retry. */
  earn(): void;
}

/** Each success earns a fifth of a retry, so that a lasting outage gets at most a fifth more requests (Finagle's RetryBudget). */
export function budgetOf(size: number): Budget {
  let left = size;
  return {
    take() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    earn() {
      left = Math.min(size, left + 0.2);
    },
  };
}
