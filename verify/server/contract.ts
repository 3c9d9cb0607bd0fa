/** Reads the contract: the operations, the requests that they accept, and their declared answers. */
import type { OperationId } from "../../client/index.ts";
import { type DeclaredOperation, readOperations } from "../../contract/document.ts";
import { dereference } from "../../contract/references.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { operationRoutes } from "../../generated/operations.ts";

/** An operation of the contract. Every operation has an `operationId`. */
export interface Operation extends DeclaredOperation {
  readonly operationId: OperationId;
}

/** Returns the target of a `$ref` in the contract, or the value itself if it is not a `$ref`. */
export function resolveReference<Value extends object>(value: Value): Value {
  return dereference(contract, value);
}

function isOperationId(name: string | undefined): name is OperationId {
  return name !== undefined && Object.hasOwn(operationRoutes, name);
}

/** All operations, in the order of the contract. */
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

/** Finds the operation of a request. @param path may begin with any root, because only its end is compared. */
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

/** Returns the error code in the contract's example of the answer. */
export function exampleErrorCode(operation: Operation, status: number): string | undefined {
  const examples = operation.responses.get(status)?.content?.["application/json"]?.examples ?? {};
  const [example] = Object.values(examples).map((one) => Object(resolveReference(one)).value);
  return Object(example).error?.code;
}

/** The error code of the 400 with which Microsoft Graph refuses an operation that it does not have. */
export const noRoute = "No method match route template";

/** Returns the first 2xx status that the operation declares. */
export function successStatus(operation: Operation): number {
  const success = [...operation.responses.keys()].find((status) => status >= 200 && status < 300);
  if (success === undefined) throw new Error(`${operation.operationId} declares no success status.`);
  return success;
}
