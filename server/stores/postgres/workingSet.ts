/**
 * What the commands of one group look at, in memory: loaded once, changed by one decision after the other, written
 * once. Each command sees what the one before it left, as if each had had a transaction of its own.
 */
import type { Assignment } from "../../domain/model.ts";
import type { AssignmentLoads, Change, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { RememberedOf } from "./remembered.ts";

/** An assignment and its place. */
export interface Placed {
  readonly tenant: string;
  readonly profileId: string;
  readonly assignment: Assignment;
}

export interface Written extends Placed {
  /** The version the row had when it was loaded. */
  readonly loaded: number;
}

/** One assignment through a group: as it was loaded and as it is now; undefined: there is none. */
interface Entry {
  readonly tenant: string;
  readonly profileId: string;
  readonly id: string;
  readonly before: Assignment | undefined;
  now: Assignment | undefined;
}

export interface Writes {
  readonly inserted: readonly Placed[];
  readonly updated: readonly Written[];
  /** As they were loaded. */
  readonly deleted: readonly Written[];
  readonly remembered: readonly RememberedOf[];
}

export class WorkingSet {
  readonly #profiles: ReadonlySet<string>;
  readonly #byId = new Map<string, Entry>();
  readonly #byIdentity = new Map<string, Entry>();
  readonly #remembered: Map<string, State["remembered"]>;
  readonly #toRemember = new Map<string, RememberedOf>();

  /** @param profiles those that exist, as [tenant, id]. @param remembered with tenant and key before each. */
  constructor(
    profiles: Iterable<readonly [tenant: string, id: string]>,
    assignments: Iterable<Placed>,
    remembered: Iterable<readonly [tenant: string, key: string, State["remembered"]]> = [],
  ) {
    this.#remembered = new Map(Array.from(remembered, ([tenant, key, answer]) => [keyOf(tenant, key, ""), answer]));
    this.#profiles = new Set([...profiles].map(([tenant, id]) => keyOf(tenant, id, "")));
    for (const { tenant, profileId, assignment } of assignments) {
      // Named by id and by identity, it comes twice.
      if (this.#byId.has(keyOf(tenant, profileId, assignment.id))) continue;
      this.#keep({ tenant, profileId, id: assignment.id, before: assignment, now: assignment });
    }
  }

  /** The state that a command loads. */
  state(
    tenant: string,
    { key = "", profileId = "", assignmentIds = [], targetIdentities = [] }: AssignmentLoads,
  ): State {
    const found = (entries: ReadonlyMap<string, Entry>, names: readonly string[]) =>
      new Map(
        names.flatMap((name) => {
          const now = entries.get(keyOf(tenant, profileId, name))?.now;
          return now ? [[name, now] as const] : [];
        }),
      );
    return {
      profileExists: this.#profiles.has(keyOf(tenant, profileId, "")),
      profile: undefined,
      assignments: found(this.#byId, assignmentIds),
      holders: found(this.#byIdentity, targetIdentities),
      profileCount: 0,
      ranks: new Map(),
      remembered: this.#remembered.get(keyOf(tenant, key, "")),
    };
  }

  /** @throws Error for a change of profiles: commands that make one load the order. */
  apply(tenant: string, change: Change): void {
    switch (change.kind) {
      case "insertAssignment": {
        const { profileId, assignment } = change;
        this.#keep({ tenant, profileId, id: assignment.id, before: undefined, now: assignment });
        return;
      }
      case "updateAssignment":
      case "retargetAssignment":
        this.#replace(keyOf(tenant, change.profileId, change.assignment.id), change.assignment);
        return;
      case "deleteAssignment":
        this.#replace(keyOf(tenant, change.profileId, change.assignmentId), undefined);
        return;
      case "remember": {
        const key = keyOf(tenant, change.answer.key, "");
        this.#remembered.set(key, change.answer);
        this.#toRemember.set(key, { tenant, ...change.answer });
        return;
      }
      default:
        throw new Error(`A command that does not load the order wants to ${change.kind}.`);
    }
  }

  /**
   * What is different now, in the order of the keys. An assignment that came and went in the group is none of it, and of
   * one that changed more than once only the last state is. One that has another target now is deleted and inserted: rows
   * that hand a target on to one another would break its uniqueness for a moment.
   */
  writes(): Writes {
    const [inserted, updated, deleted]: [Placed[], Written[], Written[]] = [[], [], []];
    for (const [, { tenant, profileId, before, now }] of [...this.#byId].sort(byKey)) {
      if (before === undefined) {
        if (now) inserted.push({ tenant, profileId, assignment: now });
      } else if (now === undefined) {
        deleted.push({ tenant, profileId, assignment: before, loaded: before.version });
      } else if (identityOf(now.target) !== identityOf(before.target)) {
        deleted.push({ tenant, profileId, assignment: before, loaded: before.version });
        inserted.push({ tenant, profileId, assignment: now });
      } else if (now !== before) {
        updated.push({ tenant, profileId, assignment: now, loaded: before.version });
      }
    }
    const remembered = [...this.#toRemember].sort(byKey).map(([, answer]) => answer);
    return { inserted, updated, deleted, remembered };
  }

  #keep(entry: Entry): void {
    this.#byId.set(keyOf(entry.tenant, entry.profileId, entry.id), entry);
    if (entry.now) this.#byIdentity.set(identityKey(entry, entry.now), entry);
  }

  #replace(key: string, assignment: Assignment | undefined): void {
    const entry = this.#byId.get(key);
    if (entry?.now === undefined) throw new Error("A command wants to change an assignment that it did not load.");
    const held = identityKey(entry, entry.now);
    if (this.#byIdentity.get(held) === entry) this.#byIdentity.delete(held);
    entry.now = assignment;
    if (assignment) this.#byIdentity.set(identityKey(entry, assignment), entry);
  }
}

function identityKey({ tenant, profileId }: Entry, { target }: Assignment): string {
  return keyOf(tenant, profileId, identityOf(target));
}

/** No part can contain the NUL between them: no text that the service accepts does. */
function keyOf(tenant: string, profileId: string, name: string): string {
  return `${tenant}\0${profileId}\0${name}`;
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
