import { type LimitRate, rateLimiter } from "../../server/api/rateLimit.ts";
import { type Reads, type Store, StoreUnavailable } from "../../server/domain/store.ts";

/** A tenant for whom the store has a bug: what it asks fails as no code expects. */
export const brokenTenant = "00000500-0000-4000-8000-000000000000";

/** A tenant for whom the store can't answer now. */
export const unavailableTenant = "00000503-0000-4000-8000-000000000000";

/** A tenant whose every request is one too many. */
export const throttledTenant = "00000429-0000-4000-8000-000000000000";

/** The secret that no answer may tell: what the failing store says of itself. */
export const internals = "SELECT * FROM secrets at /srv/data/store.sqlite";

/** A header that asks for a fault of the service (`fault`) or an outage (`outage`), where no store is asked. */
export const failureHeader = "x-test-failure";

/** Fails as the header asks, if it does. */
export function failAsAsked(asked: unknown): void {
  if (asked === "fault") failFor(brokenTenant);
  if (asked === "outage") failFor(unavailableTenant);
}

/** Counts nobody's requests but the throttled tenant's, which may make one in 1,000 s. */
export function throttling(): LimitRate {
  const limit = rateLimiter({ perSecond: 0.001, burst: 1 });
  const throttled = { tenant: throttledTenant, application: "", scopes: new Set<string>() };
  limit(throttled);
  return (principal) => {
    if (principal.tenant === throttledTenant) limit(throttled);
  };
}

/** A store that fails for two tenants and is the given one for all others: 500 and 503 can't be provoked from outside. */
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
