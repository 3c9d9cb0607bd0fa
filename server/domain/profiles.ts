/**
 * The rules of profiles, as commands for a store. Priorities in a tenant are always 0…n-1: an insertion, a move and a
 * deletion each shift the profiles they pass by one, in a single change whatever their number.
 */
import { generateKeyBetween } from "fractional-indexing";
import { type Invalid, invalid, type NotFound, type PreconditionFailed, profileNotFound } from "./errors.ts";
import type { EnrollmentTypeOption, Profile, ProfileProperties } from "./model.ts";
import { failedPrecondition, type Preconditions } from "./preconditions.ts";
import { accept, type Change, type Command, type Decision, refuse } from "./store.ts";

/** The largest priority, Graph's being Int32: a place that lies beyond the end of every tenant's order. */
export const maxPriority = 2 ** 31 - 1;

export interface CreateProfile {
  readonly properties: ProfileProperties;
  /** Undefined, or beyond the end: appended. */
  readonly priority: number | undefined;
  /** Makes the id the profile gets. */
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Inserts a profile at a place in the order, or appends it. Contract: `createProfile`. */
export function createProfile({ properties, priority, newId, now }: CreateProfile): Command<Profile, never> {
  return {
    loads: { order: true, around: priority ?? maxPriority },
    decide: ({ profileCount, ranks }) => {
      const place = Math.min(priority ?? profileCount, profileCount);
      const profile: Profile = {
        ...properties,
        id: newId(),
        priority: place,
        rank: rankBetween(ranks.get(place - 1), ranks.get(place)),
        createdDateTime: now,
        lastModifiedDateTime: now,
        version: 1,
      };
      const makeRoom = shift(place, profileCount - 1, 1);
      return accept(profile, ...makeRoom, { kind: "insertProfile", profile }, ...shorten(profile.rank));
    },
  };
}

export interface UpdateProfile {
  readonly profileId: string;
  readonly properties: Partial<ProfileProperties>;
  /** Moves the profile, as setPriority does. */
  readonly priority: number | undefined;
  readonly preconditions: Preconditions;
  readonly now: string;
}

/** Merges properties, and moves the profile if a priority is among them. Contract: `updateProfile`. */
export function updateProfile(request: UpdateProfile): Command<Profile, Invalid | NotFound | PreconditionFailed> {
  const { profileId, properties, priority, preconditions, now } = request;
  return {
    loads: { profileId, order: true, around: priority },
    decide: ({ profile, profileCount, ranks }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const outOfRange = priority === undefined ? undefined : rangeFault(priority, profileCount);
      const fault = outOfRange ?? failedPrecondition(preconditions, profile);
      if (fault) return refuse(fault);
      return write(profile, { ...profile, ...properties, ...placeOf(profile, priority, ranks) }, now);
    },
  };
}

export interface SetPriority {
  readonly profileId: string;
  readonly priority: number;
  readonly now: string;
}

/** Moves a profile; those it passes move by one. Contract: `setPriority`. */
export function setPriority({ profileId, priority, now }: SetPriority): Command<Profile, Invalid | NotFound> {
  return {
    loads: { profileId, order: true, around: priority },
    decide: ({ profile, profileCount, ranks }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const fault = rangeFault(priority, profileCount);
      if (fault) return refuse(fault);
      return write(profile, { ...profile, ...placeOf(profile, priority, ranks) }, now);
    },
  };
}

export interface DeleteProfile {
  readonly profileId: string;
  readonly preconditions: Preconditions;
}

/** Deletes a profile and closes the gap it leaves. Contract: `deleteProfile`. */
export function deleteProfile(request: DeleteProfile): Command<undefined, NotFound | PreconditionFailed> {
  const { profileId, preconditions } = request;
  return {
    loads: { profileId, order: true },
    decide: ({ profile, profileCount }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const fault = failedPrecondition(preconditions, profile);
      if (fault) return refuse(fault);
      const closeGap = shift(profile.priority + 1, profileCount - 1, -1);
      return accept(undefined, { kind: "deleteProfile", profileId }, ...closeGap);
    },
  };
}

/** A change of nothing writes nothing: entity tag and lastModifiedDateTime stay. */
function write(current: Profile, changed: Profile, now: string): Decision<Profile, never> {
  if (sameProfile(current, changed)) return accept(current);
  const profile = { ...changed, lastModifiedDateTime: now, version: current.version + 1 };
  const passed = passedBy(current.priority, profile.priority);
  return accept(profile, ...passed, { kind: "updateProfile", profile }, ...shorten(profile.rank));
}

/** A profile's place in the order after a move: behind whom it passes on its way down, before whom on its way up. */
function placeOf(
  current: Profile,
  priority: number | undefined,
  ranks: ReadonlyMap<number, string>,
): Pick<Profile, "priority" | "rank"> {
  if (priority === undefined || priority === current.priority) {
    return { priority: current.priority, rank: current.rank };
  }
  const above = priority < current.priority ? priority - 1 : priority;
  return { priority, rank: rankBetween(ranks.get(above), ranks.get(above + 1)) };
}

/** Undefined: nobody is on that side. */
function rankBetween(above: string | undefined, below: string | undefined): string {
  return generateKeyBetween(above ?? null, below ?? null);
}

/**
 * A rank between the same neighbours grows by a letter every six times, and some day no index, link or stack has room for
 * it (PostgreSQL's index has 2,704 bytes). After some thousands all are given anew, and who is on a page just then may
 * meet a profile twice or not.
 */
const longestRank = 1000;

function shorten(rank: string): readonly Change[] {
  return rank.length > longestRank ? [{ kind: "spreadRanks" }] : [];
}

/** The profiles that one passes on its way from one place to another move by one in the other direction. */
function passedBy(from: number, to: number): readonly Change[] {
  return to < from ? shift(to, from - 1, 1) : shift(from + 1, to, -1);
}

function shift(first: number, last: number, by: 1 | -1): readonly Change[] {
  return first > last ? [] : [{ kind: "shiftPriorities", first, last, by }];
}

function rangeFault(priority: number, profileCount: number): Invalid | undefined {
  const last = profileCount - 1;
  if (priority <= last) return undefined;
  return invalid("priority", `priority is ${priority}; in this tenant it must be from 0 to ${last}.`);
}

function sameProfile(one: Profile, other: Profile): boolean {
  return (
    one.displayName === other.displayName &&
    one.description === other.description &&
    one.priority === other.priority &&
    one.platform === other.platform &&
    one.defaultEnrollmentType === other.defaultEnrollmentType &&
    sameOptions(one.availableEnrollmentTypeOptions, other.availableEnrollmentTypeOptions)
  );
}

function sameOptions(one: readonly EnrollmentTypeOption[], other: readonly EnrollmentTypeOption[]): boolean {
  return (
    one.length === other.length &&
    one.every((option, index) => {
      const against = other[index];
      return option.ownerType === against?.ownerType && option.enrollmentType === against.enrollmentType;
    })
  );
}
