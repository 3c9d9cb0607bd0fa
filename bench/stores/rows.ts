/** Makes the rows of a fixture, as the stores of this service have them. */
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

/** tenant, id, priority, rank, version, properties */
export type ProfileRow = readonly [string, string, number, string, number, string];
/** tenant, profile_id, id, target_identity, target, version */
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

/** The sums of the row versions. A change increases the version of its row by one, and an insert sets it to 1. */
export interface Versions {
  readonly assignments: number;
  readonly profiles: number;
  /** The commits of the whole database, from the statistics of its server. */
  readonly commits?: number;
}

export const versionsQuery = `SELECT (SELECT coalesce(sum(version), 0) FROM assignments) AS assignments,
  (SELECT coalesce(sum(version), 0) FROM profiles) AS profiles`;
