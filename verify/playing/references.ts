/** Replaces references such as `{profile.id}` with their values. scenario.ts describes the references. */
import { randomUUID } from "node:crypto";
import type { Answer } from "../server/exchange.ts";

/** The values that references can have: answers by the name of the step, and strings such as `run`. */
export type Scope = ReadonlyMap<string, Answer | string>;

/** An error for a reference that has no value. */
export class UnresolvedReference extends Error {
  /** The reference, without braces. */
  readonly reference: string;

  constructor(path: string) {
    super(`The answer has no {${path}}.`);
    this.reference = path;
  }
}

/**
 * Whether a reference names a part of an answer that the contract marks with `x-strict: absent`: an entity tag, the type name of an entity
 * or the wrong part of a request.
 */
export function mayBeAbsent(path: string): boolean {
  return /(\.@odata\.etag|\.headers\.etag|\.error\.(target|details.*)|^[^.]+\.@odata\.type)$/i.test(path);
}

const reference = /\{([a-zA-Z][^{}]*)\}/g;
const onlyReference = /^\{([a-zA-Z][^{}]*)\}$/;
/** Matches a segment of a reference. The name of an annotation is one segment, although it contains a dot. */
const segment = /[\w-]*@\w+\.\w+|[^.]+/g;

/** Replaces all references in a value, at any depth. @throws UnresolvedReference */
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
  if (value === undefined) throw new UnresolvedReference(path);
  return value;
}

/** Returns the value of a reference; undefined if it has none. @param path the reference without braces. */
export function lookUp(path: string, scope: Scope): unknown {
  if (path === "unique") return randomUUID();
  const [name = "", ...members] = path.match(segment) ?? [];
  const start = scope.get(name);
  if (start === undefined || typeof start === "string") return start;
  if (members[0] === "status") return start.status;
  const root = members[0] === "headers" ? start : start.body;
  return memberOf(root, members);
}

/** Returns the member at a path such as `target.groupId`. */
export function memberAt(value: unknown, path: string): unknown {
  return memberOf(value, path.match(segment) ?? []);
}

function memberOf(value: unknown, members: readonly string[]): unknown {
  return members.reduce<unknown>(
    (parent, name) => (Object.hasOwn(Object(parent), name) ? Reflect.get(Object(parent), name) : undefined),
    value,
  );
}
