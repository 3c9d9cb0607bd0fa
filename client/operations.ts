/** Selects operations from the generated table: the same table makes the types, so that both have the same operations. */
import { operationRoutes } from "../generated/operations.ts";
import type { AnyMethod, Call } from "./calls.ts";
import type { OperationId } from "./types.ts";

type BodyKind = (typeof operationRoutes)[OperationId]["body"];

/** The operations whose successful body is of this kind. */
export type OperationsWithBody<Kind extends BodyKind> = {
  [Op in OperationId]: (typeof operationRoutes)[Op]["body"] extends Kind ? Op : never;
}[OperationId];

const isOperationId = (name: string): name is OperationId => Object.hasOwn(operationRoutes, name);

export const operationIds: readonly OperationId[] = Object.keys(operationRoutes).filter(isOperationId);

/** The names of the operations whose successful body is of this kind. */
export function operationsWithBody<Kind extends BodyKind>(kind: Kind): readonly OperationsWithBody<Kind>[] {
  return operationIds.filter((name): name is OperationsWithBody<Kind> => operationRoutes[name].body === kind);
}

/** A record that has a value for each of the names. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** The methods of the client: one for each operation. */
export function methodsOf(call: Call): Readonly<Record<OperationId, AnyMethod>> {
  return recordOf(
    operationIds,
    (name) =>
      (input = {}) =>
        call(operationRoutes[name], input),
  );
}
