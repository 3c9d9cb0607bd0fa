import { type LimitRate, rateLimiter } from "../../server/api/rateLimit.ts";
import { type Reads, type Store, StoreUnavailable } from "../../server/domain/store.ts";

/** A tenant whose requests to the store fail with an unexpected error, like a bug. */
export const brokenTenant = "00000500-0000-4000-8000-000000000000";

/** A tenant for which the store is unavailable. */
export const unavailableTenant = "00000503-0000-4000-8000-000000000000";

/** A tenant whose requests always exceed the rate limit. */
export const throttledTenant = "00000429-0000-4000-8000-000000000000";

/** The message of the failing store. No answer may contain it. */
export const internals = "SELECT * FROM secrets at /srv/data/store.sqlite";

/** A header that injects an unexpected error (`fault`) or an outage (`outage`) into operations without a store. */
export const failureHeader = "x-test-failure";

/** Throws the error that the header asks for. */
export function failAsAsked(asked: unknown): void {
  if (asked === "fault") failFor(brokenTenant);
  if (asked === "outage") failFor(unavailableTenant);
}

/** A rate limit for the throttled tenant only: one request in 1,000 s. */
export function throttling(): LimitRate {
  const limit = rateLimiter({ perSecond: 0.001, burst: 1 });
  const throttled = { tenant: throttledTenant, application: "", scopes: new Set<string>() };
  limit(throttled);
  return (principal) => {
    if (principal.tenant === throttledTenant) limit(throttled);
  };
}

/** A store that fails for two tenants, so that tests can get a 500 and a 503. For all others it is the given store. */
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
