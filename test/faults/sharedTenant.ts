/**
 * A tenant to which many clients write at the same time. Its content depends on their order, but some facts are certain:
 * each version of an entity has only one content, a version never decreases, a deleted entity never returns, and no
 * entity disappears without a request to delete it.
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
} from "./endpoint.ts";
import { bounded, type Tenant } from "./model.ts";
import { chosen, isWrong } from "./modelAssignments.ts";
import type { Operation } from "./operations.ts";
import { toRequest } from "./requests.ts";

const updateStatuses = [200, 400, 404, 409, 412];

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
  updateAssignments: updateStatuses,
  countAssignments: [200, 404],
  getAssignment: [200, 404],
  updateAssignment: updateStatuses,
  deleteAssignment: [204, 404, 412],
};

/** The facts about an entity that are known from answers. */
interface Known {
  readonly profileId: string;
  readonly contents: Map<number, Entity>;
  newest: number;
}

export class SharedTenant {
  readonly #token: string;
  readonly #known = new Map<string, Known>();
  /** The deletions since the last `settle`, by entity id. Each was either only sent or also answered. */
  readonly #deletions = new Map<string, "sent" | "done">();
  /** The ids of the entities that were missing at an earlier `settle`. They must never return. */
  readonly #gone = new Set<string>();
  #sent = 0;

  constructor(token: string) {
    this.#token = token;
  }

  /** Sends an operation. @returns `false` if the service does not answer, or answers 503. */
  async send(url: string, random: Operation): Promise<boolean> {
    try {
      if (this.#sent++ % 20 === 0) await this.#readAll(url);
    } catch (error) {
      if (error instanceof Unanswered) return false;
      throw error;
    }
    const view = this.#view();
    // Only two profiles are used, so that many requests compete for each of them.
    const operation = bounded(view, random, 2);
    const deleted = deletedBy(view, operation);
    if (deleted !== undefined && !this.#deletions.has(deleted)) this.#deletions.set(deleted, "sent");
    const answer = await send({ url, token: this.#token }, toRequest(view, operation));
    if (answer === undefined || answer.status === 503) return false;
    const statuses = isWrong(operation) ? [400] : possible[operation.kind];
    const what = `${JSON.stringify(operation)} → ${answer.status} ${JSON.stringify(answer.body)}`;
    assert.ok(statuses.includes(answer.status), what);
    if (deleted !== undefined && answer.status === 204) this.#deletions.set(deleted, "done");
    this.#noteAnswer(answer, "profile" in operation ? chosen(view, operation.profile)?.id : undefined);
    return true;
  }

  /** Reads the tenant while no client writes, and asserts all facts that are certain. */
  async settle(url: string): Promise<void> {
    const found = await this.#read(url, readQuietTenant);
    const there = new Set(idsOf(found));
    for (const [id, { profileId }] of this.#known) {
      if (there.has(id)) continue;
      const wasDeleted = this.#deletions.has(id) || this.#deletions.has(profileId);
      assert.ok(wasDeleted, `${id} disappeared without a request to delete it`);
      this.#known.delete(id);
      this.#gone.add(id);
    }
    // No earlier request is still running, so the entities that remain were not deleted.
    this.#deletions.clear();
  }

  /** Returns the known content of the tenant, to which the indices in operations refer. */
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

  async #readAll(url: string): Promise<void> {
    await this.#read(url, readTenant);
  }

  async #read(url: string, read: typeof readTenant): Promise<readonly FoundProfile[]> {
    // The list that is read may lack changes by requests that are answered from now on.
    const atLeast = new Map([...this.#known].map(([id, { newest }]) => [id, newest]));
    const gone = new Set([...this.#deletions].flatMap(([id, state]) => (state === "done" ? [id] : [])));
    const found = await read({ url, token: this.#token });
    for (const { profile, assignments } of found) {
      for (const entity of [profile, ...assignments]) {
        const { id } = entity;
        const isGone = gone.has(id) || gone.has(profile.id) || this.#gone.has(id);
        assert.ok(!isGone, `${id} returned after it was deleted`);
        assert.ok(versionOf(entity) >= (atLeast.get(id) ?? 0), `${id} returned to version ${versionOf(entity)}`);
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

  /** Asserts that a version always has the same content. Two writes that created the same version would violate this. */
  #note(entity: Entity, profileId: string): void {
    const version = versionOf(entity);
    const known = this.#known.get(entity.id) ?? { profileId, contents: new Map(), newest: 0 };
    assert.deepEqual(entity, known.contents.get(version) ?? entity, "a version must always have the same content");
    known.contents.set(version, entity);
    known.newest = Math.max(known.newest, version);
    this.#known.set(entity.id, known);
  }
}

/** Returns the id of the entity that an operation deletes. */
function deletedBy(view: Tenant, operation: Operation): string | undefined {
  if (operation.kind !== "deleteProfile" && operation.kind !== "deleteAssignment") return undefined;
  const profile = chosen(view, operation.profile);
  if (operation.kind === "deleteProfile") return profile?.id;
  return profile && chosen(profile.assignments, operation.assignment)?.id;
}
