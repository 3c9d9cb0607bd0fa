/** Decides whether a body is valid, by the schemas of the contract and by the rules that a schema cannot express. */
import type { OperationId } from "../../client/index.ts";
import { respelled, spellingOf } from "../../contract/spelling.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { withoutAnnotations } from "../judging/strictness.ts";
import { getValidator } from "../judging/validators.ts";
import { getOperation } from "../server/contract.ts";

/** `either` means that the validity depends on the server's data, or that the contract does not define it. */
export type Validity = "valid" | "invalid" | "either";

/**
 * A rule for bodies that JSON Schema cannot express, because it depends on the server's data or compares two places of a body.
 * The result of the first rule that does not return undefined is used.
 */
type BodyRule = (body: unknown, operation: OperationId) => Validity | undefined;

/**
 * "Missing filter properties stay unchanged": a PATCH may rely on the filter id of the stored assignment, or remove the id that the
 * stored filter type needs. For a new assignment, nothing is stored, so the schema of `createAssignment` is complete.
 */
const filterRule: BodyRule = (body, operation) => {
  const { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: type } = Object(
    Object(body).target,
  );
  if (operation === "createAssignment") return undefined;
  const reliesOnStored = type === undefined ? id === null || id === "" : type !== "none" && id === undefined;
  return reliesOnStored ? "either" : undefined;
};

const rules: readonly BodyRule[] = [
  filterRule,
  // "Beyond the end is a 400": only the server knows the number of profiles. For `createProfile` the profile is appended instead.
  (body, operation) =>
    (operation === "setPriority" || operation === "updateProfile") && Object(body).priority > 0 ? "either" : undefined,
  // The items of a delta may concern the same assignment and contradict each other.
  (body, operation) => {
    const { value } = Object(body);
    if (operation !== "updateAssignments" || !Array.isArray(value)) return undefined;
    return value.length > 1 ? "either" : value.map((item) => filterRule(item, operation))[0];
  },
  // The ids in a batch may differ only in case, or a `dependsOn` may name a missing request or lead to a cycle.
  (_, operation) => (operation === "batch" ? "either" : undefined),
];

/** Returns whether the contract allows the body. */
export function judgeBody(operation: OperationId, body: unknown): Validity {
  const { bodySchema } = getOperation(operation);
  if (bodySchema === undefined) return "either";
  if (isForbidden(body)) return "invalid";
  const kept = withoutAnnotations(body, operation === "updateAssignments");
  if (!getValidator(bodySchema)(kept)) {
    // Names and members in another case are accepted. If a name occurs in two spellings, the body is invalid.
    return getValidator(bodySchema)(respelled(kept, spelling)) ? "either" : "invalid";
  }
  for (const rule of rules) {
    const validity = rule(kept, operation);
    if (validity !== undefined) return validity;
  }
  return "valid";
}

const spelling = spellingOf(contract);

/** Finds, at any depth, text that cannot be stored (a NUL, an unpaired surrogate) and members whose name is refused. */
function isForbidden(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(isForbidden);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => name === "__proto__" || isMisusedAnnotation(name) || isForbidden(name) || isForbidden(member),
  );
}

/** The contract: a reference to another entity, a nested delta, and a removal that is not spelled `@removed` are refused. */
function isMisusedAnnotation(name: string): boolean {
  return /@(odata\.)?(bind|delta)$/i.test(name) || (name !== "@removed" && /^@(odata\.)?removed$/i.test(name));
}
