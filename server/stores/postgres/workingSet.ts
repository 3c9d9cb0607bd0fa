/**
 * The rows that a group of commands works on, in memory. They are loaded once, changed by each command in turn, and
 * written once. Each command sees the changes of the commands before it, as if each command had its own transaction.
 */
import type { Assignment } from "../../domain/model.ts";
import type { AssignmentLoads, Change, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";
import type { TenantAnswer } from "./remembered.ts";

export interface LocatedAssignment {
  readonly tenant: string;
  readonly profileId: string;
  readonly assignment: Assignment;
}

export interface LoadedAssignment extends LocatedAssignment {
  /** The version of the row when it was loaded. */
  readonly loaded: number;
}

/**
 * An assignment while a group is decided: `before` is its loaded state, `now` its current state. A state is undefined
 * if the assignment does not exist.
 */
interface TrackedAssignment {
  readonly tenant: string;
  readonly profileId: string;
  readonly id: string;
  readonly before: Assignment | undefined;
  now: Assignment | undefined;
}

export interface GroupWrites {
  readonly inserted: readonly LocatedAssignment[];
  readonly updated: readonly LoadedAssignment[];
  /** The assignments to delete, in their loaded state. */
  readonly deleted: readonly LoadedAssignment[];
  readonly remembered: readonly TenantAnswer[];
}

export class WorkingSet {
  readonly #profiles: ReadonlySet<string>;
  readonly #byId = new Map<string, TrackedAssignment>();
  readonly #byIdentity = new Map<string, TrackedAssignment>();
  readonly #remembered: Map<string, State["remembered"]>;
  readonly #toRemember = new Map<string, TenantAnswer>();

  /** @param profiles the existing profiles. @param remembered the stored answers to earlier repeatable requests. */
  constructor(
    profiles: Iterable<readonly [tenant: string, id: string]>,
    assignments: Iterable<LocatedAssignment>,
    remembered: Iterable<readonly [tenant: string, key: string, State["remembered"]]> = [],
  ) {
    this.#remembered = new Map(Array.from(remembered, ([tenant, key, answer]) => [keyOf(tenant, key, ""), answer]));
    this.#profiles = new Set([...profiles].map(([tenant, id]) => keyOf(tenant, id, "")));
    for (const { tenant, profileId, assignment } of assignments) {
      // An assignment is loaded twice if commands name both its id and its target identity.
      if (this.#byId.has(keyOf(tenant, profileId, assignment.id))) continue;
      this.#track({ tenant, profileId, id: assignment.id, before: assignment, now: assignment });
    }
  }

  /** Returns the state that a command loads. */
  state(
    tenant: string,
    { key = "", profileId = "", assignmentIds = [], targetIdentities = [] }: AssignmentLoads,
  ): State {
    const found = (entries: ReadonlyMap<string, TrackedAssignment>, names: readonly string[]) =>
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

  /** @throws Error if it is a change to profiles, because only commands that load the order can make such changes. */
  apply(tenant: string, change: Change): void {
    switch (change.kind) {
      case "insertAssignment": {
        const { profileId, assignment } = change;
        this.#track({ tenant, profileId, id: assignment.id, before: undefined, now: assignment });
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
        throw new Error(
          `A command that does not load the order of the profiles cannot make the change ${change.kind}.`,
        );
    }
  }

  /**
   * Returns the differences from the loaded state, sorted by key. They contain only the last state of each assignment,
   * and no assignment that was both inserted and deleted in the group. If an assignment has a new target, its row is
   * deleted and inserted again. With updates, two rows that exchange their targets would violate the unique constraint
   * for a moment.
   */
  writes(): GroupWrites {
    const [inserted, updated, deleted]: [LocatedAssignment[], LoadedAssignment[], LoadedAssignment[]] = [[], [], []];
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

  #track(entry: TrackedAssignment): void {
    this.#byId.set(keyOf(entry.tenant, entry.profileId, entry.id), entry);
    if (entry.now) this.#byIdentity.set(identityKey(entry, entry.now), entry);
  }

  #replace(key: string, assignment: Assignment | undefined): void {
    const entry = this.#byId.get(key);
    if (entry?.now === undefined) throw new Error("A command changes an assignment that it has not loaded.");
    const held = identityKey(entry, entry.now);
    if (this.#byIdentity.get(held) === entry) this.#byIdentity.delete(held);
    entry.now = assignment;
    if (assignment) this.#byIdentity.set(identityKey(entry, assignment), entry);
  }
}

function identityKey({ tenant, profileId }: TrackedAssignment, { target }: Assignment): string {
  return keyOf(tenant, profileId, identityOf(target));
}

/** Joins names with the separator NUL. No name contains it, because the service refuses text with NUL. */
function keyOf(tenant: string, profileId: string, name: string): string {
  return `${tenant}\0${profileId}\0${name}`;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
