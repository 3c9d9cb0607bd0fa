/**
 * Requests that are carried out once, however often they come (OASIS, Repeatable Requests 1.0). What a command is
 * accepted with is remembered by the same transaction that makes its changes: both are there or neither is.
 */
import type { Conflict, DomainError } from "./errors.ts";
import { accept, type Command, type Decision, type Remembered, type Repeat, refuse } from "./store.ts";

/** The header to blame. */
export const requestIdHeader = "Repeatability-Request-ID";

/**
 * The command, carried out once. Repeated, it is accepted with the value it had, whatever the state is now; refused, it
 * has changed nothing, and is judged anew. Without a `repeat` it is the command as it is.
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

/** With the value as the command had it: entities, and what is made of them, are JSON all through. */
function acceptAgain<Value>(remembered: Pick<Remembered, "value">): Decision<Value, never> {
  const { value }: { readonly value: Value } = JSON.parse(remembered.value);
  return accept(value);
}

const otherRequest: Conflict = {
  kind: "conflict",
  target: requestIdHeader,
  message: `${requestIdHeader} is that of another request: method, URL, body, If-Match, If-None-Match and Repeatability-First-Sent have to be the same. A new request needs a new one.`,
};
