/**
 * Validates JSON batches in Graph's format (OData JSON Format 4.01, 19), and sends their requests in the right order.
 */
import { setImmediate } from "node:timers/promises";
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Json } from "../domain/json.ts";
import type { Outcome } from "../domain/store.ts";
import { answers, batchedAtOnce } from "../shared/limits.ts";

/** A request in a batch, already validated against the contract. */
export interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
  /** Not supported. Other unknown members are ignored. */
  readonly atomicityGroup?: unknown;
  /** Microsoft's Python SDK sends it instead of `dependsOn`. Only an empty list can be ignored. */
  readonly depends_on?: unknown;
}

/** A request of a batch, converted to an HTTP request. */
export interface Subrequest {
  readonly method: string;
  /** The path and query, relative to the service root. Starts with a slash. */
  readonly target: string;
  readonly headers: Headers;
  /** The body as JSON text. */
  readonly body: string | undefined;
}

export interface Subanswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json<unknown> | undefined;
}

/** Sends the requests of a batch with the caller's token, without leaving the process. */
export interface Subrequests {
  /** Whether no other request may be sent: the caller has left, or the answers to its batches need too much memory. */
  isStopped(): boolean;
  send(request: Subrequest): Promise<Subanswer>;
  /** Returns the answer to a request that is not sent. @param message a sentence with the reason. */
  skip(request: Subrequest, status: 424 | 503, message: string): Subanswer;
}

/** A request of a valid batch, with its dependencies resolved. */
export interface PlannedRequest {
  readonly id: string;
  readonly subrequest: Subrequest;
  /** The requests that must finish before this request is sent. */
  readonly dependsOn: readonly PlannedRequest[];
}

/** The headers that make a batch and each of its requests repeatable. */
export interface BatchRepeat {
  /** The id of the batch. It leaves room for `.` and an index, because an id has at most 128 characters. */
  readonly "Repeatability-Request-ID": string;
  readonly "Repeatability-First-Sent"?: string;
}

/**
 * Returns the requests in the order of the batch. If the batch has an error, returns it, and no request may be sent.
 */
export function batchPlan(
  requests: readonly BatchRequest[],
  repeat?: BatchRepeat,
): Outcome<readonly PlannedRequest[], Invalid> {
  const sorted = sortByDependency(requests);
  const error = memberError(requests) ?? dependencyCycle(requests, sorted);
  if (error !== undefined) return { ok: false, error };
  const planned = new Map<string, PlannedRequest>();
  const plannedFor = (id: string) => planned.get(normalId(id)) ?? [];
  for (const { index, request } of sorted) {
    const subrequest = subrequestOf(request, `requests[${index}]`);
    if ("kind" in subrequest) return { ok: false, error: subrequest };
    if (repeat) makeRepeatable(subrequest.headers, repeat, index);
    const { id, dependsOn = [] } = request;
    planned.set(normalId(id), { id, subrequest, dependsOn: dependsOn.flatMap(plannedFor) });
  }
  return { ok: true, value: requests.flatMap(({ id }) => plannedFor(id)) };
}

/** Converts an id to lower case, because ids are case-insensitive in Graph. */
function normalId(id: string): string {
  return id.toLowerCase();
}

function memberError(requests: readonly BatchRequest[]): Invalid | undefined {
  const ids = requests.map(({ id }) => normalId(id));
  for (const [index, request] of requests.entries()) {
    const { id, dependsOn = [] } = request;
    const name = `requests[${index}]`;
    if (ids.indexOf(normalId(id)) < index) {
      const message = `${name}.id is '${short(id)}', but an earlier request has the same id. Ids are case-insensitive.`;
      return invalid(`${name}.id`, message);
    }
    if (request.atomicityGroup !== undefined) {
      const message = `${name}.atomicityGroup is not supported: a batch is not atomic; to run requests in order, use dependsOn.`;
      return invalid(`${name}.atomicityGroup`, message);
    }
    if (Array.isArray(request.depends_on) && request.depends_on.length > 0) {
      return invalid(`${name}.depends_on`, `${name}.depends_on is not supported; write dependsOn.`);
    }
    const unknown = dependsOn.find((other) => !ids.includes(normalId(other)));
    if (unknown !== undefined) {
      const message = `${name}.dependsOn contains '${short(unknown)}', but no request of this batch has that id.`;
      return invalid(`${name}.dependsOn`, message);
    }
  }
  return undefined;
}

/** Returns an error if the requests have a circular dependency. @param sorted the result of `sortByDependency`. */
function dependencyCycle(requests: readonly BatchRequest[], sorted: readonly IndexedRequest[]): Invalid | undefined {
  const ready = new Set(sorted.map(({ index }) => index));
  const stuck = requests.findIndex((_, index) => !ready.has(index));
  if (stuck === -1) return undefined;
  const name = `requests[${stuck}].dependsOn`;
  return invalid(name, `${name} leads to a circular dependency.`);
}

interface IndexedRequest {
  readonly index: number;
  readonly request: BatchRequest;
}

/**
 * Sorts the requests so that each comes after the requests it depends on. Requests in a circular dependency are left
 * out, and so are the requests that depend on them.
 */
function sortByDependency(requests: readonly BatchRequest[]): readonly IndexedRequest[] {
  const ready = new Map<string, IndexedRequest>();
  for (let before = -1; before < ready.size; ) {
    before = ready.size;
    for (const [index, request] of requests.entries()) {
      const { id, dependsOn = [] } = request;
      if (dependsOn.every((other) => ready.has(normalId(other)))) ready.set(normalId(id), { index, request });
    }
  }
  return [...ready.values()];
}

/** @param name the name of the request in error messages, such as `requests[0]`. */
function subrequestOf({ method, url, headers = {}, body }: BatchRequest, name: string): Subrequest | Invalid {
  if (hasInfinity(body)) return invalid(`${name}.body`, `${name}.body contains a number that is too large.`);
  return {
    method: method.toUpperCase(),
    target: encodeTarget(url),
    // Names are case-insensitive, and the values of a repeated name are joined, as in HTTP.
    headers: new Headers(Object.entries(headers)),
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** If a request has no `Repeatability-Request-ID`, sets one that consists of the batch's id and the request's index. */
function makeRepeatable(headers: Headers, repeat: BatchRepeat, index: number): void {
  if (headers.has("Repeatability-Request-ID")) return;
  headers.set("Repeatability-Request-ID", `${repeat["Repeatability-Request-ID"]}.${index}`);
  headers.set("Repeatability-First-Sent", repeat["Repeatability-First-Sent"] ?? "");
}

/** Percent-encodes characters that a request line cannot contain, such as the spaces in Graph's own examples. */
function encodeTarget(url: string): string {
  const target = url.replace(/[^!-~]/gu, encodeURIComponent);
  return target.startsWith("/") ? target : `/${target}`;
}

/** Finds numbers that JSON.parse has read as `Infinity`, because JSON.stringify would write them as `null`. */
function hasInfinity(body: unknown): boolean {
  if (typeof body === "number") return !Number.isFinite(body);
  return typeof body === "object" && body !== null && Object.values(body).some(hasInfinity);
}

export interface BatchAnswer extends Subanswer {
  readonly id: string;
}

/**
 * Sends the requests: a few at the same time, each in its own turn of the event loop, so that a batch leaves time for other
 * callers, and each after those that it depends on.
 * @returns the answers, in the order of the requests.
 */
export async function answerBatch(
  plan: readonly PlannedRequest[],
  { isStopped, send, skip }: Subrequests,
): Promise<readonly BatchAnswer[]> {
  const done = new Map<PlannedRequest, BatchAnswer>();
  let length = 0;
  const answerTo = async ({ id, subrequest, dependsOn }: PlannedRequest): Promise<BatchAnswer> => {
    const failed = dependsOn.flatMap((one) => done.get(one) ?? []).find(({ status }) => status >= 400);
    if (failed !== undefined) {
      const message = `The request was not sent: it depends on '${short(failed.id)}', whose answer was ${failed.status}.`;
      return { id, ...skip(subrequest, 424, message) };
    }
    if (length >= answers.batch) return { id, ...skip(subrequest, 503, batchFull) };
    if (isStopped()) return { id, ...skip(subrequest, 503, memoryFull) };
    return { id, ...(await send(subrequest)) };
  };
  const waiting = new Set(plan);
  const running = new Set<Promise<void>>();
  while (waiting.size > 0) {
    const next = [...waiting].find(({ dependsOn }) => dependsOn.every((one) => done.has(one)));
    if (next === undefined || running.size >= batchedAtOnce) {
      await Promise.race(running);
      continue;
    }
    waiting.delete(next);
    const work = answerTo(next).then((answer) => {
      length += answer.body?.toString().length ?? 0;
      done.set(next, answer);
      running.delete(work);
    });
    running.add(work);
    await setImmediate();
  }
  await Promise.all(running);
  return plan.flatMap((request) => done.get(request) ?? []);
}

const batchFull = `The request was not sent: the answers before it have more than ${answers.batch} characters together. Send it in another batch.`;

const memoryFull = "The request was not sent: the answers to other batches need too much memory now. Try again later.";
