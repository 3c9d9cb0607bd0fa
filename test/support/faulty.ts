import { type LimitRate, rateLimiter } from "../../server/api/rateLimit.ts";
import { type Reads, type Store, StoreUnavailable } from "../../server/domain/store.ts";

/** A tenant for which the store throws an unexpected error, as after a bug. */
export const brokenTenant = "00000500-0000-4000-8000-000000000000";

/** A tenant for which the store is unavailable. */
export const unavailableTenant = "00000503-0000-4000-8000-000000000000";

/** A tenant whose requests always exceed the rate limit. */
export const throttledTenant = "00000429-0000-4000-8000-000000000000";

/** The message of the errors that the failing store throws. No answer may contain it. */
export const internals = "SELECT * FROM secrets at /srv/data/store.sqlite";

/** In operations that do not use the store, this header injects an unexpected error (`fault`) or an outage (`outage`). */
export const failureHeader = "x-test-failure";

/** Throws the error that the header's value asks for. */
export function failAsAsked(asked: unknown): void {
  if (asked === "fault") failFor(brokenTenant);
  if (asked === "outage") failFor(unavailableTenant);
}

/** Returns a rate limit of one request in 1,000 s that applies only to the throttled tenant. */
export function throttling(): LimitRate {
  const limit = rateLimiter({ perSecond: 0.001, burst: 1 });
  const throttled = { tenant: throttledTenant, application: "", scopes: new Set<string>() };
  return (principal) => {
    if (principal.tenant !== throttledTenant) return;
    // The second call is always refused, also if the tests have been running for longer than 1,000 s.
    for (let call = 0; call < 2; call++) limit(throttled);
  };
}

/** Wraps a store so that it fails for two tenants. With these tenants, tests get a 500 or a 503. */
export function faultyStore(store: Store): Store {
  const { read } = store;
  const reads: Reads = {
    profiles: guarded(read.profiles),
    profile: guarded(read.profile),
    countProfiles: guarded(read.countProfiles),
    assignments: guarded(read.assignments),
    assignmentsOfAll: guarded(read.assignmentsOfAll),
    assignment: guarded(read.assignment),
    countAssignments: guarded(read.countAssignments),
  };
  return {
    read: reads,
    decide: async (tenant, command, repeatability) => {
      failFor(tenant);
      return store.decide(tenant, command, repeatability);
    },
    close: () => store.close(),
  };
}

function guarded<Rest extends readonly unknown[], Value>(work: (tenant: string, ...rest: Rest) => Promise<Value>) {
  return async (tenant: string, ...rest: Rest): Promise<Value> => {
    failFor(tenant);
    return work(tenant, ...rest);
  };
}

function failFor(tenant: string): void {
  if (tenant === brokenTenant) throw new Error(internals);
  if (tenant === unavailableTenant) throw new StoreUnavailable(internals, { retryAfter: 7 });
}
