/**
 * A token bucket per application and tenant. Our own, because what is kept in libraries answers with a promise per
 * request and a timer per key (rate-limiter-flexible) or counts in fixed windows, before the token is known
 * (@fastify/rate-limit); here a request costs one look into a map.
 */
import type { Principal } from "../auth/principal.ts";
import { RequestError } from "../http/errors.ts";
import { bucketsKept, type RateLimit } from "../shared/limits.ts";

/** Counts a request of the principal. @throws RequestError 429 with Retry-After, if it is one too many. */
export type LimitRate = (principal: Principal) => void;

/**
 * The buckets of this process. A refused request takes nothing from its bucket.
 * @param clock milliseconds from any fixed point, never backwards.
 */
export function rateLimiter({ perSecond, burst }: RateLimit, clock = () => performance.now()): LimitRate {
  const interval = 1000 / perSecond;
  // A bucket is the time at which it will be full again (the virtual scheduling of GCRA, ITU-T I.371); the one that was
  // used last is the last of the map.
  const fullAt = new Map<string, number>();

  function forget(now: number): void {
    for (const [key, full] of fullAt) {
      // A full bucket is as good as none. Beyond the limit the one least used is forgiven.
      if (full > now && fullAt.size <= bucketsKept) return;
      fullAt.delete(key);
    }
  }

  return ({ tenant, application }) => {
    const now = clock();
    const key = `${tenant} ${application}`;
    const full = Math.max(fullAt.get(key) ?? 0, now);
    const wait = full - now - (burst - 1) * interval;
    if (wait > 0) throw tooMany(perSecond, wait);
    fullAt.delete(key);
    fullAt.set(key, full + interval);
    forget(now);
  };
}

function tooMany(perSecond: number, milliseconds: number): RequestError {
  const requests = `${perSecond} request${perSecond === 1 ? "" : "s"}`;
  const message = `This application may make ${requests} a second in this tenant. Try again after the time in Retry-After.`;
  return new RequestError(429, message, { headers: { "retry-after": String(Math.ceil(milliseconds / 1000)) } });
}
