/**
 * Queries for lists: the properties that a list can be filtered and sorted by, and the conditions of a filter. A
 * condition is evaluated as OData 4.01 defines (URL Conventions, 5.1.1). test/support/conditionModel.ts is the
 * reference implementation, and each store's SQL must give the same results.
 */
import type { assignmentTarget } from "../../generated/api.d.ts";
import { enumMembers } from "../../generated/enums.ts";
import type { MemberName } from "../shared/members.ts";
import { comparableProperties, type ProfilePath } from "./profile/properties.ts";

export type AssignmentPath = "id" | `target/${Exclude<MemberName<assignmentTarget>, "@odata.type">}`;

/** A property with one primitive value. OData compares neither collections nor complex values (OData 4.01, 5.1.1.1). */
export type Property<Path extends string> = PropertyOf<Path> &
  (
    | { readonly type: "string" | "integer" | "dateTime"; readonly enumeration?: never; readonly members?: never }
    /** `enumeration` is the name of the type in the namespace `microsoft.graph`. */
    | { readonly type: "enumeration"; readonly enumeration: string; readonly members: readonly string[] }
  );

interface PropertyOf<Path extends string> {
  readonly path: Path;
  readonly nullable: boolean;
}

/** The properties of a list's entities, by their paths. */
export type Properties<Path extends string> = Readonly<Record<Path, Property<Path>>>;

export const profileProperties: Properties<ProfilePath> = comparableProperties;

/** The properties of assignments, for all types of target. A property that a target's type lacks is `null`. */
export const assignmentProperties: { readonly [Path in AssignmentPath]: Property<Path> } = {
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
    members: enumMembers.deviceAndAppManagementAssignmentFilterType,
  },
};

/** The paths of the sortable properties whose value can be `null`. */
export const nullablePaths: ReadonlySet<string> = new Set(
  [...Object.values(profileProperties), ...Object.values(assignmentProperties)]
    .filter(({ nullable }) => nullable)
    .map(({ path }) => path),
);

/**
 * The value of a property or a literal: text, a 32-bit integer or `null`. A date and time is text in ISO 8601 format,
 * in UTC with milliseconds and `Z`. If a literal has more fraction digits, they are appended after the `Z`, without
 * trailing zeros. So comparing two dates as text gives the correct result: `…:00.123Z` is less than `…:00.123Z4`, which
 * is less than `…:00.124Z`.
 */
export type Value = string | number | null;

export type Operand<Path extends string> =
  | { readonly kind: "property"; readonly path: Path }
  | { readonly kind: "literal"; readonly value: Value }
  /** Converts only A–Z and a–z, because databases convert other letters differently. */
  | { readonly kind: "tolower" | "toupper"; readonly text: Operand<Path> };

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

export type TextFunction = "contains" | "startswith" | "endswith";

/**
 * A condition is `true`, `false` or `null` for an entity. The two operands of a comparison have the same type, unless
 * one of them is `null`.
 */
export type Condition<Path extends string> =
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition<Path>[] }
  | { readonly kind: "not"; readonly condition: Condition<Path> }
  /** The comparison `<condition> eq <value>`, which is `false` if the condition is `null`. */
  | { readonly kind: "is"; readonly condition: Condition<Path>; readonly value: boolean }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Operand<Path>;
      readonly right: Operand<Path>;
    }
  | { readonly kind: "in"; readonly operand: Operand<Path>; readonly values: readonly Value[] }
  | { readonly kind: TextFunction; readonly text: Operand<Path>; readonly part: Operand<Path> };
