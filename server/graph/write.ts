/** What every handler that writes does with its command. */
import type { Principal } from "../auth/principal.ts";
import type { Conflict, DomainError } from "../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../domain/store.ts";

export interface HandlerDependencies {
  readonly store: Store;
  /** Makes the id of a new entity. Later ids sort after earlier ids: that is the order of lists. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What a write needs of a request. */
interface Caller<Failure, Answer> {
  readonly principal: Principal;
  readonly repeat: RepeatabilityKey | undefined;
  readonly refuse: (error: Failure) => Answer;
}

/** Has the store decide a command in the caller's tenant, and answers the accepted value or the refusal. */
export async function write<Value, Failure extends DomainError, Answer>(
  store: Store,
  { principal, repeat, refuse }: Caller<NoInfer<Failure> | Conflict, Answer>,
  command: Command<Value, Failure>,
  answer: (value: Value) => Answer,
): Promise<Answer> {
  const outcome = await store.decide(principal.tenant, command, repeat);
  return outcome.ok ? answer(outcome.value) : refuse(outcome.error);
}
