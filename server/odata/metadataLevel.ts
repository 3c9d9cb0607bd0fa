/**
 * The level of control information in an answer (OData 4.01 JSON, 3.1): `minimal`, or `none` if the caller asks for it.
 */

/** Whether an Accept header asks for `odata.metadata=none`. The level `full` is treated like `minimal`. */
export function wantsNoMetadata(accept: string | undefined): boolean {
  return accept !== undefined && /;\s*(odata\.)?metadata=none\b/i.test(accept);
}

/**
 * Returns a copy without control information. Next links, counts and the type of a target are kept, because clients
 * need them (Decision).
 */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .filter(([name]) => !name.includes("@") || alwaysShown.has(name.slice(name.indexOf("@"))))
    .map(([name, member]) => [name, name === "target" ? member : withoutMetadata(member)]);
  return Object.fromEntries(members);
}

const alwaysShown: ReadonlySet<string> = new Set(["@odata.nextLink", "@odata.count"]);
