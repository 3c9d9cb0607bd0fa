/**
 * A mutant is the service with one changed behaviour. A gateway changes requests and answers, a wrapped store changes writes and
 * reads, and a changed principal changes permissions.
 */
import type { OperationId } from "../../client/index.ts";
import type { Principal } from "../../server/auth/principal.ts";
import type { DomainError } from "../../server/domain/errors.ts";
import type { Change, Command, Reads, RepeatabilityKey, Store } from "../../server/domain/store.ts";

/** A parsed JSON value, or a text that is not JSON. Mutants change it in place. */
type Body = ReturnType<typeof JSON.parse>;

export interface GatewayRequest {
  readonly operation: OperationId | undefined;
  method: string;
  readonly url: URL;
  /** The keys are header names in lower case. */
  readonly headers: Record<string, string>;
  body: Body;
}

export interface GatewayAnswer {
  status: number;
  /** The keys are header names in lower case. */
  readonly headers: Record<string, string>;
  body: Body;
}

export type Next = (asked: GatewayRequest) => Promise<GatewayAnswer>;
export type Gateway = (asked: GatewayRequest, next: Next) => Promise<GatewayAnswer>;

export interface Mutant {
  /** The operation and status that the mutant breaks, as `operationId status`. The checker must report a violation of them. */
  readonly cell: Cell;
  /** The wrong behaviour as a clause, such as `$filter is ignored`. */
  readonly name: string;
  /** Creates a new gateway for each run, because a gateway may remember earlier requests. */
  readonly gateway?: () => Gateway;
  readonly store?: (store: Store) => Store;
  readonly principal?: (principal: Principal) => Principal;
  /** Set if a status, a header or a schema shows the violation, so that it is found even in a server that stores nothing. */
  readonly breaksSchema?: true;
}

export type Cell = `${OperationId} ${number}`;

/** Changes the answers of an operation with a status. */
export function changeAnswer(
  cell: Cell,
  name: string,
  change: (answer: GatewayAnswer, asked: GatewayRequest) => void,
): Mutant {
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

/** Like `changeAnswer`, for a change that violates a schema in the contract. */
export function breakSchema(...change: Parameters<typeof changeAnswer>): Mutant {
  return { ...changeAnswer(...change), breaksSchema: true };
}

/** Changes the requests of the operation before they reach the service. */
export function changeRequest(cell: Cell, name: string, change: (asked: GatewayRequest) => void): Mutant {
  return {
    cell,
    name,
    gateway: () => async (asked, next) => {
      if (asked.operation === operationIn(cell)) change(asked);
      return next(asked);
    },
  };
}

/** Creates a mutant with a custom gateway. */
export function useGateway(cell: Cell, name: string, gateway: () => Gateway): Mutant {
  return { cell, name, gateway };
}

/** Creates a mutant that changes the data that is written, but not the answer. */
export function changeWrites(
  cell: Cell,
  name: string,
  change: (changes: readonly Change[]) => readonly Change[],
): Mutant {
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

/** Creates a mutant that changes the data that is read from the store. */
export function changeReads(cell: Cell, name: string, change: (read: Reads) => Partial<Reads>): Mutant {
  return { cell, name, store: (store) => ({ ...store, read: { ...store.read, ...change(store.read) } }) };
}

export function operationIn(cell: string): string {
  return cell.split(" ")[0] ?? "";
}
