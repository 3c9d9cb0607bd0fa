/** The queue of faults that tests have asked for, and their injection into requests. */
import { setTimeout as wait } from "node:timers/promises";
import type { InjectFault } from "../api/admission.ts";
import type { ControlSchemas } from "../api/handlerTypes.ts";
import type { Operation } from "../api/operations.ts";
import { bearerChallenge } from "../auth/bearer.ts";
import { type Invalid, invalid, short } from "../domain/errors.ts";
import { type ErrorStatus, isErrorStatus, RequestError } from "../http/errors.ts";

/** The body of failNext. */
export type FaultRequest = ControlSchemas["failure"];

export interface FaultInjector {
  /** Queues a fault after the tenant's others. @returns an error if the request is wrong or the queue is full. */
  queue(tenant: string, request: FaultRequest): Invalid | undefined;
  /** Drops the faults that the tenant has asked for and that have not been injected. */
  drop(tenant: string): void;
  readonly injectFault: InjectFault;
}

interface InjectedFault {
  /** An operationId; undefined: any operation. */
  readonly operation: string | undefined;
  /** The status of the error; undefined: the request only waits. */
  readonly status: ErrorStatus | undefined;
  /** Seconds. */
  readonly retryAfter: number;
  /** Milliseconds. */
  readonly delay: number;
}

interface QueuedFault extends InjectedFault {
  /** The tenant that has asked for it. */
  readonly requestedBy: string;
  /** The number of requests that it is still to be injected into. */
  remaining: number;
}

/** The tenant of a request without a token, as in api/admission.ts. Faults of public operations are queued under it. */
const anonymousTenant = "";

/** The maximum per tenant: faults that no request meets must not fill the memory. */
const maxQueued = 1000;

/** Creates empty queues. @param operations of the contract into whose requests faults can be injected. */
export function createFaultInjector(operations: readonly Operation[]): FaultInjector {
  const queues = new Map<string, readonly QueuedFault[]>();
  const setQueue = (tenant: string, faults: readonly QueuedFault[] = []) => {
    if (faults.length > 0) queues.set(tenant, faults);
    else queues.delete(tenant);
  };
  return {
    queue(tenant, request) {
      const fault = parseFault(request, operations);
      if ("kind" in fault) return fault;
      const isOfPublic = operations.some((one) => one.operationId === fault.operation && isPublic(one));
      const queueTenant = isOfPublic ? anonymousTenant : tenant;
      const queued = queues.get(queueTenant) ?? [];
      if (queued.filter(({ requestedBy }) => requestedBy === tenant).length === maxQueued) {
        const message = `The tenant's queue is full: ${maxQueued} injected faults wait for a request. Drop them with reset.`;
        return invalid("times", message);
      }
      const { times = 1 } = request;
      queues.set(queueTenant, [...queued, { ...fault, requestedBy: tenant, remaining: times }]);
      return undefined;
    },
    drop(tenant) {
      for (const queueTenant of [tenant, anonymousTenant]) {
        const others = queues.get(queueTenant)?.filter(({ requestedBy }) => requestedBy !== tenant);
        setQueue(queueTenant, others);
      }
    },
    injectFault({ tenant }, { operationId }) {
      const queued = queues.get(tenant);
      const next = queued?.find(({ operation }) => operation === undefined || operation === operationId);
      if (!queued || !next) return undefined;
      next.remaining -= 1;
      const rest = queued.filter(({ remaining }) => remaining > 0);
      setQueue(tenant, rest);
      return inject(next);
    },
  };
}

function parseFault(request: FaultRequest, operations: readonly Operation[]): InjectedFault | Invalid {
  const { operation, status, retryAfter = 1, delay = 0 } = request;
  if (status === undefined && delay === 0) {
    return invalid("status", "status and delay are both missing; at least one of them is required.");
  }
  const affected = operations.filter((one) =>
    operation === undefined ? !isPublic(one) : one.operationId === operation,
  );
  if (operation !== undefined && affected.length === 0) return unknownOperation(operation, operations);
  const fault = { operation, retryAfter, delay };
  if (status === undefined) {
    return request.retryAfter === undefined ? { ...fault, status } : uselessRetryAfter("status is missing");
  }
  const declared = errorStatusesOf(affected);
  const known = declared.find((one) => one === status);
  if (known === undefined) {
    const owner = operation === undefined ? "that every operation declares" : `that ${operation} declares`;
    return invalid("status", `status is ${status}; it must be an error ${owner}: ${declared.join(", ")}.`);
  }
  if (request.retryAfter !== undefined && !hasRetryAfter(known)) return uselessRetryAfter(`status is ${known}`);
  return { ...fault, status: known };
}

/** The error statuses that each of the operations declares. */
function errorStatusesOf([first, ...others]: readonly Operation[]): readonly ErrorStatus[] {
  const declared = (first?.statuses ?? []).filter(isErrorStatus);
  return declared.filter((status) => others.every(({ statuses }) => statuses.includes(status)));
}

function unknownOperation(name: string, operations: readonly Operation[]): Invalid {
  const ids = operations.map(({ operationId }) => operationId).join(", ");
  return invalid("operation", `operation is '${short(name)}'; it must be one of ${ids}.`);
}

function isPublic({ scopes }: Operation): boolean {
  return scopes === undefined;
}

function uselessRetryAfter(why: string): Invalid {
  return invalid(
    "retryAfter",
    `retryAfter must be left out, because ${why}; only 429 and 503 have a Retry-After header.`,
  );
}

function hasRetryAfter(status: ErrorStatus): boolean {
  return status === 429 || status === 503;
}

async function inject({ status, retryAfter, delay }: InjectedFault): Promise<void> {
  // The timer does not keep a process alive that is otherwise finished.
  if (delay > 0) await wait(delay, undefined, { ref: false });
  if (status === undefined) return;
  throw new RequestError(status, "This failure was injected, because a test asked for it.", {
    headers: {
      ...(hasRetryAfter(status) && { "retry-after": String(retryAfter) }),
      ...((status === 401 || status === 403) && { "www-authenticate": bearerChallenge }),
    },
  });
}
