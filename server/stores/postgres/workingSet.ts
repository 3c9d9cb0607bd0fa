/**
 * The rows of one tenant that a group of commands works on, in memory. They are loaded once, changed by each command in turn,
 * and written once. Each command sees the changes of the commands before it, as if each command had its own transaction.
 */
import type { Assignment } from "../../domain/model.ts";
import type { AssignmentLoads, Change, RememberedAnswer, State } from "../../domain/store.ts";
import { identityOf } from "../../domain/targets.ts";

export interface LocatedAssignment {
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
  readonly remembered: readonly RememberedAnswer[];
}

export class WorkingSet {
  readonly #profiles: ReadonlySet<string>;
  readonly #byId = new Map<string, TrackedAssignment>();
  readonly #byIdentity = new Map<string, TrackedAssignment>();
  readonly #remembered: Map<string, State["remembered"]>;
  readonly #toRemember = new Map<string, RememberedAnswer>();

  /** @param profiles the ids of the existing profiles. @param remembered the stored answers to earlier requests, by key. */
  constructor(
    profiles: Iterable<string>,
    assignments: Iterable<LocatedAssignment>,
    remembered: Iterable<readonly [key: string, State["remembered"]]> = [],
  ) {
    this.#remembered = new Map(remembered);
    this.#profiles = new Set(profiles);
    for (const { profileId, assignment } of assignments) {
      // An assignment is loaded twice if commands name both its id and its target identity.
      if (this.#byId.has(keyOf(profileId, assignment.id))) continue;
      this.#track({ profileId, id: assignment.id, before: assignment, now: assignment });
    }
  }

  /** Returns the state that a command loads. */
  state({ key = "", profileId = "", assignmentIds = [], targetIdentities = [] }: AssignmentLoads): State {
    const found = (entries: ReadonlyMap<string, TrackedAssignment>, names: readonly string[]) =>
      new Map(
        names.flatMap((name) => {
          const now = entries.get(keyOf(profileId, name))?.now;
          return now ? [[name, now] as const] : [];
        }),
      );
    return {
      profileExists: this.#profiles.has(profileId),
      profile: undefined,
      assignments: found(this.#byId, assignmentIds),
      holders: found(this.#byIdentity, targetIdentities),
      profileCount: 0,
      ranks: new Map(),
      remembered: this.#remembered.get(key),
    };
  }

  /** @throws Error if it is a change to profiles, because only commands that load the order can make such changes. */
  apply(change: Change): void {
    switch (change.kind) {
      case "insertAssignment": {
        const { profileId, assignment } = change;
        this.#track({ profileId, id: assignment.id, before: undefined, now: assignment });
        return;
      }
      case "updateAssignment":
      case "retargetAssignment":
        this.#replace(keyOf(change.profileId, change.assignment.id), change.assignment);
        return;
      case "deleteAssignment":
        this.#replace(keyOf(change.profileId, change.assignmentId), undefined);
        return;
      case "remember": {
        this.#remembered.set(change.answer.key, change.answer);
        this.#toRemember.set(change.answer.key, change.answer);
        return;
      }
      default:
        throw new Error(
          `A command that does not load the order of the profiles cannot make the change ${change.kind}.`,
        );
    }
  }

  /**
   * Returns the differences from the loaded state. They contain only the last state of each assignment, and no assignment
   * that was both inserted and deleted in the group. If an assignment has a new target, its row is deleted and inserted
   * again. With updates, two rows that exchange their targets would violate the unique constraint for a moment.
   *
   * Changes of rows are sorted by the key of the row, and insertions by their unique key, because an insertion waits for a
   * transaction that has inserted the same key. Without a common order, two groups could wait for each other.
   */
  writes(): GroupWrites {
    const [inserted, updated, deleted]: [LocatedAssignment[], LoadedAssignment[], LoadedAssignment[]] = [[], [], []];
    for (const { profileId, before, now } of this.#byId.values()) {
      if (before === undefined) {
        if (now) inserted.push({ profileId, assignment: now });
      } else if (now === undefined) {
        deleted.push({ profileId, assignment: before, loaded: before.version });
      } else if (identityOf(now.target) !== identityOf(before.target)) {
        deleted.push({ profileId, assignment: before, loaded: before.version });
        inserted.push({ profileId, assignment: now });
      } else if (now !== before) {
        updated.push({ profileId, assignment: now, loaded: before.version });
      }
    }
    return {
      inserted: sortedBy(inserted, identityKey),
      updated: sortedBy(updated, rowKey),
      deleted: sortedBy(deleted, rowKey),
      remembered: sortedBy([...this.#toRemember.values()], ({ key }) => key),
    };
  }

  #track(entry: TrackedAssignment): void {
    this.#byId.set(keyOf(entry.profileId, entry.id), entry);
    this.#addIdentity(entry);
  }

  #replace(key: string, assignment: Assignment | undefined): void {
    const entry = this.#byId.get(key);
    if (entry?.now === undefined) throw new Error("A command changes an assignment that it has not loaded.");
    const held = identityKey({ profileId: entry.profileId, assignment: entry.now });
    if (this.#byIdentity.get(held) === entry) this.#byIdentity.delete(held);
    entry.now = assignment;
    this.#addIdentity(entry);
  }

  #addIdentity(entry: TrackedAssignment): void {
    const { profileId, now } = entry;
    if (now) this.#byIdentity.set(identityKey({ profileId, assignment: now }), entry);
  }
}

function rowKey({ profileId, assignment }: LocatedAssignment): string {
  return keyOf(profileId, assignment.id);
}

function identityKey({ profileId, assignment }: LocatedAssignment): string {
  return keyOf(profileId, identityOf(assignment.target));
}

/** Joins names with the separator NUL. No name contains it, because the service refuses text with NUL. */
function keyOf(profileId: string, name: string): string {
  return `${profileId}\0${name}`;
}

function sortedBy<Item>(items: Item[], keyOfItem: (item: Item) => string): Item[] {
  if (items.length < 2) return items;
  return items
    .map((item) => [keyOfItem(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}
