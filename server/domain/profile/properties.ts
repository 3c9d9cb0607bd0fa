/**
 * The one table of a profile's properties. Its type comes from the contract's schemas: a property that is added to
 * openapi.yaml does not compile until it has an entry here. The model's types, `$select`, `$filter` and `$orderby` follow
 * from the table; the compiler names the other places that need a decision.
 *
 * A stored profile keeps the properties that it was written with. A property that is added later also needs a migration
 * that writes its value into the older rows.
 */
import type { appleUserInitiatedEnrollmentProfile, profileCreate, profileUpdate } from "../../../generated/api.d.ts";
import { enumMembers } from "../../../generated/enums.ts";

type Schema = appleUserInitiatedEnrollmentProfile;

/** Every property of the contract. Annotations such as `@odata.etag` are not properties. */
export type ProfilePropertyName = Exclude<keyof Schema, `@${string}`>;

type CollectionName = {
  [Name in ProfilePropertyName]: Schema[Name] extends readonly unknown[] ? Name : never;
}[ProfilePropertyName];

/** A property that lists can be filtered and sorted by. OData compares no collections (OData 4.01, 5.1.1.1). */
export type ProfilePath = Exclude<ProfilePropertyName, CollectionName>;

/** A property that no request can set has the type `unknown` in the contract's requests, where it is ignored. */
type SourceOf<Name extends ProfilePropertyName> = Name extends keyof profileUpdate
  ? unknown extends profileUpdate[Name]
    ? "service"
    : "caller" | "order"
  : "service";

type EnumName = keyof typeof enumMembers;

interface EnumType<Name extends EnumName> {
  readonly type: "enumeration";
  /** The type's name in `microsoft.graph`. */
  readonly enumeration: Name;
  readonly members: (typeof enumMembers)[Name];
}

/** The enumerations that have exactly these members. */
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
  /** The same as the key. */
  readonly path: Name;
  /** Who decides the value. `order`: the caller, and it is the profile's place in the tenant's order. */
  readonly source: SourceOf<Name>;
  /** A property that the contract lets be null may still never be null here: every profile has a name. */
  readonly nullable: null extends Schema[Name] ? boolean : false;
}

type ComparableEntries = { readonly [Name in ProfilePath]: PropertyEntry<Name> & TypeOf<Exclude<Schema[Name], null>> };

function enumeration<Name extends EnumName>(name: Name): EnumType<Name> {
  return { type: "enumeration", enumeration: name, members: enumMembers[name] };
}

/** The properties with one primitive value. */
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

/** The properties with any number of complex values. */
const collectionProperties = {
  availableEnrollmentTypeOptions: { path: "availableEnrollmentTypeOptions", source: "caller", nullable: false },
} as const satisfies { readonly [Name in CollectionName]: PropertyEntry<Name> };

const properties = { ...comparableProperties, ...collectionProperties };

/** In the order of the real service's answers. */
export const profilePropertyNames: readonly string[] = Object.keys(properties);

type Table = typeof properties;

type ReadonlyValue<Value> = Value extends readonly (infer Item)[] ? readonly Readonly<Item>[] : Value;

type PropertyValue<Name extends ProfilePropertyName> = ReadonlyValue<
  Table[Name]["nullable"] extends true ? Schema[Name] : Exclude<Schema[Name], null>
>;

/** All properties that a profile has in the contract, as the domain and the stores know them. */
export type AllProperties = { readonly [Name in ProfilePropertyName]: PropertyValue<Name> };

/** What a caller decides about a profile, apart from its place in the order. */
export type ProfileProperties = {
  readonly [Name in ProfilePropertyName as Table[Name]["source"] extends "caller" ? Name : never]: PropertyValue<Name>;
};

type RequiredName = {
  [Name in keyof profileCreate]-?: undefined extends profileCreate[Name] ? never : Name;
}[keyof profileCreate];

/** The values of a new profile's properties, if its request does not set them. Contract: `profileCreate`. */
export const initialProperties: Omit<ProfileProperties, RequiredName> = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};
