/**
 * Divides the store's work among the turns of the event loop, because all work runs in one thread. Short work of one turn
 * runs together at the end of the turn. This saves CPU time: if parsing requests, reading rows and writing answers are not
 * interleaved, the code and data of each step stay in the processor's caches. If a turn gets long, the rest of the work
 * runs in the next turns. Long work runs in slices, one in a turn.
 */
import { storeTurn } from "../../shared/limits.ts";
import { TenantQueues } from "../tenantQueues.ts";

export interface Turns {
  /** Runs short work at the end of the turn, or in one of the next turns. */
  run(tenant: string, work: () => void): void;
  /** Runs slices of long work until `slice` returns false. */
  runInSlices(tenant: string, slice: () => boolean): void;
  /** Runs no further slices. */
  stop(): void;
}

export function divideIntoTurns(): Turns {
  const short = new TenantQueues<() => void>();
  const long = new TenantQueues<{ readonly tenant: string; readonly slice: () => boolean }>();
  let isPlanned = false;

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(runTurn);
  }

  function runTurn(): void {
    isPlanned = false;
    const end = performance.now() + storeTurn;
    for (let work = short.takeNext(); work; work = performance.now() < end ? short.takeNext() : undefined) work();
    const next = long.takeNext();
    if (next?.slice()) long.add(next.tenant, next);
    if (short.length > 0 || long.length > 0) plan();
  }

  return {
    run(tenant, work) {
      short.add(tenant, work);
      plan();
    },
    runInSlices(tenant, slice) {
      long.add(tenant, { tenant, slice });
      plan();
    },
    stop() {
      while (long.takeNext());
    },
  };
}
