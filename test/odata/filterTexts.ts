/** Random conditions, and values that are difficult for a `$filter`. */
import fc from "fast-check";
import type { Comparison, Condition, Operand, Property, Value } from "../../server/domain/query.ts";

/** Texts that are difficult to compare or quote. There are only a few, so that random choices are often equal. */
export const texts: readonly string[] = [
  "",
  " ",
  "a",
  "A",
  "ab",
  "aB",
  "AB",
  "b",
  "z",
  "Z",
  "ä",
  "Ä",
  "İ",
  "ß",
  "%",
  "_",
  "a%",
  "a_b",
  "\\",
  "\\%",
  "'",
  "''",
  "a'b",
  '"',
  "a\nb",
  "null",
  "$1",
  "?",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "😀",
  "a😀",
  "a😀b",
  "\u{10ffff}",
  "a\u{10ffff}",
  "a\u{10ffff}\u{10ffff}z",
  "e\u0301",
  "é",
];

const shortText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)).map(([one, other]) => one + other),
  fc.string({ unit: "binary", maxLength: 4 }).filter((text) => !text.includes("\0")),
);

/** Dates of stored rows. */
export const dates: readonly string[] = [
  "0001-01-01T00:00:00.000Z",
  "2026-01-31T09:30:00.122Z",
  "2026-01-31T09:30:00.123Z",
  "2026-01-31T09:30:00.124Z",
  "2026-02-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
];

/** Dates in conditions. Some of them occur in no row. */
const date = fc.oneof(
  fc.constantFrom(...dates),
  fc.tuple(fc.constantFrom(...dates), fc.constantFrom("1", "01", "5", "999")).map(([text, rest]) => text + rest),
);

export const numbers: readonly number[] = [-(2 ** 31), -1, 0, 1, 2, 3, 10, 2 ** 31 - 1];

type Type = "string" | "integer" | "dateTime" | "null" | readonly string[];

/** Generates values of a property, for rows and literals. */
export function valuesOf(property: Property<string>): fc.Arbitrary<string | number> {
  return literalOf(typeOf(property));
}

function typeOf(property: Property<string>): Type {
  return property.type === "enumeration" ? property.members : property.type;
}

function literalOf(type: Type): fc.Arbitrary<string | number> {
  switch (type) {
    case "string":
    case "null":
      return shortText;
    case "integer":
      return fc.constantFrom(...numbers);
    case "dateTime":
      return date;
    default:
      return fc.constantFrom(...type);
  }
}

/** Generates conditions on the given properties. */
export function conditions<Path extends string>(properties: readonly Property<Path>[]): fc.Arbitrary<Condition<Path>> {
  const textual = properties.filter(({ type }) => type === "string");
  const property = ({ path }: Property<Path>): Operand<Path> => ({ kind: "property", path });
  const literal = (value: Value): Operand<Path> => ({ kind: "literal", value });

  const text: fc.Arbitrary<Operand<Path>> = fc.letrec<{ text: Operand<Path>; folded: Operand<Path> }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 3 },
      { weight: 4, arbitrary: fc.constantFrom(...textual).map(property) },
      { weight: 3, arbitrary: shortText.map(literal) },
      { weight: 2, arbitrary: tie("folded") },
    ),
    folded: fc.record({ kind: fc.constantFrom("tolower", "toupper"), text: tie("text") }),
  })).text;

  /** Generates comparisons of two operands with the same type, either of which can be `null`. */
  const pair = fc.constantFrom(...properties).chain((one) => {
    const like = properties.filter(({ type, enumeration }) => type === one.type && enumeration === one.enumeration);
    const operand: fc.Arbitrary<Operand<Path>> = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...like).map(property) },
      { weight: 4, arbitrary: valuesOf(one).map(literal) },
      { weight: 1, arbitrary: fc.constant(literal(null)) },
      { weight: one.type === "string" ? 3 : 0, arbitrary: text },
    );
    const operators: readonly Comparison[] =
      one.type === "enumeration" ? ["eq", "ne"] : ["eq", "ne", "gt", "ge", "lt", "le"];
    // An enumeration member's name alone is text, so the other operand must be a property of the enumeration type.
    const left = one.type === "enumeration" ? fc.constantFrom(...like).map(property) : operand;
    return fc.record({ left, right: operand, operator: fc.constantFrom(...operators) });
  });

  const membership = fc.constantFrom(...properties).chain((one) =>
    fc.record({
      kind: fc.constant("in" as const),
      operand: one.type === "string" ? text : fc.constant(property(one)),
      values: fc.array(fc.option(valuesOf(one), { freq: 5 }), { maxLength: 4 }),
    }),
  );

  return fc.letrec<{ condition: Condition<Path>; leaf: Condition<Path>; node: Condition<Path> }>((tie) => ({
    leaf: fc.oneof(
      pair.chain(({ left, right, operator }) =>
        fc.boolean().map((turned) => ({
          kind: "compare" as const,
          operator,
          left: turned ? right : left,
          right: turned ? left : right,
        })),
      ),
      membership,
      fc.record({ kind: fc.constantFrom("contains", "startswith", "endswith"), text, part: text }),
    ),
    node: fc.oneof(
      fc.record({
        kind: fc.constantFrom("and", "or"),
        conditions: fc.array(tie("condition"), { minLength: 2, maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
      fc.record({ kind: fc.constant("is" as const), condition: tie("condition"), value: fc.boolean() }),
    ),
    condition: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      { weight: 2, arbitrary: tie("leaf") },
      { weight: 3, arbitrary: tie("node") },
    ),
  })).condition;
}
