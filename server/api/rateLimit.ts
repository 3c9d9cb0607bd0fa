/**
 * The rate limit: a token bucket for each application in each tenant.
 *
 * No library is used: rate-limiter-flexible needs a promise for each request and a timer for each key, and @fastify/rate-limit
 * counts in fixed windows before the access token is known. This code needs only a few synchronous operations on a map for each request.
 */
import type { Principal } from "../auth/principal.ts";
import { RequestError } from "../http/errors.ts";
import { bucketsKept, type RateLimit } from "../shared/limits.ts";

/** Counts a request towards the principal's limit. @throws RequestError 429 with Retry-After, if the limit is exceeded */
export type LimitRate = (principal: Principal) => void;

/**
 * Creates the rate limiter of this process. A refused request takes nothing from its bucket.
 */
export function rateLimiter({ perSecond, burst }: RateLimit): LimitRate {
  const interval = 1000 / perSecond;
  // A bucket is stored as the time at which it will be full again (virtual scheduling in GCRA, ITU-T I.371). The least recently
  // used bucket comes first in the map.
  const fullAt = new Map<string, number>();

  function dropFullBuckets(now: number): void {
    for (const [key, full] of fullAt) {
      // A full bucket need not be stored. If too many buckets are stored, the least recently used bucket is deleted.
      if (full > now && fullAt.size <= bucketsKept) return;
      fullAt.delete(key);
    }
  }

  return ({ tenant, application }) => {
    const now = performance.now();
    const key = `${tenant} ${application}`;
    const full = Math.max(fullAt.get(key) ?? 0, now);
    const wait = full - now - (burst - 1) * interval;
    if (wait > 0) throw tooManyRequests(perSecond, wait);
    fullAt.delete(key);
    fullAt.set(key, full + interval);
    dropFullBuckets(now);
  };
}

function tooManyRequests(perSecond: number, milliseconds: number): RequestError {
  const requests = `${perSecond} request${perSecond === 1 ? "" : "s"}`;
  const message = `This application may send ${requests} per second in this tenant. Try again after the time in Retry-After.`;
  return new RequestError(429, message, { headers: { "retry-after": String(Math.ceil(milliseconds / 1000)) } });
}
