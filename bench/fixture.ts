/**
 * Defines the data in a store before a run. Every id is computed from the index of its profile and of its assignment, so that
 * each process of the benchmark knows all ids without communication.
 */

/**
 * `profiles` profiles with `each` assignments, then a profile with 100 assignments for list requests, then an empty profile for
 * POST.
 */
export interface Fixture {
  readonly profiles: number;
  readonly each: number;
}

/** The fixture of most scenarios: 1,000 assignments in one profile. */
export const baseFixture: Fixture = { profiles: 1, each: 1_000 };

/** The number of assignments in the profile whose assignments are listed. */
export const listed = 100;

/** Returns the number of assignments of each profile. The index of a profile is also its priority. */
export function assignmentCounts({ profiles, each }: Fixture): number[] {
  return [...Array.from({ length: profiles }, () => each), listed, 0];
}

/** Returns the index of the profile whose assignments are listed. */
export function listProfile({ profiles }: Fixture): number {
  return profiles;
}

/** Returns the index of the profile in which new assignments are created. */
export function postProfile({ profiles }: Fixture): number {
  return profiles + 1;
}

export function profileId(profile: number): string {
  return `0192f7b4-0000-7000-8000-${hex(profile, 12)}`;
}

/** Returns the id of an assignment. As with UUIDs of version 7, later ids sort after earlier ids. */
export function assignmentId(profile: number, assignment: number): string {
  const time = hex(0x0192f7b40000 + assignment, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${hex(profile, 12)}`;
}

/** Returns a group id. As in a directory, the ids are unordered. The odd factor makes the ids unique. */
export function groupId(profile: number, assignment: number): string {
  return `${hex(Math.imul(assignment + 1, 0x9e3779b1) >>> 0, 8)}-5eed-4000-8000-${hex(profile, 12)}`;
}

/** Returns a filter id that is unique for each round, connection and alternative. */
export function filterId(round: number, connection: number, alternative: number): string {
  return `f1172e00-${hex(round, 4)}-4000-8000-${hex(connection, 8)}${hex(alternative, 4)}`;
}

/** Returns a group id that neither the fixture nor another round or connection uses. */
export function newGroupId(round: number, connection: number, count: number): string {
  return `${hex(count, 8)}-${hex(round, 4)}-4000-9000-${hex(connection, 12)}`;
}

export const collectionPath = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

export function assignmentsPath(profile: string): string {
  return `${collectionPath}/${profile}/assignments`;
}

/** Returns the body of a PATCH or POST for an assignment. */
export function assignmentBody(group: string, filter: string) {
  return {
    "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
    target: {
      "@odata.type": "#microsoft.graph.groupAssignmentTarget",
      groupId: group,
      deviceAndAppManagementAssignmentFilterId: filter,
      deviceAndAppManagementAssignmentFilterType: "include",
    },
  } as const;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
