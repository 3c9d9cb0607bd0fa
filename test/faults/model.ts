/**
 * A tenant as the contract says it must be: the rules of openapi.yaml once more, written apart from the service's own,
 * for one request after the other. Given a tenant and an operation, `expect` says what the answer must be and what the
 * tenant is then.
 */
import { isDeepStrictEqual } from "node:util";
import { type Assignment, chosen, expectInProfile, holds, isWrong, shownAssignment } from "./modelAssignments.ts";
import type { Operation } from "./operations.ts";

/** In the order of priority. */
export type Tenant = readonly Profile[];

export interface Profile {
  readonly id: string;
  readonly version: number;
  readonly properties: Properties;
  /** The oldest first. */
  readonly assignments: readonly Assignment[];
}

type Properties = Readonly<Record<string, unknown>>;

export interface Expected {
  readonly status: number;
  readonly after: Tenant;
  /** What a success answers: an entity, the entities of a collection, or a number's text. */
  readonly body?: unknown;
}

const newProfile: Properties = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

/** @param newId the id that the service gives, if it gives one. */
export function expect(tenant: Tenant, operation: Operation, newId: string): Expected {
  switch (operation.kind) {
    case "listProfiles":
      return { status: 200, after: tenant, body: tenant.map(shownProfile) };
    case "countProfiles":
      return { status: 200, after: tenant, body: String(tenant.length) };
    case "createProfile": {
      const { priority = tenant.length, ...given } = operation.body;
      const profile = { id: newId, version: 1, properties: { ...newProfile, ...given }, assignments: [] };
      const after = renumbered(tenant, tenant.toSpliced(priority, 0, profile), newId);
      return { status: 201, after, body: shownIn(after, newId) };
    }
    default:
      return expectOfProfile(tenant, operation, newId);
  }
}

function expectOfProfile(
  tenant: Tenant,
  operation: Extract<Operation, { readonly profile: number }>,
  newId: string,
): Expected {
  const refused = (status: number): Expected => ({ status, after: tenant });
  if (isWrong(operation)) return refused(400);
  const profile = chosen(tenant, operation.profile);
  if (!profile) return refused(404);
  switch (operation.kind) {
    case "getProfile":
      return { status: 200, after: tenant, body: shownIn(tenant, profile.id) };
    case "updateProfile": {
      const { priority = tenant.indexOf(profile), ...given } = operation.body;
      if (priority >= tenant.length) return refused(400);
      if (!holds(operation.condition, profile)) return refused(412);
      const after = written(tenant, profile, { ...profile.properties, ...given }, priority);
      return { status: 200, after, body: shownIn(after, profile.id) };
    }
    case "setPriority":
      if (operation.priority >= tenant.length) return refused(400);
      return { status: 204, after: written(tenant, profile, profile.properties, operation.priority) };
    case "deleteProfile": {
      if (!holds(operation.condition, profile)) return refused(412);
      const others = tenant.filter((other) => other !== profile);
      return { status: 204, after: renumbered(tenant, others, profile.id) };
    }
    default: {
      const { status, body, assignments = profile.assignments } = expectInProfile(profile, operation, newId);
      const after = tenant.map((other) => (other === profile ? { ...profile, assignments } : other));
      return { status, body, after };
    }
  }
}

/** A profile with other properties or in another place is another version; one that stays as it is is not. */
function written(tenant: Tenant, profile: Profile, properties: Properties, place: number): Tenant {
  const from = tenant.indexOf(profile);
  if (from === place && isDeepStrictEqual(properties, profile.properties)) return tenant;
  const next = { ...profile, properties, version: profile.version + 1 };
  return renumbered(tenant, tenant.toSpliced(from, 1).toSpliced(place, 0, next), profile.id);
}

/** Whoever has another place than before is another version, but for the one that was written: its version is right. */
function renumbered(before: Tenant, after: Tenant, writtenId: string): Tenant {
  const placeBefore = new Map(before.map(({ id }, place) => [id, place]));
  return after.map((profile, place) =>
    profile.id === writtenId || placeBefore.get(profile.id) === place
      ? profile
      : { ...profile, version: profile.version + 1 },
  );
}

function shownIn(tenant: Tenant, profileId: string): unknown {
  return tenant.map(shownProfile).find(({ id }) => id === profileId);
}

/** As `readTenant` finds it. */
export function shown(tenant: Tenant) {
  return tenant.map((profile, priority) => ({
    profile: shownProfile(profile, priority),
    assignments: profile.assignments.map(shownAssignment),
  }));
}

/** As an answer has it, but for what only the service knows: its dates and the context URL. */
function shownProfile({ id, version, properties }: Profile, priority: number) {
  return {
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
    "@odata.etag": `W/"${version}"`,
    id,
    priority,
    ...properties,
  };
}

/** Keeps a tenant small, and never empty for long, so that most operations meet something. */
export function bounded(tenant: Tenant, operation: Operation, most: number): Operation {
  if (tenant.length === 0) return { kind: "createProfile", body: { displayName: "The first" } };
  const isFull = operation.kind === "createProfile" && tenant.length >= most;
  return isFull ? { kind: "deleteProfile", profile: 0, condition: "none" } : operation;
}
