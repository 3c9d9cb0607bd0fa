/**
 * Requests that are carried out once, however often they are sent (OASIS, Repeatable Requests 1.0). The answer to a
 * command is stored by the same transaction that applies its changes: the database has both or neither.
 */
import type { Conflict, DomainError } from "./errors.ts";
import { accept, type Command, type Decision, type RememberedAnswer, type RepeatabilityKey, refuse } from "./store.ts";

/** The header that a refusal names as its cause. */
export const requestIdHeader = "Repeatability-Request-ID";

/** The refusal of a different request that sends the id of an earlier one. */
export const requestIdReused: Conflict = {
  kind: "conflict",
  target: requestIdHeader,
  message: `${requestIdHeader} was already used for another request. A repetition must have the same method, URL, body, If-Match, If-None-Match and Repeatability-First-Sent; a new request needs a new ${requestIdHeader}.`,
};

/**
 * A command that is carried out only once under its key. A repeated command is accepted with the value of the first
 * time, whatever the state is now. A refused command has changed nothing and is decided again. Without a key, the
 * command is returned as it is.
 */
export function once<Value, Failure extends DomainError, Reuse extends DomainError>(
  command: Command<Value, Failure>,
  repeatability: RepeatabilityKey<Reuse> | undefined,
): Command<Value, Failure | Reuse> {
  if (repeatability === undefined) return command;
  const { key, request, expires, reuse } = repeatability;
  return {
    loads: { ...command.loads, key },
    decide: (state) => {
      const { remembered } = state;
      if (remembered) return remembered.request === request ? acceptAgain(remembered) : refuse(reuse);
      const { outcome, changes } = command.decide(state);
      if (!outcome.ok) return { outcome, changes: [] };
      const value = JSON.stringify({ value: outcome.value });
      return accept(outcome.value, ...changes, { kind: "remember", answer: { key, request, expires, value } });
    },
  };
}

/** Accepts with the remembered value. Entities, and the values made of them, survive JSON unchanged. */
function acceptAgain<Value>(remembered: Pick<RememberedAnswer, "value">): Decision<Value, never> {
  const { value }: { readonly value: Value } = JSON.parse(remembered.value);
  return accept(value);
}
