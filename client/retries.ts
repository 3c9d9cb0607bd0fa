/** Decides whether a request is retried, and after which delay. */
import { secondsOf } from "./errors.ts";
import type { Settings } from "./options.ts";
import { newUuid } from "./uuid.ts";

type SentRequest = Pick<Request, "method" | "headers">;
type ReceivedResponse = Pick<Response, "status" | "headers">;

/** The service did not carry out the request (for 503, openapi.yaml names one exception), so any request may be retried. */
const refusedStatuses = [429, 503];

/** The statuses after which the service may have carried out the request. */
const doubtfulStatuses = [408, 500, 502, 504];

/**
 * Whether a request has the same effect if it is sent twice.
 *
 * GET, HEAD and DELETE are idempotent in HTTP (RFC 9110, 9.2.2). PATCH is idempotent in this contract, because its body is
 * the new state and not the difference, and because repeating a PATCH of the collection does not create a second entity.
 * PATCH and DELETE are not idempotent if they have a condition: the first attempt changes the entity, so the second would
 * fail the condition. A repeated POST creates another entity or acts again.
 */
function isIdempotent({ method, headers }: SentRequest): boolean {
  if (method === "GET" || method === "HEAD") return true;
  return (method === "PATCH" || method === "DELETE") && !headers.has("If-Match") && !headers.has("If-None-Match");
}

const requestId = "Repeatability-Request-ID";
const firstSent = "Repeatability-First-Sent";

/**
 * Adds a `client-request-id` and, if the request is not idempotent, the repeatability headers, by which a server recognizes
 * a retry (OASIS, *Repeatable Requests* 1.0). Headers that the caller has set are not changed.
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

/** Whether the response shows that the server supports repeatability headers. */
export function heedsIds(response: ReceivedResponse | undefined): boolean {
  return response?.headers.has("Repeatability-Result") ?? false;
}

/**
 * Whether a request may be retried. If the first attempt may have been carried out, the request must be idempotent, or the
 * server must be known to support repeatability headers.
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

/** Whether the service may have carried out an attempt that ended with this response, or without a response. */
export function mayBeDone(response: ReceivedResponse | undefined): boolean {
  return response?.status !== 429;
}

/**
 * Returns the milliseconds to wait before the next attempt; undefined if there is no next attempt.
 *
 * The delay has full jitter (AWS Architecture Blog, *Exponential Backoff And Jitter*), so that clients that failed at the
 * same time do not all retry at the same time. The jitter is also added to a `Retry-After`.
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
  // A retry before that time would be refused again. The caller can read the time in the error's `retryAfter`.
  if (asked > longest) return undefined;
  return Math.min(longest, asked + Math.random() * Math.min(longest, base * 2 ** (attempt - 1)));
}

/** The retries that all calls of a client share. */
export interface Budget {
  /** Takes one retry from the budget. @returns whether one was left. */
  take(): boolean;
  /** Adds a fifth of a retry to the budget, after a success. */
  earn(): void;
}

/** Each success adds a fifth of a retry, so that during a long outage retries add at most 20 % (Finagle's RetryBudget). */
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
