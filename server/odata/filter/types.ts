/** The types of the operands in a `$filter`, and the rules for comparing them. */
import type { Comparison, Operand } from "../../domain/query.ts";
import { contentOf, FilterSyntaxError, quoteToken, type Token } from "./tokens.ts";

export interface Enumeration {
  readonly type: "enumeration";
  readonly enumeration: string;
  readonly members: readonly string[];
}

export type Type = Enumeration | { readonly type: "string" | "integer" | "dateTime" | "null" };

/** An operand of the filter. */
export interface Term<Path extends string> {
  readonly operand: Operand<Path>;
  readonly type: Type;
  /** The token that a message names. */
  readonly token: Token;
}

/** The operator of a comparison. For `in`, the left operand is compared with each value of the list, as `eq` does. */
export type ComparisonToken = Token & { readonly operator: Comparison | "in" };

/** @throws FilterSyntaxError if the operands cannot be compared, or cannot be compared with this operator. */
export function requireComparable<Path extends string>(
  left: Term<Path>,
  { operator, start, ...token }: ComparisonToken,
  right: Term<Path>,
): void {
  const enumerated = [left, right].find(({ type }) => type.type === "enumeration");
  if (enumerated && operator !== "eq" && operator !== "ne" && operator !== "in") {
    const problem = `${quoteToken(enumerated.token)} is an enumeration, which can only be compared with 'eq', 'ne' or 'in'`;
    throw new FilterSyntaxError(start, problem, { ...token, start });
  }
  if (left.type.type === "null" || right.type.type === "null") return;
  if (isMember(left, right) || isMember(right, left)) return;
  if (left.type.type !== right.type.type || enumerationOf(left) !== enumerationOf(right)) throw mismatch(left, right);
}

/**
 * Whether `text` is a string that is compared with an enumeration.
 * @throws FilterSyntaxError if the string is not a member of the enumeration.
 */
function isMember<Path extends string>({ type }: Term<Path>, text: Term<Path>): boolean {
  if (type.type !== "enumeration" || text.token.kind !== "string") return false;
  requireMember(type, contentOf(text.token), text.token);
  return true;
}

/**
 * Returns the member of the enumeration that the text names, in any case (Graph).
 * @throws FilterSyntaxError if the text is not a member. The message lists the members.
 */
export function requireMember({ enumeration, members }: Enumeration, text: string, token: Token): string {
  const member = members.find((one) => one === text) ?? members.find((one) => one.toLowerCase() === text.toLowerCase());
  if (member !== undefined) return member;
  const known = members.map((name) => `'${name}'`).join(", ");
  throw new FilterSyntaxError(token.start, `expected a member of ${enumeration} (${known})`, token);
}

/** Returns the operand of a term that is compared with another one: a member of an enumeration in the contract's spelling. */
export function operandBeside<Path extends string>(term: Term<Path>, { type }: Term<Path>): Operand<Path> {
  if (type.type !== "enumeration" || term.token.kind !== "string") return term.operand;
  return { kind: "literal", value: requireMember(type, contentOf(term.token), term.token) };
}

/** @throws FilterSyntaxError if the argument of a text function is not text. */
export function requireText<Path extends string>(name: string, { type, token }: Term<Path>): void {
  if (type.type === "string") return;
  throw new FilterSyntaxError(token.start, `${name} needs text, but ${quoteToken(token)} is ${describeType(type)}`);
}

function mismatch<Path extends string>(left: Term<Path>, right: Term<Path>): FilterSyntaxError {
  const quoted = [left, right].find(({ token }) => token.kind === "string");
  const types = [left, right].map(({ type }) => type.type);
  const problem = `${quoteTerm(left)} cannot be compared with ${quoteTerm(right)}`;
  const dateAdvice = quoted && types.includes("dateTime") ? "; write a date and time without quotes" : "";
  const numberAdvice = quoted && types.includes("integer") ? "; write a number without quotes" : "";
  return new FilterSyntaxError(right.token.start, `${problem}${dateAdvice}${numberAdvice}`);
}

function enumerationOf<Path extends string>({ type }: Term<Path>): string | undefined {
  return type.type === "enumeration" ? type.enumeration : undefined;
}

function quoteTerm<Path extends string>({ type, token }: Term<Path>): string {
  return `${quoteToken(token)} (${describeType(type)})`;
}

function describeType(type: Type): string {
  switch (type.type) {
    case "string":
      return "text";
    case "integer":
      return "a number";
    case "dateTime":
      return "a date and time";
    case "null":
      return "null";
    case "enumeration":
      return `a member of ${type.enumeration}`;
  }
}
