/**
 * What a list can be asked by: the properties of its entities, and conditions on them. Conditions mean what they mean in
 * OData 4.01 (URL Conventions, 5.1.1); matches.ts says it as code, and each store's SQL gives the same answer.
 */
import type { EnrollmentType, FilterType, Platform } from "./model.ts";

export type ProfilePath =
  | "id"
  | "displayName"
  | "description"
  | "priority"
  | "platform"
  | "createdDateTime"
  | "lastModifiedDateTime"
  | "defaultEnrollmentType";

export type AssignmentPath =
  | "id"
  | "target/groupId"
  | "target/collectionId"
  | "target/deviceAndAppManagementAssignmentFilterId"
  | "target/deviceAndAppManagementAssignmentFilterType";

/** A property with one primitive value. Collections and complex values can't be compared (OData 4.01, 5.1.1.1). */
export type Property<Path extends string> = PropertyOf<Path> &
  (
    | { readonly type: "string" | "integer" | "dateTime"; readonly enumeration?: never; readonly members?: never }
    /** `enumeration` is the type's name in `microsoft.graph`. */
    | { readonly type: "enumeration"; readonly enumeration: string; readonly members: readonly string[] }
  );

interface PropertyOf<Path extends string> {
  readonly path: Path;
  readonly nullable: boolean;
}

type Properties<Path extends string> = { readonly [P in Path]: Property<P> };

const platforms: Record<Platform, true> = {
  android: true,
  androidForWork: true,
  iOS: true,
  macOS: true,
  windowsPhone81: true,
  windows81AndLater: true,
  windows10AndLater: true,
  androidWorkProfile: true,
  unknown: true,
  androidAOSP: true,
  androidMobileApplicationManagement: true,
  iOSMobileApplicationManagement: true,
  unknownFutureValue: true,
  windowsMobileApplicationManagement: true,
};

const enrollmentTypes: Record<EnrollmentType, true> = {
  unknown: true,
  device: true,
  user: true,
  accountDrivenUserEnrollment: true,
  webDeviceEnrollment: true,
  unknownFutureValue: true,
};

const filterTypes: Record<FilterType, true> = { none: true, include: true, exclude: true };

export const profileProperties: Properties<ProfilePath> = {
  id: { path: "id", type: "string", nullable: false },
  displayName: { path: "displayName", type: "string", nullable: false },
  description: { path: "description", type: "string", nullable: true },
  priority: { path: "priority", type: "integer", nullable: false },
  platform: {
    path: "platform",
    type: "enumeration",
    nullable: false,
    enumeration: "devicePlatformType",
    members: Object.keys(platforms),
  },
  createdDateTime: { path: "createdDateTime", type: "dateTime", nullable: false },
  lastModifiedDateTime: { path: "lastModifiedDateTime", type: "dateTime", nullable: false },
  defaultEnrollmentType: {
    path: "defaultEnrollmentType",
    type: "enumeration",
    nullable: false,
    enumeration: "appleUserInitiatedEnrollmentType",
    members: Object.keys(enrollmentTypes),
  },
};

/** A target has its type's key and no other: the rest is null. */
export const assignmentProperties: Properties<AssignmentPath> = {
  id: { path: "id", type: "string", nullable: false },
  "target/groupId": { path: "target/groupId", type: "string", nullable: true },
  "target/collectionId": { path: "target/collectionId", type: "string", nullable: true },
  "target/deviceAndAppManagementAssignmentFilterId": {
    path: "target/deviceAndAppManagementAssignmentFilterId",
    type: "string",
    nullable: true,
  },
  "target/deviceAndAppManagementAssignmentFilterType": {
    path: "target/deviceAndAppManagementAssignmentFilterType",
    type: "enumeration",
    nullable: false,
    enumeration: "deviceAndAppManagementAssignmentFilterType",
    members: Object.keys(filterTypes),
  },
};

/** Of the properties that lists are sorted by, those that can be null. */
export const nullablePaths: ReadonlySet<string> = new Set(
  [...Object.values(profileProperties), ...Object.values(assignmentProperties)]
    .filter(({ nullable }) => nullable)
    .map(({ path }) => path),
);

/**
 * What a property or a literal is: text, an integer of 32 bits, or null. A date and time is text as well: UTC, ISO 8601
 * with milliseconds and `Z`, and behind the `Z` what a literal has of further fraction digits, without trailing zeros.
 * So dates compare exactly as their texts do: `…:00.123Z` is before `…:00.123Z4`, and that before `…:00.124Z`.
 */
export type Value = string | number | null;

export type Operand<Path extends string> =
  | { readonly kind: "property"; readonly path: Path }
  | { readonly kind: "literal"; readonly value: Value }
  /** Only A–Z and a–z change: databases agree on no more. */
  | { readonly kind: "tolower" | "toupper"; readonly text: Operand<Path> };

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

export type TextFunction = "contains" | "startswith" | "endswith";

/** True, false or null for an entity. Operands that meet have one type, or are null. */
export type Condition<Path extends string> =
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition<Path>[] }
  | { readonly kind: "not"; readonly condition: Condition<Path> }
  /** `<condition> eq <value>`: whether it is just that; false if it is null. */
  | { readonly kind: "is"; readonly condition: Condition<Path>; readonly value: boolean }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Operand<Path>;
      readonly right: Operand<Path>;
    }
  | { readonly kind: "in"; readonly operand: Operand<Path>; readonly values: readonly Value[] }
  | { readonly kind: TextFunction; readonly text: Operand<Path>; readonly part: Operand<Path> };
