/** The contract as the checker reads it: its operations, what they accept, and what they may answer. */
import type { OperationId } from "../../client/index.ts";
import { type DeclaredOperation, readOperations } from "../../contract/document.ts";
import { dereference } from "../../contract/references.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { operationRoutes } from "../../generated/operations.ts";

/** An operation of the contract; the contract gives each a name. */
export interface Operation extends DeclaredOperation {
  readonly operationId: OperationId;
}

/** The value that a reference of the contract leads to, or the value itself. */
export function resolveReference<Value extends object>(value: Value): Value {
  return dereference(contract, value);
}

function isOperationId(name: string | undefined): name is OperationId {
  return name !== undefined && Object.hasOwn(operationRoutes, name);
}

/** Every operation of the contract, in its order. */
export const operations: ReadonlyMap<OperationId, Operation> = new Map(
  readOperations(contract).flatMap((operation) => {
    const { operationId } = operation;
    return isOperationId(operationId) ? [[operationId, { ...operation, operationId }] as const] : [];
  }),
);

export function getOperation(operationId: OperationId): Operation {
  const operation = operations.get(operationId);
  if (operation === undefined) throw new Error(`The contract has no operation ${operationId}.`);
  return operation;
}

/** @param path a path below any root: the end of it is compared with the paths of the contract. */
export function findOperationId(method: string, path: string): OperationId | undefined {
  for (const operation of operations.values()) {
    if (operation.method === method.toUpperCase() && pathPattern(operation.path).test(path))
      return operation.operationId;
  }
  return undefined;
}

function pathPattern(template: string): RegExp {
  return new RegExp(`${template.replaceAll("$", "\\$").replaceAll(/\{\w+\}/g, "[^/$][^/]*")}$`);
}

/** The error code in the example of the contract for this answer. */
export function exampleErrorCode(operation: Operation, status: number): string | undefined {
  const examples = operation.responses.get(status)?.content?.["application/json"]?.examples ?? {};
  const [example] = Object.values(examples).map((one) => Object(resolveReference(one)).value);
  return Object(example).error?.code;
}

/** The first success status that the operation declares. */
export function successStatus(operation: Operation): number {
  const success = [...operation.responses.keys()].find((status) => status >= 200 && status < 300);
  if (success === undefined) throw new Error(`${operation.operationId} declares no success status.`);
  return success;
}
