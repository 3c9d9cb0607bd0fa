/**
 * What a condition means, as code: the reference that the stores' SQL is tested against.
 *
 * - Null equals null and nothing else; `ge` and `le` are true where `eq` is; otherwise a comparison with null is false.
 * - A function of null is null; `not`, `and` and `or` take null for unknown.
 * - Text is compared by code point, which is the order of its UTF-8 bytes, and with regard to case (Decision).
 */
import type { Comparison, Condition, Operand, TextFunction, Value } from "../../server/domain/query.ts";

export type ValueAt<Path extends string> = (path: Path) => Value | undefined;

/** Whether the entity is one the condition asks for: only if it is true, not if it is null. */
export function matches<Path extends string>(condition: Condition<Path>, valueAt: ValueAt<Path>): boolean {
  return evaluate(condition, valueAt) === true;
}

function evaluate<Path extends string>(condition: Condition<Path>, valueAt: ValueAt<Path>): boolean | null {
  switch (condition.kind) {
    case "and":
      return decisive(condition.conditions, false, valueAt);
    case "or":
      return decisive(condition.conditions, true, valueAt);
    case "not": {
      const result = evaluate(condition.condition, valueAt);
      return result === null ? null : !result;
    }
    case "is":
      return evaluate(condition.condition, valueAt) === condition.value;
    case "compare":
      return compare(read(condition.left, valueAt), condition.operator, read(condition.right, valueAt));
    case "in":
      return condition.values.includes(read(condition.operand, valueAt));
    default:
      return find(condition.kind, read(condition.text, valueAt), read(condition.part, valueAt));
  }
}

/** One false decides `and`, one true decides `or`; else one null leaves it open. */
function decisive<Path extends string>(
  conditions: readonly Condition<Path>[],
  verdict: boolean,
  valueAt: ValueAt<Path>,
): boolean | null {
  const results = conditions.map((condition) => evaluate(condition, valueAt));
  if (results.includes(verdict)) return verdict;
  return results.includes(null) ? null : !verdict;
}

function read<Path extends string>(operand: Operand<Path>, valueAt: ValueAt<Path>): Value {
  switch (operand.kind) {
    case "property":
      return valueAt(operand.path) ?? null;
    case "literal":
      return operand.value;
    default: {
      const text = read(operand.text, valueAt);
      if (typeof text !== "string") return null;
      return operand.kind === "tolower"
        ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        : text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
    }
  }
}

function compare(left: Value, operator: Comparison, right: Value): boolean {
  switch (operator) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "gt":
      return isBefore(right, left);
    case "ge":
      return left === right || isBefore(right, left);
    case "lt":
      return isBefore(left, right);
    case "le":
      return left === right || isBefore(left, right);
  }
}

function isBefore(left: Value, right: Value): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) < 0;
  return false;
}

/** Less than, equal to or greater than 0, as the texts' code points say. JavaScript's `<` goes by UTF-16 code units. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for the code points behind all others, but are not the last code units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function find(how: TextFunction, text: Value, part: Value): boolean | null {
  if (typeof text !== "string" || typeof part !== "string") return null;
  switch (how) {
    case "contains":
      return text.includes(part);
    case "startswith":
      return text.startsWith(part);
    case "endswith":
      return text.endsWith(part);
  }
}
