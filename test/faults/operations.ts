/**
 * Random operations. They are plain data, so that a failing sequence can be shrunk and printed. An operation refers to an
 * entity by its index among the entities that exist when the request is sent. A negative index counts from the end.
 */
import fc from "fast-check";
import type { Schemas } from "../../client/index.ts";

export type TargetInput = Schemas["assignmentTargetInput"];

/** The precondition of a request. `If-Match` and `If-None-Match` use the current entity tag, `stale` an older one. */
export type Condition = "none" | "If-Match: *" | "If-Match" | "If-Match: stale" | "If-None-Match: *" | "If-None-Match";

export type Operation =
  | { readonly kind: "listProfiles" | "countProfiles" }
  | { readonly kind: "getProfile"; readonly profile: number }
  | { readonly kind: "listAssignments" | "countAssignments"; readonly profile: number }
  | { readonly kind: "createProfile"; readonly body: Schemas["profileCreate"] }
  | {
      readonly kind: "updateProfile";
      readonly profile: number;
      readonly body: Schemas["profileUpdate"];
      readonly condition: Condition;
    }
  | { readonly kind: "deleteProfile"; readonly profile: number; readonly condition: Condition }
  | { readonly kind: "setPriority"; readonly profile: number; readonly priority: number }
  | { readonly kind: "getAssignment"; readonly profile: number; readonly assignment: number }
  | { readonly kind: "createAssignment"; readonly profile: number; readonly target: TargetInput }
  | {
      readonly kind: "updateAssignments";
      readonly profile: number;
      /** The index of the assignment whose id is in the body. Without it, the body has no id. */
      readonly assignment?: number;
      readonly target?: TargetInput;
      readonly condition: Condition;
    }
  | {
      readonly kind: "updateAssignment";
      readonly profile: number;
      readonly assignment: number;
      readonly target?: TargetInput;
      readonly condition: Condition;
    }
  | {
      readonly kind: "deleteAssignment";
      readonly profile: number;
      readonly assignment: number;
      readonly condition: Condition;
    };

const index = fc.nat(99);
const name = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."aB é🍏\"'\\\n") });
const priority = fc.nat(6);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("none" as const) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "If-Match: *" as const,
      "If-Match" as const,
      "If-Match: stale" as const,
      "If-None-Match: *" as const,
      "If-None-Match" as const,
    ),
  },
);

// Only a few keys, in two spellings, so that targets often conflict.
const key = fc.constantFrom("A", "a", "É", "é");
const filter = {
  deviceAndAppManagementAssignmentFilterId: fc.constantFrom(null, "f1", "f2"),
  deviceAndAppManagementAssignmentFilterType: fc.constantFrom("none" as const, "include" as const, "exclude" as const),
};

const target: fc.Arbitrary<TargetInput> = fc.oneof(
  fc.record(
    {
      "@odata.type": fc.constantFrom(
        "#microsoft.graph.groupAssignmentTarget" as const,
        "microsoft.graph.groupAssignmentTarget" as const,
      ),
      groupId: key,
      ...filter,
    },
    { requiredKeys: ["@odata.type", "groupId"] },
  ),
  fc.record(
    { "@odata.type": fc.constant("#microsoft.graph.exclusionGroupAssignmentTarget" as const), groupId: key, ...filter },
    { requiredKeys: ["@odata.type", "groupId"] },
  ),
  fc.record(
    {
      "@odata.type": fc.constant("microsoft.graph.configurationManagerCollectionAssignmentTarget" as const),
      collectionId: key,
      ...filter,
    },
    { requiredKeys: ["@odata.type", "collectionId"] },
  ),
  fc.record(
    {
      "@odata.type": fc.constantFrom(
        "#microsoft.graph.deviceAndAppManagementAssignmentTarget" as const,
        "microsoft.graph.deviceAndAppManagementAssignmentTarget" as const,
      ),
      ...filter,
    },
    { requiredKeys: ["@odata.type"] },
  ),
  fc.record(
    { "@odata.type": fc.constant("#microsoft.graph.allDevicesAssignmentTarget" as const), ...filter },
    { requiredKeys: ["@odata.type"] },
  ),
);

const properties = {
  displayName: name,
  description: fc.option(fc.oneof({ weight: 3, arbitrary: name }, { weight: 1, arbitrary: fc.constant("") })),
  priority,
  platform: fc.constantFrom("iOS" as const, "macOS" as const, "unknown" as const),
  defaultEnrollmentType: fc.constantFrom("unknown" as const, "device" as const, "user" as const),
  availableEnrollmentTypeOptions: fc.array(
    fc.record({
      ownerType: fc.constantFrom("company" as const, "personal" as const),
      enrollmentType: fc.constantFrom("device" as const, "user" as const),
    }),
    { maxLength: 2 },
  ),
};

function kindsOf<Kind extends Operation["kind"]>(...kinds: readonly Kind[]): fc.Arbitrary<Kind> {
  return fc.constantFrom(...kinds);
}

const reads: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: kindsOf("listProfiles", "countProfiles") }),
  fc.record({ kind: kindsOf("getProfile"), profile: index }),
  fc.record({ kind: kindsOf("listAssignments", "countAssignments"), profile: index }),
  fc.record({ kind: kindsOf("getAssignment"), profile: index, assignment: index }),
);

const writes: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kindsOf("createProfile"),
      body: fc.record(properties, { requiredKeys: ["displayName"] }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kindsOf("updateProfile"),
      profile: index,
      body: fc.record(properties, { requiredKeys: [] }),
      condition,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindsOf("deleteProfile"), profile: index, condition }) },
  { weight: 3, arbitrary: fc.record({ kind: kindsOf("setPriority"), profile: index, priority }) },
  { weight: 3, arbitrary: fc.record({ kind: kindsOf("createAssignment"), profile: index, target }) },
  { weight: 4, arbitrary: fc.record({ kind: kindsOf("updateAssignments"), profile: index, target, condition }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { kind: kindsOf("updateAssignments"), profile: index, assignment: index, target, condition },
      { requiredKeys: ["kind", "profile", "condition"] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      { kind: kindsOf("updateAssignment"), profile: index, assignment: index, target, condition },
      { requiredKeys: ["kind", "profile", "assignment", "condition"] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kindsOf("deleteAssignment"), profile: index, assignment: index, condition }),
  },
);

const one: fc.Arbitrary<Operation> = fc.oneof({ weight: 4, arbitrary: writes }, { weight: 1, arbitrary: reads });

/** The index of the newest entity. */
const newest = -1;

const unconditional = { condition: "none" } as const;

/**
 * Sequences about one assignment or one profile that independent operations contain only rarely: an assignment is moved,
 * and its old and its new target are used again; an entity is deleted and created again; an update has the values that the
 * entity already has; a profile is moved there and back.
 */
const stories: fc.Arbitrary<readonly Operation[]> = fc.oneof(
  fc
    .record({ profile: index, before: target, after: target, isById: fc.boolean() })
    .map(({ profile, before, after, isById }): Operation[] => [
      { kind: "createAssignment", profile, target: before },
      isById
        ? { kind: "updateAssignments", profile, assignment: newest, target: after, ...unconditional }
        : { kind: "updateAssignment", profile, assignment: newest, target: after, ...unconditional },
      { kind: "createAssignment", profile, target: after },
      { kind: "createAssignment", profile, target: before },
      { kind: "updateAssignments", profile, target: after, ...unconditional },
      { kind: "deleteAssignment", profile, assignment: newest, ...unconditional },
    ]),
  fc.record({ profile: index, target }).map(({ profile, target }): Operation[] => [
    { kind: "createAssignment", profile, target },
    { kind: "deleteAssignment", profile, assignment: newest, ...unconditional },
    { kind: "createAssignment", profile, target },
    { kind: "updateAssignment", profile, assignment: newest, target, ...unconditional },
    { kind: "updateAssignments", profile, target, ...unconditional },
  ]),
  fc
    .record({ profile: index, body: fc.record(properties, { requiredKeys: [] }), priority })
    .map(({ profile, body: { priority: _, ...body }, priority }): Operation[] => [
      { kind: "updateProfile", profile, body, ...unconditional },
      { kind: "updateProfile", profile, body, ...unconditional },
      { kind: "updateProfile", profile, body: { ...body, priority }, ...unconditional },
      { kind: "setPriority", profile, priority: 0 },
    ]),
  fc.record({ body: fc.record(properties, { requiredKeys: ["displayName"] }) }).map(({ body }): Operation[] => [
    { kind: "createProfile", body },
    { kind: "deleteProfile", profile: newest, ...unconditional },
    { kind: "createProfile", body },
  ]),
);

/** Generates short sequences of operations, most of which write. */
export const sequences: fc.Arbitrary<readonly Operation[]> = fc
  .oneof({ weight: 5, arbitrary: one.map((operation) => [operation]) }, { weight: 1, arbitrary: stories })
  // Objects of fast-check have no prototype, so they would not equal objects parsed from JSON.
  .map((sequence) => structuredClone(sequence));

/** Returns the operation that reads the entity that a write has changed. Undefined for a read. */
export function readBackOf(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "createProfile":
    case "updateProfile":
    case "deleteProfile":
    case "setPriority":
      return { kind: "listProfiles" };
    case "createAssignment":
    case "updateAssignments":
    case "updateAssignment":
    case "deleteAssignment":
      return { kind: "listAssignments", profile: operation.profile };
    default:
      return undefined;
  }
}
