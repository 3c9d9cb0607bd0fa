/** The service's public door, as a tenant of a fault sees it: requests over kept connections, and answers or none. */
import assert from "node:assert/strict";
import { ajv, assertGraphError } from "../support/graphError.ts";
import { type Call, profilesPath } from "../support/tenant.ts";
import { identityOf } from "./modelAssignments.ts";
import { patience, promised } from "./plan.ts";

export interface Door {
  /** The service root. */
  readonly url: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON, or a text. */
  readonly body: unknown;
}

/** Requests of this process. */
let sent = 0;

/**
 * Sends a request. Every error is asserted to be a Graph error, and every 503 to say when to come back. Whoever waits
 * longer than three times what the store is waited for was left hanging, which no fault excuses.
 * @returns undefined if the connection ended without an answer.
 */
export async function send({ url, token }: Door, call: Call): Promise<Answer | undefined> {
  const limit = AbortSignal.timeout(promised(patience));
  let answer: Answer;
  try {
    const response = await fetch(`${url}${call.path}`, {
      method: call.method,
      headers: {
        authorization: `Bearer ${token}`,
        // Now and then a connection is a new one: there is more to go wrong with those.
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
    assert.ok(!limit.aborted, `${call.method} ${call.path} was not answered in ${promised(patience)} ms`);
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

/** There was no answer, or one that says that the store can't answer now. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** As `send`. @throws Unanswered */
export async function ask(door: Door, call: Call): Promise<Answer> {
  const answer = await send(door, call);
  if (answer && answer.status !== 503) return answer;
  throw new Unanswered(`${call.method} ${call.path}: ${answer ? JSON.stringify(answer.body) : "no answer"}`);
}

/** An entity as it was answered, without what only the service knows: its dates and the context URL. */
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

/**
 * Reads a tenant's profiles, and asserts what holds for all of them together: priorities without a gap.
 * @throws Unanswered
 */
export async function readProfiles(door: Door): Promise<readonly Entity[]> {
  const profiles = (await readCollection(door, profilesPath, "profileCollection")) ?? [];
  assert.deepEqual(
    profiles.map(({ priority }) => priority),
    profiles.map((_, place) => place),
    "priorities are 0…n-1",
  );
  return profiles;
}

/**
 * Reads all that a tenant has, and asserts what holds in every tenant: whole objects, as the contract's schemas have
 * them, priorities without a gap, one assignment for each target.
 * @throws Unanswered
 */
export async function readTenant(door: Door): Promise<readonly FoundProfile[]> {
  const profiles = await readProfiles(door);
  const found = await Promise.all(
    profiles.map(async (profile) => {
      const path = `${profilesPath}/${profile.id}/assignments`;
      const assignments = await readCollection(door, path, "assignmentCollection");
      const identities = assignments?.map(({ target }) => identityOf(Object(target)));
      assert.equal(new Set(identities).size, identities?.length ?? 0, `one assignment for each target: ${identities}`);
      // Between the two requests it may have been deleted.
      return assignments === undefined ? [] : [{ profile, assignments }];
    }),
  );
  return found.flat();
}

/** Reads a tenant in which nobody writes: counts are those of the lists as well. @throws Unanswered */
export async function readQuietTenant(door: Door): Promise<readonly FoundProfile[]> {
  const found = await readTenant(door);
  const counts = [
    [profilesPath, found.length] as const,
    ...found.map(
      ({ profile, assignments }) => [`${profilesPath}/${profile.id}/assignments`, assignments.length] as const,
    ),
  ];
  await Promise.all(
    counts.map(async ([path, length]) => {
      const { body } = await ask(door, { method: "GET", path: `${path}/$count` });
      assert.equal(body, String(length), `${path}/$count is the length of the list`);
    }),
  );
  return found;
}

async function readCollection(door: Door, path: string, schema: string): Promise<readonly Entity[] | undefined> {
  const { status, body } = await ask(door, { method: "GET", path });
  if (status === 404) return undefined;
  assert.equal(status, 200, `GET ${path}: ${JSON.stringify(body)}`);
  assert.ok(
    ajv.validate(`contract#/components/schemas/${schema}`, body),
    `GET ${path}: ${JSON.stringify(body)}: ${ajv.errorsText()}`,
  );
  const entities: readonly unknown[] = Object(body).value;
  return entities.map(entityOf);
}
