/** What a request must be answered with, by the contract: its schemas, and the rules that no schema can say. */
import type { OperationId } from "../../client/index.ts";
import { validatorOf } from "../judging/judge.ts";
import { operationNamed } from "../server/contract.ts";

/** `either`: what the server holds decides, or the contract leaves it open. */
export type Worth = "valid" | "invalid" | "either";

/**
 * Rules for bodies beyond their schemas. Each is here because no JSON Schema can say it; its words are openapi.yaml's.
 * The first that says something counts.
 */
type Rule = (body: unknown, operation: OperationId) => Worth | undefined;

/** "A filter type other than none needs a filter id"; a PATCH may find it in what it updates, or miss it there. */
const filterRule: Rule = (body, operation) => {
  const { target } = Object(body);
  const { deviceAndAppManagementAssignmentFilterId: id, deviceAndAppManagementAssignmentFilterType: type } =
    Object(target);
  const hasId = typeof id === "string" && id !== "";
  if (hasId || (id === undefined && (type === undefined || type === "none"))) return undefined;
  if (type === "none") return undefined;
  if (operation !== "createAssignment") return "either";
  return type === undefined ? undefined : "invalid";
};

const rules: readonly Rule[] = [
  filterRule,
  // "Beyond the end is a 400": where the end is only the server knows. A new profile is appended there.
  (body, operation) =>
    (operation === "setPriority" || operation === "updateProfile") && Object(body).priority > 0 ? "either" : undefined,
  // "Without `id`, `target` is required."
  (body, operation) => {
    if (operation !== "updateAssignments") return undefined;
    const { id, target, value } = Object(body);
    // The schemas' x-told-apart-by: what says no context is no delta, and one assignment has no `value`.
    if (value !== undefined && !contexts.some((name) => Object.hasOwn(Object(body), name))) return "invalid";
    if (!Array.isArray(value)) return id === undefined && target === undefined ? "invalid" : undefined;
    const worths = value.map((item) => {
      const { "@removed": removed, id, target } = Object(item);
      if (removed !== undefined) return undefined;
      return id === undefined && target === undefined ? "invalid" : filterRule(item, operation);
    });
    if (worths.includes("invalid")) return "invalid";
    // Two items about one assignment may contradict each other.
    return worths.includes("either") || value.length > 1 ? "either" : undefined;
  },
  // Ids that are equal without case, a dependsOn that leads nowhere, a URL that is none: the batch is malformed.
  (_, operation) => (operation === "batch" ? "either" : undefined),
];

/** What a body is worth. */
export function worthOf(operation: OperationId, body: unknown): Worth {
  const { bodySchema } = operationNamed(operation);
  if (bodySchema === undefined) return "either";
  if (isForbidden(body)) return "invalid";
  const kept = withoutAnnotations(body, operation === "updateAssignments" ? contexts : []);
  if (!validatorOf(bodySchema)(kept)) return "invalid";
  for (const rule of rules) {
    const worth = rule(kept, operation);
    if (worth !== undefined) return worth;
  }
  return "valid";
}

const contexts = ["@odata.context", "@context"];

/** "Members whose name contains `@` are annotations and are dropped first, except `@odata.type` and `@removed`." */
function withoutAnnotations(value: unknown, kept: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAnnotations(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes("@") || ["@odata.type", "@removed", ...kept].includes(name))
      .map(([name, member]) => [name, withoutAnnotations(member)]),
  );
}

/** "Text that no store could keep (a NUL, an unpaired surrogate), a member named `__proto__`": anywhere. */
function isForbidden(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(isForbidden);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => name === "__proto__" || isForbidden(name) || isForbidden(member),
  );
}
