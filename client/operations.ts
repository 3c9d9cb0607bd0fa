/** Selects operations from the generated table. The types are derived from the same table, so both have the same operations. */
import { operationRoutes } from "../generated/operations.ts";
import type { AnyMethod, Call } from "./calls.ts";
import type { OperationId } from "./types.ts";

type BodyKind = (typeof operationRoutes)[OperationId]["body"];

/** The operations whose 2xx answer has a body of this kind. */
export type OperationsWithBody<Kind extends BodyKind> = {
  [Op in OperationId]: (typeof operationRoutes)[Op]["body"] extends Kind ? Op : never;
}[OperationId];

const isOperationId = (name: string): name is OperationId => Object.hasOwn(operationRoutes, name);

export const operationIds: readonly OperationId[] = Object.keys(operationRoutes).filter(isOperationId);

/** Lists the operations whose 2xx answer has a body of this kind. */
export function operationsWithBody<Kind extends BodyKind>(kind: Kind): readonly OperationsWithBody<Kind>[] {
  return operationIds.filter((name): name is OperationsWithBody<Kind> => operationRoutes[name].body === kind);
}

/** Returns a record with a value for each name. */
export function recordOf<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** Returns the methods of the client, one for each operation. */
export function methodsOf(call: Call): Readonly<Record<OperationId, AnyMethod>> {
  return recordOf(
    operationIds,
    (name) =>
      (input = {}) =>
        call(operationRoutes[name], input),
  );
}
