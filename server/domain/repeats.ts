/**
 * Requests that are carried out once, however often they are sent (OASIS, Repeatable Requests 1.0). The transaction that
 * makes the changes of a command also remembers its result, so either both are stored or neither is.
 */
import type { Conflict, DomainError } from "./errors.ts";
import { accept, type Command, type Decision, type Remembered, type Repeat, refuse } from "./store.ts";

/** The header that carries the key of a repeatable request. */
export const requestIdHeader = "Repeatability-Request-ID";

/**
 * A command that is carried out once for each key. A repetition of an accepted command returns the remembered value,
 * whatever the state is now. A refused command has changed nothing, so a repetition is decided again. Without a `repeat`
 * the command stays as it is.
 */
export function once<Value, Failure extends DomainError>(
  command: Command<Value, Failure>,
  repeat: Repeat | undefined,
): Command<Value, Failure | Conflict> {
  if (repeat === undefined) return command;
  return {
    loads: { ...command.loads, key: repeat.key },
    decide: (state) => {
      const { remembered } = state;
      if (remembered) return remembered.request === repeat.request ? acceptAgain(remembered) : refuse(otherRequest);
      const { outcome, changes } = command.decide(state);
      if (!outcome.ok) return { outcome, changes: [] };
      const value = JSON.stringify({ value: outcome.value });
      return accept(outcome.value, ...changes, { kind: "remember", answer: { ...repeat, value } });
    },
  };
}

/** The values of commands are entities or made from entities, so JSON keeps all of them. */
function acceptAgain<Value>(remembered: Pick<Remembered, "value">): Decision<Value, never> {
  const { value }: { readonly value: Value } = JSON.parse(remembered.value);
  return accept(value);
}

const otherRequest: Conflict = {
  kind: "conflict",
  target: requestIdHeader,
  message: `${requestIdHeader} was already used for another request. A repetition must have the same method, URL, body, If-Match, If-None-Match and Repeatability-First-Sent; a new request needs a new ${requestIdHeader}.`,
};
