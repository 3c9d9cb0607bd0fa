/**
 * A mutant: the service with one behaviour changed, where the change is natural. Answers and requests are changed on their
 * way, as a careless gateway would, changes and reads between the rules and the store, permissions behind the token.
 */
import type { OperationId } from "../../client/index.ts";
import type { Principal } from "../../server/auth/principal.ts";
import type { DomainError } from "../../server/domain/errors.ts";
import type { Change, Command, Reads, RepeatabilityKey, Store } from "../../server/domain/store.ts";

/** JSON as `JSON.parse` gives it, to be changed at will; or a text that is none. */
type Body = ReturnType<typeof JSON.parse>;

export interface Asked {
  readonly operation: OperationId | undefined;
  method: string;
  readonly url: URL;
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  body: Body;
}

export interface Answered {
  status: number;
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  body: Body;
}

export type Next = (asked: Asked) => Promise<Answered>;
export type Gateway = (asked: Asked, next: Next) => Promise<Answered>;

export interface Mutant {
  /** The promise that it breaks, which the checker must name: `operationId status`. */
  readonly cell: Cell;
  /** What is wrong, as a sentence. */
  readonly name: string;
  /** A new one for each run: it may remember what passes. */
  readonly gateway?: () => Gateway;
  readonly store?: (store: Store) => Store;
  readonly principal?: (principal: Principal) => Principal;
  /** The answer's status, headers or schemas say it: it is seen in a server that keeps nothing as well. */
  readonly isMisshapen?: true;
}

export type Cell = `${OperationId} ${number}`;

/** Changes the answers of an operation that have a status. */
export function answers(cell: Cell, name: string, change: (answer: Answered, asked: Asked) => void): Mutant {
  return {
    cell,
    name,
    gateway: () => async (asked, next) => {
      const answer = await next(asked);
      if (`${asked.operation} ${answer.status}` === cell) change(answer, asked);
      return answer;
    },
  };
}

/** Changes the answers of an operation that have a status into what the contract has no schema for. */
export function misshapes(...change: Parameters<typeof answers>): Mutant {
  return { ...answers(...change), isMisshapen: true };
}

/** Changes the requests of the cell's operation before the service sees them. */
export function asks(cell: Cell, name: string, change: (asked: Asked) => void): Mutant {
  return {
    cell,
    name,
    gateway: () => async (asked, next) => {
      if (asked.operation === operationIn(cell)) change(asked);
      return next(asked);
    },
  };
}

/** Stands between the checker and the service, and does as it likes. */
export function between(cell: Cell, name: string, gateway: () => Gateway): Mutant {
  return { cell, name, gateway };
}

/** Changes what is written, and not what is answered. */
export function writes(cell: Cell, name: string, change: (changes: readonly Change[]) => readonly Change[]): Mutant {
  const wrapped = (store: Store): Store => ({
    ...store,
    decide<Value, Failure extends DomainError, Reuse extends DomainError>(
      tenant: string,
      { loads, decide }: Command<Value, Failure>,
      repeatability?: RepeatabilityKey<Reuse>,
    ) {
      const changed: Command<Value, Failure> = {
        loads,
        decide: (state) => {
          const decision = decide(state);
          return decision.outcome.ok ? { outcome: decision.outcome, changes: change(decision.changes) } : decision;
        },
      };
      return store.decide(tenant, changed, repeatability);
    },
  });
  return { cell, name, store: wrapped };
}

/** Changes what is read. */
export function reads(cell: Cell, name: string, change: (read: Reads) => Partial<Reads>): Mutant {
  return { cell, name, store: (store) => ({ ...store, read: { ...store.read, ...change(store.read) } }) };
}

export function operationIn(cell: string): string {
  return cell.split(" ")[0] ?? "";
}
