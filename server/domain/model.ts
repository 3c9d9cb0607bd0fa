/**
 * The entities of the domain and the stores. Their names, values and nullability are those of the contract's schemas.
 */
import type {
  appleOwnerTypeEnrollmentType,
  assignmentTarget,
  deviceAndAppManagementAssignmentTarget,
} from "../../generated/api.d.ts";
import type { AllProperties } from "./profile/properties.ts";

export type EnrollmentTypeOption = Readonly<appleOwnerTypeEnrollmentType>;

/**
 * A profile of a tenant. Priority 0 is the highest, and the priorities of a tenant's n profiles are always 0…n-1. Dates
 * are in ISO 8601 format, in UTC, with milliseconds and `Z`.
 */
export interface Profile extends AllProperties {
  /**
   * Sorting by rank, by code point, gives the same order as sorting by priority. But a rank changes only when its own
   * profile moves. A next link contains the rank of the page's last profile, so insertions and deletions of other
   * profiles do not shift the next page. A rank is computed from the ranks of the neighbours (fractional indexing).
   */
  readonly rank: string;
  /** Starts at 1 and grows by one with each change; the entity tag shows it. */
  readonly version: number;
}

/**
 * The users or devices that a profile is assigned to. The abstract base type keeps the spelling that it was last
 * written with, because Graph's own example prints it without `#`; every other type is spelled with `#`.
 */
export type Target = Keyed<assignmentTarget>;

/** The same targets, with the keys that the contract lets other servers return as `null`, but that this service requires. */
type Keyed<AnyTarget> = AnyTarget extends unknown
  ? {
      readonly [Name in keyof AnyTarget]: Name extends "groupId" | "collectionId"
        ? Exclude<AnyTarget[Name], null>
        : AnyTarget[Name];
    }
  : never;

/** The properties that every type of target has. */
export type AssignmentFilter = Readonly<Omit<deviceAndAppManagementAssignmentTarget, "@odata.type">>;

export interface Assignment {
  readonly id: string;
  readonly target: Target;
  /** Starts at 1 and grows by one with each change; the entity tag shows it. */
  readonly version: number;
}
