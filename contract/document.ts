/** Reads the operations of an OpenAPI 3.1 document for the service and the checker, and resolves their references. */
import { dereference, type Reference } from "./references.ts";

/** The members of an OpenAPI document that this module reads, for example from generated/openapi.json. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly parameters?: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, object>>;
  };
}

const methods = ["get", "post", "patch", "put", "delete", "head", "options", "trace"] as const;
type Method = (typeof methods)[number];

interface PathItem extends Partial<Record<Method, OperationObject>> {
  readonly parameters?: readonly (ParameterObject | Reference)[];
}

interface OperationObject {
  readonly operationId?: string;
  readonly "x-strict"?: string;
  readonly security?: readonly SecurityRequirement[];
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: { readonly content?: { readonly "application/json"?: { readonly schema: object } } };
  readonly responses?: Readonly<Record<string, ResponseObject | Reference>>;
}

/** The required scopes of each security scheme. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** The OpenAPI extension of this contract that says whether a part of it is this project's own decision. */
interface Evidence {
  readonly "x-evidence"?: string;
}

export interface ParameterObject extends Evidence {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

export interface HeaderObject {
  readonly required?: boolean;
  readonly schema: object;
}

interface MediaType {
  readonly schema: object;
  readonly examples?: Readonly<Record<string, object>>;
}

interface ResponseObject extends Evidence {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, HeaderObject | Reference>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

/** A response of an operation, with its references resolved. */
export interface DeclaredResponse extends Evidence {
  readonly headers: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface DeclaredOperation {
  /** The `operationId`. Undefined if the document has none. */
  readonly operationId: string | undefined;
  readonly method: Uppercase<Method>;
  /** The path template, with `{name}` for each parameter. */
  readonly path: string;
  /** The parameters of the path and of the operation. */
  readonly parameters: readonly ParameterObject[];
  readonly hasBody: boolean;
  /** The schema of an application/json body. */
  readonly bodySchema: object | undefined;
  /** The responses by status, in the order of the document. */
  readonly responses: ReadonlyMap<number, DeclaredResponse>;
  readonly security: readonly SecurityRequirement[] | undefined;
  /** Whether Microsoft Graph refuses the operation (`x-strict: refused`). The contract of strict mode does not have it. */
  readonly isRefused: boolean;
}

/** Returns all operations, in the order of the document. @throws Error if the target of a reference does not exist */
export function readOperations(document: OpenApiDocument): readonly DeclaredOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [readOperation(document, { method, path, item, operation })] : [];
    }),
  );
}

interface Located {
  readonly method: Method;
  readonly path: string;
  readonly item: PathItem;
  readonly operation: OperationObject;
}

function readOperation(document: OpenApiDocument, { method, path, item, operation }: Located): DeclaredOperation {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
  return {
    operationId: operation.operationId,
    method: upperCase[method],
    path,
    parameters: parameters.map((parameter) => dereference(document, parameter)),
    hasBody: operation.requestBody !== undefined,
    bodySchema: operation.requestBody?.content?.["application/json"]?.schema,
    responses: readResponses(document, operation.responses),
    security: operation.security,
    isRefused: operation["x-strict"] === "refused",
  };
}

function readResponses(
  document: OpenApiDocument,
  responses: OperationObject["responses"] = {},
): ReadonlyMap<number, DeclaredResponse> {
  return new Map(
    Object.entries(responses).map(([status, response]) => {
      const { headers = {}, ...rest } = dereference(document, response);
      const entries = Object.entries(headers).map(([name, header]) => [name, dereference(document, header)] as const);
      return [Number(status), { ...rest, headers: Object.fromEntries(entries) }];
    }),
  );
}

const upperCase = {
  get: "GET",
  post: "POST",
  patch: "PATCH",
  put: "PUT",
  delete: "DELETE",
  head: "HEAD",
  options: "OPTIONS",
  trace: "TRACE",
} as const;
