/**
 * Resolves the references (`$ref`) in an OpenAPI 3.1 document. They are JSON pointers (RFC 6901) within the document.
 */

export interface Reference {
  readonly $ref: string;
}

/** Returns the target of a reference. @throws Error if the target does not exist. */
export function lookUp(document: unknown, ref: string): unknown {
  let found = document;
  for (const part of ref.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  }
  if (found === undefined) throw new Error(`The document has no value at ${ref}.`);
  return found;
}

/**
 * Resolves a reference, and references to other references. Any other value is returned unchanged. The cast is safe for
 * documents that a linter has checked, because then the target of each reference has the type that is expected there.
 */
export function dereference<Value extends object>(document: unknown, value: Value | Reference): Value {
  return "$ref" in value && typeof value.$ref === "string"
    ? dereference(document, lookUp(document, value.$ref) as Value)
    : (value as Value);
}
