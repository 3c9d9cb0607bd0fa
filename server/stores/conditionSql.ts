/**
 * A condition as SQL that is true for just the rows it matches. SQL's null is no OData null: `null = null` is not true in
 * SQL, and `not (x > 1)` is not true where x is null. So `not` is pushed inwards to where the difference is known, and a
 * plain comparison stays as plain as an index wants it.
 *
 * Nothing of the caller's becomes part of the text: values are parameters, properties the store's own expressions.
 */
import type { Comparison, Condition, Operand, TextFunction, Value } from "../domain/query.ts";

/** The SQL expression of each property, which must compare text by its bytes. */
export type Columns<Path extends string> = Readonly<Record<Path, string>>;

export interface Dialect {
  /** The parameter at this place, counted from 1, for a value of this kind. */
  readonly parameter: (place: number, value: string | number) => string;
  /** Where in the first text the second begins, counted from 1; 0 if nowhere. */
  readonly position: string;
}

export const sqlite: Dialect = { parameter: () => "?", position: "instr" };

export const postgres: Dialect = {
  parameter: (place, value) => (typeof value === "string" ? `($${place}::text COLLATE "C")` : `$${place}::integer`),
  position: "strpos",
};

export interface Sql {
  /** Fit to stand beside AND. */
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** @param first the place of the first parameter. */
export function conditionSql<Path extends string>(
  condition: Condition<Path>,
  columns: Columns<Path>,
  dialect: Dialect,
  first = 1,
): Sql {
  const writer = new Writer(columns, dialect, first);
  return { sql: writer.isTrue(condition), values: writer.values };
}

const operators = { eq: "=", gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

class Writer<Path extends string> {
  readonly values: (string | number)[] = [];
  readonly #columns: Columns<Path>;
  readonly #dialect: Dialect;
  readonly #first: number;

  constructor(columns: Columns<Path>, dialect: Dialect, first: number) {
    this.#columns = columns;
    this.#dialect = dialect;
    this.#first = first;
  }

  /** SQL that is true if and only if the condition is; else it is false or null. */
  isTrue(condition: Condition<Path>): string {
    switch (condition.kind) {
      case "and":
        return joined(
          "AND",
          condition.conditions.map((part) => this.isTrue(part)),
        );
      case "or":
        return joined(
          "OR",
          condition.conditions.map((part) => this.isTrue(part)),
        );
      case "not":
        return this.isFalse(condition.condition);
      case "is":
        return condition.value ? this.isTrue(condition.condition) : this.isFalse(condition.condition);
      case "compare":
        return this.#compare(condition.left, condition.operator, condition.right);
      case "in":
        return this.#isIn(condition.operand, condition.values);
      default:
        return this.#find(condition.kind, condition.text, condition.part);
    }
  }

  /** SQL that is true if and only if the condition is false; if the condition is null, it is not. */
  isFalse(condition: Condition<Path>): string {
    switch (condition.kind) {
      case "and":
        return joined(
          "OR",
          condition.conditions.map((part) => this.isFalse(part)),
        );
      case "or":
        return joined(
          "AND",
          condition.conditions.map((part) => this.isFalse(part)),
        );
      case "not":
        return this.isTrue(condition.condition);
      case "compare":
        if (condition.operator === "eq") return this.isTrue({ ...condition, operator: "ne" });
        if (condition.operator === "ne") return this.isTrue({ ...condition, operator: "eq" });
        return `(${this.isTrue(condition)}) IS NOT TRUE`;
      case "is":
      case "in":
        return `(${this.isTrue(condition)}) IS NOT TRUE`;
      default:
        return `NOT (${this.isTrue(condition)})`;
    }
  }

  #compare(left: Operand<Path>, operator: Comparison, right: Operand<Path>): string {
    if (isNull(right)) return this.#compareNull(left, operator);
    if (isNull(left)) return this.#compareNull(right, operator);
    const bothNullable = isNullable(left) && isNullable(right);
    switch (operator) {
      case "ne":
        return `${this.#operand(left)} IS DISTINCT FROM ${this.#operand(right)}`;
      case "eq":
        return `${this.#operand(left)} ${bothNullable ? "IS NOT DISTINCT FROM" : "="} ${this.#operand(right)}`;
      default: {
        const ordered = `${this.#operand(left)} ${operators[operator]} ${this.#operand(right)}`;
        if (!bothNullable || operator === "gt" || operator === "lt") return ordered;
        return `(${ordered} OR (${this.#operand(left)} IS NULL AND ${this.#operand(right)} IS NULL))`;
      }
    }
  }

  #compareNull(operand: Operand<Path>, operator: Comparison): string {
    switch (operator) {
      case "gt":
      case "lt":
        return "FALSE";
      case "ne":
        return `${this.#operand(operand)} IS NOT NULL`;
      default:
        return `${this.#operand(operand)} IS NULL`;
    }
  }

  #isIn(operand: Operand<Path>, values: readonly Value[]): string {
    const some = values.filter((value) => value !== null);
    const alternatives: string[] = [];
    if (some.length > 0 && !isNull(operand)) {
      const text = this.#operand(operand);
      alternatives.push(`${text} IN (${some.map((value) => this.#parameter(value)).join(", ")})`);
    }
    if (values.includes(null)) alternatives.push(`${this.#operand(operand)} IS NULL`);
    return alternatives.length === 0 ? "FALSE" : joined("OR", alternatives);
  }

  /** Not LIKE: it has characters of its own, and SQLite's is blind for case. */
  #find(how: TextFunction, text: Operand<Path>, part: Operand<Path>): string {
    const text1 = () => this.#operand(text);
    const part1 = () => this.#operand(part);
    switch (how) {
      case "contains":
        return `${this.#dialect.position}(${text1()}, ${part1()}) > 0`;
      case "startswith":
        if (part.kind === "literal" && typeof part.value === "string") return this.#startsWith(text1, part.value);
        return `substr(${text1()}, 1, length(${part1()})) = ${part1()}`;
      case "endswith":
        // Of a text that is shorter than the part, what is taken is no longer than the text: never the part.
        return `substr(${text1()}, length(${text1()}) - length(${part1()}) + 1) = ${part1()}`;
    }
  }

  /** As a range, which an index can answer: texts with one beginning stand together in the order of their bytes. */
  #startsWith(text: () => string, beginning: string): string {
    const from = `${text()} >= ${this.#parameter(beginning)}`;
    const end = firstBehind(beginning);
    return end === undefined ? from : `(${from} AND ${text()} < ${this.#parameter(end)})`;
  }

  #operand(operand: Operand<Path>): string {
    switch (operand.kind) {
      case "property":
        return this.#columns[operand.path];
      case "literal":
        return operand.value === null ? "NULL" : this.#parameter(operand.value);
      case "tolower":
        return `lower(${this.#operand(operand.text)})`;
      case "toupper":
        return `upper(${this.#operand(operand.text)})`;
    }
  }

  #parameter(value: string | number): string {
    this.values.push(value);
    return this.#dialect.parameter(this.#first + this.values.length - 1, value);
  }
}

function joined(word: "AND" | "OR", parts: readonly string[]): string {
  return parts.length === 1 ? parts.join("") : `(${parts.join(` ${word} `)})`;
}

function isNull<Path extends string>(operand: Operand<Path>): boolean {
  return operand.kind === "literal" && operand.value === null;
}

function isNullable<Path extends string>(operand: Operand<Path>): boolean {
  if (operand.kind === "property") return true;
  return operand.kind === "literal" ? operand.value === null : isNullable(operand.text);
}

/** The first text behind all that begin so, in the order of code points; undefined if there is none. */
function firstBehind(beginning: string): string | undefined {
  const points = Array.from(beginning, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    // Between them lie the surrogates, which are no characters.
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}
