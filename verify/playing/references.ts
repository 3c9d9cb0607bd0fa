/** Replaces references such as `{profile.id}` by their values. scenario.ts describes them. */
import { randomUUID } from "node:crypto";
import type { Answer } from "../server/exchange.ts";

/** The values of references: answers by the names of their steps, and texts. */
export type Scope = ReadonlyMap<string, Answer | string>;

/** A reference without a value. */
export class UnresolvedReference extends Error {
  /** The name of the step whose answer should contain the value. */
  readonly step: string;
  constructor(reference: string, step: string) {
    super(`The answer has no {${reference}}.`);
    this.step = step;
  }
}

const reference = /\{([a-zA-Z][^{}]*)\}/g;
const onlyReference = /^\{([a-zA-Z][^{}]*)\}$/;
/** A name between dots, or an annotation, whose name contains a dot. */
const segment = /[\w-]*@\w+\.\w+|[^.]+/g;

/** The value with all references replaced, at any depth. @throws UnresolvedReference */
export function resolve<Value>(value: Value, scope: Scope): Value {
  return resolveUnknown(value, scope) as Value;
}

function resolveUnknown(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") return resolveText(value, scope);
  if (Array.isArray(value)) return value.map((item) => resolveUnknown(item, scope));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolveUnknown(member, scope)]));
}

function resolveText(text: string, scope: Scope): unknown {
  const [, whole] = onlyReference.exec(text) ?? [];
  if (whole !== undefined) return requireValue(whole, scope);
  return text.replaceAll(reference, (_, name: string) => String(requireValue(name, scope)));
}

function requireValue(path: string, scope: Scope): unknown {
  const value = lookUp(path, scope);
  if (value === undefined) throw new UnresolvedReference(path, path.split(".")[0] ?? "");
  return value;
}

/** The value of a reference, which is passed without braces. Undefined if there is none. */
export function lookUp(path: string, scope: Scope): unknown {
  if (path === "unique") return randomUUID();
  const [name = "", ...members] = path.match(segment) ?? [];
  const start = scope.get(name);
  if (start === undefined || typeof start === "string") return start;
  if (members[0] === "status") return start.status;
  const root = members[0] === "headers" ? start : start.body;
  return memberOf(root, members);
}

/** The member of a value at a path such as `target.groupId`. */
export function memberAt(value: unknown, path: string): unknown {
  return memberOf(value, path.match(segment) ?? []);
}

function memberOf(value: unknown, members: readonly string[]): unknown {
  return members.reduce<unknown>(
    (parent, name) => (Object.hasOwn(Object(parent), name) ? Reflect.get(Object(parent), name) : undefined),
    value,
  );
}
