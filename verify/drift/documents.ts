/** A document of OpenAPI 3.1 as it is read: any JSON, whose references lead within it. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; none of anything else. */
export function members(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a reference leads to, with what stands beside it; anything else as it is. */
export function resolve(document: unknown, value: unknown): Members {
  const { $ref, ...beside } = members(value);
  if (typeof $ref !== "string") return beside;
  let found: unknown = document;
  for (const part of $ref.split("/").slice(1)) {
    found = members(found)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  if (found === undefined) throw new Error(`The document has nothing at ${$ref}.`);
  return { ...resolve(document, found), ...beside };
}
