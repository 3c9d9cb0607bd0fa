/** Reads the operations of a contract, with everything that a route needs. The service does this once, when it starts. */
import { type DeclaredOperation, type OpenApiDocument, readOperations } from "../../contract/document.ts";

export type ContractDocument = OpenApiDocument;

/** The methods that can have a handler. Fastify answers HEAD for every GET route, and mount.ts answers OPTIONS. */
const mountable = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;

/** An operation of the contract. */
export interface Operation extends Pick<DeclaredOperation, "path" | "parameters" | "bodySchema"> {
  readonly operationId: string;
  readonly method: (typeof mountable)[number];
  /** The media type of the operation's answers that are not JSON. Undefined: all its answers are JSON. */
  readonly textType: string | undefined;
  /** The status codes that the operation declares. */
  readonly statuses: readonly number[];
  /** Whether the operation supports repeatable requests: a repeated request is executed only once. */
  readonly isRepeatable: boolean;
  /** Lists of scopes. A token needs all scopes of at least one list. Undefined: the operation is public. */
  readonly scopes: readonly (readonly string[])[] | undefined;
}

/** @throws Error if an operation of the contract cannot be mounted, has no operationId, or does not declare its security. */
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
