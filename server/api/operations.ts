/** A contract as the service reads it at start: generated/openapi.json or control.json, of which only this much matters here. */

export interface ContractDocument {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
  };
}

interface ResponseObject {
  readonly description: string;
  readonly content?: Readonly<Record<string, object>>;
}

interface PathItem extends Partial<Record<Method, OperationObject>> {
  readonly parameters?: readonly ParameterOrReference[];
}

interface OperationObject {
  readonly operationId?: string;
  /** Whether the strict switch refuses it. */
  readonly "x-refused"?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterOrReference[];
  readonly requestBody?: { readonly content?: { readonly "application/json"?: { readonly schema: object } } };
  readonly responses?: Readonly<Record<string, ResponseObject | { readonly $ref: string }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

type ParameterOrReference = Parameter | { readonly $ref: string };

const methods = ["get", "post", "patch", "put", "delete"] as const;
type Method = (typeof methods)[number];

/** HEAD comes with GET, and neither OPTIONS nor TRACE is anything a handler could answer. */
const unmountable = ["head", "options", "trace"];

/** An operation of the contract with all that a route needs. */
export interface Operation {
  readonly operationId: string;
  readonly method: Uppercase<Method>;
  /** The path template, with `{name}` for each parameter. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: object | undefined;
  /** The media type of its answers that are not JSON, if it has one. */
  readonly textType: string | undefined;
  /** Those that it declares. */
  readonly statuses: readonly number[];
  /** Whether every request is refused as the real service refuses it. */
  readonly isRefused: boolean;
  /** Whether a request may ask to be carried out once, however often it comes. */
  readonly isRepeatable: boolean;
  /** Lists of scopes, all of one of which open the operation; one that is empty: any good token; undefined: it is public. */
  readonly scopes: readonly (readonly string[])[] | undefined;
}

/** @throws Error in one sentence, if the contract leaves open what an operation is called or who may call it. */
export function operationsOf(document: ContractDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const verb = unmountable.find((name) => name in item);
    if (verb !== undefined) throw new Error(`${verb.toUpperCase()} ${path} is in the contract, but can't be mounted.`);
    return methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const route = `${method.toUpperCase()} ${path}`;
      const { operationId } = operation;
      if (operationId === undefined) throw new Error(`${route} has no operationId in the contract.`);
      const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const parameters = declared.map((parameter) => resolve(document, parameter));
      return [
        {
          operationId,
          method: upper[method],
          path,
          parameters,
          bodySchema: bodySchemaOf(operationId, operation.requestBody),
          textType: textTypeOf(document, operation.responses),
          statuses: Object.keys(operation.responses ?? {}).map(Number),
          isRefused: operation["x-refused"] !== undefined,
          isRepeatable: parameters.some(({ name }) => name === "Repeatability-Request-ID"),
          scopes: scopesOf(operationId, operation.security),
        },
      ];
    });
  });
}

const upper = { get: "GET", post: "POST", patch: "PATCH", put: "PUT", delete: "DELETE" } as const;

function resolve(document: ContractDocument, parameter: ParameterOrReference): Parameter {
  if (!("$ref" in parameter)) return parameter;
  const found = document.components.parameters?.[parameter.$ref.replace("#/components/parameters/", "")];
  if (found === undefined) throw new Error(`The contract has no parameter ${parameter.$ref}.`);
  return found;
}

function bodySchemaOf(operationId: string, body: OperationObject["requestBody"]): object | undefined {
  if (body === undefined) return undefined;
  const schema = body.content?.["application/json"]?.schema;
  if (schema === undefined)
    throw new Error(`Operation ${operationId} has a body that is not application/json with a schema of its own.`);
  return schema;
}

function textTypeOf(document: ContractDocument, responses: OperationObject["responses"] = {}): string | undefined {
  return Object.values(responses)
    .map((response) =>
      "$ref" in response
        ? document.components.responses[response.$ref.replace("#/components/responses/", "")]
        : response,
    )
    .flatMap((response) => Object.keys(response?.content ?? {}))
    .find((type) => type !== "application/json");
}

function scopesOf(operationId: string, security: OperationObject["security"]): Operation["scopes"] {
  if (security === undefined) {
    throw new Error(`Operation ${operationId} has no security in the contract; write "security: []" if it is public.`);
  }
  if (security.length === 0) return undefined;
  return security.map((requirement) => {
    const { bearer, ...others } = requirement;
    if (bearer === undefined || Object.keys(others).length > 0) {
      throw new Error(
        `Operation ${operationId} has a security requirement other than bearer: no check is known for it.`,
      );
    }
    return bearer;
  });
}
