/** When a request is sent again, and after how long. */
import { secondsOf } from "./errors.ts";
import type { Settings } from "./options.ts";

type Asked = Pick<Request, "method" | "headers">;
type Answered = Pick<Response, "status" | "headers">;

/** Nothing was done (429), or as good as (503: openapi.yaml says when not): anybody may ask again. */
const refused = [429, 503];

/** Who knows what was done. */
const doubtful = [408, 500, 502, 504];

/**
 * Whether a request is as good twice as once. By HTTP (RFC 9110, 9.2.2) GET, HEAD and DELETE; by this contract PATCH, which
 * names the state that shall be and not the change: of one entity and, without creating twice, of a collection. Not with a
 * condition: it would fail on what the first attempt itself has changed. Not POST, which creates or acts anew.
 */
function isIdempotent({ method, headers }: Asked): boolean {
  if (method === "GET" || method === "HEAD") return true;
  return (method === "PATCH" || method === "DELETE") && !headers.has("If-Match") && !headers.has("If-None-Match");
}

const requestId = "Repeatability-Request-ID";
const firstSent = "Repeatability-First-Sent";

/**
 * Gives a request what a server tells it by when it is sent again (OASIS, Repeatable Requests 1.0); the caller's own stay.
 *
 * @returns whether it has that.
 */
export function identify(request: Asked, newId: () => string): boolean {
  const { headers } = request;
  if (headers.has(requestId) || headers.has(firstSent)) return true;
  if (isIdempotent(request)) return false;
  headers.set(requestId, newId());
  headers.set(firstSent, new Date().toUTCString());
  return true;
}

/** Whether an answer is of a server that heeds them. */
export function heedsIds(response: Answered | undefined): boolean {
  return response?.headers.has("Repeatability-Result") ?? false;
}

/**
 * Whether a request may be sent again after this answer, or after none: though it may have been carried out, where it
 * does no harm, or where the server is known to heed ids. The one place that decides it.
 */
export function mayRetry(request: Asked, response: Answered | undefined, serverHeedsIds: boolean): boolean {
  if (response && refused.includes(response.status)) return true;
  if (response && !doubtful.includes(response.status)) return false;
  return isIdempotent(request) || (serverHeedsIds && request.headers.has(requestId));
}

/** Whether an attempt that ended so may have been carried out. */
export function mayBeDone(response: Answered | undefined): boolean {
  return response?.status !== 429;
}

/**
 * Milliseconds to wait before the next attempt; undefined: there is none. Full jitter, so that those who failed together
 * don't come back together (AWS Architecture Blog, *Exponential Backoff And Jitter*), also where the service names a time.
 *
 * @param attempt the number of the one that failed, 1 for the first.
 */
export function delayOf(attempt: number, response: Answered | undefined, settings: Settings): number | undefined {
  const { times, base, longest } = settings;
  if (attempt > times) return undefined;
  const asked = 1000 * (secondsOf(response?.headers.get("Retry-After") ?? null) ?? 0);
  // Sooner than asked would be refused again: the caller has `retryAfter` and may come back then.
  if (asked > longest) return undefined;
  return Math.min(longest, asked + Math.random() * Math.min(longest, base * 2 ** (attempt - 1)));
}

/** The retries that all calls of a client have in common. */
export interface Budget {
  /** Whether there is one left; it is taken then. */
  take(): boolean;
  earn(): void;
}

/** A fifth for each success: a lasting outage gets at most a fifth more requests (as Finagle's RetryBudget). */
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
