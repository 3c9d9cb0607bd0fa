/** Converts a single word or string in a `$filter` to the property or value that it represents. */
import type { Property, Value } from "../../domain/query.ts";
import { dateTimeOf, integerOf } from "./literals.ts";
import { contentOf, expected, FilterSyntaxError, quoteText, type Token } from "./tokens.ts";
import { type Enumeration, requireMember, type Term, type Type } from "./types.ts";

/**
 * The names that a filter can use. They are case-insensitive, because callers write `DisplayName` for `displayName`.
 */
export class Vocabulary<Path extends string> {
  readonly #properties = new Map<string, Property<Path>>();
  readonly #enumerations = new Map<string, Enumeration>();

  constructor(properties: readonly Property<Path>[]) {
    for (const property of properties) {
      this.#properties.set(property.path.toLowerCase(), property);
      if (property.type !== "enumeration") continue;
      this.#enumerations.set(`microsoft.graph.${property.enumeration}`.toLowerCase(), property);
    }
  }

  /** @throws FilterSyntaxError if the word is not `null`, a number, a date or a property. */
  termOf(word: Token): Term<Path> {
    const lower = word.text.toLowerCase();
    if (lower === "null") return literal(null, { type: "null" }, word);
    const integer = integerOf(word);
    if (integer !== undefined) return literal(integer, { type: "integer" }, word);
    const dateTime = dateTimeOf(word);
    if (dateTime !== undefined) return literal(dateTime, { type: "dateTime" }, word);
    const property = this.#properties.get(lower);
    if (property) return { operand: { kind: "property", path: property.path }, type: property, token: word };
    throw this.expectedTerm(word);
  }

  /** Returns the member for a literal such as `microsoft.graph.devicePlatformType'iOS'`. */
  memberOf(name: Token, string: Token): Term<Path> {
    const enumeration = this.#enumerations.get(name.text.toLowerCase());
    const token: Token = { kind: "word", text: `${name.text}${string.text}`, start: name.start, end: string.end };
    if (!enumeration) throw this.#unknownType(name);
    return literal(requireMember(enumeration, contentOf(string), string), enumeration, token);
  }

  expectedTerm(found: Token): FilterSyntaxError {
    const names = [...this.#properties.values()].map(({ path }) => path).join(", ");
    return expected(`a property (${names}), a function or a value (text in single quotes)`, found);
  }

  #unknownType(name: Token): FilterSyntaxError {
    const known = [...this.#enumerations.values()].map(({ enumeration }) => `microsoft.graph.${enumeration}`);
    const problem = `values of the type ${quoteText(name.text)} are not supported; supported types are ${known.join(", ")}`;
    return new FilterSyntaxError(name.start, problem);
  }
}

export function stringTerm<Path extends string>(token: Token): Term<Path> {
  return literal(contentOf(token), { type: "string" }, token);
}

function literal<Path extends string>(value: Value, type: Type, token: Token): Term<Path> {
  return { operand: { kind: "literal", value }, type, token };
}
