/**
 * Translates a condition into SQL that is true only for the matching rows. SQL and OData treat `null` differently: in
 * SQL, `null = null` is not true, and `not (x > 1)` is not true if `x` is `null`. So `not` is pushed inwards to the
 * comparisons, which handle `null`. Comparisons that cannot involve `null` keep a simple form, for which the database
 * can use an index.
 *
 * The caller's values become parameters and never a part of the SQL text. Properties become the store's SQL
 * expressions.
 */
import type { Comparison, Condition, Operand, TextFunction, Value } from "../domain/query.ts";

/** The SQL expression of each property. Its collation must compare text byte by byte. */
export type Columns<Path extends string> = Readonly<Record<Path, string>>;

export interface Dialect {
  /** Returns the placeholder of the parameter for this value. Positions start at 1. */
  readonly parameter: (position: number, value: string | number) => string;
  /**
   * The SQL function that returns the position of the second text in the first, starting at 1, or 0 if it is not found.
   */
  readonly find: string;
}

export const sqlite: Dialect = { parameter: () => "?", find: "instr" };

export const postgres: Dialect = {
  parameter: (position, value) =>
    typeof value === "string" ? `($${position}::text COLLATE "C")` : `$${position}::integer`,
  find: "strpos",
};

export interface Sql {
  /** The SQL text, with parentheses where they are needed to combine it with AND. */
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** @param first the position of the first parameter. */
export function conditionSql<Path extends string>(
  condition: Condition<Path>,
  columns: Columns<Path>,
  dialect: Dialect,
  first = 1,
): Sql {
  const writer = new Writer(columns, dialect, first);
  return { sql: writer.whereTrue(condition), values: writer.values };
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

  /** Returns SQL that is true if and only if the condition is `true`. Otherwise the SQL is false or null. */
  whereTrue(condition: Condition<Path>): string {
    switch (condition.kind) {
      case "and":
        return joinSql("AND", this.#eachTrue(condition.conditions));
      case "or":
        return joinSql("OR", this.#eachTrue(condition.conditions));
      case "not":
        return this.whereFalse(condition.condition);
      case "is":
        return condition.value ? this.whereTrue(condition.condition) : this.whereFalse(condition.condition);
      case "compare":
        return this.#compare(condition.left, condition.operator, condition.right);
      case "in":
        return this.#isIn(condition.operand, condition.values);
      default:
        return this.#find(condition.kind, condition.text, condition.part);
    }
  }

  /** Returns SQL that is true if and only if the condition is `false`. So it is not true if the condition is `null`. */
  whereFalse(condition: Condition<Path>): string {
    switch (condition.kind) {
      case "and":
        return joinSql("OR", this.#eachFalse(condition.conditions));
      case "or":
        return joinSql("AND", this.#eachFalse(condition.conditions));
      case "not":
        return this.whereTrue(condition.condition);
      case "compare":
        if (condition.operator === "eq") return this.whereTrue({ ...condition, operator: "ne" });
        if (condition.operator === "ne") return this.whereTrue({ ...condition, operator: "eq" });
        return `(${this.whereTrue(condition)}) IS NOT TRUE`;
      case "is":
      case "in":
        return `(${this.whereTrue(condition)}) IS NOT TRUE`;
      default:
        return `NOT (${this.whereTrue(condition)})`;
    }
  }

  #eachTrue(conditions: readonly Condition<Path>[]): readonly string[] {
    return conditions.map((condition) => this.whereTrue(condition));
  }

  #eachFalse(conditions: readonly Condition<Path>[]): readonly string[] {
    return conditions.map((condition) => this.whereFalse(condition));
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
    return alternatives.length === 0 ? "FALSE" : joinSql("OR", alternatives);
  }

  /** Does not use LIKE, because LIKE has special characters and is case-insensitive in SQLite. */
  #find(kind: TextFunction, text: Operand<Path>, part: Operand<Path>): string {
    // An operand that occurs several times in the SQL needs a separate parameter for each occurrence.
    const textSql = () => this.#operand(text);
    const partSql = () => this.#operand(part);
    switch (kind) {
      case "contains":
        return `${this.#dialect.find}(${textSql()}, ${partSql()}) > 0`;
      case "startswith":
        if (part.kind === "literal" && typeof part.value === "string") return this.#startsWith(textSql, part.value);
        return `substr(${textSql()}, 1, length(${partSql()})) = ${partSql()}`;
      case "endswith":
        // If the text is shorter than the part, substr returns at most the whole text, which never equals the part.
        return `substr(${textSql()}, length(${textSql()}) - length(${partSql()}) + 1) = ${partSql()}`;
    }
  }

  /** Uses a range, so that the database can use an index: texts with the same prefix are adjacent in byte order. */
  #startsWith(text: () => string, prefix: string): string {
    const from = `${text()} >= ${this.#parameter(prefix)}`;
    const end = firstAfterPrefix(prefix);
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

function joinSql(word: "AND" | "OR", parts: readonly string[]): string {
  return parts.length === 1 ? parts.join("") : `(${parts.join(` ${word} `)})`;
}

function isNull<Path extends string>(operand: Operand<Path>): boolean {
  return operand.kind === "literal" && operand.value === null;
}

function isNullable<Path extends string>(operand: Operand<Path>): boolean {
  if (operand.kind === "property") return true;
  return operand.kind === "literal" ? operand.value === null : isNullable(operand.text);
}

/** Returns the first text that sorts after all texts with this prefix, by code point. Undefined if there is none. */
function firstAfterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    // The code points from 0xd800 to 0xdfff are surrogates, which are not characters.
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}
