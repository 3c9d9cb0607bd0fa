/** A test client that sends requests to the service, checks the answers, and reads whole tenants. */
import assert from "node:assert/strict";
import { ajv, assertGraphError } from "../support/graphError.ts";
import { type Call, profilesPath } from "../support/tenant.ts";
import { identityOf } from "./modelAssignments.ts";
import { patience, withTolerance } from "./plan.ts";

export interface Endpoint {
  /** The URL of the service root. */
  readonly url: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text of a body that is not JSON. */
  readonly body: unknown;
}

/** The number of requests that this process has sent. */
let sent = 0;

/**
 * Sends a request. Asserts that every error is a Graph error, that every 503 has a Retry-After header, and that the answer
 * takes at most three times as long as the service waits for the store.
 * @returns undefined if the connection ended without an answer.
 */
export async function send({ url, token }: Endpoint, call: Call): Promise<Answer | undefined> {
  const limit = AbortSignal.timeout(withTolerance(patience));
  let answer: Answer;
  try {
    const response = await fetch(`${url}${call.path}`, {
      method: call.method,
      headers: {
        authorization: `Bearer ${token}`,
        // Some requests use a new connection, because new connections can fail in more ways.
        ...(sent++ % 8 === 0 && { connection: "close" }),
        ...(call.body !== undefined && { "content-type": "application/json" }),
        ...call.headers,
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: limit,
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    answer = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  } catch (error) {
    assert.ok(!limit.aborted, `${call.method} ${call.path} was not answered in ${withTolerance(patience)} ms`);
    assert.ok(error instanceof TypeError, `${call.method} ${call.path}: ${error}`);
    return undefined;
  }
  if (answer.status >= 400) assertGraphError(answer);
  if (answer.status === 503) assertUnavailable(answer);
  assert.notEqual(answer.status, 500, `${call.method} ${call.path}: ${JSON.stringify(answer.body)}`);
  return answer;
}

export function assertUnavailable({ status, headers, body }: Answer): void {
  assert.equal(status, 503);
  assert.match(headers.get("retry-after") ?? "none", /^[1-9]\d*$/);
  assert.equal(Object(body).error.code, "ServiceUnavailable");
}

/** Thrown if the connection ended without an answer, or the answer was 503. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Sends a request. @throws Unanswered if the service does not answer, or answers 503. */
export async function ask(endpoint: Endpoint, call: Call): Promise<Answer> {
  const answer = await send(endpoint, call);
  if (answer && answer.status !== 503) return answer;
  throw new Unanswered(`${call.method} ${call.path}: ${answer ? JSON.stringify(answer.body) : "no answer"}`);
}

/** An entity from an answer, without its dates and its context URL, which a test cannot predict. */
export interface Entity {
  readonly id: string;
  readonly "@odata.etag": string;
  readonly [property: string]: unknown;
}

export function entityOf(body: unknown): Entity {
  const {
    "@odata.context": _context,
    createdDateTime: _created,
    lastModifiedDateTime: _modified,
    ...entity
  } = Object(body);
  return entity;
}

export function versionOf(entity: Entity): number {
  return Number(/\d+/.exec(entity["@odata.etag"]));
}

export interface FoundProfile {
  readonly profile: Entity;
  readonly assignments: readonly Entity[];
}

export function idsOf(found: readonly FoundProfile[]): readonly string[] {
  return found.flatMap(({ profile, assignments }) => [profile.id, ...assignments.map(({ id }) => id)]);
}

/** Reads a tenant's profiles, and asserts that their priorities have no gaps. @throws Unanswered */
export async function readProfiles(endpoint: Endpoint): Promise<readonly Entity[]> {
  const profiles = (await readCollection(endpoint, profilesPath, "profileCollection")) ?? [];
  assert.deepEqual(
    profiles.map(({ priority }) => priority),
    profiles.map((_, place) => place),
    "the priorities must be 0…n-1",
  );
  return profiles;
}

/**
 * Reads all profiles and assignments of a tenant. Asserts that the entities match the contract's schemas, that priorities
 * have no gaps, and that no target has two assignments.
 * @throws Unanswered
 */
export async function readTenant(endpoint: Endpoint): Promise<readonly FoundProfile[]> {
  const profiles = await readProfiles(endpoint);
  const found = await Promise.all(
    profiles.map(async (profile) => {
      const path = `${profilesPath}/${profile.id}/assignments`;
      const assignments = await readCollection(endpoint, path, "assignmentCollection");
      const identities = assignments?.map(({ target }) => identityOf(Object(target)));
      assert.equal(
        new Set(identities).size,
        identities?.length ?? 0,
        `two assignments have the same target: ${identities}`,
      );
      // The profile may have been deleted between the two requests.
      return assignments === undefined ? [] : [{ profile, assignments }];
    }),
  );
  return found.flat();
}

/** Reads a tenant to which nothing writes. Asserts also that the counts match the lists. @throws Unanswered */
export async function readQuietTenant(endpoint: Endpoint): Promise<readonly FoundProfile[]> {
  const found = await readTenant(endpoint);
  const counts = [
    [profilesPath, found.length] as const,
    ...found.map(
      ({ profile, assignments }) => [`${profilesPath}/${profile.id}/assignments`, assignments.length] as const,
    ),
  ];
  await Promise.all(
    counts.map(async ([path, length]) => {
      const { body } = await ask(endpoint, { method: "GET", path: `${path}/$count` });
      assert.equal(body, String(length), `${path}/$count must be the length of the list`);
    }),
  );
  return found;
}

async function readCollection(
  endpoint: Endpoint,
  path: string,
  schema: string,
): Promise<readonly Entity[] | undefined> {
  const { status, body } = await ask(endpoint, { method: "GET", path });
  if (status === 404) return undefined;
  assert.equal(status, 200, `GET ${path}: ${JSON.stringify(body)}`);
  assert.ok(
    ajv.validate(`contract#/components/schemas/${schema}`, body),
    `GET ${path}: ${JSON.stringify(body)}: ${ajv.errorsText()}`,
  );
  const entities: readonly unknown[] = Object(body).value;
  return entities.map(entityOf);
}
