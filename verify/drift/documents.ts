/** Reads OpenAPI 3.1 documents as plain JSON of unknown types, because the compared documents are not validated. */
import { lookUp } from "../../contract/references.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns the value if it is an object, otherwise an object without members. */
export function toObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Returns the value if it is an array, otherwise an empty array. */
export function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value as an object, with a `$ref` replaced by the members of its target. Siblings of `$ref` take precedence. */
export function resolveObject(document: unknown, value: unknown): JsonObject {
  const { $ref, ...beside } = toObject(value);
  return typeof $ref === "string" ? { ...resolveObject(document, lookUp(document, $ref)), ...beside } : beside;
}
