/** Failures that a test has asked for, and the requests that meet them. */
import { setTimeout as wait } from "node:timers/promises";
import type { InjectFault } from "../api/admission.ts";
import type { ControlSchemas } from "../api/handlerTypes.ts";
import type { Operation } from "../api/operations.ts";
import { bearerChallenge } from "../auth/bearer.ts";
import { type Invalid, invalid, short } from "../domain/errors.ts";
import { type ErrorStatus, isErrorStatus, RequestError } from "../http/errors.ts";

export type Failure = ControlSchemas["failure"];

export interface Failures {
  /** Queues a failure behind the tenant's others. @returns what is wrong with it, if something is. */
  ask(tenant: string, failure: Failure): Invalid | undefined;
  /** Forgets those of a tenant that have not happened. */
  forget(tenant: string): void;
  readonly injectFault: InjectFault;
}

interface Planned {
  /** The tenant that has asked for it. */
  readonly askedBy: string;
  /** Undefined: any. */
  readonly operation: string | undefined;
  readonly status: ErrorStatus | undefined;
  /** Seconds. */
  readonly retryAfter: number;
  /** Milliseconds. */
  readonly delay: number;
  /** How many requests are still to meet it. */
  left: number;
}

/** The tenant of a request without a token, as mount.ts has it. */
const nobody = "";

/** So many are kept of one tenant's: what nobody comes to meet must not fill the memory. */
const kept = 1000;

/** @param operations of the contract whose requests are to fail. */
export function openFailures(operations: readonly Operation[]): Failures {
  const planned = new Map<string, readonly Planned[]>();
  const keep = (whose: string, plans: readonly Planned[] = []) => {
    if (plans.length > 0) planned.set(whose, plans);
    else planned.delete(whose);
  };
  return {
    ask(tenant, failure) {
      const plan = planOf(failure, operations);
      if ("kind" in plan) return plan;
      const whose = operations.some((one) => one.operationId === plan.operation && isPublic(one)) ? nobody : tenant;
      const others = planned.get(whose) ?? [];
      if (others.filter(({ askedBy }) => askedBy === tenant).length === kept)
        return invalid("times", `${kept} failures wait to happen already; reset forgets them.`);
      planned.set(whose, [...others, { ...plan, askedBy: tenant }]);
      return undefined;
    },
    forget(tenant) {
      for (const whose of [tenant, nobody]) {
        keep(
          whose,
          planned.get(whose)?.filter(({ askedBy }) => askedBy !== tenant),
        );
      }
    },
    injectFault({ tenant }, { operationId }) {
      const plans = planned.get(tenant);
      const met = plans?.find(({ operation }) => operation === undefined || operation === operationId);
      if (!plans || !met) return undefined;
      met.left -= 1;
      keep(
        tenant,
        plans.filter(({ left }) => left > 0),
      );
      return happen(met);
    },
  };
}

function planOf(failure: Failure, operations: readonly Operation[]): Omit<Planned, "askedBy"> | Invalid {
  const { operation, status, times = 1, retryAfter = 1, delay = 0 } = failure;
  if (status === undefined && delay === 0) {
    return invalid("status", "A failure has a status, a delay in milliseconds, or both.");
  }
  const named = operations.filter((one) => (operation === undefined ? !isPublic(one) : one.operationId === operation));
  if (operation !== undefined && named.length === 0) return unknownOperation(operation, operations);
  const declared = [...failuresOf(named)];
  const plan = { operation, retryAfter, delay, left: times };
  if (status === undefined) {
    return failure.retryAfter === undefined ? { ...plan, status } : uselessRetryAfter("without a status");
  }
  const known = declared.find((one) => one === status);
  if (known === undefined) {
    const declares = operation === undefined ? "all operations declare" : `${operation} declares`;
    return invalid("status", `status is ${status}; of failures, ${declares} ${declared.join(", ")}.`);
  }
  if (failure.retryAfter !== undefined && !saysWhen(known)) return uselessRetryAfter(`with a ${known}`);
  return { ...plan, status: known };
}

/** The failures that each of the operations declares. */
function failuresOf([first, ...others]: readonly Operation[]): readonly ErrorStatus[] {
  const failures = (first?.statuses ?? []).filter(isErrorStatus);
  return failures.filter((status) => others.every(({ statuses }) => statuses.includes(status)));
}

function unknownOperation(name: string, operations: readonly Operation[]): Invalid {
  const ids = operations.map(({ operationId }) => operationId).join(", ");
  return invalid(
    "operation",
    `operation is '${short(name)}', which is no operation of the contract; it must be one of ${ids}.`,
  );
}

function isPublic({ scopes }: Operation): boolean {
  return scopes === undefined;
}

function uselessRetryAfter(where: string): Invalid {
  return invalid("retryAfter", `retryAfter says nothing ${where}; it goes with a 429 or 503.`);
}

function saysWhen(status: ErrorStatus): boolean {
  return status === 429 || status === 503;
}

async function happen({ status, retryAfter, delay }: Planned): Promise<void> {
  // Nothing that would keep a process going when all else is done.
  if (delay > 0) await wait(delay, undefined, { ref: false });
  if (status === undefined) return;
  throw new RequestError(status, "A test asked for this failure.", {
    headers: {
      ...(saysWhen(status) && { "retry-after": String(retryAfter) }),
      ...((status === 401 || status === 403) && { "www-authenticate": bearerChallenge }),
    },
  });
}
