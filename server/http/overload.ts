/**
 * Load shedding: what arrives while a turn of the event loop is long already is refused, so that what was let in is
 * answered soon.
 *
 * Our own, because what is kept in a library (@fastify/under-pressure) looks at the event loop once a second and then
 * refuses everybody until it looks again; and because a refusal costs a third of a request (34 µs): callers who come
 * back at once, at four times what the service can do, would leave it no time for anything but refusals. So a refusal
 * waits until there is time for it, and with it the caller.
 */
import { connections, shedding } from "../shared/limits.ts";

export interface Gate {
  /** Whether the request that has just arrived may go on. */
  admits(): boolean;
  /** Calls `refuse` when the requests of this turn are answered and refusals have had no more than their time. */
  hold(refuse: () => void): void;
}

/** The gate of this process. @param clock milliseconds from any fixed point, never backwards. */
export function openGate(clock = () => performance.now()): Gate {
  let inTurn = false;
  let begun = 0;
  let admitted = 0;
  let held: (() => void)[] = [];
  let answered = 0;

  function endTurn(): void {
    inTurn = false;
  }

  function release(): void {
    const end = clock() + shedding.refusals;
    while (answered < held.length) {
      held[answered++]?.();
      if (clock() >= end) break;
    }
    if (answered < held.length) {
      setImmediate(release);
      return;
    }
    held = [];
    answered = 0;
  }

  return {
    admits() {
      if (!inTurn) {
        inTurn = true;
        begun = clock();
        admitted = 0;
        setImmediate(endTurn);
      }
      // The clock is asked only where it matters.
      if (admitted >= shedding.always && clock() - begun > shedding.turn) return false;
      admitted += 1;
      return true;
    },
    hold(refuse) {
      // Only pipelined requests can be more than the connections.
      if (held.length - answered >= connections) return refuse();
      // After the store, whose turn to write was set before: what was let in is answered first.
      if (held.push(refuse) === 1) setImmediate(release);
    },
  };
}
