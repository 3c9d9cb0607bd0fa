/**
 * The interface that every store implements. It has two entry points: `read`, and `decide`, which runs a command's pure
 * decision function inside a transaction. The domain's rules exist only in these functions. A store only loads the rows
 * that the command names and applies the changes that the function returns. No function awaits anything inside a
 * transaction, so a store may run many of them in one commit, lock rows, or call a function again if its transaction
 * has to be repeated.
 */
import type { Conflict, DomainError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Assignment, Profile, Target } from "./model.ts";
import type { ProfilePath } from "./profile/properties.ts";
import type { AssignmentPath, Condition } from "./query.ts";

export interface Store {
  readonly read: Reads;

  /**
   * Loads the rows that the command names, locks them, decides, applies the changes, and resolves only after they are
   * durable. If another transaction has meanwhile written the same unique value, the command is decided again.
   * @param repeatability makes the store carry out the command only once, however often it is sent with this key.
   * @throws StoreUnavailable if the store is temporarily unavailable. Nothing was written, unless the connection to the
   *   database broke during the commit: then the changes may have been written.
   */
  decide<Value, Failure extends DomainError, Reuse extends DomainError = never>(
    tenant: string,
    command: Command<Value, Failure>,
    repeatability?: RepeatabilityKey<Reuse>,
  ): Promise<Outcome<Value, Failure | Reuse>>;

  /**
   * Checks whether writes work again after they have failed for a reason that only an operator can remove.
   * @throws StoreUnavailable while they do not work. Undefined for a store whose reads fail in that case, too.
   */
  checkWrites?(): Promise<void>;

  /** Waits for the running calls, then closes files and connections. */
  close(): Promise<void>;
}

/** Every read sees all writes that were confirmed to a caller before the read started. @throws StoreUnavailable */
export interface Reads {
  profiles(tenant: string, list?: List<ProfileKey>): Promise<readonly Profile[]>;
  profile(tenant: string, profileId: string): Promise<Profile | undefined>;
  /** Counts the profiles that match the condition. Without a condition, counts all profiles. */
  countProfiles(tenant: string, condition?: Condition<ProfileKey>): Promise<number>;
  /** Returns the assignments of a profile. Undefined if the tenant has no profile with this id. */
  assignments(
    tenant: string,
    profileId: string,
    list?: List<AssignmentPath>,
  ): Promise<readonly StoredAssignment[] | undefined>;
  /**
   * Returns each profile's assignments, the oldest first. A profile without assignments may be missing from the map.
   * @param limit the largest number of assignments of each profile. Default: no limit.
   */
  assignmentsOfAll(
    tenant: string,
    profileIds: readonly string[],
    limit?: number,
  ): Promise<ReadonlyMap<string, readonly StoredAssignment[]>>;
  assignment(tenant: string, profileId: string, assignmentId: string): Promise<StoredAssignment | undefined>;
  /** Counts the assignments that match the condition. Undefined if the tenant has no profile with this id. */
  countAssignments(
    tenant: string,
    profileId: string,
    condition?: Condition<AssignmentPath>,
  ): Promise<number | undefined>;
}

/** The query for a list: a filter, an order and a range. */
export interface List<Key extends string> {
  /** Selects the entities that match the condition, on all pages. Default: all entities. */
  readonly condition?: Condition<Key> | undefined;
  /** The position of the page: selects the entities after the previous page. Default: the beginning of the list. */
  readonly start?: Condition<Key> | undefined;
  /** The sort keys. `null` sorts before any value, and the last key must be unique. Default: `defaultOrder`. */
  readonly order?: readonly Order<Key>[] | undefined;
  /** The number of entities to skip at the beginning. Default: 0. */
  readonly skip?: number | undefined;
  /** The largest number of entities to return. Default: no limit. */
  readonly limit?: number | undefined;
}

export interface Order<Key extends string> {
  readonly key: Key;
  readonly descending?: boolean;
}

/**
 * The keys that lists of profiles can be sorted by. The rank gives the same order as the priority, but does not change
 * when other profiles are inserted or deleted.
 */
export type ProfileKey = ProfilePath | "rank";

/** The order of lists without `$orderby`: profiles by priority, assignments by their creation. */
export const defaultOrder = {
  profiles: [{ key: "rank" }],
  assignments: [{ key: "id" }],
} as const satisfies { profiles: readonly Order<ProfileKey>[]; assignments: readonly Order<AssignmentPath>[] };

/** An assignment that is read only to be returned, so its target is not parsed: it stays the stored JSON text. */
export interface StoredAssignment {
  readonly id: string;
  readonly target: Json<Target>;
  readonly version: number;
}

export interface Command<Value, Failure extends DomainError> {
  readonly loads: Loads;
  /** Has no side effects except that it makes new ids, because the store may call it more than once. */
  readonly decide: (state: State) => Decision<Value, Failure>;
}

/**
 * The rows that a command needs. The store loads no others, so a command takes equally long in a tenant of any size.
 */
export type Loads = AssignmentLoads | OrderLoads;

/** The rows that a command needs if it changes assignments. */
export interface AssignmentLoads {
  readonly order?: never;
  /** Loads the remembered answer to the request with this key. */
  readonly key?: string;
  /** Loads whether the tenant has this profile. */
  readonly profileId?: string;
  /** Loads the assignments of that profile that have these ids. */
  readonly assignmentIds?: readonly string[];
  /** Loads the assignments of that profile that have these target identities. */
  readonly targetIdentities?: readonly string[];
}

/**
 * The rows that a command needs if it changes profiles. Such commands of one tenant are decided one after the other.
 */
export interface OrderLoads {
  /** Loads the number of the tenant's profiles, and locks their order until the changes are applied. */
  readonly order: true;
  /** Has the same meaning as in `AssignmentLoads`. */
  readonly key?: string;
  readonly profileId?: string;
  /**
   * Loads the ranks at this priority and at the priorities directly above and below it. A priority after the last
   * profile means the end of the order.
   */
  readonly around?: number | undefined;
}

/** The rows that the store has loaded for a command. */
export interface State {
  readonly profileExists: boolean;
  /** Undefined if the profile does not exist, or if the command does not load the order. */
  readonly profile: Profile | undefined;
  /** The number of the tenant's profiles. It is 0 if the command does not load the order. */
  readonly profileCount: number;
  /** The loaded ranks by priority. */
  readonly ranks: ReadonlyMap<number, string>;
  /** The loaded assignments, by id. */
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** The loaded assignments, by target identity. */
  readonly holders: ReadonlyMap<string, Assignment>;
  /** The stored request and result for the key. Undefined if no request with this key was carried out. */
  readonly remembered?: Pick<RememberedAnswer, "request" | "value"> | undefined;
}

/** Identifies a request that is carried out only once, and its repetitions. */
export interface RepeatabilityKey<Reuse extends DomainError = Conflict> {
  /** Must be unique in the tenant: two clients never use the same key. */
  readonly key: string;
  /** A text that is equal for a request and its repetitions, and different for other requests. */
  readonly request: string;
  /** The time in milliseconds since 1970 after which repetitions are refused, so that the answer may be deleted. */
  readonly expires: number;
  /** The error for a different request that uses the same key. */
  readonly reuse: Reuse;
}

/** The answer to a request that was carried out under a key. */
export interface RememberedAnswer extends Pick<RepeatabilityKey, "key" | "request" | "expires"> {
  /**
   * A JSON object whose member `value` is the accepted command's value. If that value is undefined, it has no members.
   */
  readonly value: string;
}

export type Decision<Value, Failure extends DomainError> =
  /** The store applies either all changes, in this order, or none. */
  | { readonly outcome: Accepted<Value>; readonly changes: readonly Change[] }
  | { readonly outcome: Refused<Failure>; readonly changes: readonly never[] };

interface Accepted<Value> {
  readonly ok: true;
  readonly value: Value;
}

interface Refused<Failure> {
  readonly ok: false;
  readonly error: Failure;
}

export type Outcome<Value, Failure> = Accepted<Value> | Refused<Failure>;

export type Change =
  | { readonly kind: "insertProfile"; readonly profile: Profile }
  | { readonly kind: "updateProfile"; readonly profile: Profile }
  /** Deletes a profile with its assignments. */
  | { readonly kind: "deleteProfile"; readonly profileId: string }
  /** Deletes all profiles of the tenant and their assignments. */
  | { readonly kind: "deleteProfiles" }
  /**
   * Moves every profile whose priority is from `first` to `last` by one. Also increments its version, because its
   * representation changes.
   */
  | { readonly kind: "shiftPriorities"; readonly first: number; readonly last: number; readonly by: 1 | -1 }
  /** Gives every profile a new short rank, in the order of their priorities. */
  | { readonly kind: "spreadRanks" }
  | { readonly kind: "insertAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** Writes a target that has the same identity as the previous one. */
  | { readonly kind: "updateAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** Writes a target that has a different identity. */
  | { readonly kind: "retargetAssignment"; readonly profileId: string; readonly assignment: Assignment }
  | { readonly kind: "deleteAssignment"; readonly profileId: string; readonly assignmentId: string }
  /** Stores the answer to a request whose key the command has loaded. The store also deletes some expired answers. */
  | { readonly kind: "remember"; readonly answer: RememberedAnswer }
  /** Deletes all remembered answers of the tenant. */
  | { readonly kind: "forget" };

/** Accepts the command. @param value the command's result, after the changes. */
export function accept<Value>(value: Value, ...changes: readonly Change[]): Decision<Value, never> {
  return { changes, outcome: { ok: true, value } };
}

/** Refuses the command with an error, without changes. */
export function refuse<Failure extends DomainError>(error: Failure): Decision<never, Failure> {
  return { changes: [], outcome: { ok: false, error } };
}

/**
 * The store is temporarily unavailable, and the caller may try again. The message is for the log, not for the caller.
 */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  /** The number of seconds after which the caller should try again. */
  readonly retryAfter: number;
  /** A sentence for the log that tells the operator how to solve the problem. */
  readonly remedy: string | undefined;

  constructor(message: string, { retryAfter, remedy, ...options }: UnavailableOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
    this.remedy = remedy;
  }
}

interface UnavailableOptions extends ErrorOptions {
  readonly retryAfter: number;
  readonly remedy?: string;
}

/** A query would take too much of the time that the store has for all callers. The message is for the caller. */
export class QueryTooLong extends Error {
  override readonly name = "QueryTooLong";
  /** The number of seconds after which the caller may try again. */
  readonly retryAfter: number;

  /** @param time the milliseconds after which the query was stopped. If undefined, the query was not started. */
  constructor(time: number | undefined, retryAfter: number) {
    super(
      time === undefined
        ? "Too many slow queries of this tenant are running. Wait for their answers before sending the next one."
        : `The query was stopped, because it took ${time / 1000} seconds of the store's time. Use fewer terms in $filter, or follow the pages without $filter and $orderby.`,
    );
    this.retryAfter = retryAfter;
  }
}
