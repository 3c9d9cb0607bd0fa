/** How much control information an answer carries (OData 4.01 JSON, 3.1): `minimal`, or `none` if the caller asks for it. */

/** Whether an Accept header asks for `odata.metadata=none`. `full` is answered as `minimal`. */
export function wantsNoMetadata(accept: string | undefined): boolean {
  return accept !== undefined && /;\s*(odata\.)?metadata=none\b/i.test(accept);
}

/**
 * A copy without control information, but for what the reader can't do without: links, counts, and the type of a
 * target, which nothing else tells (a decision).
 */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .filter(([name]) => !name.includes("@") || kept.has(name))
    .map(([name, member]) => [name, name === "target" ? member : withoutMetadata(member)]);
  return Object.fromEntries(members);
}

const kept: ReadonlySet<string> = new Set(["@odata.nextLink", "@odata.count"]);
