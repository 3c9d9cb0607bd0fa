/** Tells which requests the contract of strict mode allows. Only these must succeed on a server that follows Microsoft Graph. */
import type { OperationId } from "../../client/index.ts";
import { type DeclaredOperation, readOperations } from "../../contract/document.ts";
import { strictContract } from "../../contract/strict.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import type { RequestSpec } from "../scenarios/language/scenario.ts";
import { getOperation } from "../server/contract.ts";
import { type GetValidator, openValidators } from "./validators.ts";

interface Strict {
  readonly operations: ReadonlyMap<string | undefined, DeclaredOperation>;
  readonly getValidator: GetValidator;
}

let strict: Strict | undefined;

/** Whether a request that openapi.yaml allows is also allowed in strict mode. `{unique}` in the body stands for a GUID. */
export function isAllowedStrictly(operationId: OperationId, { query = {}, body }: RequestSpec): boolean {
  strict ??= readStrictContract();
  const operation = strict.operations.get(operationId);
  if (operation === undefined) return false;
  const { bodySchema, parameters } = operation;
  const isBodyAllowed =
    bodySchema === undefined || strict.getValidator(bodySchema)(withGuids(withoutAnnotations(body)));
  const supported = new Set(parameters.map(({ name }) => name));
  const removed = getOperation(operationId).parameters.filter(({ name }) => !supported.has(name));
  const options = Object.keys(query).map((name) => `$${name.toLowerCase().replace(/^\$/, "")}`);
  return isBodyAllowed && !removed.some(({ name }) => options.includes(name));
}

function readStrictContract(): Strict {
  const document = strictContract(contract);
  return {
    operations: new Map(readOperations(document).map((operation) => [operation.operationId, operation])),
    getValidator: openValidators(document),
  };
}

/** Replaces the reference `{unique}` of scenarios with a GUID, as when the request is sent. */
function withGuids(body: unknown): unknown {
  return body === undefined
    ? undefined
    : JSON.parse(JSON.stringify(body).replaceAll("{unique}", "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10"));
}

/**
 * The contract: "Members whose name contains `@` are annotations and are dropped first, except `@odata.type` and `@removed`." The
 * schemas do not say it: `patternProperties` could, but generated types would then accept any misspelt property.
 * @param mayBeDelta whether the body may be a delta payload, which its context marks.
 */
export function withoutAnnotations(value: unknown, mayBeDelta = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAnnotations(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !isAnnotation(name) || (mayBeDelta && isDeltaContext(name, member)))
      .map(([name, member]) => [name, withoutAnnotations(member)]),
  );
}

function isAnnotation(name: string): boolean {
  return name.includes("@") && name !== "@odata.type" && name !== "@removed";
}

/** Whether a member marks the body as a delta payload. A context URL with another end is an annotation like any other. */
function isDeltaContext(name: string, value: unknown): boolean {
  return ["@odata.context", "@context"].includes(name) && typeof value === "string" && /[#/]\$delta$/.test(value);
}
