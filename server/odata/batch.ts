/** JSON batches (OData JSON Format 4.01, 19), as Graph has them: what makes one malformed, and who waits for whom. */
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Json } from "../domain/json.ts";
import type { Outcome } from "../domain/store.ts";

/** A request of a batch as the contract lets it through. */
export interface BatchRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
}

/** A request as HTTP would have it. */
export interface Subrequest {
  readonly method: string;
  /** Path and query below the service root, with a slash first. */
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

/** Makes requests in a caller's name, within the process. */
export interface Subrequests {
  send(request: Subrequest): Promise<Subanswer>;
  /** The 424 of a request that is not sent. @param message why not, in a sentence. */
  skip(request: Subrequest, message: string): Subanswer;
}

/** A request of a well-formed batch. */
export interface PlannedRequest {
  readonly id: string;
  readonly subrequest: Subrequest;
  /** Those it waits for. */
  readonly dependsOn: readonly PlannedRequest[];
}

/** What makes the batch, and so each of its requests, repeatable. */
export interface BatchRepeat {
  /** With more behind it an id of 128 characters at most. */
  readonly "Repeatability-Request-ID": string;
  readonly "Repeatability-First-Sent"?: string;
}

/** The requests as they can be sent, in their order, or why the batch is malformed: then none may be. */
export function batchPlan(
  requests: readonly BatchRequest[],
  repeat?: BatchRepeat,
): Outcome<readonly PlannedRequest[], Invalid> {
  const ordered = inOrder(requests);
  const error = faultIn(requests, ordered);
  if (error !== undefined) return { ok: false, error };
  const planned = new Map<string, PlannedRequest>();
  const found = (id: string) => planned.get(keyOf(id)) ?? [];
  for (const { index, request } of ordered) {
    const subrequest = subrequestOf(request, `requests[${index}]`);
    if ("kind" in subrequest) return { ok: false, error: subrequest };
    if (repeat) makeRepeatable(subrequest.headers, repeat, index);
    const { id, dependsOn = [] } = request;
    planned.set(keyOf(id), { id, subrequest, dependsOn: dependsOn.flatMap(found) });
  }
  return { ok: true, value: requests.flatMap(({ id }) => found(id)) };
}

/** Ids are compared without case (Graph). */
function keyOf(id: string): string {
  return id.toLowerCase();
}

/** What is wrong with the ids: one that stands twice or is nobody's, or requests that wait for each other. */
function faultIn(requests: readonly BatchRequest[], ordered: readonly Placed[]): Invalid | undefined {
  const keys = requests.map(({ id }) => keyOf(id));
  for (const [index, { id, dependsOn = [] }] of requests.entries()) {
    const place = `requests[${index}]`;
    if (keys.indexOf(keyOf(id)) < index) {
      const message = `${place}.id is '${short(id)}', as an earlier one's; ids are compared without case.`;
      return invalid(`${place}.id`, message);
    }
    const unknown = dependsOn.find((on) => !keys.includes(keyOf(on)));
    if (unknown !== undefined) {
      const message = `${place}.dependsOn names '${short(unknown)}', which is the id of no request here.`;
      return invalid(`${place}.dependsOn`, message);
    }
  }
  const ready = new Set(ordered.map(({ index }) => index));
  const stuck = requests.findIndex((_, index) => !ready.has(index));
  if (stuck === -1) return undefined;
  const place = `requests[${stuck}].dependsOn`;
  return invalid(place, `${place} leads to requests that wait for each other.`);
}

interface Placed {
  readonly index: number;
  readonly request: BatchRequest;
}

/** Each request after those it depends on; without those that wait for each other, and those that wait for these. */
function inOrder(requests: readonly BatchRequest[]): readonly Placed[] {
  const ready = new Map<string, Placed>();
  for (let before = -1; before < ready.size; ) {
    before = ready.size;
    for (const [index, request] of requests.entries()) {
      const { id, dependsOn = [] } = request;
      if (dependsOn.every((on) => ready.has(keyOf(on)))) ready.set(keyOf(id), { index, request });
    }
  }
  return [...ready.values()];
}

function subrequestOf({ method, url, headers = {}, body }: BatchRequest, place: string): Subrequest | Invalid {
  if (/^([a-z][a-z\d+.-]*:)?\/\//i.test(url)) {
    const message = `${place}.url is '${short(url)}'; it must be relative to the service root, such as /deviceManagement.`;
    return invalid(`${place}.url`, message);
  }
  const fields = headersOf(headers);
  if (fields === undefined) {
    return invalid(`${place}.headers`, `${place}.headers has a name or a value that no HTTP header can have.`);
  }
  if (hasInfinity(body)) return invalid(`${place}.body`, `${place}.body has a number that is too large.`);
  return {
    method: method.toUpperCase(),
    target: targetOf(url),
    headers: fields,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** By its place in the batch, unless it has an id of its own. */
function makeRepeatable(headers: Headers, repeat: BatchRepeat, index: number): void {
  if (headers.has("Repeatability-Request-ID")) return;
  headers.set("Repeatability-Request-ID", `${repeat["Repeatability-Request-ID"]}.${index}`);
  headers.set("Repeatability-First-Sent", repeat["Repeatability-First-Sent"] ?? "");
}

/** What no request line could carry, such as a space, is percent-encoded: Graph's own examples have spaces. */
function targetOf(url: string): string {
  const target = url.replace(/[^!-~]/gu, encodeURIComponent);
  return target.startsWith("/") ? target : `/${target}`;
}

/** Names are compared without case, and what stands under the same one is joined, as HTTP does. */
function headersOf(headers: Readonly<Record<string, string>>): Headers | undefined {
  try {
    return new Headers(Object.entries(headers));
  } catch {
    return undefined;
  }
}

/** JSON.parse makes it of a number that is too large, and JSON.stringify would make null of it. */
function hasInfinity(body: unknown): boolean {
  if (typeof body === "number") return !Number.isFinite(body);
  return typeof body === "object" && body !== null && Object.values(body).some(hasInfinity);
}

export interface BatchAnswer extends Subanswer {
  readonly id: string;
}

/** Sends what can be sent, side by side where nothing has to wait. @returns the answers, in the order of the requests. */
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
    const message = `The request was not sent: it depends on '${short(failed.id)}', which was answered ${failed.status}.`;
    return { id, ...skip(subrequest, message) };
  };
  return Promise.all(plan.map(start));
}
