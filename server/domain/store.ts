/**
 * The port to a store. It has two entry points: `read`, and `decide`, which runs a pure decision inside a transaction of
 * the store. The rules are written once, as decisions; a store only loads the rows that a command names and applies
 * changes. No callback awaits inside a transaction, so a store may run many decisions in one commit, lock rows, or run a
 * decision again if its transaction has to be repeated.
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
   * durable. If another transaction has meanwhile taken a unique value of a change, the command is decided again.
   * @param repeatability makes the store carry out the command only once, however often it is sent with this key.
   * @throws StoreUnavailable if the store cannot answer now. Nothing was written, unless the connection to the store broke
   *   during the commit: then the changes may have been written.
   */
  decide<Value, Failure extends DomainError, Reuse extends DomainError = never>(
    tenant: string,
    command: Command<Value, Failure>,
    repeatability?: RepeatabilityKey<Reuse>,
  ): Promise<Outcome<Value, Failure | Reuse>>;

  /** Waits for the running calls, then closes files and connections. */
  close(): Promise<void>;
}

/** Every read sees all writes that were answered before it started. @throws StoreUnavailable */
export interface Reads {
  profiles(tenant: string, list?: List<ProfileKey>): Promise<readonly Profile[]>;
  profile(tenant: string, profileId: string): Promise<Profile | undefined>;
  /** The number of profiles for which the condition holds; without a condition, of all profiles. */
  countProfiles(tenant: string, condition?: Condition<ProfileKey>): Promise<number>;
  /** Undefined if the tenant has no such profile. */
  assignments(
    tenant: string,
    profileId: string,
    list?: List<AssignmentPath>,
  ): Promise<readonly StoredAssignment[] | undefined>;
  /** The assignments of each profile, the oldest first. A profile without assignments may be missing from the map. */
  assignmentsOfAll(
    tenant: string,
    profileIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredAssignment[]>>;
  assignment(tenant: string, profileId: string, assignmentId: string): Promise<StoredAssignment | undefined>;
  /** The number of assignments for which the condition holds. Undefined if the tenant has no such profile. */
  countAssignments(
    tenant: string,
    profileId: string,
    condition?: Condition<AssignmentPath>,
  ): Promise<number | undefined>;
}

/** The entities of a list, and their order. */
export interface List<Key extends string> {
  /** Only entities for which it holds. Default: all. */
  readonly condition?: Condition<Key> | undefined;
  /** Null comes before any value. The last key is unique. Default: `defaultOrder`. */
  readonly order?: readonly Order<Key>[] | undefined;
  /** The number of entities to skip at the beginning. Default: 0. */
  readonly skip?: number | undefined;
  /** The largest number of entities. Default: all. */
  readonly limit?: number | undefined;
}

export interface Order<Key extends string> {
  readonly key: Key;
  readonly descending?: boolean;
}

/** The keys of profiles in lists. The rank sorts as the priority does, but does not change when other profiles come or go. */
export type ProfileKey = ProfilePath | "rank";

/** The order of lists without `$orderby`: profiles by priority, assignments by their creation. */
export const defaultOrder = {
  profiles: [{ key: "rank" }],
  assignments: [{ key: "id" }],
} as const satisfies { profiles: readonly Order<ProfileKey>[]; assignments: readonly Order<AssignmentPath>[] };

/** An assignment that is read only for an answer: its target stays the JSON text that is stored. */
export interface StoredAssignment {
  readonly id: string;
  readonly target: Json<Target>;
  readonly version: number;
}

export interface Command<Value, Failure extends DomainError> {
  readonly loads: Loads;
  /** Pure, apart from new ids: it may be called more than once. */
  readonly decide: (state: State) => Decision<Value, Failure>;
}

/** The rows that a command needs. Nothing else is loaded, so a command costs the same in a tenant of any size. */
export type Loads = AssignmentLoads | OrderLoads;

/** For commands that change assignments. */
export interface AssignmentLoads {
  readonly order?: never;
  /** Loads the remembered request that has this key. */
  readonly key?: string;
  /** Whether the tenant has this profile. */
  readonly profileId?: string;
  /** Assignments of that profile, by id. */
  readonly assignmentIds?: readonly string[];
  /** The assignments of that profile that have these target identities. */
  readonly targetIdentities?: readonly string[];
}

/** For commands that change profiles. Those of one tenant are decided one after the other. */
export interface OrderLoads {
  /** Loads the number of profiles of the tenant, and locks their order until the changes are applied. */
  readonly order: true;
  /** As in AssignmentLoads. */
  readonly key?: string;
  readonly profileId?: string;
  /** Loads the ranks at this place in the order and at the two places beside it. Beyond the end, the end counts. */
  readonly around?: number | undefined;
}

/** The rows that a command has asked for. */
export interface State {
  readonly profileExists: boolean;
  /** Undefined unless the command loads the order. */
  readonly profile: Profile | undefined;
  /** 0 unless the command loads the order. */
  readonly profileCount: number;
  /** By priority; only those that the command loads. */
  readonly ranks: ReadonlyMap<number, string>;
  /** The assignments that were found, by id. */
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** The assignments that were found, by target identity. */
  readonly holders: ReadonlyMap<string, Assignment>;
  /** What was carried out under the key, if anything was. */
  readonly remembered?: Pick<RememberedAnswer, "request" | "value"> | undefined;
}

/** Identifies a request that is carried out only once, and its repetitions. */
export interface RepeatabilityKey<Reuse extends DomainError = Conflict> {
  /** Unique in the tenant: no two clients have equal keys. */
  readonly key: string;
  /** Equal for two requests that ask for the same. */
  readonly request: string;
  /** Milliseconds since 1970. Later repetitions are refused, so the answer may be deleted then. */
  readonly expires: number;
  /** The refusal of a different request that uses the same key. */
  readonly reuse: Reuse;
}

/** The answer to a request that was carried out under a key. */
export interface RememberedAnswer extends Pick<RepeatabilityKey, "key" | "request" | "expires"> {
  /** JSON of an object whose member `value` is the value of the accepted command. Undefined values have no member. */
  readonly value: string;
}

export type Decision<Value, Failure extends DomainError> =
  /** The changes are applied in this order, all or none. Without changes nothing is written. */
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
  /** Deletes its assignments too. */
  | { readonly kind: "deleteProfile"; readonly profileId: string }
  /** Deletes all profiles of the tenant and their assignments. */
  | { readonly kind: "deleteProfiles" }
  /** Moves every profile whose priority is in first…last by one, and raises its version, because its answer changes. */
  | { readonly kind: "shiftPriorities"; readonly first: number; readonly last: number; readonly by: 1 | -1 }
  /** Gives every profile a new short rank, in the order of their priorities. */
  | { readonly kind: "spreadRanks" }
  | { readonly kind: "insertAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** The new target has the same identity as the old one. */
  | { readonly kind: "updateAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** The new target has another identity. */
  | { readonly kind: "retargetAssignment"; readonly profileId: string; readonly assignment: Assignment }
  | { readonly kind: "deleteAssignment"; readonly profileId: string; readonly assignmentId: string }
  /** Remembers the answer to a request whose key the command has loaded. The store deletes some expired ones at the same time. */
  | { readonly kind: "remember"; readonly answer: RememberedAnswer }
  /** Deletes all remembered answers of the tenant. */
  | { readonly kind: "forget" };

/** Accepts the command. @param value its result, as it is after the changes. */
export function accept<Value>(value: Value, ...changes: readonly Change[]): Decision<Value, never> {
  return { changes, outcome: { ok: true, value } };
}

/** Refuses the command: nothing changes. */
export function refuse<Failure extends DomainError>(error: Failure): Decision<never, Failure> {
  return { changes: [], outcome: { ok: false, error } };
}

/** The store cannot answer now, and the caller may try again. The message is for the log, not for the caller. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  /** Seconds after which a new try makes sense. */
  readonly retryAfter: number;
  /** What an operator can do, in a sentence for the log. */
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
