/** The entities as the domain and the stores know them. Names, values and nullability come from the contract's schemas. */
import type {
  appleOwnerTypeEnrollmentType,
  assignmentTarget,
  deviceAndAppManagementAssignmentTarget,
} from "../../generated/api.d.ts";
import type { AllProperties } from "./profile/properties.ts";

export type EnrollmentTypeOption = Readonly<appleOwnerTypeEnrollmentType>;

/**
 * A profile of a tenant. Priority 0 is the highest, and the priorities of a tenant are always 0…n-1. Dates are ISO 8601, in
 * UTC, with milliseconds and `Z`.
 */
export interface Profile extends AllProperties {
  /**
   * Sorts as the priority does, by code point, but changes only when the profile itself moves. A page of a list ends at a
   * rank, so an insertion or a deletion before it shifts nothing. Made from the ranks of the neighbours (fractional
   * indexing).
   */
  readonly rank: string;
  /** Starts at 1 and grows by one with each change; the entity tag shows it. */
  readonly version: number;
}

/**
 * The users or devices that a profile is assigned to. The abstract base type keeps the spelling that it was last written
 * with, because Graph's own example prints it without `#`; every other type is spelled with `#`.
 */
export type Target = Readonly<assignmentTarget>;

/** The properties that every type of target has. */
export type AssignmentFilter = Readonly<Omit<deviceAndAppManagementAssignmentTarget, "@odata.type">>;

export interface Assignment {
  readonly id: string;
  readonly target: Target;
  /** Starts at 1 and grows by one with each change; the entity tag shows it. */
  readonly version: number;
}
