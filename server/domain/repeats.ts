/**
 * Requests that are carried out only once, however often they are sent (OASIS, Repeatable Requests 1.0). The
 * transaction that applies a command's changes also stores its answer, so the database has either both or neither.
 */
import type { Conflict, DomainError } from "./errors.ts";
import { accept, type Command, type Decision, type RememberedAnswer, type RepeatabilityKey, refuse } from "./store.ts";

/** The header that an error names as its target. */
export const requestIdHeader = "Repeatability-Request-ID";

/** The error for a request that sends the id of an earlier, different request. */
export const requestIdReused: Conflict = {
  kind: "conflict",
  target: requestIdHeader,
  message: `${requestIdHeader} was already used for another request. A repetition must have the same method, URL, body, If-Match, If-None-Match and Repeatability-First-Sent; a new request needs a new ${requestIdHeader}.`,
};

/**
 * Makes a command that is carried out only once for its key. If it is repeated, it is accepted with the value that it
 * returned the first time, whatever the state is now. If it was refused, nothing was changed, so a repetition is
 * decided again. Without a key, the command is returned unchanged.
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

/**
 * Accepts a command with the remembered value. Entities do not change when they are written to JSON and parsed again.
 */
function acceptAgain<Value>(remembered: Pick<RememberedAnswer, "value">): Decision<Value, never> {
  const { value }: { readonly value: Value } = JSON.parse(remembered.value);
  return accept(value);
}
