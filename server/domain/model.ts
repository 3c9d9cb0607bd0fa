/** The entities as the domain and the stores know them. Names, values and nullability are Graph's (CSDL, beta). */

export type EnrollmentType =
  | "unknown"
  | "device"
  | "user"
  | "accountDrivenUserEnrollment"
  | "webDeviceEnrollment"
  | "unknownFutureValue";

export type OwnerType = "unknown" | "company" | "personal" | "unknownFutureValue";

export type Platform =
  | "android"
  | "androidForWork"
  | "iOS"
  | "macOS"
  | "windowsPhone81"
  | "windows81AndLater"
  | "windows10AndLater"
  | "androidWorkProfile"
  | "unknown"
  | "androidAOSP"
  | "androidMobileApplicationManagement"
  | "iOSMobileApplicationManagement"
  | "unknownFutureValue"
  | "windowsMobileApplicationManagement";

export interface EnrollmentTypeOption {
  readonly ownerType: OwnerType;
  readonly enrollmentType: EnrollmentType;
}

/** What a caller decides about a profile, apart from its place in the order. */
export interface ProfileProperties {
  readonly displayName: string;
  readonly description: string | null;
  readonly platform: Platform;
  readonly defaultEnrollmentType: EnrollmentType;
  readonly availableEnrollmentTypeOptions: readonly EnrollmentTypeOption[];
}

export interface Profile extends ProfileProperties {
  readonly id: string;
  /** 0 is the highest; a tenant's priorities are always 0…n-1. */
  readonly priority: number;
  /**
   * Sorts as the priority does, by code point, but changes only when the profile itself moves: a page of a list ends at
   * a rank, and whoever comes or goes before it shifts nothing. Made of its neighbours' (fractional indexing).
   */
  readonly rank: string;
  /** ISO 8601, UTC, milliseconds, `Z`. */
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  /** Starts at 1 and grows by one with each change; the entity tag shows it. */
  readonly version: number;
}

export type FilterType = "none" | "include" | "exclude";

export interface AssignmentFilter {
  readonly deviceAndAppManagementAssignmentFilterId: string | null;
  readonly deviceAndAppManagementAssignmentFilterType: FilterType;
}

/**
 * Who or what a profile is assigned to. The abstract base keeps the spelling it was last written with, because the
 * document this API began with prints it without `#`; every other type is spelled with it.
 */
export type Target = AssignmentFilter &
  (
    | {
        readonly "@odata.type":
          | "#microsoft.graph.deviceAndAppManagementAssignmentTarget"
          | "microsoft.graph.deviceAndAppManagementAssignmentTarget";
      }
    | { readonly "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" }
    | { readonly "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" }
    | { readonly "@odata.type": "#microsoft.graph.groupAssignmentTarget"; readonly groupId: string }
    | { readonly "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget"; readonly groupId: string }
    | {
        readonly "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget";
        readonly collectionId: string;
      }
  );

export interface Assignment {
  readonly id: string;
  readonly target: Target;
  /** As in Profile. */
  readonly version: number;
}
