/** A command on its way through a store. A store may decide a job several times, and answers it once. */
import type { DomainError } from "../domain/errors.ts";
import { once } from "../domain/repeats.ts";
import type { Change, Command, Loads, Outcome, RepeatabilityKey, State } from "../domain/store.ts";

export interface Job {
  readonly tenant: string;
  readonly loads: Loads;
  /** Decides, and replaces the decision made before. If the command throws, there are no changes. */
  decide(state: State): readonly Change[];
  /** Answers with the last decision or the error it threw. Called once, after the changes are durable. */
  settle(): void;
  /** Answers with an error of the store. */
  fail(error: unknown): void;
}

/** Makes a job of a command, and a promise of its answer. */
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
