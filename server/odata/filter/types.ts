/** The types of a `$filter`'s operands, and which of them can be compared. */
import type { Comparison, Operand } from "../../domain/query.ts";
import { contentOf, Misunderstood, shown, type Token } from "./tokens.ts";

export interface Enumeration {
  readonly type: "enumeration";
  readonly enumeration: string;
  readonly members: readonly string[];
}

export type Type = Enumeration | { readonly type: "string" | "integer" | "dateTime" | "null" };

/** An operand that stands in the text. */
export interface Term<Path extends string> {
  readonly operand: Operand<Path>;
  readonly type: Type;
  /** What to blame and to name it by. */
  readonly token: Token;
}

/** `in` compares as `eq` does. */
export type ComparisonToken = Token & { readonly operator: Comparison | "in" };

/** @throws Misunderstood that names both, if these two have no comparison or not this one. */
export function requireComparable<Path extends string>(
  left: Term<Path>,
  { operator, start, ...token }: ComparisonToken,
  right: Term<Path>,
): void {
  const enumerated = [left, right].find(({ type }) => type.type === "enumeration");
  if (enumerated && operator !== "eq" && operator !== "ne" && operator !== "in") {
    const what = `${shown(enumerated.token)} is of an enumeration and can only be compared with eq, ne or in`;
    throw new Misunderstood(start, what, { ...token, start });
  }
  if (left.type.type === "null" || right.type.type === "null") return;
  if (isMember(left, right) || isMember(right, left)) return;
  if (left.type.type !== right.type.type || enumerationOf(left) !== enumerationOf(right)) throw mismatch(left, right);
}

/** Whether `text` is a string that stands for a member of the other's enumeration. @throws Misunderstood if of none. */
function isMember<Path extends string>({ type }: Term<Path>, text: Term<Path>): boolean {
  if (type.type !== "enumeration" || text.token.kind !== "string") return false;
  requireMember(type, contentOf(text.token), text.token);
  return true;
}

/** @throws Misunderstood that names the members. */
export function requireMember({ enumeration, members }: Enumeration, member: string, token: Token): void {
  if (members.includes(member)) return;
  const known = members.map((name) => `'${name}'`).join(", ");
  throw new Misunderstood(token.start, `expected a member of ${enumeration} (${known})`, token);
}

/** @throws Misunderstood if the argument of a text function is none. */
export function requireText<Path extends string>(name: string, { type, token }: Term<Path>): void {
  if (type.type === "string") return;
  throw new Misunderstood(token.start, `${name} takes text, and ${shown(token)} is ${described(type)},`);
}

function mismatch<Path extends string>(left: Term<Path>, right: Term<Path>): Misunderstood {
  const quoted = [left, right].find(({ token }) => token.kind === "string");
  const others = [left, right].map(({ type }) => type.type);
  const what = `${named(left)} can't be compared with ${named(right)}`;
  const advice = quoted && others.includes("dateTime") ? "; a date and time stands without quotes" : "";
  const number = quoted && others.includes("integer") ? "; a number stands without quotes" : "";
  return new Misunderstood(right.token.start, `${what}${advice}${number},`);
}

function enumerationOf<Path extends string>({ type }: Term<Path>): string | undefined {
  return type.type === "enumeration" ? type.enumeration : undefined;
}

function named<Path extends string>({ type, token }: Term<Path>): string {
  return `${shown(token)} (${described(type)})`;
}

function described(type: Type): string {
  switch (type.type) {
    case "string":
      return "text";
    case "integer":
      return "a number";
    case "dateTime":
      return "a date and time";
    case "null":
      return "nothing";
    case "enumeration":
      return `of the enumeration ${type.enumeration}`;
  }
}
