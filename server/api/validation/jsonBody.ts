/** Parses JSON request bodies, and refuses content that JSON.parse accepts but no operation can use. */
import { isUtf8 } from "node:buffer";
import { RequestError } from "../../http/errors.ts";
import { sizes } from "../../shared/limits.ts";

/**
 * Parses a request body and removes its annotations.
 * @throws RequestError 400 if the body is not UTF-8 or not JSON, is nested too deeply, has too many members, or contains a NUL
 *   character, an unpaired surrogate or a property `__proto__`.
 */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new RequestError(400, "The request body is not UTF-8.");
  if (bytes.length === 0) throw new RequestError(400, "The request body is empty; it must be a JSON object.");
  const text = bytes.toString("utf8");
  const value = parseJson(text);
  // In valid UTF-8, only a `\u` escape can produce text that a store cannot save. Without escapes, strings need no check.
  cleanUp(value, text.includes("\\u"));
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
function cleanUp(root: unknown, hasEscapes: boolean): void {
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
    addMembers(value, member, pending, hasEscapes);
  }
}

/** Adds the members of an object or an array to the list of members to check. */
function addMembers(value: object, parent: BodyMember, pending: BodyMember[], hasEscapes: boolean): void {
  for (const [name, inner] of Object.entries(value)) {
    if (isAnnotation(name) && !isDelta(name, inner)) {
      Reflect.deleteProperty(value, name);
      continue;
    }
    const member: BodyMember = { value: inner, name, parent, depth: parent.depth + 1 };
    if (hasEscapes) refuseUnstorable(name, pathOf(member));
    if (name === "__proto__") throw badMember(pathOf(member), "is not a property of any object here");
    if (typeof inner === "object" || (hasEscapes && typeof inner === "string")) pending.push(member);
  }
}

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
