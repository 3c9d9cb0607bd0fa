/** Any OpenAPI 3.1 document, as plain JSON: a document that is compared may contain anything. */
import { lookUp } from "../../contract/references.ts";

export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; none of anything else. */
export function members(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The members of a value; of a reference, the members of what it leads to, and those beside it. */
export function resolve(document: unknown, value: unknown): Members {
  const { $ref, ...beside } = members(value);
  return typeof $ref === "string" ? { ...resolve(document, lookUp(document, $ref)), ...beside } : beside;
}
