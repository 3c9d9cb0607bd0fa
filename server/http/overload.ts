/**
 * Load shedding: if a turn of the event loop has already taken long, the requests that still arrive in it are refused, so that
 * the requests that were admitted are answered soon.
 *
 * This is our own code for two reasons. The library for it (@fastify/under-pressure) looks at the event loop once a second and
 * then refuses every request until it looks again. And a refusal itself costs a third of a request: if callers came back at
 * once, at four times the capacity, the service would do nothing but refuse. So a refusal waits until there is time for it,
 * and the caller waits with it.
 */
import { connections, shedding } from "../shared/limits.ts";
import { RequestError } from "./errors.ts";
import { isProbe } from "./probes.ts";
import type { Step } from "./steps.ts";

interface Overload {
  /** Whether the request that has just arrived may go on. */
  admits(): boolean;
  /** Resolves when the requests of this turn are answered and there is time for a refusal. */
  timeToRefuse(): Promise<void>;
}

/** A step that refuses requests during an overload, except probes. @throws RequestError 503 with Retry-After */
export function refuseOverload(overload = watchOverload()): Step {
  return (request) => {
    if (overload.admits() || isProbe(request.raw.url)) return;
    return overload.timeToRefuse().then(() => {
      throw overloaded;
    });
  };
}

/** One error for all: an error with its own stack would be a good part of the cost of a refusal. */
const overloaded = new RequestError(503, "The service is overloaded. Try again after the time in Retry-After.", {
  headers: { "retry-after": String(shedding.retryAfter) },
});

/** Watches the event loop of this process. @param clock milliseconds since any fixed moment; it never goes backwards. */
function watchOverload(clock = () => performance.now()): Overload {
  let inTurn = false;
  let turnStart = 0;
  let admitted = 0;
  let waiting: (() => void)[] = [];
  let refused = 0;

  function endTurn(): void {
    inTurn = false;
  }

  async function refuseWaiting(): Promise<void> {
    const end = clock() + shedding.refusals;
    while (refused < waiting.length && clock() < end) {
      waiting[refused++]?.();
      // Not before this refusal is sent: its cost counts.
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
        turnStart = clock();
        admitted = 0;
        setImmediate(endTurn);
      }
      // The clock is read only if the number of requests makes it matter.
      if (admitted >= shedding.always && clock() - turnStart > shedding.turn) return false;
      admitted += 1;
      return true;
    },
    timeToRefuse() {
      // Only pipelined requests can outnumber the connections.
      if (waiting.length - refused >= connections) return Promise.resolve();
      return new Promise((resolve) => {
        // The store scheduled its writes earlier, so the admitted requests are answered first.
        if (waiting.push(resolve) === 1) setImmediate(refuseWaiting);
      });
    },
  };
}
