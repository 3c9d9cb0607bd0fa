/**
 * Load shedding: if a turn of the event loop has already taken too long, the requests that still arrive in this turn are
 * refused, so that the admitted requests are answered soon.
 *
 * @fastify/under-pressure is not used for two reasons. It measures the event loop once a second, and then refuses every
 *   request until the next measurement. It also refuses at once, although a refusal costs a third as much as a request: at
 *   four times the capacity, callers that retry at once would keep the service busy with refusals alone. Here a refusal is
 *   delayed until there is time for it, which also delays the caller's retry.
 */
import { connections, shedding } from "../../shared/limits.ts";
import { serviceUnavailable } from "../errors.ts";
import { isProbe } from "../probes.ts";
import type { Step } from "../steps.ts";

interface Overload {
  /** Whether the request that has just arrived is admitted. */
  admits(): boolean;
  /** Resolves when this turn's requests have been answered and there is time for a refusal. */
  timeToRefuse(): Promise<void>;
}

/** Creates a step that refuses requests, except probes, during an overload. @throws RequestError 503 with Retry-After */
export function refuseOverload(): Step {
  const overload = watchOverload();
  return (request) => {
    if (overload.admits() || isProbe(request.raw.url)) return;
    return overload.timeToRefuse().then(() => {
      throw overloaded;
    });
  };
}

/** All refusals share this error, because creating an error with a stack trace costs much of the time of a refusal. */
const overloaded = serviceUnavailable("The service is overloaded. Try again after the time in Retry-After.");

/** Watches this process's event loop. */
function watchOverload(): Overload {
  let inTurn = false;
  let turnStart = 0;
  let admitted = 0;
  let waiting: (() => void)[] = [];
  let refused = 0;

  function endTurn(): void {
    inTurn = false;
  }

  async function refuseWaiting(): Promise<void> {
    const end = performance.now() + shedding.refusals;
    while (refused < waiting.length && performance.now() < end) {
      waiting[refused++]?.();
      // Waits until this refusal has been sent, so that the clock includes its cost.
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    if (refused < waiting.length) {
      setImmediate(refuseWaiting);
      return;
    }
    waiting = [];
    refused = 0;
  }

  return {
    admits() {
      if (!inTurn) {
        inTurn = true;
        turnStart = performance.now();
        admitted = 0;
        setImmediate(endTurn);
      }
      // The first requests of a turn are always admitted, so the clock is read only for later ones.
      if (admitted >= shedding.always && performance.now() - turnStart > shedding.turn) return false;
      admitted += 1;
      return true;
    },
    timeToRefuse() {
      // More refusals than connections can wait only if requests are pipelined. Such requests are refused at once.
      if (waiting.length - refused >= connections) return Promise.resolve();
      return new Promise((resolve) => {
        // The store has scheduled its writes before this refusal, so the admitted requests are answered first.
        if (waiting.push(resolve) === 1) setImmediate(refuseWaiting);
      });
    },
  };
}
