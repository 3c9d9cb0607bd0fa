/**
 * Parses the `$filter` query option into a condition (OData 4.01 URL Conventions, 5.1.1; ABNF rule `boolCommonExpr`).
 * No library is suitable, and none accepts `EQ`: odata-v4-parser and @odata/parser do not support `in` and report every
 * error as `Unexpected character at 1`; odata-filter-to-ast supports neither `not` nor dates; @balena/odata-parser
 * accepts dates only in quotes.
 *
 * The parser supports `or`, `and`, `not`, parentheses, the six comparison operators, `in`, `contains`, `startswith`,
 * `endswith`, `tolower` and `toupper`. For any other operator or function, the error names it.
 */
import type { Condition, Operand, Properties, Property, Value } from "../../domain/query.ts";
import type { Outcome } from "../../domain/store.ts";
import { Cursor } from "./cursor.ts";
import { stringTerm, Vocabulary } from "./terms.ts";
import { expected, type FilterError, FilterSyntaxError, locateError, quoteToken, type Token } from "./tokens.ts";
import { type ComparisonToken, operandBeside, requireComparable, requireText, type Term } from "./types.ts";

/** @param properties the properties that a filter can name. */
export function parseFilter<Path extends string>(
  text: string,
  properties: Properties<Path>,
): Outcome<Condition<Path>, FilterError> {
  try {
    const vocabulary = new Vocabulary<Path>(Object.values<Property<Path>>(properties));
    return { ok: true, value: new Parser(new Cursor(text), vocabulary).parse() };
  } catch (error) {
    if (error instanceof FilterSyntaxError) return { ok: false, error: locateError(text, error) };
    throw error;
  }
}

/**
 * An expression is a condition, a term or a Boolean literal. Parentheses and `eq` accept all three kinds, because only
 * the token after an expression shows which kind is needed.
 */
type Expression<Path extends string> =
  | { readonly kind: "condition"; readonly condition: Condition<Path> }
  | { readonly kind: "boolean"; readonly value: boolean; readonly token: Token }
  | ({ readonly kind: "term" } & Term<Path>);

const comparisons = ["eq", "ne", "gt", "ge", "lt", "le", "in"] as const;
const textFunctions = ["contains", "startswith", "endswith"] as const;
const caseFunctions = ["tolower", "toupper"] as const;
const keywords: readonly string[] = [...comparisons, "and", "or", "not"];
const unsupportedOperators = ["has", "add", "sub", "mul", "div", "divby", "mod"];
const onlyBesideCondition =
  "only a condition, such as contains(…), can be compared with 'true' or 'false', and only with 'eq' or 'ne'";

class Parser<Path extends string> {
  readonly #cursor: Cursor;
  readonly #vocabulary: Vocabulary<Path>;

  constructor(cursor: Cursor, vocabulary: Vocabulary<Path>) {
    this.#cursor = cursor;
    this.#vocabulary = vocabulary;
  }

  parse(): Condition<Path> {
    const condition = this.#conditionOf(this.#or());
    this.#cursor.expect("end", "'and', 'or' or the end");
    return condition;
  }

  #or(): Expression<Path> {
    return this.#chain("or", () => this.#and());
  }

  #and(): Expression<Path> {
    return this.#chain("and", () => this.#not());
  }

  #chain(kind: "and" | "or", parsePart: () => Expression<Path>): Expression<Path> {
    const first = parsePart();
    if (this.#cursor.word !== kind) return first;
    const conditions = [this.#conditionOf(first)];
    while (this.#cursor.word === kind) {
      this.#cursor.take();
      conditions.push(this.#conditionOf(parsePart()));
    }
    return { kind: "condition", condition: { kind, conditions } };
  }

  #not(): Expression<Path> {
    if (this.#cursor.word !== "not") return this.#comparison();
    const token = this.#cursor.take();
    this.#cursor.countTerm(token);
    const condition = this.#cursor.within(token, () => this.#conditionOf(this.#not()));
    return { kind: "condition", condition: { kind: "not", condition } };
  }

  #comparison(): Expression<Path> {
    const left = this.#primary();
    const { token, word } = this.#cursor;
    const operator = comparisons.find((name) => name === word);
    if (operator) {
      this.#cursor.countTerm(this.#cursor.take());
      return { kind: "condition", condition: this.#compare(left, { ...token, operator }) };
    }
    // This is checked here, because inside parentheses, the error would otherwise be a missing parenthesis.
    const goesOn = token.kind === "string" || (token.kind === "word" && !keywords.includes(word));
    if (left.kind !== "condition" && goesOn) throw this.#expectedComparison();
    return left;
  }

  #compare(left: Expression<Path>, token: ComparisonToken): Condition<Path> {
    const { operator } = token;
    if (operator === "in") return this.#membership(left, token);
    const right = this.#primary();
    if (left.kind === "term" && right.kind === "term") {
      requireComparable(left, token, right);
      return { kind: "compare", operator, left: operandBeside(left, right), right: operandBeside(right, left) };
    }
    const [condition, boolean] = left.kind === "condition" ? [left, right] : [right, left];
    if (condition.kind !== "condition" || boolean.kind !== "boolean" || (operator !== "eq" && operator !== "ne")) {
      throw new FilterSyntaxError(token.start, onlyBesideCondition, token);
    }
    const is: Condition<Path> = { kind: "is", condition: condition.condition, value: boolean.value };
    return operator === "eq" ? is : { kind: "not", condition: is };
  }

  #membership(left: Expression<Path>, token: ComparisonToken): Condition<Path> {
    if (left.kind !== "term")
      throw new FilterSyntaxError(token.start, "only a property or a value can be in a list", token);
    this.#cursor.expect("(", "'(' and a list of values");
    const values: Value[] = [];
    while (this.#cursor.token.kind !== ")") {
      if (values.length > 0) this.#cursor.expect(",", "',' or ')'");
      values.push(this.#listed(left, token));
    }
    this.#cursor.take();
    return { kind: "in", operand: left.operand, values };
  }

  #listed(left: Term<Path>, operator: ComparisonToken): Value {
    const { token } = this.#cursor;
    this.#cursor.countValue(token);
    const item = this.#primary();
    if (item.kind !== "term" || item.operand.kind !== "literal" || token.kind === "(") {
      throw expected("a value (a list can contain only values)", token);
    }
    requireComparable(left, operator, item);
    const operand = operandBeside(item, left);
    return operand.kind === "literal" ? operand.value : item.operand.value;
  }

  #primary(): Expression<Path> {
    const { token, word } = this.#cursor;
    if (token.kind === "string") return { kind: "term", ...stringTerm<Path>(this.#cursor.take()) };
    if (token.kind === "(") return this.#group();
    if (token.kind !== "word" || keywords.includes(word)) throw this.#vocabulary.expectedTerm(token);
    this.#cursor.take();
    const next = this.#cursor.token;
    if (next.kind === "(") return this.#function(token, word);
    if (next.kind === "string" && next.start === token.end) {
      return { kind: "term", ...this.#vocabulary.memberOf(token, this.#cursor.take()) };
    }
    if (word === "true" || word === "false") return { kind: "boolean", value: word === "true", token };
    return { kind: "term", ...this.#vocabulary.termOf(token) };
  }

  #group(): Expression<Path> {
    const inner = this.#cursor.within(this.#cursor.take(), () => this.#or());
    this.#cursor.expect(")", inner.kind === "condition" ? "'and', 'or' or ')'" : "a comparison operator or ')'");
    return inner;
  }

  #function(name: Token, lower: string): Expression<Path> {
    const textFunction = textFunctions.find((known) => known === lower);
    const caseFunction = caseFunctions.find((known) => known === lower);
    this.#cursor.countTerm(name);
    this.#cursor.take();
    return this.#cursor.within(name, () => {
      if (textFunction) {
        const text = this.#argument(lower, ",");
        const part = this.#argument(lower, ")");
        return { kind: "condition", condition: { kind: textFunction, text, part } };
      }
      if (caseFunction) {
        const text = this.#argument(lower, ")");
        const token = { ...name, text: `${name.text}(…)` };
        return { kind: "term", operand: { kind: caseFunction, text }, type: { type: "string" }, token };
      }
      const known = [...textFunctions, ...caseFunctions].join(", ");
      const problem = `the function ${quoteToken(name)} is not supported; supported functions are ${known}`;
      throw new FilterSyntaxError(name.start, problem);
    });
  }

  /** @param end the token that must follow the argument. */
  #argument(name: string, end: "," | ")"): Operand<Path> {
    const { token } = this.#cursor;
    const argument = this.#primary();
    if (argument.kind !== "term") throw expected(`text for ${name}`, token);
    requireText(name, argument);
    this.#cursor.expect(end, `'${end}'`);
    return argument.operand;
  }

  /** Returns the condition of an expression. Throws if the expression is only the left side of a comparison. */
  #conditionOf(expression: Expression<Path>): Condition<Path> {
    switch (expression.kind) {
      case "condition":
        return expression.condition;
      case "term":
        throw this.#expectedComparison();
      case "boolean":
        throw new FilterSyntaxError(expression.token.start, onlyBesideCondition, expression.token);
    }
  }

  #expectedComparison(): FilterSyntaxError {
    const { token, word } = this.#cursor;
    if (!unsupportedOperators.includes(word)) {
      return expected(`a comparison operator (${comparisons.join(", ")})`, token);
    }
    return new FilterSyntaxError(token.start, `the operator ${quoteToken(token)} is not supported`);
  }
}
