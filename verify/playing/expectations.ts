/** Checks expectations, which are conditions that the schemas do not express. scenario.ts describes each kind. */
import { isDeepStrictEqual } from "node:util";
import type { Expectation } from "../scenarios/language/scenario.ts";
import { lookUp, memberAt, resolve, type Scope } from "./references.ts";

/** @returns one sentence that says why the expectation is not met; undefined if it is met. @throws UnresolvedReference */
export function findUnmet(expectation: Expectation, scope: Scope): string | undefined {
  if ("same" in expectation) {
    const [left, right] = expectation.same.map((text) => without(resolve(text, scope), expectation.but ?? []));
    return isDeepStrictEqual(left, right)
      ? undefined
      : `${formatValue(expectation.same[0])} is ${formatValue(left)}; it must be ${formatValue(right)}.`;
  }
  if ("different" in expectation) {
    const [left, right] = expectation.different.map((text) => resolve(text, scope));
    return isDeepStrictEqual(left, right)
      ? `${formatValue(expectation.different[0])} is still ${formatValue(left)}.`
      : undefined;
  }
  if ("matches" in expectation) {
    const [text, pattern] = expectation.matches;
    const value = String(resolve(text, scope));
    return new RegExp(pattern).test(value) ? undefined : `${text} is ${formatValue(value)}; it must match ${pattern}.`;
  }
  if ("absent" in expectation) {
    const value = lookUp(expectation.absent.slice(1, -1), scope);
    return value === undefined ? undefined : `${expectation.absent} must be absent; it is ${formatValue(value)}.`;
  }
  return findUnmetInList(expectation, scope);
}

type ListExpectation = Exclude<
  Expectation,
  { same: unknown } | { different: unknown } | { matches: unknown } | { absent: unknown }
>;

function findDisorder(
  { ordered, by, descending }: Extract<Expectation, { ordered: unknown }>,
  scope: Scope,
): string | undefined {
  const values = readList(ordered, scope).map((item) => memberAt(item, by));
  const pairs = values.slice(1).map((value, index) => [values[index], value] as const);
  const wrong = pairs.find(([one, next]) => (descending ? comesAfter(next, one) : comesAfter(one, next)));
  return wrong && `${ordered} is not ordered by ${by}: ${formatValue(wrong[0])} before ${formatValue(wrong[1])}.`;
}

function findUnmetInList(expectation: ListExpectation, scope: Scope): string | undefined {
  if ("ordered" in expectation) return findDisorder(expectation, scope);
  if ("counts" in expectation) {
    const [text, list] = expectation.counts;
    const [count, { length }] = [Number(resolve(text, scope)), readList(list, scope)];
    return count === length ? undefined : `${formatValue(text)} is ${count}, but ${list} has ${length} elements.`;
  }
  if ("apart" in expectation) {
    const [one = [], other = []] = expectation.apart.map((list) =>
      readList(list, scope).map((item) => Object(item).id),
    );
    const both = one.find((id) => other.includes(id));
    return both === undefined
      ? undefined
      : `${formatValue(both)} is in both lists, ${expectation.apart.join(" and ")}.`;
  }
  if ("has" in expectation) {
    const [list, member, value] = expectation.has;
    return countMatches(list, member, value, scope) > 0
      ? undefined
      : `${list} has no element whose ${member} is ${formatValue(resolve(value, scope))}.`;
  }
  if ("lacks" in expectation) {
    const [list, member, value] = expectation.lacks;
    return countMatches(list, member, value, scope) === 0
      ? undefined
      : `${list} has an element whose ${member} is ${formatValue(resolve(value, scope))}.`;
  }
  const [list, member, value] = expectation.all;
  const { length } = readList(list, scope);
  if (length === 0) return `${list} is empty.`;
  return countMatches(list, member, value, scope) === length
    ? undefined
    : `${list} has an element whose ${member} is not ${formatValue(resolve(value, scope))}.`;
}

function countMatches(list: string, member: string, value: unknown, scope: Scope): number {
  const wanted = resolve(value, scope);
  return readList(list, scope).filter((item) => isDeepStrictEqual(memberAt(item, member), wanted)).length;
}

/** Returns the elements of a list. If the value is not a list, returns none, because the judge has already reported it. */
function readList(list: string, scope: Scope): readonly unknown[] {
  const value: unknown = resolve(list, scope);
  return Array.isArray(value) ? value : [];
}

function comesAfter(one: unknown, next: unknown): boolean {
  return typeof one === "number" && typeof next === "number" ? one > next : String(one) > String(next);
}

function without(value: unknown, members: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)));
}

function formatValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "missing");
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
