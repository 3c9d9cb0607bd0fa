/**
 * The rules of profiles, as commands for a store. The priorities of a tenant's n profiles are always 0…n-1. So when a
 * profile is inserted, moved or deleted, a single change shifts the priorities of all affected profiles by one.
 */
import { generateKeyBetween } from "fractional-indexing";
import { type Invalid, invalid, type NotFound, type PreconditionFailed, profileNotFound } from "../errors.ts";
import { isSameJson } from "../json.ts";
import type { Profile } from "../model.ts";
import { failedPrecondition, type Preconditions } from "../preconditions.ts";
import type { ProfileProperties } from "../profile/properties.ts";
import { accept, type Change, type Command, type Decision, refuse } from "../store.ts";

/** The largest value of a priority, which is an Int32 in Graph. It is larger than the priority of any profile. */
export const maxPriority = 2 ** 31 - 1;

export interface CreateProfile {
  readonly properties: ProfileProperties;
  /** If undefined or larger than the number of profiles, the profile is appended. */
  readonly priority: number | undefined;
  /** Makes the id of the profile. */
  readonly newId: () => string;
  /** The current time in ISO 8601 format, in UTC. */
  readonly now: string;
}

/** Inserts a profile at a priority, or appends it. Contract: `createProfile`. */
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
      const makeRoom = shiftPriorities(place, profileCount - 1, 1);
      return accept(profile, ...makeRoom, { kind: "insertProfile", profile }, ...shortenRanks(profile.rank));
    },
  };
}

export interface UpdateProfile {
  readonly profileId: string;
  /** Returns the properties to change. */
  readonly changes: (stored: Profile) => Partial<ProfileProperties>;
  /** Moves the profile, like `setPriority`. */
  readonly priority: number | undefined;
  readonly preconditions: Preconditions;
  readonly now: string;
}

/** Merges properties, and moves the profile if the request has a priority. Contract: `updateProfile`. */
export function updateProfile(request: UpdateProfile): Command<Profile, Invalid | NotFound | PreconditionFailed> {
  const { profileId, changes, priority, preconditions, now } = request;
  return {
    loads: { profileId, order: true, around: priority },
    decide: ({ profile, profileCount, ranks }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const outOfRange = priority === undefined ? undefined : priorityError(priority, profileCount);
      const error = outOfRange ?? failedPrecondition(preconditions, profile);
      if (error) return refuse(error);
      return saveProfile(profile, { ...profile, ...changes(profile), ...moveProfile(profile, priority, ranks) }, now);
    },
  };
}

export interface SetPriority {
  readonly profileId: string;
  readonly priority: number;
  readonly now: string;
}

/** Moves a profile. The profiles between its old and its new priority move by one. Contract: `setPriority`. */
export function setPriority({ profileId, priority, now }: SetPriority): Command<Profile, Invalid | NotFound> {
  return {
    loads: { profileId, order: true, around: priority },
    decide: ({ profile, profileCount, ranks }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const error = priorityError(priority, profileCount);
      if (error) return refuse(error);
      return saveProfile(profile, { ...profile, ...moveProfile(profile, priority, ranks) }, now);
    },
  };
}

export interface DeleteProfile {
  readonly profileId: string;
  readonly preconditions: Preconditions;
}

/** Deletes a profile and closes the gap in the priorities. Contract: `deleteProfile`. */
export function deleteProfile(request: DeleteProfile): Command<undefined, NotFound | PreconditionFailed> {
  const { profileId, preconditions } = request;
  return {
    loads: { profileId, order: true },
    decide: ({ profile, profileCount }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const error = failedPrecondition(preconditions, profile);
      if (error) return refuse(error);
      const closeGap = shiftPriorities(profile.priority + 1, profileCount - 1, -1);
      return accept(undefined, { kind: "deleteProfile", profileId }, ...closeGap);
    },
  };
}

/** Writes nothing if the profile has not changed, so that the entity tag and `lastModifiedDateTime` stay the same. */
function saveProfile(current: Profile, changed: Profile, now: string): Decision<Profile, never> {
  if (isSameJson(current, changed)) return accept(current);
  const profile = { ...changed, lastModifiedDateTime: now, version: current.version + 1 };
  const passed = shiftPassed(current.priority, profile.priority);
  return accept(profile, ...passed, { kind: "updateProfile", profile }, ...shortenRanks(profile.rank));
}

/**
 * Returns the priority and the rank of a moved profile. If the profile moves down, it comes directly after the profile
 * that had this priority before. If it moves up, it comes directly before that profile.
 */
function moveProfile(
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

/** At the beginning or the end of the order, one neighbour is undefined. */
function rankBetween(above: string | undefined, below: string | undefined): string {
  return generateKeyBetween(above ?? null, below ?? null);
}

/**
 * The length at which all ranks of a tenant are replaced by short ones. If profiles are always inserted between the
 * same neighbours, every sixth rank is one letter longer, and a PostgreSQL index entry is limited to 2,704 bytes. So
 * ranks are replaced after several thousand such insertions. A client that follows a next link at that moment may see a
 * profile twice or miss it.
 */
const longestRank = 1000;

function shortenRanks(rank: string): readonly Change[] {
  return rank.length > longestRank ? [{ kind: "spreadRanks" }] : [];
}

/** Shifts the profiles between the old and the new priority of a moved profile by one, in the opposite direction. */
function shiftPassed(from: number, to: number): readonly Change[] {
  return to < from ? shiftPriorities(to, from - 1, 1) : shiftPriorities(from + 1, to, -1);
}

function shiftPriorities(first: number, last: number, by: 1 | -1): readonly Change[] {
  return first > last ? [] : [{ kind: "shiftPriorities", first, last, by }];
}

function priorityError(priority: number, profileCount: number): Invalid | undefined {
  const last = profileCount - 1;
  if (priority <= last) return undefined;
  return invalid("priority", `priority is ${priority}; in this tenant it must be from 0 to ${last}.`);
}
