/** Queues the faults that tests request, and injects them into requests. */
import { setTimeout as wait } from "node:timers/promises";
import type { InjectFault } from "../api/admission.ts";
import type { ControlSchemas } from "../api/handlerTypes.ts";
import type { Operation } from "../api/operations.ts";
import { intuneError } from "../api/strict/intuneErrors.ts";
import { bearerChallenge } from "../auth/bearer.ts";
import { type Invalid, invalid, short } from "../domain/errors.ts";
import { type ErrorStatus, isErrorStatus, RequestError } from "../http/errors.ts";

/** The request body of the operation `failNext`. */
export type FaultRequest = ControlSchemas["failure"];

export interface FaultInjector {
  /** Adds a fault to the end of the tenant's queue. @returns an error if the request is invalid or the queue is full. */
  queue(tenant: string, request: FaultRequest): Invalid | undefined;
  /** Deletes the faults that the tenant has requested and that have not been injected yet. */
  drop(tenant: string): void;
  readonly injectFault: InjectFault;
}

interface InjectedFault {
  /** The operationId of the requests that are affected. Undefined: requests to any operation. */
  readonly operation: string | undefined;
  /** The status of the injected error. Undefined: the request is only delayed. */
  readonly status: ErrorStatus | undefined;
  /** The value of the header Retry-After, in seconds. */
  readonly retryAfter: number;
  /** The delay before the answer, in milliseconds. */
  readonly delay: number;
  /** Whether the message of the error is the JSON that Intune writes. */
  readonly hasIntuneMessage: boolean;
}

interface QueuedFault extends InjectedFault {
  /** The tenant that has requested the fault. */
  readonly requestedBy: string;
  /** The number of requests into which the fault must still be injected. */
  remaining: number;
}

/**
 * The tenant of requests to public operations, as in api/admission.ts. Faults for public operations are queued under this
 * tenant.
 */
const anonymousTenant = "";

/** The maximum number of queued faults per tenant. Without it, faults that no request matches would fill the memory. */
const maxQueued = 1000;

/** Creates a fault injector with empty queues. @param operations the operations that can fail with injected faults. */
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
    injectFault(request, { operationId }) {
      const { tenant } = request.principal;
      const queued = queues.get(tenant);
      const next = queued?.find(({ operation }) => operation === undefined || operation === operationId);
      if (!queued || !next) return undefined;
      next.remaining -= 1;
      const rest = queued.filter(({ remaining }) => remaining > 0);
      setQueue(tenant, rest);
      return inject(next, request);
    },
  };
}

function parseFault(request: FaultRequest, operations: readonly Operation[]): InjectedFault | Invalid {
  const { operation, status, retryAfter = 1, delay = 0, intuneMessage = false } = request;
  if (status === undefined && delay === 0) {
    return invalid("status", "status and delay are both missing; at least one of them is required.");
  }
  const affected = operations.filter((one) =>
    operation === undefined ? !isPublic(one) : one.operationId === operation,
  );
  if (operation !== undefined && affected.length === 0) return unknownOperation(operation, operations);
  const fault = { operation, retryAfter, delay, hasIntuneMessage: intuneMessage };
  if (status === undefined) {
    if (intuneMessage)
      return invalid("intuneMessage", "intuneMessage must be left out or false, because status is missing.");
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

/** Returns the error statuses that all of the operations declare. */
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

async function inject(
  { status, retryAfter, delay, hasIntuneMessage }: InjectedFault,
  request: Parameters<InjectFault>[0],
): Promise<void> {
  // `ref: false`: the timer must not keep the process running when everything else has finished.
  if (delay > 0) await wait(delay, undefined, { ref: false });
  if (status === undefined) return;
  const error = new RequestError(status, "This failure was injected, because a test asked for it.", {
    headers: {
      ...(hasRetryAfter(status) && { "retry-after": String(retryAfter) }),
      ...((status === 401 || status === 403) && { "www-authenticate": bearerChallenge }),
    },
  });
  throw hasIntuneMessage ? intuneError(error, request) : error;
}
