/**
 * The rate limit: a token bucket for each application in each tenant.
 *
 * This is our own code because the libraries answer with a promise for each request and a timer for each key
 * (rate-limiter-flexible), or count in fixed windows before the token is known (@fastify/rate-limit). Here a request costs one
 * look into a map.
 */
import type { Principal } from "../auth/principal.ts";
import { RequestError } from "../http/errors.ts";
import { bucketsKept, type RateLimit } from "../shared/limits.ts";

/** Counts a request of the principal. @throws RequestError 429 with Retry-After, if the principal is over its limit */
export type LimitRate = (principal: Principal) => void;

/**
 * The buckets of this process. A refused request takes nothing from its bucket.
 * @param clock milliseconds since any fixed moment; it never goes backwards.
 */
export function rateLimiter({ perSecond, burst }: RateLimit, clock = () => performance.now()): LimitRate {
  const interval = 1000 / perSecond;
  // A bucket is the time at which it will be full again (virtual scheduling in GCRA, ITU-T I.371). The map is in the order of
  // last use.
  const fullAt = new Map<string, number>();

  function dropFullBuckets(now: number): void {
    for (const [key, full] of fullAt) {
      // A full bucket is the same as no bucket. If there are too many, the least recently used one is dropped.
      if (full > now && fullAt.size <= bucketsKept) return;
      fullAt.delete(key);
    }
  }

  return ({ tenant, application }) => {
    const now = clock();
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
