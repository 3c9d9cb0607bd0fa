/** All that a tenant has, as one thing: emptied, filled or put back by commands for a store, each in one transaction. */
import { createAssignment } from "./assignments.ts";
import { type Invalid, invalid } from "./errors.ts";
import type { Assignment, Profile, ProfileProperties } from "./model.ts";
import { createProfile, maxPriority } from "./profiles.ts";
import { accept, type Change, type Command, refuse, type State } from "./store.ts";
import { identityOf, type TargetInput } from "./targets.ts";

export interface TenantContent {
  readonly profiles: readonly Profile[];
  readonly assignments: readonly { readonly profileId: string; readonly assignment: Assignment }[];
}

/** Replaces what the tenant has. @param content as a tenant had it once: it is taken as it is. */
export function replaceContent({ profiles, assignments }: TenantContent): Command<undefined, never> {
  const changes: readonly Change[] = [
    { kind: "deleteProfiles" },
    // What was asked before was asked of another content.
    { kind: "forget" },
    ...profiles.map((profile) => ({ kind: "insertProfile", profile }) as const),
    ...assignments.map((placed) => ({ kind: "insertAssignment", ...placed }) as const),
  ];
  return { loads: { order: true }, decide: () => accept(undefined, ...changes) };
}

export const nothing: TenantContent = { profiles: [], assignments: [] };

export interface ProfileSeed {
  readonly properties: ProfileProperties;
  readonly targets: readonly TargetInput[];
}

export interface SeedContent {
  readonly seeds: readonly ProfileSeed[];
  /** Makes the ids of profiles and assignments. */
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** The ids that a seed got. */
export interface Seeded {
  readonly id: string;
  readonly assignmentIds: readonly string[];
}

/** Appends profiles with their assignments, by the commands that create one. What those refuse names its entry. */
export function seedContent({ seeds, newId, now }: SeedContent): Command<readonly Seeded[], Invalid> {
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
        const assigned = assign(profile.id, targets, { newId, name: `profiles[${index}].assignments` });
        if ("fault" in assigned) return refuse(assigned.fault);
        changes.push(...created.changes, ...assigned.changes);
        seeded.push({ id: profile.id, assignmentIds: assigned.ids });
        state = { ...state, profileCount: profile.priority + 1, ranks: new Map([[profile.priority, profile.rank]]) };
      }
      // Not as arguments: there may be more than a call can have.
      return { outcome: { ok: true, value: seeded }, changes };
    },
  };
}

type Assigned = { readonly changes: readonly Change[]; readonly ids: readonly string[] } | { readonly fault: Invalid };

/** @param name what the list of targets is called in a fault. */
function assign(
  profileId: string,
  targets: readonly TargetInput[],
  { newId, name }: { readonly newId: () => string; readonly name: string },
): Assigned {
  const changes: Change[] = [];
  const ids: string[] = [];
  const holders = new Map<string, Assignment>();
  for (const [index, target] of targets.entries()) {
    const twin = holders.get(identityOf(target));
    if (twin) {
      const message = `${name}[${index}] has the same target as ${name}[${ids.indexOf(twin.id)}]; a profile has each once.`;
      return { fault: invalid(`${name}[${index}].target`, message) };
    }
    const created = createAssignment({ profileId, target, newId }).decide({ ...ofNewProfile, holders });
    if (!created.outcome.ok) {
      const { target: blamed, message } = created.outcome.error;
      return { fault: invalid(`${name}[${index}].${blamed}`, `${name}[${index}]: ${message}`) };
    }
    const assignment = created.outcome.value;
    changes.push(...created.changes);
    ids.push(assignment.id);
    holders.set(identityOf(assignment.target), assignment);
  }
  return { changes, ids };
}

/** What a command meets in a tenant that has nothing. */
export const emptyTenant: State = {
  profileExists: false,
  profile: undefined,
  profileCount: 0,
  ranks: new Map(),
  assignments: new Map(),
  holders: new Map(),
};

const ofNewProfile: State = { ...emptyTenant, profileExists: true };
