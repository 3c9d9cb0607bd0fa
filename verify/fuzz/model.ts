/** A pure model of a tenant. It computes the effect of each write on profiles and assignments, as the contract defines it. */
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import { filtered, targets, unfiltered } from "../scenarios/language/given.ts";
import type { RequestSpec } from "../scenarios/language/scenario.ts";

export interface ModelAssignment {
  readonly id: string;
  readonly target: Readonly<Record<string, string | null>>;
}

export interface ModelProfile {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly platform: string;
  readonly assignments: readonly ModelAssignment[];
}

/** The profiles of the tenant in the order of their priority, with priority 0 first. */
export type Tenant = readonly ModelProfile[];

/** A write as data. The profile and the assignment are chosen by index, modulo the number of existing entities. */
export interface ModelStep {
  readonly kind: (typeof kinds)[number];
  readonly profile: number;
  readonly assignment: number;
  readonly place: number;
  readonly target: (typeof targets)[number];
  readonly filter: (typeof filters)[number];
  readonly fields: Partial<Pick<ModelProfile, "displayName" | "description" | "platform">>;
}

/** The request of a write, the expected status, and the expected tenant after the write. */
export interface PlannedWrite {
  readonly operation: OperationId;
  readonly request: RequestSpec;
  readonly status: number;
  after(answer: unknown): Tenant;
}

const kinds = [
  "createProfile",
  "insertProfile",
  "updateProfile",
  "refusedUpdate",
  "staleUpdate",
  "deleteProfile",
  "setPriority",
  "createAssignment",
  "writeAssignment",
  "updateAssignment",
  "deleteAssignment",
  "delta",
] as const;

const filters = [undefined, filtered, unfiltered] as const;

const step: fc.Arbitrary<ModelStep> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<ModelStep["kind"]>("createProfile", "createAssignment") },
    { weight: 7, arbitrary: fc.constantFrom<ModelStep["kind"]>(...kinds) },
  ),
  profile: fc.nat(7),
  assignment: fc.nat(7),
  place: fc.nat(7),
  target: fc.constantFrom(...targets),
  filter: fc.constantFrom(...filters),
  fields: fc.record(
    {
      displayName: fc.constantFrom("a", "b"),
      description: fc.constantFrom(null, "", "é"),
      platform: fc.constantFrom("iOS", "macOS"),
    },
    { requiredKeys: [] },
  ),
});

/** Generates arrays of steps. Unlike fc.commands, steps need no classes, shrink like any array, and can be printed. */
export const sequences: fc.Arbitrary<readonly ModelStep[]> = fc.array(step, {
  minLength: 1,
  maxLength: 25,
  size: "max",
});

/** @param prefix the prefix of all names. @returns undefined if the tenant has no entity for the step. */
export function planWrite(tenant: Tenant, step: ModelStep, prefix: string): PlannedWrite | undefined {
  const { kind, place } = step;
  if (kind === "createProfile") return planCreation(tenant, step, prefix, undefined);
  if (kind === "insertProfile") return planCreation(tenant, step, prefix, place);
  const profile = tenant[step.profile % tenant.length];
  if (profile === undefined) return undefined;
  return planProfileWrite(tenant, profile, step, prefix) ?? planAssignmentWrite(tenant, profile, step);
}

function planCreation(
  tenant: Tenant,
  { fields }: ModelStep,
  prefix: string,
  priority: number | undefined,
): PlannedWrite {
  const sent = { displayName: "new", ...fields };
  const body = { ...sent, displayName: prefix + sent.displayName, ...(priority !== undefined && { priority }) };
  return {
    operation: "createProfile",
    request: { body },
    status: 201,
    after: (answer) => {
      const created = { description: null, platform: "iOS", ...sent, displayName: body.displayName, assignments: [] };
      return tenant.toSpliced(priority ?? tenant.length, 0, { ...created, id: Object(answer).id });
    },
  };
}

function planProfileWrite(tenant: Tenant, profile: ModelProfile, { kind, place, fields }: ModelStep, prefix: string) {
  const path = { profileId: profile.id };
  const others = tenant.filter((one) => one !== profile);
  const body = { ...fields, ...(fields.displayName !== undefined && { displayName: prefix + fields.displayName }) };
  const changed = tenant.map((one) => (one === profile ? { ...one, ...body } : one));
  const update = (request: RequestSpec, status: number, after: Tenant): PlannedWrite => {
    return { operation: "updateProfile", request: { path, ...request }, status, after: () => after };
  };
  const isPlace = place < tenant.length;
  const plans: Readonly<Partial<Record<ModelStep["kind"], PlannedWrite>>> = {
    updateProfile: update({ body }, 200, changed),
    refusedUpdate: update({ body: { ...body, platform: "beOS" } }, 400, tenant),
    staleUpdate: update({ body, headers: { "if-match": '"old"' } }, 412, tenant),
    deleteProfile: { operation: "deleteProfile", request: { path }, status: 204, after: () => others },
    setPriority: {
      operation: "setPriority",
      request: { path, body: { priority: place } },
      status: isPlace ? 204 : 400,
      after: () => (isPlace ? others.toSpliced(place, 0, profile) : tenant),
    },
  };
  return plans[kind];
}

function planAssignmentWrite(tenant: Tenant, profile: ModelProfile, { kind, target, filter, ...step }: ModelStep) {
  const { assignments } = profile;
  const sent = { ...target, ...filter };
  const body = { target: sent };
  const same = assignments.find((one) => targetIdentity(one.target) === targetIdentity(target));
  const chosen = assignments[step.assignment % assignments.length];
  const withAssignments = (next: readonly ModelAssignment[]): Tenant =>
    tenant.map((one) => (one === profile ? { ...one, assignments: next } : one));
  /** Returns the assignments after a write. If `old` is given, it is replaced and its filter is kept; otherwise one is added. */
  const writeAssignment = (old: ModelAssignment | undefined, newId: unknown) => {
    const next = { id: old?.id ?? String(newId), target: { ...unfiltered, ...filterProperties(old), ...sent } };
    return old ? assignments.map((one) => (one === old ? next : one)) : [...assignments, next];
  };
  const path = { profileId: profile.id, ...(chosen && { assignmentId: chosen.id }) };
  const plan = (
    operation: OperationId,
    request: RequestSpec,
    status: number,
    after: PlannedWrite["after"],
  ): PlannedWrite => {
    return { operation, request: { path, ...request }, status, after };
  };
  if (kind === "createAssignment") {
    return plan("createAssignment", { body }, same ? 409 : 201, (answer) =>
      same ? tenant : withAssignments(writeAssignment(undefined, Object(answer).id)),
    );
  }
  if (kind === "writeAssignment") {
    return plan("updateAssignments", { body }, 200, (answer) =>
      withAssignments(writeAssignment(same, Object(answer).id)),
    );
  }
  if (chosen === undefined) return undefined;
  if (kind === "updateAssignment") {
    const isTaken = same !== undefined && same !== chosen;
    return plan("updateAssignment", { body }, isTaken ? 409 : 200, () =>
      isTaken ? tenant : withAssignments(writeAssignment(chosen, chosen.id)),
    );
  }
  if (kind === "deleteAssignment") {
    return plan("deleteAssignment", {}, 204, () => withAssignments(assignments.filter((one) => one !== chosen)));
  }
  // The delta writes one assignment and deletes a different one.
  if (same === chosen) return undefined;
  const delta = { "@odata.context": "#$delta", value: [body, { "@removed": {}, id: chosen.id }] };
  return plan("updateAssignments", { body: delta }, 200, (answer) => {
    const next = writeAssignment(same, Object(Object(answer).value?.[0]).id);
    return withAssignments(next.filter((one) => one.id !== chosen.id));
  });
}

/** Returns the identity of a target: its type and its key in lower case. It is unique among a profile's assignments. */
function targetIdentity(target: ModelAssignment["target"] | ModelStep["target"]): string {
  const { "@odata.type": type, groupId, collectionId } = Object(target);
  return `${type} ${String(groupId ?? collectionId ?? "").replace(/[A-Z]+/g, (letters) => letters.toLowerCase())}`;
}

function filterProperties(assignment: ModelAssignment | undefined) {
  const names = assignment ? Object.keys(unfiltered) : [];
  return Object.fromEntries(names.map((name) => [name, assignment?.target[name] ?? null]));
}
