/** Requests of an operation: valid ones, and ones that break the contract at one place or several. */
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import type { Asked } from "../scenarios/language/scenario.ts";
import { type Operation, operationNamed } from "../server/contract.ts";
import type { Change } from "./changes.ts";
import { hostileIds } from "./hostile.ts";
import { type Worth, worthOf } from "./oracle.ts";
import { type QueryOption, queryOptions } from "./queries.ts";
import { type Near, near, sentOf } from "./randomBodies.ts";

export interface Generated {
  readonly operation: OperationId;
  /** Path parameters; undefined: one that is there. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: readonly QueryOption[];
  readonly headers: Readonly<Record<string, Header | undefined>>;
  readonly content: Content | undefined;
}

interface Header {
  readonly value: string;
  readonly isValid: boolean;
}

/** A body by its schema, or what is none: a text as it is. */
type Content = { readonly near: Near } | { readonly text: string };

const id = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileIds) },
  {
    weight: 1,
    // A dot or two is another path, and `$` begins a segment of its own: a URL can't have those as an id.
    arbitrary: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((text) => !/^\.{1,2}$|^\$/.test(text)),
  },
);

const valid = (...values: string[]): Header[] => values.map((value) => ({ value, isValid: true }));
const invalid = (...values: string[]): Header[] => values.map((value) => ({ value, isValid: false }));
const longAgo = "Sat, 01 Jan 2000 00:00:00 GMT";
/** Few, so that one comes again: a repeated request, or another one with its id. */
const ids = [...valid("a", "!~", "x".repeat(128)), ...invalid("a b", "é", "x".repeat(129))];
const tags = [...valid("*", 'W/"1"', '"1"', 'W/"1", W/"2"', 'W/""'), ...invalid("1", "W/1", '"1', "**", '"1";"2"')];
const headerValues: Readonly<Record<string, readonly Header[]>> = {
  "If-Match": tags,
  "If-None-Match": tags,
  Prefer: valid(
    "return=minimal",
    "return=representation",
    "odata.maxpagesize=1",
    "include-unknown-enum-members",
    ",;=",
  ),
  "Repeatability-Request-ID": ids,
  "Repeatability-Client-ID": ids,
  "Repeatability-First-Sent": [
    ...valid(new Date().toUTCString(), longAgo),
    ...invalid("now", "2026-11-24T12:00:00Z", "Mon, 01 Jan 2000 00:00:00 GMT", "Sat, 32 Jan 2000 00:00:00 GMT"),
  ],
  "client-request-id": valid("a", "a b", "é", "x".repeat(128), "x".repeat(129), "<b>"),
};

function headers({ parameters }: Operation): fc.Arbitrary<Generated["headers"]> {
  const names = ["client-request-id", ...parameters.filter((one) => one.in === "header").map(({ name }) => name)];
  const values = names.map((name) => [
    name.toLowerCase(),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...(headerValues[name] ?? valid("a"))) },
    ),
  ]);
  return fc.record(Object.fromEntries(values));
}

const wrongTexts = [
  "",
  "{",
  "[]",
  '"text"',
  "null",
  "nul",
  "{}}",
  "\u0000",
  "{'a':1}",
  '{"a":1,}',
  "[".repeat(5000),
  "NaN",
];

function content({ bodySchema }: Operation): fc.Arbitrary<Content | undefined> {
  if (bodySchema === undefined) return fc.constant(undefined);
  return fc.oneof(
    { weight: 14, arbitrary: near(bodySchema).map((one) => ({ near: one })) },
    { weight: 1, arbitrary: fc.constantFrom(...wrongTexts).map((text) => ({ text })) },
  );
}

const contentType = fc.oneof(
  { weight: 14, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("text/plain", "application/xml", "application/x-www-form-urlencoded", "json"),
  },
);

export function requests(operation: Operation): fc.Arbitrary<Generated> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return fc
    .record({
      path: fc.record(Object.fromEntries(names.map((name) => [name, id]))),
      query: queryOptions(operation),
      headers: headers(operation),
      content: content(operation),
      type: contentType,
    })
    .map(({ path, query, headers, content, type }) => ({
      operation: operation.operationId,
      path,
      query,
      headers: {
        ...headers,
        ...(content && type !== undefined && { "content-type": { value: type, isValid: false } }),
      },
      content,
    }));
}

/** What is sent, and whether it must be taken. @param prefix of the names that are given. */
export function outgoingOf(request: Generated, there: Readonly<Record<string, string>>, prefix: string): Asked {
  const { path, query, headers, content } = request;
  const known = Object.entries(path).map(([name, value]) => [name, value ?? there[name] ?? ""]);
  const sent = Object.entries(headers).flatMap(([name, header]) => (header ? [[name, header.value]] : []));
  return {
    path: Object.fromEntries(known),
    query: Object.fromEntries(query.map(({ name, value }) => [name, value])),
    headers: Object.fromEntries(sent),
    ...(content && ("near" in content ? { body: named(sentOf(content.near), prefix) } : { text: content.text })),
  };
}

/** With a name that is the run's own, and as long as the name was, if that is long enough. */
function named(body: unknown, prefix: string): unknown {
  const { displayName } = Object(body);
  if (typeof displayName !== "string" || displayName === "") return body;
  const rest = displayName.length > prefix.length ? displayName.slice(prefix.length) : displayName;
  return { ...Object(body), displayName: prefix + rest };
}

/** What the contract allows for a request. */
export interface Allowed {
  readonly statuses: readonly number[];
  readonly worth: Worth;
  /** The property to blame, where it is one that was changed and nothing else is wrong. */
  readonly blamed: Change["at"] | undefined;
}

export function allowedFor({ operation, path, query, headers, content }: Generated, asked: Asked): Allowed {
  const { responses, bodySchema } = operationNamed(operation);
  const taken = [...responses.keys()].filter((status) => status < 400 || [404, 409, 412].includes(status));
  if (content && headers["content-type"]) return { statuses: [415], worth: "invalid", blamed: undefined };
  const around = worst([
    // The contract speaks of a NUL in bodies alone.
    ...Object.values(path).map((id): Worth => (id?.includes("\0") ? "either" : "valid")),
    ...query.map(({ isValid }): Worth => (isValid ? "valid" : "invalid")),
    ...Object.values(headers).map((header): Worth => (header === undefined || header.isValid ? "valid" : "invalid")),
    areWhole(headers) ? "valid" : "invalid",
  ]);
  const inside =
    bodySchema === undefined ? "valid" : content && "near" in content ? worthOf(operation, asked.body) : "invalid";
  const worth = worst([around, inside]);
  // Which of the two comes first the contract leaves open: "both before any 404".
  const refused = headers["repeatability-first-sent"]?.value === longAgo ? [400, 412] : [400];
  const statuses = { valid: taken, either: [...taken, 400], invalid: refused }[worth];
  if (around !== "valid" || inside !== "invalid" || !content || !("near" in content)) {
    return { statuses, worth, blamed: undefined };
  }
  const { base, change } = content.near;
  return { statuses, worth, blamed: worthOf(operation, base) === "invalid" ? undefined : change?.at };
}

/** "A header without the other is a 400." */
function areWhole(headers: Generated["headers"]): boolean {
  const [id, firstSent] = [headers["repeatability-request-id"], headers["repeatability-first-sent"]];
  return (id === undefined) === (firstSent === undefined);
}

function worst(worths: readonly Worth[]): Worth {
  return (["invalid", "either"] as const).find((worth) => worths.includes(worth)) ?? "valid";
}
