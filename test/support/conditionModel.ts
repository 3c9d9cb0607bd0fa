/**
 * Evaluates a condition in JavaScript. Tests compare the stores' SQL with this reference implementation.
 *
 * - `null` equals only `null`. `ge` and `le` are true if `eq` is true; every other comparison with `null` is false.
 * - A function returns `null` if an argument is `null`. `not`, `and` and `or` treat `null` as unknown.
 * - Text is compared by code point, which is the order of its UTF-8 bytes, and case matters (Decision).
 */
import type { Comparison, Condition, Operand, TextFunction, Value } from "../../server/domain/query.ts";

export type ValueAt<Path extends string> = (path: Path) => Value | undefined;

/** Whether the condition is true for the entity. A condition that evaluates to `null` does not match. */
export function matches<Path extends string>(condition: Condition<Path>, valueAt: ValueAt<Path>): boolean {
  return evaluate(condition, valueAt) === true;
}

function evaluate<Path extends string>(condition: Condition<Path>, valueAt: ValueAt<Path>): boolean | null {
  switch (condition.kind) {
    case "and":
      return combine(condition.conditions, false, valueAt);
    case "or":
      return combine(condition.conditions, true, valueAt);
    case "not": {
      const result = evaluate(condition.condition, valueAt);
      return result === null ? null : !result;
    }
    case "is":
      return evaluate(condition.condition, valueAt) === condition.value;
    case "compare":
      return compare(operandValue(condition.left, valueAt), condition.operator, operandValue(condition.right, valueAt));
    case "in":
      return condition.values.includes(operandValue(condition.operand, valueAt));
    default:
      return find(condition.kind, operandValue(condition.text, valueAt), operandValue(condition.part, valueAt));
  }
}

/**
 * Combines conditions with `and` if `verdict` is `false`, and with `or` if it is `true`. If one condition is `verdict`, the result
 * is `verdict`. Otherwise, if one is `null`, the result is `null`; if none is, it is the opposite of `verdict`.
 */
function combine<Path extends string>(
  conditions: readonly Condition<Path>[],
  verdict: boolean,
  valueAt: ValueAt<Path>,
): boolean | null {
  const results = conditions.map((condition) => evaluate(condition, valueAt));
  if (results.includes(verdict)) return verdict;
  return results.includes(null) ? null : !verdict;
}

function operandValue<Path extends string>(operand: Operand<Path>, valueAt: ValueAt<Path>): Value {
  switch (operand.kind) {
    case "property":
      return valueAt(operand.path) ?? null;
    case "literal":
      return operand.value;
    default: {
      const text = operandValue(operand.text, valueAt);
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

/** Compares texts by code point, because JavaScript's `<` compares UTF-16 code units. @returns a number like a sort comparator. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Moves surrogates after all other code units, because they encode the highest code points. */
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
