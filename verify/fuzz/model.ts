/** What the contract promises of a tenant's profiles and assignments from one write to the next, as a small pure model. */
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import { filtered, targets } from "../scenarios/language/given.ts";
import type { Asked } from "../scenarios/language/scenario.ts";

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

/** In order of priority, the highest first. */
export type Tenant = readonly ModelProfile[];

/** A write as data: which profile and assignment it is about is counted from the first one that is there. */
export interface Step {
  readonly kind: (typeof kinds)[number];
  readonly profile: number;
  readonly assignment: number;
  readonly place: number;
  readonly target: (typeof targets)[number];
  readonly filter: (typeof filters)[number];
  readonly fields: Partial<Pick<ModelProfile, "displayName" | "description" | "platform">>;
}

/** What a write must be answered with, and what is there afterwards. */
export interface Plan {
  readonly operation: OperationId;
  readonly asked: Asked;
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

const unfiltered = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};
const filters = [undefined, filtered, unfiltered] as const;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Step["kind"]>("createProfile", "createAssignment") },
    { weight: 7, arbitrary: fc.constantFrom<Step["kind"]>(...kinds) },
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

/** Not fc.commands: steps as data need no class each, shrink as any array does, and can be printed. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: 25, size: "max" });

/** @returns undefined where there is nothing that the step could be about. @param prefix of all names */
export function planned(tenant: Tenant, step: Step, prefix: string): Plan | undefined {
  const { kind, place } = step;
  if (kind === "createProfile") return creation(tenant, step, prefix, undefined);
  if (kind === "insertProfile") return creation(tenant, step, prefix, place);
  const profile = tenant[step.profile % tenant.length];
  if (profile === undefined) return undefined;
  return ofProfile(tenant, profile, step, prefix) ?? ofAssignments(tenant, profile, step);
}

function creation(tenant: Tenant, { fields }: Step, prefix: string, priority: number | undefined): Plan {
  const sent = { displayName: "new", ...fields };
  const body = { ...sent, displayName: prefix + sent.displayName, ...(priority !== undefined && { priority }) };
  return {
    operation: "createProfile",
    asked: { body },
    status: 201,
    after: (answer) => {
      const made = { description: null, platform: "iOS", ...sent, displayName: body.displayName, assignments: [] };
      return tenant.toSpliced(priority ?? tenant.length, 0, { ...made, id: Object(answer).id });
    },
  };
}

function ofProfile(tenant: Tenant, profile: ModelProfile, { kind, place, fields }: Step, prefix: string) {
  const path = { profileId: profile.id };
  const others = tenant.filter((one) => one !== profile);
  const body = { ...fields, ...(fields.displayName !== undefined && { displayName: prefix + fields.displayName }) };
  const changed = tenant.map((one) => (one === profile ? { ...one, ...body } : one));
  const update = (asked: Asked, status: number, after: Tenant): Plan => {
    return { operation: "updateProfile", asked: { path, ...asked }, status, after: () => after };
  };
  const isPlace = place < tenant.length;
  const plans: Readonly<Partial<Record<Step["kind"], Plan>>> = {
    updateProfile: update({ body }, 200, changed),
    refusedUpdate: update({ body: { ...body, platform: "beOS" } }, 400, tenant),
    staleUpdate: update({ body, headers: { "if-match": '"of another time"' } }, 412, tenant),
    deleteProfile: { operation: "deleteProfile", asked: { path }, status: 204, after: () => others },
    setPriority: {
      operation: "setPriority",
      asked: { path, body: { priority: place } },
      status: isPlace ? 204 : 400,
      after: () => (isPlace ? others.toSpliced(place, 0, profile) : tenant),
    },
  };
  return plans[kind];
}

function ofAssignments(tenant: Tenant, profile: ModelProfile, { kind, target, filter, ...step }: Step) {
  const { assignments } = profile;
  const sent = { ...target, ...filter };
  const body = { target: sent };
  const same = assignments.find((one) => identityOf(one.target) === identityOf(target));
  const chosen = assignments[step.assignment % assignments.length];
  const having = (next: readonly ModelAssignment[]): Tenant =>
    tenant.map((one) => (one === profile ? { ...one, assignments: next } : one));
  /** With what is sent in place of the old one, of which it keeps the filter; else as a new one. */
  const written = (old: ModelAssignment | undefined, newId: unknown) => {
    const next = { id: old?.id ?? String(newId), target: { ...unfiltered, ...filterOf(old), ...sent } };
    return old ? assignments.map((one) => (one === old ? next : one)) : [...assignments, next];
  };
  const path = { profileId: profile.id, ...(chosen && { assignmentId: chosen.id }) };
  const plan = (operation: OperationId, asked: Asked, status: number, after: Plan["after"]): Plan => {
    return { operation, asked: { path, ...asked }, status, after };
  };
  if (kind === "createAssignment") {
    return plan("createAssignment", { body }, same ? 409 : 201, (answer) =>
      same ? tenant : having(written(undefined, Object(answer).id)),
    );
  }
  if (kind === "writeAssignment") {
    return plan("updateAssignments", { body }, 200, (answer) => having(written(same, Object(answer).id)));
  }
  if (chosen === undefined) return undefined;
  if (kind === "updateAssignment") {
    const isTaken = same !== undefined && same !== chosen;
    return plan("updateAssignment", { body }, isTaken ? 409 : 200, () =>
      isTaken ? tenant : having(written(chosen, chosen.id)),
    );
  }
  if (kind === "deleteAssignment") {
    return plan("deleteAssignment", {}, 204, () => having(assignments.filter((one) => one !== chosen)));
  }
  // A delta that writes one and deletes another.
  if (same === chosen) return undefined;
  const delta = { "@odata.context": "#$delta", value: [body, { "@removed": {}, id: chosen.id }] };
  return plan("updateAssignments", { body: delta }, 200, (answer) => {
    const next = written(same, Object(Object(answer).value?.[0]).id);
    return having(next.filter((one) => one.id !== chosen.id));
  });
}

/** Two assignments of a profile never have the same: the type, and the key without case. */
function identityOf(target: ModelAssignment["target"] | Step["target"]): string {
  const { "@odata.type": type, groupId, collectionId } = Object(target);
  return `${type} ${String(groupId ?? collectionId ?? "").toLowerCase()}`;
}

function filterOf(assignment: ModelAssignment | undefined) {
  const names = assignment ? Object.keys(unfiltered) : [];
  return Object.fromEntries(names.map((name) => [name, assignment?.target[name] ?? null]));
}
