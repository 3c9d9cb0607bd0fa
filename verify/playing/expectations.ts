/** What must hold beyond the schema: each word of scenario.ts's Expectation, and what it means. */
import { isDeepStrictEqual } from "node:util";
import type { Expectation } from "../scenarios/language/scenario.ts";
import { lookUp, memberAt, resolve, type Scope } from "./references.ts";

/** Why the expectation doesn't hold, in a sentence; undefined if it does. @throws NothingThere */
export function unmet(expectation: Expectation, scope: Scope): string | undefined {
  if ("same" in expectation) {
    const [left, right] = expectation.same.map((text) => without(resolve(text, scope), expectation.but ?? []));
    return isDeepStrictEqual(left, right)
      ? undefined
      : `${shown(expectation.same[0])} is ${shown(left)}; it must be ${shown(right)}.`;
  }
  if ("different" in expectation) {
    const [left, right] = expectation.different.map((text) => resolve(text, scope));
    return isDeepStrictEqual(left, right) ? `${shown(expectation.different[0])} is still ${shown(left)}.` : undefined;
  }
  if ("matches" in expectation) {
    const [text, pattern] = expectation.matches;
    const value = String(resolve(text, scope));
    return new RegExp(pattern).test(value) ? undefined : `${text} is ${shown(value)}; it must match ${pattern}.`;
  }
  if ("absent" in expectation) {
    const value = lookUp(expectation.absent.slice(1, -1), scope);
    return value === undefined ? undefined : `${expectation.absent} must not be there; it is ${shown(value)}.`;
  }
  return unmetOfList(expectation, scope);
}

type OfList = Exclude<
  Expectation,
  { same: unknown } | { different: unknown } | { matches: unknown } | { absent: unknown }
>;

function unmetOfList(expectation: OfList, scope: Scope): string | undefined {
  if ("ordered" in expectation) {
    const values = listAt(expectation.ordered, scope).map((item) => memberAt(item, expectation.by));
    const pairs = values.slice(1).map((value, index) => [values[index], value] as const);
    const wrong = pairs.find(([one, next]) => (expectation.descending ? isAfter(next, one) : isAfter(one, next)));
    return (
      wrong &&
      `${expectation.ordered} is not in order of ${expectation.by}: ${shown(wrong[0])} before ${shown(wrong[1])}.`
    );
  }
  if ("counts" in expectation) {
    const [text, list] = expectation.counts;
    const [count, { length }] = [Number(resolve(text, scope)), listAt(list, scope)];
    return count === length ? undefined : `${shown(text)} is ${count}, and ${list} has ${length} elements.`;
  }
  if ("apart" in expectation) {
    const [one = [], other = []] = expectation.apart.map((list) => listAt(list, scope).map((item) => Object(item).id));
    const both = one.find((id) => other.includes(id));
    return both === undefined ? undefined : `${shown(both)} is in both ${expectation.apart.join(" and ")}.`;
  }
  if ("has" in expectation) {
    const [list, member, value] = expectation.has;
    return found(list, member, value, scope) > 0
      ? undefined
      : `${list} has no element whose ${member} is ${shown(resolve(value, scope))}.`;
  }
  if ("lacks" in expectation) {
    const [list, member, value] = expectation.lacks;
    return found(list, member, value, scope) === 0
      ? undefined
      : `${list} has an element whose ${member} is ${shown(resolve(value, scope))}.`;
  }
  const [list, member, value] = expectation.all;
  const { length } = listAt(list, scope);
  if (length === 0) return `${list} is empty.`;
  return found(list, member, value, scope) === length
    ? undefined
    : `${list} has an element whose ${member} is not ${shown(resolve(value, scope))}.`;
}

function found(list: string, member: string, value: unknown, scope: Scope): number {
  const wanted = resolve(value, scope);
  return listAt(list, scope).filter((item) => isDeepStrictEqual(memberAt(item, member), wanted)).length;
}

/** What is no list has no elements: the judge has said so already. */
function listAt(list: string, scope: Scope): readonly unknown[] {
  const value: unknown = resolve(list, scope);
  return Array.isArray(value) ? value : [];
}

function isAfter(one: unknown, next: unknown): boolean {
  return typeof one === "number" && typeof next === "number" ? one > next : String(one) > String(next);
}

function without(value: unknown, members: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)));
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "missing");
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
