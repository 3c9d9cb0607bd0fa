/** A job is a command that a store processes. The store may decide a job several times, but answers it only once. */
import type { DomainError } from "../domain/errors.ts";
import { once } from "../domain/repeats.ts";
import type { Change, Command, Loads, Outcome, RepeatabilityKey, State } from "../domain/store.ts";

export interface Job {
  readonly tenant: string;
  readonly loads: Loads;
  /** Decides the command and replaces any earlier decision. If the command throws, returns no changes. */
  decide(state: State): readonly Change[];
  /**
   * Settles the job with the last decision, or the error that was thrown. Called once, after the changes are durable.
   */
  settle(): void;
  /** Settles the job with an error from the store. */
  fail(error: unknown): void;
}

/** Creates the job for a command, and the Promise for its answer. */
export function createJob<Value, Failure extends DomainError, Reuse extends DomainError>(
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
