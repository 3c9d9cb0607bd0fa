/**
 * The port to a store. Two doors: `read`, and `decide`, which runs a pure decision inside a transaction of the store's
 * own. Rules are written once, as decisions; a store knows only how to load what a command names and how to apply
 * changes. No callback awaits inside a transaction, so a store is free to run many decisions in one commit, to lock,
 * or to run a decision again when a transaction has to be repeated.
 */
import type { Conflict, DomainError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Assignment, Profile, Target } from "./model.ts";
import type { AssignmentPath, Condition, ProfilePath } from "./query.ts";

export interface Store {
  readonly read: Reads;

  /**
   * Loads what the command names, holds that still, decides, applies the changes, and resolves only after they are
   * durable. A change that meets a uniqueness rule which another transaction has just filled is decided again.
   * @param repeatability makes the store carry out the command only once, however often it is sent with this key.
   * @throws StoreUnavailable if the store cannot answer now; nothing was written, unless the connection to the store broke
   *   during the commit: then nobody knows.
   */
  decide<Value, Failure extends DomainError, Reuse extends DomainError = never>(
    tenant: string,
    command: Command<Value, Failure>,
    repeatability?: RepeatabilityKey<Reuse>,
  ): Promise<Outcome<Value, Failure | Reuse>>;

  /** Waits for what is under way, then lets go of files and connections. */
  close(): Promise<void>;
}

/** Every read sees every write that was answered before it. @throws StoreUnavailable */
export interface Reads {
  profiles(tenant: string, list?: List<ProfileKey>): Promise<readonly Profile[]>;
  profile(tenant: string, profileId: string): Promise<Profile | undefined>;
  /** How many profiles the condition holds for; all without one. */
  countProfiles(tenant: string, condition?: Condition<ProfileKey>): Promise<number>;
  /** Undefined if the tenant has no such profile. */
  assignments(
    tenant: string,
    profileId: string,
    list?: List<AssignmentPath>,
  ): Promise<readonly StoredAssignment[] | undefined>;
  /** The assignments of each of the profiles, the oldest first; nothing of one that has none or isn't there. */
  assignmentsOfAll(
    tenant: string,
    profileIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredAssignment[]>>;
  assignment(tenant: string, profileId: string, assignmentId: string): Promise<StoredAssignment | undefined>;
  /** As `countProfiles`; undefined if the tenant has no such profile. */
  countAssignments(
    tenant: string,
    profileId: string,
    condition?: Condition<AssignmentPath>,
  ): Promise<number | undefined>;
}

/** What a list holds, and in which order. */
export interface List<Key extends string> {
  /** Only what it holds for; everything without one. */
  readonly condition?: Condition<Key> | undefined;
  /** Null comes before any value. The last key is one that no two rows share. `defaultOrder` without one. */
  readonly order?: readonly Order<Key>[] | undefined;
  /** How many to leave out at the beginning; 0 by default. */
  readonly skip?: number | undefined;
  /** How many at most; all by default. */
  readonly limit?: number | undefined;
}

export interface Order<Key extends string> {
  readonly key: Key;
  readonly descending?: boolean;
}

/** What profiles can be sorted and compared by. A rank stands for the priority, and stays when others come and go. */
export type ProfileKey = ProfilePath | "rank";

/** The order of a list that nobody sorts: profiles by priority, assignments by creation. */
export const defaultOrder = {
  profiles: [{ key: "rank" }],
  assignments: [{ key: "id" }],
} as const satisfies { profiles: readonly Order<ProfileKey>[]; assignments: readonly Order<AssignmentPath>[] };

/** An assignment as it is read: nothing but an answer is made of it, so its target stays the text it is kept as. */
export interface StoredAssignment {
  readonly id: string;
  readonly target: Json<Target>;
  readonly version: number;
}

export interface Command<Value, Failure extends DomainError> {
  readonly loads: Loads;
  /** Pure but for new ids: the same state gives the same decision, and it may be called more than once. */
  readonly decide: (state: State) => Decision<Value, Failure>;
}

/** The rows a command looks at. Nothing else is loaded, so that a command costs the same in a tenant of any size. */
export type Loads = AssignmentLoads | OrderLoads;

/** For commands that change assignments. */
export interface AssignmentLoads {
  readonly order?: never;
  /** What is remembered of a request under this key. */
  readonly key?: string;
  /** Whether the tenant has this profile. */
  readonly profileId?: string;
  /** Assignments of that profile, by id. */
  readonly assignmentIds?: readonly string[];
  /** The assignments of that profile that have these target identities. */
  readonly targetIdentities?: readonly string[];
}

/** For commands that change profiles: those of a tenant are decided one after the other. */
export interface OrderLoads {
  /** The number of profiles in the tenant. Holds the tenant's order still until the changes are applied. */
  readonly order: true;
  /** As in AssignmentLoads. */
  readonly key?: string;
  readonly profileId?: string;
  /** The ranks at this place in the order and at those beside it; beyond the end: at the end. */
  readonly around?: number | undefined;
}

export interface State {
  readonly profileExists: boolean;
  /** Undefined unless the command loads the order. */
  readonly profile: Profile | undefined;
  /** 0 unless the command loads the order. */
  readonly profileCount: number;
  /** By priority, as far as the command loads them. */
  readonly ranks: ReadonlyMap<number, string>;
  /** Those found, by id. */
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** Those found, by target identity. */
  readonly holders: ReadonlyMap<string, Assignment>;
  /** What was carried out under the key, if anything was. */
  readonly remembered?: Pick<RememberedAnswer, "request" | "value"> | undefined;
}

/** Identifies a request that is carried out only once, and its repetitions. */
export interface RepeatabilityKey<Reuse extends DomainError = Conflict> {
  /** Unique in the tenant: no two clients have equal keys. */
  readonly key: string;
  /** Equal for two requests if they ask for the same. */
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
  /** The changes are applied in this order, all or none; if there are none, nothing is written. */
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
  /** Its assignments go with it. */
  | { readonly kind: "deleteProfile"; readonly profileId: string }
  /** All that the tenant has; their assignments go with them. */
  | { readonly kind: "deleteProfiles" }
  /** Moves every profile whose priority is in first…last by one, and raises its version: it is another answer now. */
  | { readonly kind: "shiftPriorities"; readonly first: number; readonly last: number; readonly by: 1 | -1 }
  /** Gives every profile a short rank again, in the order of their priorities. */
  | { readonly kind: "spreadRanks" }
  | { readonly kind: "insertAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** The target's identity is the one the assignment had. */
  | { readonly kind: "updateAssignment"; readonly profileId: string; readonly assignment: Assignment }
  /** The assignment has another target now. */
  | { readonly kind: "retargetAssignment"; readonly profileId: string; readonly assignment: Assignment }
  | { readonly kind: "deleteAssignment"; readonly profileId: string; readonly assignmentId: string }
  /** Under a key that the command has loaded. Some of those that have expired are forgotten in its place. */
  | { readonly kind: "remember"; readonly answer: RememberedAnswer }
  /** All that is remembered of the tenant's requests. */
  | { readonly kind: "forget" };

/** Decides for the value, as it is after the changes. */
export function accept<Value>(value: Value, ...changes: readonly Change[]): Decision<Value, never> {
  return { changes, outcome: { ok: true, value } };
}

/** Decides against the command: nothing changes. */
export function refuse<Failure extends DomainError>(error: Failure): Decision<never, Failure> {
  return { changes: [], outcome: { ok: false, error } };
}

/** The store cannot answer now; the caller may try again. Its message is for the log, not for the caller. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  /** Seconds after which a new try makes sense. */
  readonly retryAfter: number;
  /** What an operator can do about it, in a sentence, for the log. */
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
