/** References (`$ref`) in an OpenAPI 3.1 document. They lead within the document, as JSON pointers (RFC 6901). */

export interface Reference {
  readonly $ref: string;
}

/** What a reference leads to. @throws Error if the document has nothing there. */
export function lookUp(document: unknown, ref: string): unknown {
  let found = document;
  for (const part of ref.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  }
  if (found === undefined) throw new Error(`The document has nothing at ${ref}.`);
  return found;
}

/**
 * Follows a reference to its end; any other value is returned as it is. The cast is sound for documents that a linter has
 * checked: a reference then leads to a value of the kind that may be in its place.
 */
export function dereference<Value extends object>(document: unknown, value: Value | Reference): Value {
  return "$ref" in value && typeof value.$ref === "string"
    ? dereference(document, lookUp(document, value.$ref) as Value)
    : (value as Value);
}
