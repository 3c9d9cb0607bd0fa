/** Reads a JSON request body: what JSON.parse lets through and no operation could take is refused here, by name. */
import { isUtf8 } from "node:buffer";
import { RequestError } from "../../http/errors.ts";
import { sizes } from "../../shared/limits.ts";

/**
 * Parses the body and drops its annotations.
 * @throws RequestError 400: not UTF-8, not JSON, too deep or too wide, a NUL or an unpaired surrogate in a string, a `__proto__`.
 */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new RequestError(400, "The request body is not UTF-8.");
  if (bytes.length === 0) throw new RequestError(400, "The request body is empty; it must be a JSON object.");
  const text = bytes.toString("utf8");
  const value = parse(text);
  // In valid UTF-8 only an escape can write what no store could keep: without one, no string is looked at.
  clean(value, text.includes("\\u"));
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8's message says where and what was expected, in the caller's own text.
    const where = error instanceof Error ? error.message : "";
    throw new RequestError(400, `The request body can't be read as JSON: ${where}.`, { cause: error });
  }
}

/** Where a value stands: its name in what it is a member of. */
interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/** Works on a stack of its own: a body of any depth can't exhaust the call stack. */
function clean(root: unknown, hasEscapes: boolean): void {
  const inspected = (member: unknown) => typeof member === "object" || (hasEscapes && typeof member === "string");
  const pending: Place[] = [{ value: root, name: "", parent: undefined, depth: 0 }];
  let members = 0;
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { value, depth } = place;
    if (hasEscapes && typeof value === "string") refuseUnstorable(value, pathOf(place));
    if (typeof value !== "object" || value === null) continue;
    if (depth === sizes.jsonDepth) {
      throw new RequestError(400, `The request body is nested deeper than ${sizes.jsonDepth} levels.`);
    }
    // Counted before they are listed: in 1 MiB there is room for 500,000 items.
    members += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (members > sizes.jsonMembers) {
      throw new RequestError(400, `The request body has more than ${sizes.jsonMembers} members in all.`);
    }
    for (const [name, member] of Object.entries(value)) {
      if (isAnnotation(name) && !isDelta(name, member)) {
        Reflect.deleteProperty(value, name);
        continue;
      }
      const within: Place = { value: member, name, parent: place, depth: depth + 1 };
      if (hasEscapes) refuseUnstorable(name, pathOf(within));
      if (name === "__proto__") throw fault(pathOf(within), "is not a property of anything here");
      if (inspected(member)) pending.push(within);
    }
  }
}

/** As a person writes it: `target.groupId`, `options[0].ownerType`. */
function pathOf({ name, parent }: Place): string {
  if (parent === undefined) return "";
  const above = pathOf(parent);
  if (Array.isArray(parent.value)) return `${above}[${name}]`;
  return above === "" ? name : `${above}.${name}`;
}

/** Annotations in a request mean nothing to the service; these two do, to the contract's schemas, and a delta's context. */
function isAnnotation(name: string): boolean {
  return name.includes("@") && name !== "@odata.type" && name !== "@removed";
}

/** What says that a body, or one in a batch, is a delta payload (OData 4.01 JSON, 15). */
function isDelta(name: string, member: unknown): boolean {
  return (
    (name === "@odata.context" || name === "@context") && typeof member === "string" && /[#/]\$delta$/.test(member)
  );
}

/** @throws RequestError 400 if no store could keep the text as it is. */
export function refuseUnstorable(text: string, path: string): void {
  if (text.includes("\0")) throw fault(path, "contains a NUL character");
  if (!text.isWellFormed()) throw fault(path, "contains an unpaired surrogate, which is not a character");
}

function fault(path: string, problem: string): RequestError {
  const target = printable(path);
  const message = `${target === "" ? "The request body" : target} ${problem}.`;
  return new RequestError(400, message, { details: target === "" ? [] : [{ target, message }] });
}

function printable(path: string): string {
  return path.replaceAll("\0", "\\u0000").slice(0, 256).toWellFormed();
}
