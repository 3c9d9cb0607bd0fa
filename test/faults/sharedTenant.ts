/**
 * A tenant that many clients write at once. What it holds depends on whose turn it was, and yet much is certain: an
 * entity has one content for each version, and none lower than was answered; what was deleted stays away, and what
 * nobody asked to delete is there.
 */
import assert from "node:assert/strict";
import {
  type Answer,
  type Entity,
  entityOf,
  type FoundProfile,
  idsOf,
  readQuietTenant,
  readTenant,
  send,
  Unanswered,
  versionOf,
} from "./door.ts";
import { bounded, type Tenant } from "./model.ts";
import { chosen, isWrong } from "./modelAssignments.ts";
import type { Operation } from "./operations.ts";
import { requestOf } from "./requests.ts";

const written = [200, 400, 404, 409, 412];

const possible: Readonly<Record<Operation["kind"], readonly number[]>> = {
  listProfiles: [200],
  createProfile: [201],
  countProfiles: [200],
  getProfile: [200, 404],
  updateProfile: [200, 400, 404, 412],
  deleteProfile: [204, 404, 412],
  setPriority: [204, 400, 404],
  listAssignments: [200, 404],
  createAssignment: [201, 404, 409],
  updateAssignments: written,
  countAssignments: [200, 404],
  getAssignment: [200, 404],
  updateAssignment: written,
  deleteAssignment: [204, 404, 412],
};

/** What was answered of an entity. */
interface Known {
  readonly profileId: string;
  readonly contents: Map<number, Entity>;
  newest: number;
}

export class SharedTenant {
  readonly #token: string;
  readonly #known = new Map<string, Known>();
  /** Since the last `settle`, by id: whether a request to delete it was sent, or was answered. */
  readonly #deletions = new Map<string, "sent" | "done">();
  /** The ids of what was not there any more when `settle` looked. */
  readonly #gone = new Set<string>();
  #played = 0;

  constructor(token: string) {
    this.#token = token;
  }

  /** @returns whether there was an answer, other than a 503. */
  async play(url: string, random: Operation): Promise<boolean> {
    try {
      if (this.#played++ % 20 === 0) await this.#look(url);
    } catch (error) {
      if (error instanceof Unanswered) return false;
      throw error;
    }
    const view = this.#view();
    // Few, so that many meet at each.
    const operation = bounded(view, random, 2);
    const deleted = deletedBy(view, operation);
    if (deleted !== undefined && !this.#deletions.has(deleted)) this.#deletions.set(deleted, "sent");
    const answer = await send({ url, token: this.#token }, requestOf(view, operation));
    if (answer === undefined || answer.status === 503) return false;
    const statuses = isWrong(operation) ? [400] : possible[operation.kind];
    const what = `${JSON.stringify(operation)} → ${answer.status} ${JSON.stringify(answer.body)}`;
    assert.ok(statuses.includes(answer.status), what);
    if (deleted !== undefined && answer.status === 204) this.#deletions.set(deleted, "done");
    this.#noteAnswer(answer, "profile" in operation ? chosen(view, operation.profile)?.id : undefined);
    return true;
  }

  /** Reads the tenant while nobody writes, and asserts that all that is certain holds. */
  async settle(url: string): Promise<void> {
    const found = await this.#read(url, readQuietTenant);
    const there = new Set(idsOf(found));
    for (const [id, { profileId }] of this.#known) {
      if (there.has(id)) continue;
      const wasDeleted = this.#deletions.has(id) || this.#deletions.has(profileId);
      assert.ok(wasDeleted, `${id} was answered, nobody asked to delete it, and it is not there`);
      this.#known.delete(id);
      this.#gone.add(id);
    }
    // What is there now was not deleted, and no request of before is still on its way.
    this.#deletions.clear();
  }

  /** The tenant as far as is known now: what indices mean. */
  #view(): Tenant {
    const present = [...this.#known]
      .filter(([id]) => this.#deletions.get(id) !== "done")
      .map(([id, { profileId, contents, newest }]) => ({
        id,
        profileId,
        version: newest,
        target: Object(contents.get(newest)?.["target"]),
      }));
    return present
      .filter(({ id, profileId }) => id === profileId)
      .map(({ id, version }) => ({
        id,
        version,
        properties: {},
        assignments: present.filter((other) => other.profileId === id && other.id !== id),
      }));
  }

  async #look(url: string): Promise<void> {
    await this.#read(url, readTenant);
  }

  async #read(url: string, read: typeof readTenant): Promise<readonly FoundProfile[]> {
    // What is answered from here on, this look may be too early to see.
    const atLeast = new Map([...this.#known].map(([id, { newest }]) => [id, newest]));
    const gone = new Set([...this.#deletions].flatMap(([id, state]) => (state === "done" ? [id] : [])));
    const found = await read({ url, token: this.#token });
    for (const { profile, assignments } of found) {
      for (const entity of [profile, ...assignments]) {
        const { id } = entity;
        const isGone = gone.has(id) || gone.has(profile.id) || this.#gone.has(id);
        assert.ok(!isGone, `${id} was deleted, and is there again`);
        assert.ok(versionOf(entity) >= (atLeast.get(id) ?? 0), `${id} has version ${versionOf(entity)} again`);
        this.#note(entity, profile.id);
      }
    }
    return found;
  }

  #noteAnswer({ status, body }: Answer, profileId: string | undefined): void {
    if (status > 201 || typeof body === "string") return;
    const { value } = Object(body);
    const entities: readonly unknown[] = Array.isArray(value) ? value : [body];
    for (const entity of entities.map(entityOf)) this.#note(entity, profileId ?? entity.id);
  }

  /** One version, one content: two writes that both took it for theirs would show here. */
  #note(entity: Entity, profileId: string): void {
    const version = versionOf(entity);
    const known = this.#known.get(entity.id) ?? { profileId, contents: new Map(), newest: 0 };
    assert.deepEqual(entity, known.contents.get(version) ?? entity, "one version, one content");
    known.contents.set(version, entity);
    known.newest = Math.max(known.newest, version);
    this.#known.set(entity.id, known);
  }
}

/** The id of what an operation is to delete. */
function deletedBy(view: Tenant, operation: Operation): string | undefined {
  if (operation.kind !== "deleteProfile" && operation.kind !== "deleteAssignment") return undefined;
  const profile = chosen(view, operation.profile);
  if (operation.kind === "deleteProfile") return profile?.id;
  return profile && chosen(profile.assignments, operation.assignment)?.id;
}
