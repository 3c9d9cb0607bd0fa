/**
 * The ids of assignments that callers see. By default they are the stored ids. In strict mode they are derived from the profile
 * and the target, as in recorded answers of similar Intune resources, so that a store can be served in both modes.
 */
import { Json } from "../json.ts";
import type { Assignment, Target } from "../model.ts";
import type { AssignmentLoads, State } from "../store.ts";
import { identityOf, type TargetInput } from "../targets.ts";

/** An assignment, as far as its id depends on it. */
interface Identified {
  readonly id: string;
  readonly target: Target | Json<Target>;
}

export interface AssignmentIds {
  /** Whether callers see the stored ids. Only these can be filtered and sorted by. */
  readonly areStored: boolean;
  /** Returns the assignment with the id that callers see. */
  shown<One extends Identified>(profileId: string, assignment: One): One;
  /** Returns what a command must load to find the assignment with an id from a caller. */
  loads(profileId: string, id: string): Pick<AssignmentLoads, "assignmentIds" | "targetIdentities">;
  /** Finds the assignment with an id from a caller in the state that was loaded. */
  find(profileId: string, id: string, state: Pick<State, "assignments" | "holders">): Assignment | undefined;
  /** Returns the identities of which a profile can have only one, because assignments to these targets have the same id. */
  rivals(target: TargetInput): readonly string[];
}

export const storedIds: AssignmentIds = {
  areStored: true,
  shown: (_profileId, assignment) => assignment,
  loads: (_profileId, id) => ({ assignmentIds: [id] }),
  find: (_profileId, id, { assignments }) => assignments.get(id),
  rivals: (target) => [identityOf(target)],
};

/** The ids of the groups that stand for all users and all devices in Intune. */
const allUsers = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
const allDevices = "adadadad-808e-44e2-905a-0b7873a8a531";

/**
 * Ids such as `<profile>_<group>`. An assignment to the abstract base type, which only the other mode can create, keeps its
 * stored id. If a profile includes and also excludes a group, which is possible in the other mode, both assignments have the same
 * id, and a request with this id concerns the older one.
 */
export const derivedIds: AssignmentIds = {
  areStored: false,
  shown: (profileId, assignment) => ({ ...assignment, id: derivedId(profileId, assignment) }),
  loads(profileId, id) {
    const prefix = `${profileId}_`;
    return id.startsWith(prefix)
      ? { targetIdentities: identitiesOfKey(id.slice(prefix.length)) }
      : { assignmentIds: [id] };
  },
  find: (profileId, id, { assignments, holders }) =>
    [...assignments.values(), ...holders.values()]
      .filter((assignment) => derivedId(profileId, assignment) === id)
      .sort((one, other) => (one.id < other.id ? -1 : 1))[0],
  rivals: (target) => ("groupId" in target ? groupIdentities(target.groupId) : [identityOf(target)]),
};

function derivedId(profileId: string, { id, target }: Identified): string {
  const parsed: Target = target instanceof Json ? JSON.parse(target.toString()) : target;
  const key = keyOf(parsed);
  return key === undefined ? id : `${profileId}_${key}`;
}

function keyOf(target: Target): string | undefined {
  switch (target["@odata.type"]) {
    case "#microsoft.graph.allLicensedUsersAssignmentTarget":
      return allUsers;
    case "#microsoft.graph.allDevicesAssignmentTarget":
      return allDevices;
    case "#microsoft.graph.groupAssignmentTarget":
    case "#microsoft.graph.exclusionGroupAssignmentTarget":
      return target.groupId;
    case "#microsoft.graph.configurationManagerCollectionAssignmentTarget":
      return target.collectionId;
    case "#microsoft.graph.deviceAndAppManagementAssignmentTarget":
    case "microsoft.graph.deviceAndAppManagementAssignmentTarget":
      return undefined;
  }
}

/** Returns the identities of all targets that can have this key. */
function identitiesOfKey(key: string): readonly string[] {
  return [
    ...groupIdentities(key),
    identityOf({ "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget", collectionId: key }),
    ...(key === allUsers ? [identityOf({ "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" })] : []),
    ...(key === allDevices ? [identityOf({ "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" })] : []),
  ];
}

function groupIdentities(groupId: string): readonly string[] {
  return [
    identityOf({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }),
    identityOf({ "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget", groupId }),
  ];
}
