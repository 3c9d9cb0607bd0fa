/**
 * The rules of profiles, as commands for a store. The priorities of a tenant are always 0…n-1: an insertion, a move and a
 * deletion each shift the profiles that they pass by one, in a single change however many there are.
 */
import { generateKeyBetween } from "fractional-indexing";
import { type Invalid, invalid, type NotFound, type PreconditionFailed, profileNotFound } from "./errors.ts";
import { isSameJson } from "./json.ts";
import type { Profile } from "./model.ts";
import { failedPrecondition, type Preconditions } from "./preconditions.ts";
import type { ProfileProperties } from "./profile/properties.ts";
import { accept, type Change, type Command, type Decision, refuse } from "./store.ts";

/** The largest priority, because Graph's is an Int32: a place beyond the end of every tenant's order. */
export const maxPriority = 2 ** 31 - 1;

export interface CreateProfile {
  readonly properties: ProfileProperties;
  /** If it is undefined or beyond the end, the profile is appended. */
  readonly priority: number | undefined;
  /** Makes the id of the profile. */
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
      const makeRoom = shiftPriorities(place, profileCount - 1, 1);
      return accept(profile, ...makeRoom, { kind: "insertProfile", profile }, ...shortenRanks(profile.rank));
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

/** Merges properties, and moves the profile if the request has a priority. Contract: `updateProfile`. */
export function updateProfile(request: UpdateProfile): Command<Profile, Invalid | NotFound | PreconditionFailed> {
  const { profileId, properties, priority, preconditions, now } = request;
  return {
    loads: { profileId, order: true, around: priority },
    decide: ({ profile, profileCount, ranks }) => {
      if (!profile) return refuse(profileNotFound(profileId));
      const outOfRange = priority === undefined ? undefined : priorityError(priority, profileCount);
      const error = outOfRange ?? failedPrecondition(preconditions, profile);
      if (error) return refuse(error);
      return saveProfile(profile, { ...profile, ...properties, ...moveProfile(profile, priority, ranks) }, now);
    },
  };
}

export interface SetPriority {
  readonly profileId: string;
  readonly priority: number;
  readonly now: string;
}

/** Moves a profile; the profiles that it passes move by one. Contract: `setPriority`. */
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

/** Deletes a profile and closes the gap in the order. Contract: `deleteProfile`. */
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

/** If nothing has changed, nothing is written: the entity tag and lastModifiedDateTime stay as they are. */
function saveProfile(current: Profile, changed: Profile, now: string): Decision<Profile, never> {
  if (isSameJson(current, changed)) return accept(current);
  const profile = { ...changed, lastModifiedDateTime: now, version: current.version + 1 };
  const passed = shiftPassed(current.priority, profile.priority);
  return accept(profile, ...passed, { kind: "updateProfile", profile }, ...shortenRanks(profile.rank));
}

/** The place of a profile after a move. On its way down it ends after the profile it passes last, on its way up before it. */
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

/** A neighbour is undefined at the ends of the order. */
function rankBetween(above: string | undefined, below: string | undefined): string {
  return generateKeyBetween(above ?? null, below ?? null);
}

/**
 * Every sixth rank between the same neighbours is one letter longer, and an index entry of PostgreSQL holds 2,704 bytes. So
 * after some thousands of such moves all ranks are made anew. A client that follows a next link at that moment may see a
 * profile twice or miss it.
 */
const longestRank = 1000;

function shortenRanks(rank: string): readonly Change[] {
  return rank.length > longestRank ? [{ kind: "spreadRanks" }] : [];
}

/** The profiles that a moved profile passes move by one in the other direction. */
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
