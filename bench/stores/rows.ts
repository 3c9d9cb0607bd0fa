/** Creates the rows of a fixture in the format of this service's stores. */
import { generateKeyBetween } from "fractional-indexing";
import { defaultTenant } from "../../server/auth/development.ts";
import { identityOf, mergeTarget } from "../../server/domain/targets.ts";
import {
  assignmentBody,
  assignmentCounts,
  assignmentId,
  type Fixture,
  filterId,
  groupId,
  profileId,
} from "../fixture.ts";

/** The columns tenant, id, priority, rank, version and properties. */
export type ProfileRow = readonly [string, string, number, string, number, string];
/** The columns tenant, profile_id, id, target_identity, target and version. */
export type AssignmentRow = readonly [string, string, string, string, string, number];

export function* profileRows(fixture: Fixture): Generator<ProfileRow> {
  const now = new Date().toISOString();
  let rank: string | null = null;
  for (const profile of assignmentCounts(fixture).keys()) {
    const properties = {
      displayName: `Profile ${profile}`,
      description: null,
      platform: "iOS",
      createdDateTime: now,
      lastModifiedDateTime: now,
      defaultEnrollmentType: "unknown",
      availableEnrollmentTypeOptions: [],
    };
    rank = generateKeyBetween(rank, null);
    yield [defaultTenant, profileId(profile), profile, rank, 1, JSON.stringify(properties)];
  }
}

export function* assignmentRows(fixture: Fixture): Generator<AssignmentRow> {
  for (const [profile, count] of assignmentCounts(fixture).entries()) {
    for (let assignment = 0; assignment < count; assignment++) {
      const target = mergeTarget(assignmentBody(groupId(profile, assignment), filterId(0, 0, 0)).target);
      const id = assignmentId(profile, assignment);
      yield [defaultTenant, profileId(profile), id, identityOf(target), JSON.stringify(target), 1];
    }
  }
}

/** The sums of the row versions. A change increments the version of its row, and an insert sets the version to 1. */
export interface Versions {
  readonly assignments: number;
  readonly profiles: number;
  /** The number of commits in the whole database, from the server's statistics. */
  readonly commits?: number;
}

export const versionsQuery = `SELECT (SELECT coalesce(sum(version), 0) FROM assignments) AS assignments,
  (SELECT coalesce(sum(version), 0) FROM profiles) AS profiles`;
