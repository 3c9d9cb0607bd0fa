/** The bodies of answers in strict mode. */

/**
 * Returns a copy in the form of strict mode. An object with an entity tag is an entity. The function removes its entity tag and
 * its type name, and adds digits to its dates. From errors, it removes the members that name the wrong part of the request.
 */
export function strictBody(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictBody);
  if (typeof value !== "object" || value === null) return value;
  const isEntity = "@odata.etag" in value;
  const removed = isEntity ? entityAnnotations : "innerError" in value ? errorMembers : none;
  const members = Object.entries(value).filter(([name]) => !removed.has(name));
  return Object.fromEntries(
    members.map(([name, member]) => [name, isEntity && dates.has(name) ? withSevenDigits(member) : strictBody(member)]),
  );
}

const entityAnnotations: ReadonlySet<string> = new Set(["@odata.etag", "@odata.type"]);
const errorMembers: ReadonlySet<string> = new Set(["target", "details"]);
const dates: ReadonlySet<string> = new Set(["createdDateTime", "lastModifiedDateTime"]);
const none: ReadonlySet<string> = new Set();

function withSevenDigits(date: unknown): string {
  return String(date).replace(/(\.\d{3})?Z$/, (_, digits = ".000") => `${digits}0000Z`);
}
