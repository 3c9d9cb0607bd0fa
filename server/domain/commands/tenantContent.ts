/** The whole content of a tenant. Commands for a store replace it or add to it, each in one transaction. */

import { type Invalid, invalid } from "../errors.ts";
import type { Assignment, Profile } from "../model.ts";
import type { ProfileProperties } from "../profile/properties.ts";
import { accept, type Change, type Command, refuse, type State } from "../store.ts";
import { identityOf, type TargetInput } from "../targets.ts";
import { type AssignmentIds, storedIds } from "./assignmentIds.ts";
import { createAssignment } from "./assignments.ts";
import { createProfile, maxPriority } from "./profiles.ts";

export interface TenantContent {
  readonly profiles: readonly Profile[];
  readonly assignments: readonly { readonly profileId: string; readonly assignment: Assignment }[];
}

/** Replaces the tenant's content. @param content the content of a tenant at an earlier time, which is not checked. */
export function replaceContent({ profiles, assignments }: TenantContent): Command<undefined, never> {
  const changes: readonly Change[] = [
    { kind: "deleteProfiles" },
    // The remembered answers refer to the previous content.
    { kind: "forget" },
    ...profiles.map((profile) => ({ kind: "insertProfile", profile }) as const),
    ...assignments.map((placed) => ({ kind: "insertAssignment", ...placed }) as const),
  ];
  return { loads: { order: true }, decide: () => accept(undefined, ...changes) };
}

export const noContent: TenantContent = { profiles: [], assignments: [] };

export interface ProfileSeed {
  readonly properties: ProfileProperties;
  readonly targets: readonly TargetInput[];
}

export interface SeedContent {
  readonly seeds: readonly ProfileSeed[];
  /** Makes the ids of profiles and assignments. */
  readonly newId: () => string;
  /** The current time in ISO 8601 format, in UTC. */
  readonly now: string;
  /** The ids of assignments that callers see. Default: the stored ids. */
  readonly ids?: AssignmentIds;
}

/** The ids of a profile that was made from a seed, and of its assignments, as callers see them. */
export interface Seeded {
  readonly id: string;
  readonly assignmentIds: readonly string[];
}

/**
 * Appends profiles with their assignments, using the commands that create a single profile or assignment. An error
 * names the entry that caused it.
 */
export function seedContent(content: SeedContent): Command<readonly Seeded[], Invalid> {
  const { seeds, newId, now, ids = storedIds } = content;
  return {
    loads: { order: true, around: maxPriority },
    decide: (loaded) => {
      const changes: Change[] = [];
      const seeded: Seeded[] = [];
      let state = loaded;
      for (const [index, { properties, targets }] of seeds.entries()) {
        const created = createProfile({ properties, priority: undefined, newId, now }).decide(state);
        if (!created.outcome.ok) return refuse(created.outcome.error);
        const profile = created.outcome.value;
        const assigned = assignTargets(profile.id, targets, {
          newId,
          ids,
          name: `profiles[${index}].assignments`,
        });
        if ("error" in assigned) return refuse(assigned.error);
        changes.push(...created.changes, ...assigned.changes);
        const shown = assigned.assignments.map((assignment) => ids.shown(profile.id, assignment).id);
        seeded.push({ id: profile.id, assignmentIds: shown });
        state = { ...state, profileCount: profile.priority + 1, ranks: new Map([[profile.priority, profile.rank]]) };
      }
      // Does not call accept(…), because there may be more changes than a call can have arguments.
      return { outcome: { ok: true, value: seeded }, changes };
    },
  };
}

type Assigned =
  | { readonly changes: readonly Change[]; readonly assignments: readonly Assignment[] }
  | { readonly error: Invalid };

interface AssignOptions {
  readonly newId: () => string;
  readonly ids: AssignmentIds;
  /** The name of the list of targets in error messages. */
  readonly name: string;
}

function assignTargets(
  profileId: string,
  targets: readonly TargetInput[],
  { newId, ids, name }: AssignOptions,
): Assigned {
  const changes: Change[] = [];
  const assignments: Assignment[] = [];
  const holders = new Map<string, Assignment>();
  for (const [index, target] of targets.entries()) {
    const twin = ids.rivals(target).flatMap((identity) => holders.get(identity) ?? [])[0];
    if (twin) {
      const message = `${name}[${index}] has the same target as ${name}[${assignments.indexOf(twin)}]. A profile can have a target only once.`;
      return { error: invalid(`${name}[${index}].target`, message) };
    }
    const created = createAssignment({ profileId, target, newId, ids }).decide({ ...newProfileState, holders });
    if (!created.outcome.ok) {
      const { target: blamed, message } = created.outcome.error;
      return { error: invalid(`${name}[${index}].${blamed}`, `${name}[${index}]: ${message}`) };
    }
    const assignment = created.outcome.value;
    changes.push(...created.changes);
    assignments.push(assignment);
    holders.set(identityOf(assignment.target), assignment);
  }
  return { changes, assignments };
}

/** The state of a tenant without content. */
export const emptyTenant: State = {
  profileExists: false,
  profile: undefined,
  profileCount: 0,
  ranks: new Map(),
  assignments: new Map(),
  holders: new Map(),
};

const newProfileState: State = { ...emptyTenant, profileExists: true };
