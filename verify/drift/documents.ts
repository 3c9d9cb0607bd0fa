/** Any OpenAPI 3.1 document as plain JSON: a document that is compared may contain anything. */
import { lookUp } from "../../contract/references.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object. Any other value becomes an object without members. */
export function toObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value as an array. Any other value becomes an empty array. */
export function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as an object. A reference is replaced by the members of its target; members beside the reference take precedence. */
export function resolveObject(document: unknown, value: unknown): JsonObject {
  const { $ref, ...beside } = toObject(value);
  return typeof $ref === "string" ? { ...resolveObject(document, lookUp(document, $ref)), ...beside } : beside;
}
