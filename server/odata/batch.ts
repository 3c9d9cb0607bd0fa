/** JSON batches (OData JSON Format 4.01, 19), as Graph has them: their errors, and the order in which requests are sent. */
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Json } from "../domain/json.ts";
import type { Outcome } from "../domain/store.ts";

/** A request of a batch, as the contract has checked it. */
export interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
}

/** The same request as an HTTP request. */
export interface Subrequest {
  readonly method: string;
  /** Path and query below the service root; starts with a slash. */
  readonly target: string;
  readonly headers: Headers;
  /** JSON. */
  readonly body: string | undefined;
}

export interface Subanswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json<unknown> | undefined;
}

/** Sends requests with the caller's token, within the process. */
export interface Subrequests {
  send(request: Subrequest): Promise<Subanswer>;
  /** The 424 answer of a request that is not sent. @param message the reason, in a sentence. */
  skip(request: Subrequest, message: string): Subanswer;
}

/** A request of a well-formed batch. */
export interface PlannedRequest {
  readonly id: string;
  readonly subrequest: Subrequest;
  /** The requests that it waits for. */
  readonly dependsOn: readonly PlannedRequest[];
}

/** The headers that make the batch, and so each of its requests, repeatable. */
export interface BatchRepeat {
  /** Short enough that `.` and an index can be added: an id has at most 128 characters. */
  readonly "Repeatability-Request-ID": string;
  readonly "Repeatability-First-Sent"?: string;
}

/** Plans the requests of a batch, in their order. If the batch has an error, no request may be sent. */
export function batchPlan(
  requests: readonly BatchRequest[],
  repeat?: BatchRepeat,
): Outcome<readonly PlannedRequest[], Invalid> {
  const sorted = sortByDependency(requests);
  const error = duplicateOrUnknownId(requests) ?? dependencyCycle(requests, sorted);
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

/** Ids are compared without case (Graph). */
function normalId(id: string): string {
  return id.toLowerCase();
}

function duplicateOrUnknownId(requests: readonly BatchRequest[]): Invalid | undefined {
  const ids = requests.map(({ id }) => normalId(id));
  for (const [index, { id, dependsOn = [] }] of requests.entries()) {
    const name = `requests[${index}]`;
    if (ids.indexOf(normalId(id)) < index) {
      const message = `${name}.id is '${short(id)}', but an earlier request has the same id. Ids are compared without case.`;
      return invalid(`${name}.id`, message);
    }
    const unknown = dependsOn.find((other) => !ids.includes(normalId(other)));
    if (unknown !== undefined) {
      const message = `${name}.dependsOn contains '${short(unknown)}', but no request of this batch has that id.`;
      return invalid(`${name}.dependsOn`, message);
    }
  }
  return undefined;
}

/** @param sorted the requests without those that wait for each other. */
function dependencyCycle(requests: readonly BatchRequest[], sorted: readonly IndexedRequest[]): Invalid | undefined {
  const ready = new Set(sorted.map(({ index }) => index));
  const stuck = requests.findIndex((_, index) => !ready.has(index));
  if (stuck === -1) return undefined;
  const name = `requests[${stuck}].dependsOn`;
  return invalid(name, `${name} leads to requests that wait for each other.`);
}

interface IndexedRequest {
  readonly index: number;
  readonly request: BatchRequest;
}

/**
 * Each request after those it depends on. Requests that wait for each other are left out, and so are the requests that wait
 * for them.
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

/** @param name the name of the request in errors, such as `requests[0]`. */
function subrequestOf({ method, url, headers = {}, body }: BatchRequest, name: string): Subrequest | Invalid {
  if (/^([a-z][a-z\d+.-]*:)?\/\//i.test(url)) {
    const message = `${name}.url is '${short(url)}'; it must be relative to the service root, such as /deviceManagement.`;
    return invalid(`${name}.url`, message);
  }
  const parsedHeaders = parseHeaders(headers);
  if (parsedHeaders === undefined) {
    return invalid(`${name}.headers`, `${name}.headers has a name or a value that is not allowed in an HTTP header.`);
  }
  if (hasInfinity(body)) return invalid(`${name}.body`, `${name}.body contains a number that is too large.`);
  return {
    method: method.toUpperCase(),
    target: encodeTarget(url),
    headers: parsedHeaders,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** Gives a request without its own id one that is made from the batch's id and its index. */
function makeRepeatable(headers: Headers, repeat: BatchRepeat, index: number): void {
  if (headers.has("Repeatability-Request-ID")) return;
  headers.set("Repeatability-Request-ID", `${repeat["Repeatability-Request-ID"]}.${index}`);
  headers.set("Repeatability-First-Sent", repeat["Repeatability-First-Sent"] ?? "");
}

/** Percent-encodes what a request line cannot contain, such as spaces: Graph's own examples have spaces. */
function encodeTarget(url: string): string {
  const target = url.replace(/[^!-~]/gu, encodeURIComponent);
  return target.startsWith("/") ? target : `/${target}`;
}

/** Names are compared without case, and the values of a repeated name are joined, as in HTTP. */
function parseHeaders(headers: Readonly<Record<string, string>>): Headers | undefined {
  try {
    return new Headers(Object.entries(headers));
  } catch {
    return undefined;
  }
}

/** JSON.parse reads a number that is too large as Infinity, which JSON.stringify would write as null. */
function hasInfinity(body: unknown): boolean {
  if (typeof body === "number") return !Number.isFinite(body);
  return typeof body === "object" && body !== null && Object.values(body).some(hasInfinity);
}

export interface BatchAnswer extends Subanswer {
  readonly id: string;
}

/** Sends the requests, in parallel unless one depends on another. @returns the answers, in the order of the requests. */
export function answerBatch(
  plan: readonly PlannedRequest[],
  { send, skip }: Subrequests,
): Promise<readonly BatchAnswer[]> {
  const started = new Map<PlannedRequest, Promise<BatchAnswer>>();
  const start = (request: PlannedRequest): Promise<BatchAnswer> => {
    const answer = started.get(request) ?? answerTo(request);
    started.set(request, answer);
    return answer;
  };
  const answerTo = async ({ id, subrequest, dependsOn }: PlannedRequest): Promise<BatchAnswer> => {
    const failed = (await Promise.all(dependsOn.map(start))).find(({ status }) => status >= 400);
    if (failed === undefined) return { id, ...(await send(subrequest)) };
    const message = `The request was not sent: it depends on '${short(failed.id)}', whose answer was ${failed.status}.`;
    return { id, ...skip(subrequest, message) };
  };
  return Promise.all(plan.map(start));
}
