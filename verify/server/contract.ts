/** The contract as the checker reads it: operations, what they take and what they may answer. */
import type { OperationId } from "../../client/index.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { operationRoutes } from "../../generated/operations.ts";

export interface Declared {
  readonly "x-evidence"?: string;
}
export interface Header {
  readonly required?: boolean;
  readonly schema: object;
}
export interface ResponseObject extends Declared {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<
    Record<string, { readonly schema: object; readonly examples?: Readonly<Record<string, { value?: unknown }>> }>
  >;
}
export interface Parameter extends Declared {
  readonly name: string;
  readonly in: string;
}
export interface Operation {
  readonly operationId: OperationId;
  readonly method: string;
  /** The path template, with `{name}` for each parameter. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: object | undefined;
  readonly responses: ReadonlyMap<number, ResponseObject>;
}

interface Reference {
  readonly $ref?: string;
}
interface OperationObject {
  readonly parameters?: readonly Reference[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
  readonly responses: Readonly<Record<string, Reference>>;
}

/** What a `$ref` of the contract leads to; anything else as it is. */
export function resolved(value: unknown): unknown {
  const { $ref } = Object(value) as Reference;
  if ($ref === undefined) return value;
  const found = $ref
    .slice("#/".length)
    .split("/")
    .reduce((parent: unknown, name) => Reflect.get(Object(parent), name), contract);
  if (found === undefined) throw new Error(`The contract has no ${$ref}.`);
  return resolved(found);
}

function operationOfRoute(operationId: OperationId): Operation {
  const { method, path } = operationRoutes[operationId];
  const item: Readonly<Record<string, unknown>> = contract.paths[path];
  const { parameters = [], requestBody, responses } = item[method] as OperationObject;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((parameter) => resolved(parameter) as Parameter),
    bodySchema: requestBody?.content["application/json"].schema,
    responses: new Map(
      Object.entries(responses).map(([status, response]) => {
        const { headers = {}, ...rest } = resolved(response) as ResponseObject;
        const named = Object.entries(headers).map(([name, header]) => [name, resolved(header) as Header]);
        return [Number(status), { ...rest, headers: Object.fromEntries(named) }];
      }),
    ),
  };
}

const ids = Object.keys(operationRoutes) as OperationId[];

/** Every operation of the contract, in its order. */
export const operations: ReadonlyMap<OperationId, Operation> = new Map(
  Object.keys(contract.paths).flatMap((path) =>
    ids.filter((id) => operationRoutes[id].path === path).map((id) => [id, operationOfRoute(id)] as const),
  ),
);

export function operationNamed(operationId: OperationId): Operation {
  const operation = operations.get(operationId);
  if (operation === undefined) throw new Error(`The contract has no operation ${operationId}.`);
  return operation;
}

/** @param path below the service root, or behind any: the operation's own path is looked for at its end. */
export function operationOf(method: string, path: string): OperationId | undefined {
  for (const operation of operations.values()) {
    if (operation.method === method.toUpperCase() && patternOf(operation.path).test(path)) return operation.operationId;
  }
  return undefined;
}

function patternOf(template: string): RegExp {
  return new RegExp(`${template.replaceAll("$", "\\$").replaceAll(/\{\w+\}/g, "[^/$][^/]*")}$`);
}

/** The code of an error, as the contract's example of this answer has it. */
export function errorCodeOf(operation: Operation, status: number): string | undefined {
  const examples = operation.responses.get(status)?.content?.["application/json"]?.examples ?? {};
  const [example] = Object.values(examples).map((one) => Object(resolved(one)).value);
  return Object(example).error?.code;
}

/** The first success that the operation declares. */
export function successOf(operation: Operation): number {
  const success = [...operation.responses.keys()].find((status) => status >= 200 && status < 300);
  if (success === undefined) throw new Error(`${operation.operationId} declares no success.`);
  return success;
}
