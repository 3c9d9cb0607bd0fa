/** The operations of a contract, with all that a route needs. The service reads them at start. */
import { type DeclaredOperation, type OpenApiDocument, readOperations } from "../../contract/document.ts";

export type ContractDocument = OpenApiDocument;

/** The methods that a handler can answer. HEAD comes with GET, and OPTIONS is answered for every path. */
const mountable = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;

/** An operation of the contract. */
export interface Operation extends Pick<DeclaredOperation, "path" | "parameters" | "bodySchema" | "isRefused"> {
  readonly operationId: string;
  readonly method: (typeof mountable)[number];
  /** The media type of its answers that are not JSON, if it has one. */
  readonly textType: string | undefined;
  /** The statuses that it declares. */
  readonly statuses: readonly number[];
  /** Whether a client may repeat a request and have it executed once. */
  readonly isRepeatable: boolean;
  /** Lists of scopes: a token with all scopes of one list opens the operation. Undefined: the operation is public. */
  readonly scopes: readonly (readonly string[])[] | undefined;
}

/** @throws Error in one sentence, if the contract does not say how an operation is called or who may call it. */
export function operationsOf(document: ContractDocument): Operation[] {
  return readOperations(document).map((declared) => {
    const { method: anyMethod, path, operationId, parameters, responses } = declared;
    const route = `${anyMethod} ${path}`;
    const method = mountable.find((one) => one === anyMethod);
    if (method === undefined) throw new Error(`${route} is in the contract, but the service cannot mount it.`);
    if (operationId === undefined) throw new Error(`${route} has no operationId in the contract.`);
    if (declared.hasBody && declared.bodySchema === undefined) {
      throw new Error(`Operation ${operationId} has a body that is not application/json with a schema.`);
    }
    return {
      operationId,
      method,
      path,
      parameters,
      bodySchema: declared.bodySchema,
      textType: textTypeOf(declared),
      statuses: [...responses.keys()],
      isRefused: declared.isRefused,
      isRepeatable: parameters.some(({ name }) => name === "Repeatability-Request-ID"),
      scopes: scopesOf(operationId, declared.security),
    };
  });
}

function textTypeOf({ responses }: DeclaredOperation): string | undefined {
  return [...responses.values()]
    .flatMap(({ content = {} }) => Object.keys(content))
    .find((type) => type !== "application/json");
}

function scopesOf(operationId: string, security: DeclaredOperation["security"]): Operation["scopes"] {
  if (security === undefined) {
    throw new Error(`Operation ${operationId} has no security in the contract; write "security: []" if it is public.`);
  }
  if (security.length === 0) return undefined;
  return security.map((requirement) => {
    const { bearer, ...others } = requirement;
    if (bearer === undefined || Object.keys(others).length > 0) {
      throw new Error(
        `Operation ${operationId} has a security requirement that is not bearer, and no check for it exists.`,
      );
    }
    return bearer;
  });
}
