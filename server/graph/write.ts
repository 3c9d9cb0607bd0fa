/** Executes commands for the handlers that write. */
import type { Principal } from "../auth/principal.ts";
import type { AssignmentIds } from "../domain/commands/assignmentIds.ts";
import type { Conflict, DomainError } from "../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../domain/store.ts";

export interface HandlerDependencies {
  readonly store: Store;
  /** The ids of assignments that callers see. */
  readonly ids: AssignmentIds;
  /** Creates the id of a new entity. Later ids must sort after earlier ids: lists of assignments are sorted by id. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** The parts of a request that a write uses. */
interface Caller<Failure, Answer> {
  readonly principal: Principal;
  readonly repeat: RepeatabilityKey | undefined;
  readonly refuse: (error: Failure) => Answer;
}

/** Executes a command in the caller's tenant. @returns the answer to the command's value, or the refusal of its error. */
export async function write<Value, Failure extends DomainError, Answer>(
  store: Store,
  { principal, repeat, refuse }: Caller<NoInfer<Failure> | Conflict, Answer>,
  command: Command<Value, Failure>,
  answer: (value: Value) => Answer,
): Promise<Answer> {
  const outcome = await store.decide(principal.tenant, command, repeat);
  return outcome.ok ? answer(outcome.value) : refuse(outcome.error);
}
