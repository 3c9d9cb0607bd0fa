/** A command on its way through a store: a store may decide it more than once, and answers it once. */
import type { DomainError } from "../domain/errors.ts";
import { once } from "../domain/repeats.ts";
import type { Change, Command, Loads, Outcome, RepeatabilityKey, State } from "../domain/store.ts";

export interface Job {
  readonly tenant: string;
  readonly loads: Loads;
  /** Decides anew; what was decided before is forgotten. A decision that throws changes nothing. */
  decide(state: State): readonly Change[];
  /** Answers with the last decision, or with what it threw. Called once its changes are durable. */
  settle(): void;
  /** The store's own failure. */
  fail(error: unknown): void;
}

/** A job, and the promise of its answer. */
export function jobOf<Value, Failure extends DomainError, Reuse extends DomainError>(
  tenant: string,
  command: Command<Value, Failure>,
  repeatability: RepeatabilityKey<Reuse> | undefined,
): { readonly job: Job; readonly answer: Promise<Outcome<Value, Failure | Reuse>> } {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome<Value, Failure | Reuse>>();
  const { loads, decide } = once(command, repeatability);
  let settle = (): void => reject(new Error("A command was answered before it was decided."));
  const job: Job = {
    tenant,
    loads,
    decide: (state) => {
      try {
        const { outcome, changes } = decide(state);
        settle = () => resolve(outcome);
        return changes;
      } catch (error) {
        settle = () => reject(error);
        return [];
      }
    },
    settle: () => settle(),
    fail: reject,
  };
  return { job, answer: promise };
}
