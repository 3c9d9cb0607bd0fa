/**
 * Compares the types of this contract with Microsoft's types (@microsoft/microsoft-graph-types-beta). Nothing runs: `tsc -p .`
 * checks that the code after each `@ts-expect-error` does not compile, and that all other code does.
 *
 * Enumerations are the same. Entities that this client returns can be used wherever Microsoft's types are required. Values of
 * Microsoft's types can be passed to this client, with four differences:
 *
 * 1. In Microsoft's types every property is optional. Here `displayName` is required to create a profile, `target` to create an
 *    assignment, and the key of a target always.
 * 2. In Microsoft's types `displayName`, `availableEnrollmentTypeOptions`, `target`, `groupId` and `collectionId` may be `null`.
 *    Here `null` is refused with 400.
 * 3. Microsoft's types have no `@odata.type`, which is the only property that distinguishes targets.
 * 4. Microsoft's profile has `assignments`. Here each assignment has its own write operation.
 */
import type * as Graph from "@microsoft/microsoft-graph-types-beta";
import type { Schemas } from "../../client/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_Condition extends true>(): void => {};

holds<Equal<Schemas["appleUserInitiatedEnrollmentType"], Graph.AppleUserInitiatedEnrollmentType>>();
holds<Equal<Schemas["managedDeviceOwnerType"], Graph.ManagedDeviceOwnerType>>();
holds<Equal<Schemas["devicePlatformType"], Graph.DevicePlatformType>>();
holds<Equal<Schemas["deviceAndAppManagementAssignmentFilterType"], Graph.DeviceAndAppManagementAssignmentFilterType>>();

/** Every property of Microsoft's type is also in the type of this contract, with the same name. */
type Lacking<Ours, Theirs> = Exclude<keyof Theirs, keyof Ours>;
holds<
  Equal<
    Lacking<Schemas["appleUserInitiatedEnrollmentProfile"], Graph.AppleUserInitiatedEnrollmentProfile>,
    "assignments"
  >
>();
holds<Equal<Lacking<Schemas["appleEnrollmentProfileAssignment"], Graph.AppleEnrollmentProfileAssignment>, never>>();
holds<Equal<Lacking<Schemas["appleOwnerTypeEnrollmentType"], Graph.AppleOwnerTypeEnrollmentType>, never>>();
holds<Equal<Lacking<Schemas["groupAssignmentTarget"], Graph.GroupAssignmentTarget>, never>>();
holds<Equal<Lacking<Schemas["exclusionGroupAssignmentTarget"], Graph.ExclusionGroupAssignmentTarget>, never>>();
holds<
  Equal<
    Lacking<
      Schemas["configurationManagerCollectionAssignmentTarget"],
      Graph.ConfigurationManagerCollectionAssignmentTarget
    >,
    never
  >
>();

export function read(
  profile: Schemas["appleUserInitiatedEnrollmentProfile"],
  assignment: Schemas["appleEnrollmentProfileAssignment"],
  group: Schemas["groupAssignmentTarget"],
  exclusion: Schemas["exclusionGroupAssignmentTarget"],
  collection: Schemas["configurationManagerCollectionAssignmentTarget"],
) {
  const profiles: Graph.AppleUserInitiatedEnrollmentProfile[] = [profile];
  const assignments: Graph.AppleEnrollmentProfileAssignment[] = [assignment];
  const targets: Graph.DeviceAndAppManagementAssignmentTarget[] = [group, exclusion, collection];
  const groups: Graph.GroupAssignmentTarget[] = [group, exclusion];
  const collections: Graph.ConfigurationManagerCollectionAssignmentTarget[] = [collection];
  return { profiles, assignments, targets, groups, collections };
}

/** Microsoft's type, except that the named properties are required and not `null`, as in this contract. */
type With<Theirs, Ours> = Omit<Theirs, keyof Ours> & Ours;
type Options = NonNullable<Graph.AppleUserInitiatedEnrollmentProfile["availableEnrollmentTypeOptions"]>;

export function write(
  profile: Graph.AppleUserInitiatedEnrollmentProfile,
  named: With<
    Graph.AppleUserInitiatedEnrollmentProfile,
    { displayName: string; availableEnrollmentTypeOptions: Options }
  >,
  assignment: Graph.AppleEnrollmentProfileAssignment,
  target: Graph.DeviceAndAppManagementAssignmentTarget,
  typed: With<
    Graph.GroupAssignmentTarget,
    { "@odata.type": "#microsoft.graph.groupAssignmentTarget"; groupId: string }
  >,
) {
  const created: Schemas["profileCreate"] = named;
  const updated: Schemas["profileUpdate"] = named;
  const assigned: Schemas["assignmentTargetInput"] = typed;
  const assignments: Schemas["assignmentCreate"] = { ...assignment, target: typed };

  // @ts-expect-error 1 and 2: a profile whose name is missing or `null`
  const nameless: Schemas["profileCreate"] = profile;
  // @ts-expect-error 2: `null` as the name or the options
  const cleared: Schemas["profileUpdate"] = profile;
  // @ts-expect-error 1 and 2: an assignment whose target is missing or `null`
  const untargeted: Schemas["assignmentCreate"] = assignment;
  // @ts-expect-error 3: a target without its `@odata.type`
  const untyped: Schemas["assignmentTargetInput"] = target;
  // @ts-expect-error 4: assignments in a profile
  const nested: Schemas["profileCreate"] = { displayName: "x", assignments: [assignment] };
  return { created, updated, assigned, assignments, nameless, cleared, untargeted, untyped, nested };
}
