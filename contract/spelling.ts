/**
 * The spelling of property names and enumeration members in request bodies. Microsoft Graph compares both without regard to
 * case, so a name or a member in another case is replaced by the one of the contract.
 */
import type { OpenApiDocument } from "./document.ts";
import { dereference } from "./references.ts";

export interface Spelling {
  /** Returns the contract's spelling of a property name. An unknown name is returned unchanged. */
  name(given: string): string;
  /** Returns the contract's spelling of an enumeration member. Any other value is returned unchanged. */
  member(property: string, given: string): string;
}

interface SchemaWithProperties {
  readonly properties?: Readonly<Record<string, object>>;
}

/** Reads the names of all properties in the schemas, and the members of those that are enumerations. Annotations are left out. */
export function spellingOf(document: OpenApiDocument): Spelling {
  const names = new Map<string, string>();
  const members = new Map<string, ReadonlyMap<string, string>>();
  for (const schema of Object.values<SchemaWithProperties>(document.components.schemas)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (name.includes("@")) continue;
      names.set(name.toLowerCase(), name);
      const { enum: values } = dereference<{ readonly enum?: readonly unknown[] }>(document, property);
      if (values) members.set(name, spellings(values.map(String)));
    }
  }
  const exact = new Set(names.values());
  return {
    name: (given) => (exact.has(given) ? given : (names.get(given.toLowerCase()) ?? given)),
    member(property, given) {
      const known = members.get(property);
      return known === undefined || known.has(given) ? given : (known.get(given.toLowerCase()) ?? given);
    },
  };
}

/** Returns a map with each value, and with each value in lower case. */
function spellings(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    ...values.map((value) => [value.toLowerCase(), value] as const),
    ...values.map((one) => [one, one] as const),
  ]);
}

/** Returns a copy of a body in the contract's spelling. */
export function respelled(value: unknown, spelling: Spelling): unknown {
  if (Array.isArray(value)) return value.map((item) => respelled(item, spelling));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([given, member]) => {
      const name = spelling.name(given);
      return [name, typeof member === "string" ? spelling.member(name, member) : respelled(member, spelling)];
    }),
  );
}
