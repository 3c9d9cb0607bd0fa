/** Parses JSON request bodies, and refuses content that JSON.parse accepts but no operation can use. */
import { isUtf8 } from "node:buffer";
import type { Spelling } from "../../../contract/spelling.ts";
import { short } from "../../domain/errors.ts";
import { RequestError } from "../../http/errors.ts";
import { sizes } from "../../shared/limits.ts";

/**
 * Parses a request body, removes its annotations, and gives property names and enumeration members the contract's spelling.
 * @throws RequestError 400 if the body is not UTF-8 or not JSON, is nested too deeply, has too many members, or contains a NUL
 *   character, an unpaired surrogate or a property `__proto__`.
 */
export function readJson(bytes: Buffer, spelling: Spelling): unknown {
  if (!isUtf8(bytes)) throw new RequestError(400, "The request body is not UTF-8.");
  if (bytes.length === 0) throw new RequestError(400, "The request body is empty; it must be a JSON object.");
  // A byte-order mark is not part of the JSON (RFC 8259, 8.1, allows to ignore it).
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const value = parseJson(text);
  // In valid UTF-8, only a `\u` escape can produce text that a store cannot save. Without escapes, strings need no check.
  cleanUp(value, { hasEscapes: text.includes("\\u"), spelling });
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message contains the position of the syntax error, and quotes only text from the caller's own body.
    const reason = error instanceof Error ? error.message : "";
    throw new RequestError(400, `The request body is not valid JSON: ${reason}.`, { cause: error });
  }
}

/** A value in the body, with its name and its parent. */
interface BodyMember {
  readonly value: unknown;
  readonly name: string;
  readonly parent: BodyMember | undefined;
  readonly depth: number;
}

/** Checks all members and removes annotations. It does not recurse, so a deeply nested body cannot exhaust the call stack. */
function cleanUp(root: unknown, options: CleanUpOptions): void {
  const pending: BodyMember[] = [{ value: root, name: "", parent: undefined, depth: 0 }];
  let members = 0;
  for (let member = pending.pop(); member !== undefined; member = pending.pop()) {
    const { value, depth } = member;
    if (typeof value === "string") refuseUnstorable(value, pathOf(member));
    if (typeof value !== "object" || value === null) continue;
    if (depth === sizes.jsonDepth) {
      throw new RequestError(400, `The request body is nested deeper than ${sizes.jsonDepth} levels.`);
    }
    // The members are counted before they are added to the list: a body of 1 MiB can have 500,000 array items.
    members += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (members > sizes.jsonMembers) {
      throw new RequestError(400, `The request body has more than ${sizes.jsonMembers} members in total.`);
    }
    addMembers(value, member, pending, options);
  }
}

interface CleanUpOptions {
  /** Whether the text contains a `\u` escape. */
  readonly hasEscapes: boolean;
  readonly spelling: Spelling;
}

/** Adds the members of an object or an array to the list of members to check. */
function addMembers(value: object, parent: BodyMember, pending: BodyMember[], options: CleanUpOptions): void {
  const { hasEscapes } = options;
  for (const entry of Object.entries(value)) {
    const member = keepMember(value, parent, entry, options);
    if (member === undefined) continue;
    if (hasEscapes) refuseUnstorable(member.name, pathOf(member));
    if (member.name === "__proto__") throw badMember(pathOf(member), "is not a property of any object here");
    if (typeof member.value === "object" || (hasEscapes && typeof member.value === "string")) pending.push(member);
  }
}

/** Removes a member if it is an annotation, and otherwise gives it the contract's spelling. @throws RequestError 400 */
function keepMember(
  value: object,
  parent: BodyMember,
  [given, sent]: readonly [string, unknown],
  { spelling }: CleanUpOptions,
): BodyMember | undefined {
  const depth = parent.depth + 1;
  if (isAnnotation(given) && !isDelta(given, sent)) {
    const misuse = misuseOf(given);
    if (misuse) throw badMember(pathOf({ value: sent, name: given, parent, depth }), misuse);
    Reflect.deleteProperty(value, given);
    return undefined;
  }
  const name = Array.isArray(value) ? given : spelling.name(given);
  const member = { value: typeof sent === "string" ? spelling.member(name, sent) : sent, name, parent, depth };
  if (name !== given) rename(value, given, member);
  else if (member.value !== sent) Reflect.set(value, name, member.value);
  return member;
}

/** Gives a member the contract's spelling. @throws RequestError 400 if the object also has a member with that spelling. */
function rename(value: object, given: string, member: BodyMember): void {
  const { name } = member;
  if (Object.hasOwn(value, name)) throw badMember(pathOf(member), `is sent twice, as ${name} and as ${short(given)}`);
  Reflect.deleteProperty(value, given);
  Reflect.set(value, name, member.value);
}

/**
 * Returns the problem with an annotation that asks for a change which the service does not make: a reference to another entity
 * (OData 4.01 JSON, 8.5), a nested delta, or a removal in another spelling. Ignoring it would lose data.
 */
function misuseOf(name: string): string | undefined {
  if (/@(odata\.)?(bind|delta)$/i.test(name)) return noReferences;
  if (/^@(odata\.)?removed$/i.test(name)) return "must be spelled @removed";
  return undefined;
}

const noReferences =
  "is not supported: an entity cannot refer to others here; send a POST to the profile's /assignments for each assignment";

/** Returns the path of a member, such as `target.groupId` or `options[0].ownerType`. */
function pathOf({ name, parent }: BodyMember): string {
  if (parent === undefined) return "";
  const above = pathOf(parent);
  if (Array.isArray(parent.value)) return `${above}[${name}]`;
  return above === "" ? name : `${above}.${name}`;
}

/** The service ignores annotations in requests, except for `@odata.type`, `@removed` and the context URL of a delta payload. */
function isAnnotation(name: string): boolean {
  return name.includes("@") && name !== "@odata.type" && name !== "@removed";
}

/** Whether an annotation marks a body, or a body within a batch, as a delta payload (OData 4.01 JSON, 15). */
function isDelta(name: string, value: unknown): boolean {
  return (name === "@odata.context" || name === "@context") && typeof value === "string" && /[#/]\$delta$/.test(value);
}

/** Refuses text that a store cannot save unchanged. @throws RequestError 400 */
export function refuseUnstorable(text: string, path: string): void {
  if (text.includes("\0")) throw badMember(path, "contains a NUL character");
  if (!text.isWellFormed()) throw badMember(path, "contains an unpaired surrogate, which is not a character");
}

function badMember(path: string, problem: string): RequestError {
  const target = printable(path);
  const message = `${target === "" ? "The request body" : target} ${problem}.`;
  return new RequestError(400, message, { details: target === "" ? [] : [{ target, message }] });
}

function printable(path: string): string {
  return path.replaceAll("\0", "\\u0000").slice(0, 256).toWellFormed();
}
