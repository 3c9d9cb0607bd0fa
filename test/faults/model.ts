/**
 * A model of a tenant: a second implementation of the rules of openapi.yaml, independent of the service, for one request
 * at a time. For a tenant and an operation, `expect` returns the correct answer and the tenant after the operation.
 */
import { isDeepStrictEqual } from "node:util";
import { type Assignment, chosen, expectInProfile, holds, isWrong, shownAssignment } from "./modelAssignments.ts";
import type { Operation } from "./operations.ts";

/** The profiles of a tenant in the order of their priorities. */
export type Tenant = readonly Profile[];

export interface Profile {
  readonly id: string;
  readonly version: number;
  readonly properties: Properties;
  /** In the order of creation, oldest first. */
  readonly assignments: readonly Assignment[];
}

type Properties = Readonly<Record<string, unknown>>;

export interface Expected {
  readonly status: number;
  readonly after: Tenant;
  /** The body of a successful answer: an entity, the entities of a collection, or the text of a number. */
  readonly body?: unknown;
}

const newProfile: Properties = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

/** Predicts the answer to an operation. @param newId the id that the service assigns if it creates an entity. */
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

/** Updates a profile. Its version changes only if its properties or its priority change. */
function written(tenant: Tenant, profile: Profile, properties: Properties, position: number): Tenant {
  const from = tenant.indexOf(profile);
  if (from === position && isDeepStrictEqual(properties, profile.properties)) return tenant;
  const next = { ...profile, properties, version: profile.version + 1 };
  return renumbered(tenant, tenant.toSpliced(from, 1).toSpliced(position, 0, next), profile.id);
}

/** Increments the version of each profile whose priority changes, except the written one, whose version is already correct. */
function renumbered(before: Tenant, after: Tenant, writtenId: string): Tenant {
  const positionBefore = new Map(before.map(({ id }, position) => [id, position]));
  return after.map((profile, position) =>
    profile.id === writtenId || positionBefore.get(profile.id) === position
      ? profile
      : { ...profile, version: profile.version + 1 },
  );
}

function shownIn(tenant: Tenant, profileId: string): unknown {
  return tenant.map(shownProfile).find(({ id }) => id === profileId);
}

/** Converts a tenant to the format that `readTenant` returns. */
export function shown(tenant: Tenant) {
  return tenant.map((profile, priority) => ({
    profile: shownProfile(profile, priority),
    assignments: profile.assignments.map(shownAssignment),
  }));
}

/** Converts a profile to the entity in an answer, without its dates and the context URL. */
function shownProfile({ id, version, properties }: Profile, priority: number) {
  return {
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
    "@odata.etag": `W/"${version}"`,
    id,
    priority,
    ...properties,
  };
}

/** Replaces some operations, so that a tenant stays small but is rarely empty. Most operations then find an entity. */
export function bounded(tenant: Tenant, operation: Operation, most: number): Operation {
  if (tenant.length === 0) return { kind: "createProfile", body: { displayName: "The first" } };
  const isFull = operation.kind === "createProfile" && tenant.length >= most;
  return isFull ? { kind: "deleteProfile", profile: 0, condition: "none" } : operation;
}
