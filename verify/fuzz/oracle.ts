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
 * A rule for bodies that JSON Schema cannot express. The comments on the rules quote openapi.yaml. The result of the first
 * rule that does not return undefined is used.
 */
type BodyRule = (body: unknown, operation: OperationId) => Validity | undefined;

/** "A filter type other than none needs a filter id". For a PATCH, the stored assignment may already have the filter id. */
const filterRule: BodyRule = (body, operation) => {
  const { target } = Object(body);
  const { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: type } =
    Object(target);
  const hasId = typeof id === "string" && id !== "";
  if (hasId || (id === undefined && (type === undefined || type === "none"))) return undefined;
  if (type === "none") return undefined;
  if (operation !== "createAssignment") return "either";
  return type === undefined ? undefined : "invalid";
};

const rules: readonly BodyRule[] = [
  filterRule,
  // "Beyond the end is a 400": only the server knows the number of profiles. For `createProfile` the profile is appended instead.
  (body, operation) =>
    (operation === "setPriority" || operation === "updateProfile") && Object(body).priority > 0 ? "either" : undefined,
  // "Without `id`, `target` is required."
  (body, operation) => {
    if (operation !== "updateAssignments") return undefined;
    const { id, target, value } = Object(body);
    // `x-told-apart-by` in the schemas: a body without a context is not a delta, and a single assignment has no `value`.
    if (value !== undefined && !contexts.some((name) => Object.hasOwn(Object(body), name))) return "invalid";
    if (!Array.isArray(value)) return id === undefined && target === undefined ? "invalid" : undefined;
    const validities = value.map((item) => {
      const { "@removed": removed, id, target } = Object(item);
      if (removed !== undefined) return undefined;
      return id === undefined && target === undefined ? "invalid" : filterRule(item, operation);
    });
    if (validities.includes("invalid")) return "invalid";
    // Several items may concern the same assignment and contradict each other.
    return validities.includes("either") || value.length > 1 ? "either" : undefined;
  },
  // A batch is also malformed if ids differ only in case, a `dependsOn` names a missing request, or a URL is invalid.
  (_, operation) => (operation === "batch" ? "either" : undefined),
];

/** Returns whether the contract allows the body. */
export function judgeBody(operation: OperationId, body: unknown): Validity {
  const { bodySchema } = getOperation(operation);
  if (bodySchema === undefined) return "either";
  if (isForbidden(body)) return "invalid";
  const kept = withoutAnnotations(body, operation === "updateAssignments" ? contexts : []);
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

const contexts = ["@odata.context", "@context"];
const spelling = spellingOf(contract);

/** Finds, at any depth, "text that no store could keep (a NUL, an unpaired surrogate), a member named `__proto__`", and references to other entities. */
function isForbidden(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(isForbidden);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) =>
      name === "__proto__" || /@(odata\.)?bind$/.test(name) || isForbidden(name) || isForbidden(member),
  );
}
