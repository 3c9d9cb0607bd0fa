/**
 * Derives two forms of the contract from its marks `x-strict`:
 *
 * - `x-strict: absent` marks what the recorded answers of similar Intune resources lack: properties, headers, parameters,
 *   answers, and schemas. A reference to a marked component counts as marked, too.
 * - `x-strict: refused` marks an operation that Microsoft Graph refuses.
 * - `x-strict: { … }` contains the keywords of a schema that differ in strict mode.
 */
import type { OpenApiDocument } from "./document.ts";
import { strictBody } from "./strictBody.ts";

type Members = Readonly<Record<string, unknown>>;

/** Returns the contract of strict mode: without the marked parts, with the keywords in the marks, and with its own examples. */
export function strictContract<Document extends OpenApiDocument>(document: Document): Document {
  const isAbsent = absenceIn(document);
  return derived(document, (node) => {
    const { "x-strict": mark, ...own } = node;
    const isComponents = node === document.components;
    const members = {
      ...own,
      ...(isMembers(mark) && mark),
      ...(isComponents && { examples: strictBody(own["examples"]) }),
    };
    const present = Object.entries(members).filter(([, member]) => !isAbsent(member));
    const cleaned = present.map(
      ([name, member]) =>
        [name, Array.isArray(member) ? withoutAbsent(name, member, { isAbsent, of: members }) : member] as const,
    );
    // `allOf` must not be empty.
    return Object.fromEntries(cleaned.filter(([name, member]) => name !== "allOf" || Object(member).length > 0));
  });
}

/** Returns the contract for a server that may lack the parts that are marked as absent. The parts that it has must be correct. */
export function lenientContract<Document extends OpenApiDocument>(document: Document): Document {
  const isAbsent = absenceIn(document);
  return derived(document, (node) => {
    const { required, ...own } = node;
    const isCondition = isAbsent(node) && !("properties" in node);
    if (required === undefined || isCondition) return own;
    return {
      ...own,
      required: Array.isArray(required) ? withoutAbsent("required", required, { isAbsent, of: node }) : required,
    };
  });
}

interface Absence {
  readonly isAbsent: (value: unknown) => boolean;
  /** The object that has the array as a member. */
  readonly of: Members;
}

/** Removes the absent elements of an array, and in `required` the names of absent properties. */
function withoutAbsent(name: string, array: readonly unknown[], { isAbsent, of }: Absence): readonly unknown[] {
  const properties = Object(of["properties"]);
  return array.filter((item) => !isAbsent(name === "required" ? properties[String(item)] : item));
}

/** Returns a function that tells whether a value of the document is marked as absent, or refers to a component that is. */
function absenceIn({ components }: OpenApiDocument): (value: unknown) => boolean {
  const isMarked = (value: unknown) => ["absent", "refused"].includes(Object(value)["x-strict"]);
  const marked = Object.entries(components).flatMap(([kind, ofKind]) =>
    Object.entries(ofKind).flatMap(([name, one]) => (isMarked(one) ? [`#/components/${kind}/${name}`] : [])),
  );
  const references = new Set<unknown>(marked);
  return (value) => isMarked(value) || references.has(value) || references.has(Object(value)["$ref"]);
}

/** Copies the document, and changes each of its objects. The cast is safe because no member that the type names is removed. */
function derived<Document>(document: Document, change: (node: Members) => Members): Document {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isMembers(value)) return value;
    return Object.fromEntries(Object.entries(change(value)).map(([name, member]) => [name, copy(member)]));
  };
  return copy(document) as Document;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
