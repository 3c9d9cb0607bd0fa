/** Generates requests to an operation: valid requests, and requests that break the contract at one or more locations. */
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import type { RequestSpec } from "../scenarios/language/scenario.ts";
import { getOperation, type Operation } from "../server/contract.ts";
import { hostileIds } from "./hostile.ts";
import type { Mutation } from "./mutations.ts";
import { judgeBody, type Validity } from "./oracle.ts";
import { type QueryOption, queryOptions } from "./queries.ts";
import { type FuzzedBody, fuzzedBodies, toValue } from "./randomBodies.ts";

export interface GeneratedRequest {
  readonly operation: OperationId;
  /** The path parameters. An undefined value stands for the id of an existing entity. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: readonly QueryOption[];
  readonly headers: Readonly<Record<string, HeaderValue | undefined>>;
  readonly content: Content | undefined;
}

interface HeaderValue {
  readonly value: string;
  readonly isValid: boolean;
}

/** A generated body, or a string that is not valid JSON or not a JSON object. */
type Content = { readonly fuzzed: FuzzedBody } | { readonly text: string };

const id = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileIds) },
  {
    weight: 1,
    // `.` and `..` change the path, and a segment such as `$count` has a special meaning, so they cannot be ids.
    arbitrary: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((text) => !/^\.{1,2}$|^\$/.test(text)),
  },
);

const valid = (...values: string[]): HeaderValue[] => values.map((value) => ({ value, isValid: true }));
const invalid = (...values: string[]): HeaderValue[] => values.map((value) => ({ value, isValid: false }));
const longAgo = "Sat, 01 Jan 2000 00:00:00 GMT";
/** Repeatability keys. There are only a few, so that some requests use the same key. */
const keys = [...valid("a", "!~", "x".repeat(128)), ...invalid("a b", "é", "x".repeat(129))];
const tags = [...valid("*", 'W/"1"', '"1"', 'W/"1", W/"2"', 'W/""'), ...invalid("1", "W/1", '"1', "**", '"1";"2"')];
const headerValues: Readonly<Record<string, readonly HeaderValue[]>> = {
  "If-Match": tags,
  "If-None-Match": tags,
  Prefer: valid(
    "return=minimal",
    "return=representation",
    "odata.maxpagesize=1",
    "include-unknown-enum-members",
    ",;=",
  ),
  "Repeatability-Request-ID": keys,
  "Repeatability-Client-ID": keys,
  "Repeatability-First-Sent": [
    ...valid(new Date().toUTCString(), longAgo),
    ...invalid("now", "2026-11-24T12:00:00Z", "Mon, 01 Jan 2000 00:00:00 GMT", "Thu, 29 Feb 2001 00:00:00 GMT"),
  ],
  "client-request-id": valid("a", "a b", "é", "x".repeat(128), "x".repeat(129), "<b>"),
};

function headers({ parameters }: Operation): fc.Arbitrary<GeneratedRequest["headers"]> {
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
    { weight: 14, arbitrary: fuzzedBodies(bodySchema).map((fuzzed) => ({ fuzzed })) },
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

export function requests(operation: Operation): fc.Arbitrary<GeneratedRequest> {
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

/** Converts to a request. @param existing the ids of existing entities. @param prefix the prefix of profile names. */
export function toRequestSpec(
  request: GeneratedRequest,
  existing: Readonly<Record<string, string>>,
  prefix: string,
): RequestSpec {
  const { path, query, headers, content } = request;
  const known = Object.entries(path).map(([name, value]) => [name, value ?? existing[name] ?? ""]);
  const sent = Object.entries(headers).flatMap(([name, header]) => (header ? [[name, header.value]] : []));
  return {
    path: Object.fromEntries(known),
    query: Object.fromEntries(query.map(({ name, value }) => [name, value])),
    headers: Object.fromEntries(sent),
    ...(content &&
      ("fuzzed" in content ? { body: withPrefix(toValue(content.fuzzed), prefix) } : { text: content.text })),
  };
}

/** Adds the run's prefix to `displayName`. A long name keeps its length, so that the length limit is still tested. */
function withPrefix(body: unknown, prefix: string): unknown {
  const { displayName } = Object(body);
  if (typeof displayName !== "string" || displayName === "") return body;
  const rest = displayName.length > prefix.length ? displayName.slice(prefix.length) : displayName;
  return { ...Object(body), displayName: prefix + rest };
}

/** The statuses and the error target that the contract allows for a request. */
export interface AllowedAnswer {
  readonly statuses: readonly number[];
  readonly validity: Validity;
  /** The location that the error must name. It is the location of the mutation if nothing else in the request is invalid. */
  readonly invalidPlace: Mutation["at"] | undefined;
}

export function allowedAnswer(
  { operation, path, query, headers, content }: GeneratedRequest,
  sent: RequestSpec,
): AllowedAnswer {
  const { responses, bodySchema } = getOperation(operation);
  const accepted = [...responses.keys()].filter((status) => status < 400 || [404, 409, 412].includes(status));
  if (content && headers["content-type"]) return { statuses: [415], validity: "invalid", invalidPlace: undefined };
  const around = leastValid([
    // The contract forbids a NUL only in bodies.
    ...Object.values(path).map((id): Validity => (id?.includes("\0") ? "either" : "valid")),
    ...query.map(({ isValid }): Validity => (isValid ? "valid" : "invalid")),
    ...Object.values(headers).map((header): Validity => (header === undefined || header.isValid ? "valid" : "invalid")),
    hasBothOrNone(headers) ? "valid" : "invalid",
    isConditionalDelta(sent) ? "invalid" : "valid",
  ]);
  const inside =
    bodySchema === undefined ? "valid" : content && "fuzzed" in content ? judgeBody(operation, sent.body) : "invalid";
  const validity = leastValid([around, inside]);
  const statuses = { valid: accepted, either: [...accepted, 400], invalid: refusals(headers) }[validity];
  if (around !== "valid" || inside !== "invalid" || !content || !("fuzzed" in content)) {
    return { statuses, validity, invalidPlace: undefined };
  }
  const { base, mutation } = content.fuzzed;
  const isBaseInvalid = judgeBody(operation, base) === "invalid";
  return { statuses, validity, invalidPlace: isBaseInvalid ? undefined : mutation?.at };
}

/**
 * The refusals of an invalid request. The contract does not define whether 400 takes precedence over the 412 for an old
 * First-Sent or over the 409 for the id of an earlier, different request.
 */
function refusals(headers: GeneratedRequest["headers"]): readonly number[] {
  return [
    400,
    ...(headers["repeatability-request-id"] ? [409] : []),
    ...(headers["repeatability-first-sent"]?.value === longAgo ? [412] : []),
  ];
}

/** The contract about the repeatability headers: "A header without the other is a 400." */
function hasBothOrNone(headers: GeneratedRequest["headers"]): boolean {
  const [id, firstSent] = [headers["repeatability-request-id"], headers["repeatability-first-sent"]];
  return (id === undefined) === (firstSent === undefined);
}

/** The contract about delta payloads: "Preconditions are not allowed." */
function isConditionalDelta({ headers = {}, body }: RequestSpec): boolean {
  return Object(body).value !== undefined && ["if-match", "if-none-match"].some((name) => Object.hasOwn(headers, name));
}

function leastValid(validities: readonly Validity[]): Validity {
  return (["invalid", "either"] as const).find((validity) => validities.includes(validity)) ?? "valid";
}
