/** `{profile.id}` → its value. The grammar is said in scenario.ts. */
import { randomUUID } from "node:crypto";
import type { Answer } from "../server/exchange.ts";

/** What references lead to: answers by the names their steps have, and plain texts. */
export type Scope = ReadonlyMap<string, Answer | string>;

/** A reference that leads nowhere. */
export class NothingThere extends Error {
  /** What the step is called whose answer it was to be found in. */
  readonly step: string;
  constructor(reference: string, step: string) {
    super(`{${reference}} is not there.`);
    this.step = step;
  }
}

const reference = /\{([a-zA-Z][^{}]*)\}/g;
const onlyReference = /^\{([a-zA-Z][^{}]*)\}$/;
/** The names of annotations have a dot in them. */
const segment = /[\w-]*@\w+\.\w+|[^.]+/g;

/** The value with each of its references replaced, at any depth. @throws NothingThere */
export function resolve<Value>(value: Value, scope: Scope): Value {
  return resolveAny(value, scope) as Value;
}

function resolveAny(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") return resolveText(value, scope);
  if (Array.isArray(value)) return value.map((item) => resolveAny(item, scope));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolveAny(member, scope)]));
}

function resolveText(text: string, scope: Scope): unknown {
  const [, whole] = onlyReference.exec(text) ?? [];
  if (whole !== undefined) return required(whole, scope);
  return text.replaceAll(reference, (_, name: string) => String(required(name, scope)));
}

function required(path: string, scope: Scope): unknown {
  const value = lookUp(path, scope);
  if (value === undefined) throw new NothingThere(path, path.split(".")[0] ?? "");
  return value;
}

/** The value a reference leads to, without its braces; undefined if it leads nowhere. */
export function lookUp(path: string, scope: Scope): unknown {
  if (path === "unique") return randomUUID();
  const [name = "", ...members] = path.match(segment) ?? [];
  const start = scope.get(name);
  if (start === undefined || typeof start === "string") return start;
  if (members[0] === "status") return start.status;
  const root = members[0] === "headers" ? start : start.body;
  return memberOf(root, members);
}

/** The member at a path such as `target.groupId` of a value. */
export function memberAt(value: unknown, path: string): unknown {
  return memberOf(value, path.match(segment) ?? []);
}

function memberOf(value: unknown, members: readonly string[]): unknown {
  return members.reduce<unknown>(
    (parent, name) => (Object.hasOwn(Object(parent), name) ? Reflect.get(Object(parent), name) : undefined),
    value,
  );
}
