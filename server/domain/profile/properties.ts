/**
 * The table of a profile's properties. Its type is derived from the contract's schemas: after a property is added to
 * openapi.yaml, the code does not compile until the property has an entry here. The model's types, `$select`, `$filter`
 * and `$orderby` are derived from the table, and the compiler reports all other code that must handle the new property.
 *
 * A stored profile has only the properties that existed when it was written. So a new property also needs a migration
 * that adds its value to existing rows.
 */
import type { appleUserInitiatedEnrollmentProfile, profileCreate, profileUpdate } from "../../../generated/api.d.ts";
import { enumMembers } from "../../../generated/enums.ts";

type Schema = appleUserInitiatedEnrollmentProfile;

/** Every property of the contract. Annotations such as `@odata.etag` are not properties. */
export type ProfilePropertyName = Exclude<keyof Schema, `@${string}`>;

type CollectionName = {
  [Name in ProfilePropertyName]: Exclude<Schema[Name], null> extends readonly unknown[] ? Name : never;
}[ProfilePropertyName];

/** A property that lists can be filtered and sorted by. OData cannot compare collections (OData 4.01, 5.1.1.1). */
export type ProfilePath = Exclude<ProfilePropertyName, CollectionName>;

/** In the contract's request schemas, a read-only property has the type `unknown`, because its value is ignored. */
type SourceOf<Name extends ProfilePropertyName> = Name extends keyof profileUpdate
  ? unknown extends profileUpdate[Name]
    ? "service"
    : "caller" | "order"
  : "service";

type EnumName = keyof typeof enumMembers;

interface EnumType<Name extends EnumName> {
  readonly type: "enumeration";
  /** The name of the type in the namespace `microsoft.graph`. */
  readonly enumeration: Name;
  readonly members: (typeof enumMembers)[Name];
}

/** The name of the enumeration that has exactly these members. */
type EnumOf<Members> = {
  [Name in EnumName]: [(typeof enumMembers)[Name][number], Members] extends [
    Members,
    (typeof enumMembers)[Name][number],
  ]
    ? Name
    : never;
}[EnumName];

type TypeOf<Value> = [Value] extends [number]
  ? { readonly type: "integer" }
  : [string] extends [Value]
    ? { readonly type: "string" | "dateTime" }
    : EnumType<EnumOf<Value>>;

interface PropertyEntry<Name extends ProfilePropertyName> {
  /** The property's name, which is also its key in the table. */
  readonly path: Name;
  /** Says who sets the value. `order` means that the caller sets it as the profile's position in the tenant's order. */
  readonly source: SourceOf<Name>;
  /** May be `false` although the contract allows `null`: the service gives every profile a name, for example. */
  readonly nullable: null extends Schema[Name] ? boolean : false;
}

type ComparableEntries = { readonly [Name in ProfilePath]: PropertyEntry<Name> & TypeOf<Exclude<Schema[Name], null>> };

function enumeration<Name extends EnumName>(name: Name): EnumType<Name> {
  return { type: "enumeration", enumeration: name, members: enumMembers[name] };
}

/** The properties whose value is a single primitive. */
export const comparableProperties = {
  id: { path: "id", source: "service", type: "string", nullable: false },
  displayName: { path: "displayName", source: "caller", type: "string", nullable: false },
  description: { path: "description", source: "caller", type: "string", nullable: true },
  priority: { path: "priority", source: "order", type: "integer", nullable: false },
  platform: { path: "platform", source: "caller", ...enumeration("devicePlatformType"), nullable: false },
  createdDateTime: { path: "createdDateTime", source: "service", type: "dateTime", nullable: false },
  lastModifiedDateTime: { path: "lastModifiedDateTime", source: "service", type: "dateTime", nullable: false },
  defaultEnrollmentType: {
    path: "defaultEnrollmentType",
    source: "caller",
    ...enumeration("appleUserInitiatedEnrollmentType"),
    nullable: false,
  },
} as const satisfies ComparableEntries;

/** The properties whose value is a collection of complex values. */
const collectionProperties = {
  availableEnrollmentTypeOptions: { path: "availableEnrollmentTypeOptions", source: "caller", nullable: false },
} as const satisfies { readonly [Name in CollectionName]: PropertyEntry<Name> };

const properties = { ...comparableProperties, ...collectionProperties };

/** The names of all properties, in the order in which the real service returns them. */
export const profilePropertyNames: readonly string[] = Object.keys(properties);

type Table = typeof properties;

type ReadonlyValue<Value> = Value extends readonly (infer Item)[] ? readonly Readonly<Item>[] : Value;

type PropertyValue<Name extends ProfilePropertyName> = ReadonlyValue<
  Table[Name]["nullable"] extends true ? Schema[Name] : Exclude<Schema[Name], null>
>;

/** All of the contract's properties of a profile, with the types that the domain and the stores use. */
export type AllProperties = { readonly [Name in ProfilePropertyName]: PropertyValue<Name> };

/** The properties of a profile that the caller sets, except its priority. */
export type ProfileProperties = {
  readonly [Name in ProfilePropertyName as Table[Name]["source"] extends "caller" ? Name : never]: PropertyValue<Name>;
};

type RequiredName = {
  [Name in keyof profileCreate]-?: undefined extends profileCreate[Name] ? never : Name;
}[keyof profileCreate];

/** The defaults of the properties that a create request does not set. Contract: `profileCreate`. */
export const initialProperties: Omit<ProfileProperties, RequiredName> = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};
