/** An enrollment profile for Apple devices that their users enroll themselves, as returned in answers (Graph). */
export type appleUserInitiatedEnrollmentProfile = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** Always this value. */
    "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile";
    /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
    "@odata.etag": string;
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
    /** The profile's name. */
    displayName: string | null;
    /** The purpose of the profile. */
    description: string | null;
    /**
     * Format: int32
     * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
     */
    priority: number;
    /**
     * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
     * @enum {string}
     */
    platform: devicePlatformType;
    /**
     * Format: date-time
     * A time in UTC, with `Z`.
     */
    createdDateTime: string;
    /**
     * Format: date-time
     * A time in UTC, with `Z`.
     */
    lastModifiedDateTime: string;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    defaultEnrollmentType: appleUserInitiatedEnrollmentType;
    /** The enrollment types that a user may choose from, by owner type. Nullable in Graph's metadata, but this service never returns `null`. */
    availableEnrollmentTypeOptions: appleOwnerTypeEnrollmentType[] | null;
};
/** A profile as a GET returns it: all properties of appleUserInitiatedEnrollmentProfile or those in `$select`, and the assignments if `$expand` asks for them. */
export type selectableProfile = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** Always this value. */
    "@odata.type"?: "#microsoft.graph.appleUserInitiatedEnrollmentProfile";
    /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
    "@odata.etag"?: string;
    /** The key of the entity, an opaque string that the service creates. */
    id?: string;
    /** The profile's name. */
    displayName?: string | null;
    /** The purpose of the profile. */
    description?: string | null;
    /**
     * Format: int32
     * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
     */
    priority?: number;
    /**
     * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
     * @enum {string}
     */
    platform?: devicePlatformType;
    /**
     * Format: date-time
     * A time in UTC, with `Z`.
     */
    createdDateTime?: string;
    /**
     * Format: date-time
     * A time in UTC, with `Z`.
     */
    lastModifiedDateTime?: string;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    defaultEnrollmentType?: appleUserInitiatedEnrollmentType;
    /** The enrollment types that a user may choose from, by owner type. Nullable in Graph's metadata, but this service never returns `null`. */
    availableEnrollmentTypeOptions?: appleOwnerTypeEnrollmentType[] | null;
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "assignments@odata.context"?: string;
    /** The profile's assignments, the oldest first. Only with `$expand=assignments`. If there are more than 1,000, or if they are long, `assignments@odata.nextLink` leads to the others. */
    assignments?: expandedAssignment[];
    /**
     * Format: uri
     * The absolute URL of the next page. Opaque, and absent on the last page.
     */
    "assignments@odata.nextLink"?: string;
};
/** A new profile. It is a Decision that `displayName` is required. */
export type profileCreate = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: profileTypeName;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    id?: unknown;
    /** The profile's name. */
    displayName: string;
    /** The purpose of the profile, at most 1,024 characters (Decision). `null` by default. */
    description?: string | null;
    /**
     * Format: int32
     * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
     */
    priority?: number;
    /** The default is `iOS` (Decision). */
    platform?: devicePlatformType;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    createdDateTime?: unknown;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    lastModifiedDateTime?: unknown;
    /** The default is `unknown` (Decision). */
    defaultEnrollmentType?: appleUserInitiatedEnrollmentType;
    /** The enrollment types that a user may choose from, by owner type. Empty by default. */
    availableEnrollmentTypeOptions?: appleOwnerTypeEnrollmentTypeInput[];
};
/** The properties of a profile to change. */
export type profileUpdate = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: profileTypeName;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    id?: unknown;
    /** The profile's name. */
    displayName?: string;
    /** The purpose of the profile, at most 1,024 characters (Decision). `null` clears it. */
    description?: string | null;
    /**
     * Format: int32
     * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
     */
    priority?: number;
    /**
     * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
     * @enum {string}
     */
    platform?: devicePlatformType;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    createdDateTime?: unknown;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    lastModifiedDateTime?: unknown;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    defaultEnrollmentType?: appleUserInitiatedEnrollmentType;
    /** The enrollment types that a user may choose from, by owner type. The whole collection is replaced. */
    availableEnrollmentTypeOptions?: appleOwnerTypeEnrollmentTypeInput[];
};
/** A page of profiles, ordered by priority unless `$orderby` asks for another order. */
export type profileCollection = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** The number of entities on all pages together. Present only if the request has `$count=true`. */
    "@odata.count"?: number;
    /**
     * Format: uri
     * The absolute URL of the next page. Opaque, and absent on the last page.
     */
    "@odata.nextLink"?: string;
    /** The profiles. */
    value: selectableProfile[];
};
/** The new position of the profile in the tenant's order. */
export type setPriorityParameters = {
    /**
     * Format: int32
     * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
     */
    priority: number;
};
/** An enrollment type that is available for devices of one owner type, as returned in answers (Graph). */
export type appleOwnerTypeEnrollmentType = {
    /**
     * The owner type of a device.
     * @enum {string}
     */
    ownerType: managedDeviceOwnerType;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    enrollmentType: appleUserInitiatedEnrollmentType;
};
/** An appleOwnerTypeEnrollmentType in a request. A missing property means `unknown` (Decision). `@odata.type` is not stored. */
export type appleOwnerTypeEnrollmentTypeInput = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: "#microsoft.graph.appleOwnerTypeEnrollmentType" | "microsoft.graph.appleOwnerTypeEnrollmentType";
    /**
     * The owner type of a device.
     * @enum {string}
     */
    ownerType?: managedDeviceOwnerType;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    enrollmentType?: appleUserInitiatedEnrollmentType;
};
/** The assignment of a profile to a target, as returned in answers (Graph). */
export type appleEnrollmentProfileAssignment = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** Always this value. */
    "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment";
    /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
    "@odata.etag": string;
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
    /** The target of the assignment. Nullable in Graph's metadata, but this service never returns `null`. */
    target: assignmentTarget | null;
};
/** An assignment as a GET returns it: all properties of appleEnrollmentProfileAssignment or those in `$select`. */
export type selectableAssignment = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** Always this value. */
    "@odata.type"?: "#microsoft.graph.appleEnrollmentProfileAssignment";
    /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
    "@odata.etag"?: string;
    /** The key of the entity, an opaque string that the service creates. */
    id?: string;
    /** The target of the assignment. Nullable in Graph's metadata, but this service never returns `null`. */
    target?: assignmentTarget | null;
};
/** An assignment inside its profile. With `odata.metadata=none` it has no annotations. */
export type expandedAssignment = {
    /** Always this value. */
    "@odata.type"?: "#microsoft.graph.appleEnrollmentProfileAssignment";
    /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
    "@odata.etag"?: string;
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
    /** The target of the assignment. Nullable in Graph's metadata, but this service never returns `null`. */
    target: assignmentTarget | null;
};
/** A new assignment. */
export type assignmentCreate = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: assignmentTypeName;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    id?: unknown;
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
    target: assignmentTargetInput;
};
/** The properties of an assignment to change. */
export type assignmentUpdate = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: assignmentTypeName;
    /** Computed by the service. Requests may contain any value, which is ignored. */
    id?: unknown;
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
    target?: assignmentTargetInput;
};
/** The assignment to create or update. Without `id`, `target` is required and identifies the assignment. */
export type assignmentUpsert = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: assignmentTypeName;
    /** The id of the assignment to update. The service generates the ids of new assignments. */
    id?: string;
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
    target?: assignmentTargetInput;
} & ({
    id: string;
} | {
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
    target: assignmentTargetInput;
});
/** A page of a profile's assignments, the oldest first unless `$orderby` asks for another order. */
export type assignmentCollection = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context"?: string;
    /** The number of entities on all pages together. Present only if the request has `$count=true`. */
    "@odata.count"?: number;
    /**
     * Format: uri
     * The absolute URL of the next page. Opaque, and absent on the last page.
     */
    "@odata.nextLink"?: string;
    /** The assignments. */
    value: selectableAssignment[];
};
/** One assignment to create or update, or a delta payload. */
export type assignmentsUpdate = assignmentUpsert | assignmentDelta;
/** Up to 20 assignments to create, update or delete atomically. `@context` is accepted instead of `@odata.context` (Decision). */
export type assignmentDelta = {
    /** `#$delta`, or a context URL that ends with `/$delta` and comes from the answer to a delta payload. */
    "@odata.context"?: string;
    /** `#$delta`, or a context URL that ends with `/$delta` and comes from the answer to a delta payload. */
    "@context"?: string;
    /** The assignments to create, update or delete. */
    value: assignmentDeltaItem[];
} & ({
    /** `#$delta`, or a context URL that ends with `/$delta` and comes from the answer to a delta payload. */
    "@odata.context": string;
} | {
    /** `#$delta`, or a context URL that ends with `/$delta` and comes from the answer to a delta payload. */
    "@context": string;
});
/** An assignment to create, update or delete. */
export type assignmentDeltaItem = assignmentUpsert | assignmentRemoval;
/** An assignment to delete. If it does not exist, the request still succeeds. */
export type assignmentRemoval = {
    /**
     * The type name. It may be left out.
     * @enum {string}
     */
    "@odata.type"?: assignmentTypeName;
    /** Marks an assignment that is to be deleted or has been deleted. */
    "@removed": removed;
    /** The id of the assignment to delete. */
    id: string;
};
/** The assignment after the change, or the result of each item of a delta payload. */
export type assignmentsUpdated = appleEnrollmentProfileAssignment | assignmentDeltaResult;
/** The result of each item of a delta payload, in the same order. */
export type assignmentDeltaResult = {
    /**
     * Format: uri
     * The context URL. The entities inside a collection do not have one.
     */
    "@odata.context": string;
    /** One result for each item of the delta payload. */
    value: assignmentDeltaResultItem[];
};
/** The assignment after the change, or the assignment that was deleted. */
export type assignmentDeltaResultItem = appleEnrollmentProfileAssignment | removedAssignment;
/** An assignment that has been deleted. */
export type removedAssignment = {
    /** Marks an assignment that is to be deleted or has been deleted. */
    "@removed": removed;
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
};
/** Marks an assignment that is to be deleted or has been deleted. */
export type removed = {
    /**
     * Accepted but not used.
     * @enum {string}
     */
    reason?: "deleted" | "changed";
};
/** The users or devices to which a profile is assigned, as returned in answers (Graph). `@odata.type` names the kind of target. */
export type assignmentTarget = deviceAndAppManagementAssignmentTarget | allLicensedUsersAssignmentTarget | allDevicesAssignmentTarget | groupAssignmentTarget | exclusionGroupAssignmentTarget | configurationManagerCollectionAssignmentTarget;
/** The base type of all targets. It is abstract in Graph's metadata, but the example in Graph's documentation sends it. It is accepted, and returned in the spelling of the last request that wrote it (Decision). */
export type deviceAndAppManagementAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" | "microsoft.graph.deviceAndAppManagementAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
};
/** All users with a licence. */
export type allLicensedUsersAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
};
/** All devices. */
export type allDevicesAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
};
/** The members of a group. */
export type groupAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.groupAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
    /** The id of the group. Nullable in Graph's metadata, but this service never returns `null`. */
    groupId: string | null;
};
/** A group whose members are excluded. */
export type exclusionGroupAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
    /** The id of the group. Nullable in Graph's metadata, but this service never returns `null`. */
    groupId: string | null;
};
/** A Configuration Manager collection. */
export type configurationManagerCollectionAssignmentTarget = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
    /** The id of the collection. Nullable in Graph's metadata, but this service never returns `null`. */
    collectionId: string | null;
};
/** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
export type assignmentTargetInput = deviceAndAppManagementAssignmentTargetInput | allLicensedUsersAssignmentTargetInput | allDevicesAssignmentTargetInput | groupAssignmentTargetInput | exclusionGroupAssignmentTargetInput | configurationManagerCollectionAssignmentTargetInput;
/** The base type of all targets. Abstract in Graph's metadata, but the example in Graph's documentation sends it. */
export type deviceAndAppManagementAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" | "microsoft.graph.deviceAndAppManagementAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
};
/** All users with a licence. */
export type allLicensedUsersAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" | "microsoft.graph.allLicensedUsersAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
};
/** All devices. */
export type allDevicesAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" | "microsoft.graph.allDevicesAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
};
/** The members of a group. */
export type groupAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.groupAssignmentTarget" | "microsoft.graph.groupAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a group, at most 256 characters in any format, or a GUID in strict mode. Compared without regard to the case of the letters A to Z (Decision). */
    groupId: string;
};
/** A group whose members are excluded. */
export type exclusionGroupAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget" | "microsoft.graph.exclusionGroupAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a group, at most 256 characters in any format, or a GUID in strict mode. Compared without regard to the case of the letters A to Z (Decision). */
    groupId: string;
};
/** A Configuration Manager collection. */
export type configurationManagerCollectionAssignmentTargetInput = {
    /**
     * discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget" | "microsoft.graph.configurationManagerCollectionAssignmentTarget";
    /** The id of an assignment filter. At most 256 characters (Decision). */
    deviceAndAppManagementAssignmentFilterId?: filterId;
    /**
     * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a Configuration Manager collection, at most 256 characters in any format. Compared without regard to the case of the letters A to Z (Decision). */
    collectionId: string;
};
/**
 * The enrollment type of a device.
 * @enum {string}
 */
export type appleUserInitiatedEnrollmentType = "unknown" | "device" | "user" | "accountDrivenUserEnrollment" | "webDeviceEnrollment" | "unknownFutureValue";
/**
 * The owner type of a device.
 * @enum {string}
 */
export type managedDeviceOwnerType = "unknown" | "company" | "personal" | "unknownFutureValue";
/**
 * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
 * @enum {string}
 */
export type devicePlatformType = "android" | "androidForWork" | "iOS" | "macOS" | "windowsPhone81" | "windows81AndLater" | "windows10AndLater" | "androidWorkProfile" | "unknown" | "androidAOSP" | "androidMobileApplicationManagement" | "iOSMobileApplicationManagement" | "unknownFutureValue" | "windowsMobileApplicationManagement";
/**
 * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
 * @enum {string}
 */
export type deviceAndAppManagementAssignmentFilterType = "none" | "include" | "exclude";
/** The id of an assignment filter. At most 256 characters (Decision). */
export type filterId = string | null;
/**
 * The type name. It may be left out.
 * @enum {string}
 */
export type profileTypeName = "#microsoft.graph.appleUserInitiatedEnrollmentProfile" | "microsoft.graph.appleUserInitiatedEnrollmentProfile";
/**
 * The type name. It may be left out.
 * @enum {string}
 */
export type assignmentTypeName = "#microsoft.graph.appleEnrollmentProfileAssignment" | "microsoft.graph.appleEnrollmentProfileAssignment";
/** The body of every error answer (Graph, Sibling). */
export type GraphError = {
    /** The error. */
    error: {
        /**
         * The kind of error.
         * @enum {string}
         */
        code: ErrorCode;
        /** Explains what is wrong and what would be right. */
        message: string;
        /** The property, parameter or header that is wrong, such as `target.groupId`. */
        target?: string;
        /** The errors in the parts of the request. This service reports only the first error that it finds. */
        details?: ErrorDetail[];
        /** The time of the error and the ids of the request. */
        innerError: {
            /** The time of the error in UTC, without `Z`. */
            date: string;
            /** The id that the service assigned to the request. */
            "request-id": string;
            /** The value of the header `client-request-id` if the client sent a valid value, otherwise `request-id`. */
            "client-request-id": string;
        };
    };
};
/** An error in one part of the request. */
export type ErrorDetail = {
    /**
     * The kind of error.
     * @enum {string}
     */
    code: ErrorCode;
    /** Explains what is wrong and what would be right. */
    message: string;
    /** The property, parameter or header that is wrong. */
    target: string;
};
/**
 * The kind of error.
 * @enum {string}
 */
export type ErrorCode = "BadRequest" | "No method match route template" | "InvalidAuthenticationToken" | "Forbidden" | "ResourceNotFound" | "MethodNotAllowed" | "MisdirectedRequest" | "Conflict" | "PreconditionFailed" | "FailedDependency" | "RequestEntityTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "RequestHeaderFieldsTooLarge" | "TooManyRequests" | "InternalServerError" | "ServiceUnavailable";
/** A batch of requests. */
export type batchedRequests = {
    /** The requests in the batch. */
    requests: batchedRequest[];
};
/** A request in a batch. Unknown members are ignored (Callers: Microsoft's Python SDK sends `depends_on`), except `atomicityGroup`, because a batch is not atomic. */
export type batchedRequest = {
    /** The id of the request. The response repeats it. Ids must be unique in the batch, ignoring case. */
    id: string;
    /**
     * The HTTP method, in upper or lower case.
     * @enum {string}
     */
    method: batchMethod;
    /** A URL relative to the service root, such as /deviceManagement, with or without the leading slash. Characters that a URL cannot contain must be percent-encoded, except spaces. */
    url: string;
    /** The headers of the request. A request with a body needs a `Content-Type`. `Authorization` and `Host` are ignored because the headers of the batch apply. Connection-specific headers (RFC 9110, 7.6.1) are ignored too. */
    headers?: {
        [key: string]: string;
    };
    /** The body of the request, as JSON. */
    body?: unknown;
    /** The ids of the requests that must succeed before this one is sent. */
    dependsOn?: string[];
};
/**
 * The HTTP method, in upper or lower case.
 * @enum {string}
 */
export type batchMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "get" | "post" | "put" | "patch" | "delete";
/** The answers to the requests in a batch. */
export type batchedResponses = {
    /** The answers in the order of the requests. */
    responses: batchedResponse[];
};
/** The answer to a request in a batch. */
export type batchedResponse = {
    /** The id of the request. */
    id: string;
    /** The HTTP status of the answer. */
    status: number;
    /** The headers of the answer. Their names are spelled as in this contract. */
    headers: {
        [key: string]: string;
    };
    /** The body of the answer: JSON unchanged, text (`text/plain`) as a string, anything else as a base64url string. Absent if the answer has no body. */
    body?: unknown;
};
/** @hidden */
export interface paths {
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List profiles
         * Returns the profiles of the tenant in the order of their priority, the highest (0) first, unless `$orderby` asks
         *     for another order. A page has at most 1,000 profiles, or 100 with `$expand`, and fewer if they are long;
         *     `@odata.nextLink` leads to the next page (Decision). A client that follows all links sees each profile exactly
         *     once if the profile exists from the first page to the last, even if others are inserted or deleted in the
         *     meantime. `$expand` shows up to 1,000 assignments of each profile; `assignments@odata.nextLink` leads to the
         *     others (Decision).
         *     Source: Graph, *List appleUserInitiatedEnrollmentProfiles*; the order is a Decision.
         */
        get: operations["listProfiles"];
        put?: never;
        /**
         * Create a profile
         * Creates a profile and returns it. `displayName` is required. Without `priority`, the profile is added at the end
         *     of the tenant's order. With `priority`, it is inserted at that position and the profiles below it move down by
         *     one. If the position is beyond the end, the profile is added at the end (Graph's own example asks for 8 in an
         *     empty tenant).
         *     Source: Graph, *Create appleUserInitiatedEnrollmentProfile*; defaults and insertion are Decisions.
         */
        post: operations["createProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/$count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count profiles
         * Returns the number of profiles in the tenant that match `$filter`, as plain text.
         *     Source: Graph, the collection's `$count` segment.
         */
        get: operations["countProfiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a profile
         * Returns one profile, without a wrapper around it.
         *     Source: Graph, *Get appleUserInitiatedEnrollmentProfile* (the `{"value": {}}` wrapper in its example is a
         *     mistake in that document).
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        /**
         * Delete a profile
         * Deletes the profile and its assignments. The profiles below it move up by one, so that priorities have no gaps.
         *     Source: Graph, *Delete appleUserInitiatedEnrollmentProfile*; the priorities are a Decision.
         */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        /**
         * Update a profile
         * Merges the given properties into the profile and returns it. `priority` has the same effect as `setPriority`. An
         *     empty object changes nothing.
         *     Source: Graph, *Update appleUserInitiatedEnrollmentProfile*; preconditions and priority are Decisions.
         */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/setPriority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a profile's priority
         * Moves the profile to the given priority. The profiles between its old and its new position move by one. The
         *     priorities of a tenant's n profiles are always 0 to n-1 without a gap; 0 is the highest. A priority beyond the
         *     end is refused with a 400 whose message states the range. If a profile moves because another profile was moved,
         *     its entity tag changes, but its `lastModifiedDateTime` does not.
         *     Source: Graph, *setPriority action*; the renumbering and the range are Decisions.
         */
        post: operations["setPriority"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a profile's assignments
         * Returns the assignments of the profile, the oldest first, unless `$orderby` asks for another order. A page has at
         *     most 1,000 assignments, and fewer if they are long; `@odata.nextLink` leads to the next page (Decision).
         *     Source: Graph, *List assignments*; the order is a Decision.
         */
        get: operations["listAssignments"];
        put?: never;
        /**
         * Create an assignment
         * Assigns the profile to a target. If the profile already has this target, the answer is 409. Two targets are the
         *     same if their types and their `groupId` or `collectionId` are equal, ignoring the case of the letters A to Z.
         *     Source: Graph, *Create appleEnrollmentProfileAssignment*; uniqueness is a Decision.
         */
        post: operations["createAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update assignments
         * Creates or updates one assignment of the profile. The request is idempotent: sending it twice leaves the same
         *     state and returns the same `id`. Except with a delta payload (see 5), it deletes nothing and changes no other
         *     assignment.
         *
         *     1. With an `id`, the body is merged into that assignment. If the profile has no assignment with this `id`, the
         *        answer is 404.
         *     2. Without an `id`, the assignment with the same target is updated (same type and same `groupId` or
         *        `collectionId`, ignoring case): its filter changes. If no assignment has this target, one is created. In both
         *        cases the answer is 200 with the whole assignment.
         *     3. With `If-Match` (`*` or an entity tag), the request can only update: the answer is 412 if the assignment does
         *        not exist or has changed. With `If-None-Match: *`, it can only create: the answer is 412 if the assignment
         *        exists (404 if the body contains an `id` that does not exist).
         *     4. If the body is an array or an empty object, or lacks the `target` that a creation needs, the answer is 400.
         *     5. A delta payload, `{"@odata.context": "#$delta", "value": [...]}` (OData 4.01, 11.4.13; Graph accepts one for
         *        the permissions of a fileStorageContainer), writes up to 20 assignments atomically, in the given order. An
         *        item is written as in 1 and 2, unless it is `{"@removed": {}, "id": "…"}`: such an item deletes the
         *        assignment, and also succeeds if the assignment does not exist. The answer is a delta payload with the
         *        results in the same order. Preconditions are not allowed, and `continue-on-error` is not supported.
         *
         *     Source: Graph, *Update assignments*, for the request, the status 200 and the shape of the answer. That document
         *     does not say which assignment the request updates, so 1 to 5 are Decisions.
         */
        patch: operations["updateAssignments"];
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/$count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count a profile's assignments
         * Returns the number of assignments of the profile that match `$filter`, as plain text.
         *     Source: Graph, the collection's `$count` segment.
         */
        get: operations["countAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/{assignmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an assignment
         * Returns one assignment of the profile.
         *     Source: Graph, *Get appleEnrollmentProfileAssignment*.
         */
        get: operations["getAssignment"];
        put?: never;
        post?: never;
        /**
         * Delete an assignment
         * Deletes the assignment.
         *     Source: Graph, *Delete appleEnrollmentProfileAssignment*; preconditions are a Decision.
         */
        delete: operations["deleteAssignment"];
        options?: never;
        head?: never;
        /**
         * Update an assignment
         * Merges the given properties into the assignment and returns it. Filter properties that `target` leaves out stay
         *     unchanged. If the type of the target changes, only the filter is kept from the old target.
         *     If another assignment of the profile already has this target, the answer is 409. An empty object changes
         *     nothing.
         *     Source: Graph, *Update appleEnrollmentProfileAssignment*; uniqueness and preconditions are Decisions.
         */
        patch: operations["updateAssignment"];
        trace?: never;
    };
    "/$batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send several requests in a batch
         * Sends up to 20 requests in one HTTP request (Graph). Each of them is answered as if it had been sent alone with
         *     the token of the batch: it has its own status, headers and `request-id`, and counts as one request for rate
         *     limits. Some of the requests run at the same time, except those that list other requests in `dependsOn`: such a
         *     request waits for the requests that it lists, and if one of these fails (a status of 400 or more), it is not sent
         *     and its status is 424. The status of the batch is 200, whatever the statuses of its requests are. If the batch
         *     itself is malformed, the answer is 400 and no request is sent. A batch is not atomic.
         *
         *     When the answers to a batch reach 8 MiB together, its other requests are not sent and get the status 503 with
         *     `Retry-After`: send them in another batch (Decision).
         *
         *     The responses are in the order of the requests (Decision: Graph does not guarantee an order). A batch inside a
         *     batch is refused with 400 (Decision).
         *
         *     The `Repeatability-Request-ID` of a batch applies to each write in the batch that does not have such an id
         *     itself. When the batch is repeated, each write that was carried out gets the same answer again, and all other
         *     requests are sent again. A write that differs from the earlier write at the same position is refused with 409
         *     (Decision).
         *     Source: Graph, *Combine multiple HTTP requests using JSON batching*; OData JSON Format 4.01, 19, for cases that
         *     Graph's document does not cover.
         */
        post: operations["batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/$metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metadata
         * Returns the OData description of this service's types (CSDL 4.0, XML): the part of Graph's own metadata that
         *     this contract uses. No token is needed.
         *     Source: Graph, *$metadata*.
         */
        get: operations["getMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
/** @hidden */
export type webhooks = Record<string, never>;
/** @hidden */
export interface components {
    schemas: {
        /** An enrollment profile for Apple devices that their users enroll themselves, as returned in answers (Graph). */
        appleUserInitiatedEnrollmentProfile: appleUserInitiatedEnrollmentProfile;
        /** A profile as a GET returns it: all properties of appleUserInitiatedEnrollmentProfile or those in `$select`, and the assignments if `$expand` asks for them. */
        selectableProfile: selectableProfile;
        /** A new profile. It is a Decision that `displayName` is required. */
        profileCreate: profileCreate;
        /** The properties of a profile to change. */
        profileUpdate: profileUpdate;
        /** A page of profiles, ordered by priority unless `$orderby` asks for another order. */
        profileCollection: profileCollection;
        /** The new position of the profile in the tenant's order. */
        setPriorityParameters: setPriorityParameters;
        /** An enrollment type that is available for devices of one owner type, as returned in answers (Graph). */
        appleOwnerTypeEnrollmentType: appleOwnerTypeEnrollmentType;
        /** An appleOwnerTypeEnrollmentType in a request. A missing property means `unknown` (Decision). `@odata.type` is not stored. */
        appleOwnerTypeEnrollmentTypeInput: appleOwnerTypeEnrollmentTypeInput;
        /** The assignment of a profile to a target, as returned in answers (Graph). */
        appleEnrollmentProfileAssignment: appleEnrollmentProfileAssignment;
        /** An assignment as a GET returns it: all properties of appleEnrollmentProfileAssignment or those in `$select`. */
        selectableAssignment: selectableAssignment;
        /** An assignment inside its profile. With `odata.metadata=none` it has no annotations. */
        expandedAssignment: expandedAssignment;
        /** A new assignment. */
        assignmentCreate: assignmentCreate;
        /** The properties of an assignment to change. */
        assignmentUpdate: assignmentUpdate;
        /** The assignment to create or update. Without `id`, `target` is required and identifies the assignment. */
        assignmentUpsert: assignmentUpsert;
        /** A page of a profile's assignments, the oldest first unless `$orderby` asks for another order. */
        assignmentCollection: assignmentCollection;
        /** One assignment to create or update, or a delta payload. */
        assignmentsUpdate: assignmentsUpdate;
        /** Up to 20 assignments to create, update or delete atomically. `@context` is accepted instead of `@odata.context` (Decision). */
        assignmentDelta: assignmentDelta;
        /** `#$delta`, or a context URL that ends with `/$delta` and comes from the answer to a delta payload. */
        deltaContext: string;
        /** An assignment to create, update or delete. */
        assignmentDeltaItem: assignmentDeltaItem;
        /** An assignment to delete. If it does not exist, the request still succeeds. */
        assignmentRemoval: assignmentRemoval;
        /** The assignment after the change, or the result of each item of a delta payload. */
        assignmentsUpdated: assignmentsUpdated;
        /** The result of each item of a delta payload, in the same order. */
        assignmentDeltaResult: assignmentDeltaResult;
        /** The assignment after the change, or the assignment that was deleted. */
        assignmentDeltaResultItem: assignmentDeltaResultItem;
        /** An assignment that has been deleted. */
        removedAssignment: removedAssignment;
        /** Marks an assignment that is to be deleted or has been deleted. */
        removed: removed;
        /** The users or devices to which a profile is assigned, as returned in answers (Graph). `@odata.type` names the kind of target. */
        assignmentTarget: assignmentTarget;
        /** The base type of all targets. It is abstract in Graph's metadata, but the example in Graph's documentation sends it. It is accepted, and returned in the spelling of the last request that wrote it (Decision). */
        deviceAndAppManagementAssignmentTarget: deviceAndAppManagementAssignmentTarget;
        /** All users with a licence. */
        allLicensedUsersAssignmentTarget: allLicensedUsersAssignmentTarget;
        /** All devices. */
        allDevicesAssignmentTarget: allDevicesAssignmentTarget;
        /** The members of a group. */
        groupAssignmentTarget: groupAssignmentTarget;
        /** A group whose members are excluded. */
        exclusionGroupAssignmentTarget: exclusionGroupAssignmentTarget;
        /** A Configuration Manager collection. */
        configurationManagerCollectionAssignmentTarget: configurationManagerCollectionAssignmentTarget;
        /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
        assignmentTargetInput: assignmentTargetInput;
        /** The base type of all targets. Abstract in Graph's metadata, but the example in Graph's documentation sends it. */
        deviceAndAppManagementAssignmentTargetInput: deviceAndAppManagementAssignmentTargetInput;
        /** All users with a licence. */
        allLicensedUsersAssignmentTargetInput: allLicensedUsersAssignmentTargetInput;
        /** All devices. */
        allDevicesAssignmentTargetInput: allDevicesAssignmentTargetInput;
        /** The members of a group. */
        groupAssignmentTargetInput: groupAssignmentTargetInput;
        /** A group whose members are excluded. */
        exclusionGroupAssignmentTargetInput: exclusionGroupAssignmentTargetInput;
        /** A Configuration Manager collection. */
        configurationManagerCollectionAssignmentTargetInput: configurationManagerCollectionAssignmentTargetInput;
        /**
         * The enrollment type of a device.
         * @enum {string}
         */
        appleUserInitiatedEnrollmentType: appleUserInitiatedEnrollmentType;
        /**
         * The owner type of a device.
         * @enum {string}
         */
        managedDeviceOwnerType: managedDeviceOwnerType;
        /**
         * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
         * @enum {string}
         */
        devicePlatformType: devicePlatformType;
        /**
         * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
         * @enum {string}
         */
        deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
        /** The key of the entity, an opaque string that the service creates. */
        id: string;
        /**
         * Format: int32
         * The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).
         */
        priority: number;
        /**
         * Format: date-time
         * A time in UTC, with `Z`.
         */
        dateTime: string;
        /** The id of an assignment filter. At most 256 characters (Decision). */
        filterId: filterId;
        /** The id of a group, at most 256 characters in any format, or a GUID in strict mode. Compared without regard to the case of the letters A to Z (Decision). */
        groupId: string;
        /** The id of a Configuration Manager collection, at most 256 characters in any format. Compared without regard to the case of the letters A to Z (Decision). */
        collectionId: string;
        /**
         * Format: uri
         * The context URL. The entities inside a collection do not have one.
         */
        odataContext: string;
        /** The number of entities on all pages together. Present only if the request has `$count=true`. */
        odataCount: number;
        /**
         * Format: uri
         * The absolute URL of the next page. Opaque, and absent on the last page.
         */
        odataNextLink: string;
        /** A weak entity tag. Recorded answers of similar resources do not contain entity tags (Decision). */
        entityTag: string;
        /** `*`, or entity tags separated by commas. */
        entityTags: string;
        /** 1 to 128 visible ASCII characters, for example a version 4 UUID. */
        repeatabilityId: string;
        /**
         * The type name. It may be left out.
         * @enum {string}
         */
        profileTypeName: profileTypeName;
        /**
         * The type name. It may be left out.
         * @enum {string}
         */
        assignmentTypeName: assignmentTypeName;
        /** The body of every error answer (Graph, Sibling). */
        GraphError: GraphError;
        /** An error in one part of the request. */
        ErrorDetail: ErrorDetail;
        /**
         * The kind of error.
         * @enum {string}
         */
        ErrorCode: ErrorCode;
        /** A batch of requests. */
        batchedRequests: batchedRequests;
        /** A request in a batch. Unknown members are ignored (Callers: Microsoft's Python SDK sends `depends_on`), except `atomicityGroup`, because a batch is not atomic. */
        batchedRequest: batchedRequest;
        /**
         * The HTTP method, in upper or lower case.
         * @enum {string}
         */
        batchMethod: batchMethod;
        /** The answers to the requests in a batch. */
        batchedResponses: batchedResponses;
        /** The answer to a request in a batch. */
        batchedResponse: batchedResponse;
    };
    responses: {
        /** The profile after the change. */
        Profile: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** An enrollment profile for Apple devices that their users enroll themselves, as returned in answers (Graph). */
                "application/json": appleUserInitiatedEnrollmentProfile;
            };
        };
        /** The assignment after the change. */
        Assignment: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The assignment of a profile to a target, as returned in answers (Graph). */
                "application/json": appleEnrollmentProfileAssignment;
            };
        };
        /** The number of matching entities, as plain text. */
        Count: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                [name: string]: unknown;
            };
            content: {
                "text/plain": string;
            };
        };
        /** The profile. */
        SelectableProfile: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                [name: string]: unknown;
            };
            content: {
                /** A profile as a GET returns it: all properties of appleUserInitiatedEnrollmentProfile or those in `$select`, and the assignments if `$expand` asks for them. */
                "application/json": selectableProfile;
            };
        };
        /** The assignment. */
        SelectableAssignment: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                [name: string]: unknown;
            };
            content: {
                /** An assignment as a GET returns it: all properties of appleEnrollmentProfileAssignment or those in `$select`. */
                "application/json": selectableAssignment;
            };
        };
        /** The change was made. There is no body. */
        NoContent: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The change was made. There is no body because the request prefers `return=minimal`. */
        UpdatedMinimal: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The entity was created. There is no body because the request prefers `return=minimal`. */
        CreatedMinimal: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The absolute URL of the new entity.
                 * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                Location: components["headers"]["Location"];
                /**
                 * The URL of the new entity. Sent because the answer has no body that contains its `id` (OData 4.01, 8.3.3).
                 * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                "OData-EntityId": components["headers"]["OData-EntityId"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
        BadRequest: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The token is missing, malformed, expired, or not meant for this service. */
        Unauthorized: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * A Bearer challenge (RFC 6750) that describes the problem with the token.
                 * @example Bearer realm="apple-enrollment"
                 */
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /**
         * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
         *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
         */
        Forbidden: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * A Bearer challenge (RFC 6750) that describes the problem with the token.
                 * @example Bearer realm="apple-enrollment"
                 */
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
        NotFound: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
        Conflict: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
        PreconditionFailed: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
        RequestEntityTooLarge: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
        UnsupportedMediaType: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The application has sent too many requests in this tenant. This request was not carried out. */
        TooManyRequests: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The number of seconds to wait before the next attempt.
                 * @example 1
                 */
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
        InternalServerError: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
        ServiceUnavailable: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                /**
                 * The number of seconds to wait before the next attempt.
                 * @example 1
                 */
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /** The body of every error answer (Graph, Sibling). */
                "application/json": GraphError;
            };
        };
        /** The entity still has an entity tag that is listed in `If-None-Match` (Decision). There is no body. */
        NotModified: {
            headers: {
                /**
                 * The id that the service assigned to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always `4.0`.
                 * @example 4.0
                 */
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                 * @example W/"1"
                 */
                ETag: components["headers"]["ETag"];
                /**
                 * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
         * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        profileId: string;
        /**
         * The assignment's `id`, an opaque string that does not start with `$`.
         * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
         */
        assignmentId: string;
        /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
        "If-Match": string;
        /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
        "If-None-Match": string;
        /** The answer is 304 if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison; Decision). The header is ignored with `$expand`, because a profile's entity tag does not change with its assignments. */
        "If-None-Match-of-GET": string;
        /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
        "Repeatability-Request-ID": string;
        /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
        "Repeatability-First-Sent": string;
        /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
        "Repeatability-Client-ID": string;
        /** The properties to return, separated by commas, such as `id,displayName`; `*` means all. `@odata.type` and `@odata.etag` are always returned. */
        select: string;
        /**
         * Returns only the entities that match this condition. Operators: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`,
         *     `or`, `not` and parentheses. Functions: `contains`, `startswith`, `endswith`, `tolower`, `toupper`. Values:
         *     strings in single quotes (a quote inside is doubled), dates such as `2026-11-23T12:00:00Z` or `2026-11-23` (the
         *     start of that day in UTC), and `null`. A
         *     property of a target is written `target/groupId`. If the condition cannot be parsed, the answer is a 400 that
         *     names the position. `unknownFutureValue` matches itself and every member listed after it, whatever `Prefer` says
         *     (Decision).
         */
        filter: string;
        /** The properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. `null` sorts before any value. Enumeration members are sorted as strings, by the name that was written, even if the answer shows `unknownFutureValue` instead. Entities with equal values are sorted by `id`. */
        orderby: string;
        /** The maximum number of entities in one page; `@odata.nextLink` leads to the rest (Graph: the limit is per page, not for the whole list). */
        top: number;
        /** The number of entities to skip at the start. To read page by page, follow `@odata.nextLink` instead. */
        skip: number;
        /** An opaque string from `@odata.nextLink` that marks the start of a page. Valid only with the same query options. */
        skiptoken: string;
        /** If `true`, the answer contains `@odata.count`, the number of entities on all pages together. */
        count: boolean;
        /** `assignments` returns the profile with its assignments. */
        expand: "assignments";
        /** `assignments` returns each profile with its assignments (Decision: a public script states that Microsoft Graph does not support this expansion in the list). */
        "expand-of-list": "assignments";
        /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
        Prefer: string;
    };
    requestBodies: never;
    headers: {
        /**
         * The id that the service assigned to the request.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "request-id": string;
        /**
         * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "client-request-id": string;
        /**
         * Always `4.0`.
         * @example 4.0
         */
        "OData-Version": "4.0";
        /**
         * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
         * @example W/"1"
         */
        ETag: string;
        /**
         * The absolute URL of the new entity.
         * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        Location: string;
        /**
         * The URL of the new entity. Sent because the answer has no body that contains its `id` (OData 4.01, 8.3.3).
         * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        "OData-EntityId": string;
        /**
         * A Bearer challenge (RFC 6750) that describes the problem with the token.
         * @example Bearer realm="apple-enrollment"
         */
        "WWW-Authenticate": string;
        /**
         * The number of seconds to wait before the next attempt.
         * @example 1
         */
        "Retry-After": string;
    };
    pathItems: never;
}
/** @hidden */
export type $defs = Record<string, never>;
/** @hidden */
export interface operations {
    listProfiles: {
        parameters: {
            query?: {
                /** The properties to return, separated by commas, such as `id,displayName`; `*` means all. `@odata.type` and `@odata.etag` are always returned. */
                $select?: components["parameters"]["select"];
                /**
                 * Returns only the entities that match this condition. Operators: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`,
                 *     `or`, `not` and parentheses. Functions: `contains`, `startswith`, `endswith`, `tolower`, `toupper`. Values:
                 *     strings in single quotes (a quote inside is doubled), dates such as `2026-11-23T12:00:00Z` or `2026-11-23` (the
                 *     start of that day in UTC), and `null`. A
                 *     property of a target is written `target/groupId`. If the condition cannot be parsed, the answer is a 400 that
                 *     names the position. `unknownFutureValue` matches itself and every member listed after it, whatever `Prefer` says
                 *     (Decision).
                 */
                $filter?: components["parameters"]["filter"];
                /** The properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. `null` sorts before any value. Enumeration members are sorted as strings, by the name that was written, even if the answer shows `unknownFutureValue` instead. Entities with equal values are sorted by `id`. */
                $orderby?: components["parameters"]["orderby"];
                /** The maximum number of entities in one page; `@odata.nextLink` leads to the rest (Graph: the limit is per page, not for the whole list). */
                $top?: components["parameters"]["top"];
                /** The number of entities to skip at the start. To read page by page, follow `@odata.nextLink` instead. */
                $skip?: components["parameters"]["skip"];
                /** An opaque string from `@odata.nextLink` that marks the start of a page. Valid only with the same query options. */
                $skiptoken?: components["parameters"]["skiptoken"];
                /** If `true`, the answer contains `@odata.count`, the number of entities on all pages together. */
                $count?: components["parameters"]["count"];
                /** `assignments` returns each profile with its assignments (Decision: a public script states that Microsoft Graph does not support this expansion in the list). */
                $expand?: components["parameters"]["expand-of-list"];
            };
            header?: {
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The profiles. */
            200: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /** A page of profiles, ordered by priority unless `$orderby` asks for another order. */
                    "application/json": profileCollection;
                };
            };
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createProfile: {
        parameters: {
            query?: never;
            header?: {
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** A new profile. It is a Decision that `displayName` is required. */
                "application/json": profileCreate;
            };
        };
        responses: {
            /** The new profile. */
            201: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                     * @example W/"1"
                     */
                    ETag: components["headers"]["ETag"];
                    /**
                     * The absolute URL of the new entity.
                     * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                     */
                    Location: components["headers"]["Location"];
                    /**
                     * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    /** An enrollment profile for Apple devices that their users enroll themselves, as returned in answers (Graph). */
                    "application/json": appleUserInitiatedEnrollmentProfile;
                };
            };
            /** The entity was created. There is no body because the request prefers `return=minimal`. */
            204: components["responses"]["CreatedMinimal"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    countProfiles: {
        parameters: {
            query?: {
                /**
                 * Returns only the entities that match this condition. Operators: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`,
                 *     `or`, `not` and parentheses. Functions: `contains`, `startswith`, `endswith`, `tolower`, `toupper`. Values:
                 *     strings in single quotes (a quote inside is doubled), dates such as `2026-11-23T12:00:00Z` or `2026-11-23` (the
                 *     start of that day in UTC), and `null`. A
                 *     property of a target is written `target/groupId`. If the condition cannot be parsed, the answer is a 400 that
                 *     names the position. `unknownFutureValue` matches itself and every member listed after it, whatever `Prefer` says
                 *     (Decision).
                 */
                $filter?: components["parameters"]["filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The number of matching entities, as plain text. */
            200: components["responses"]["Count"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getProfile: {
        parameters: {
            query?: {
                /** The properties to return, separated by commas, such as `id,displayName`; `*` means all. `@odata.type` and `@odata.etag` are always returned. */
                $select?: components["parameters"]["select"];
                /** `assignments` returns the profile with its assignments. */
                $expand?: components["parameters"]["expand"];
            };
            header?: {
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** The answer is 304 if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison; Decision). The header is ignored with `$expand`, because a profile's entity tag does not change with its assignments. */
                "If-None-Match"?: components["parameters"]["If-None-Match-of-GET"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The profile. */
            200: components["responses"]["SelectableProfile"];
            /** The entity still has an entity tag that is listed in `If-None-Match` (Decision). There is no body. */
            304: components["responses"]["NotModified"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProfile: {
        parameters: {
            query?: never;
            header?: {
                /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** The properties of a profile to change. */
                "application/json": profileUpdate;
            };
        };
        responses: {
            /** The profile after the change. */
            200: components["responses"]["Profile"];
            /** The change was made. There is no body because the request prefers `return=minimal`. */
            204: components["responses"]["UpdatedMinimal"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setPriority: {
        parameters: {
            query?: never;
            header?: {
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** The new position of the profile in the tenant's order. */
                "application/json": setPriorityParameters;
            };
        };
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAssignments: {
        parameters: {
            query?: {
                /** The properties to return, separated by commas, such as `id,displayName`; `*` means all. `@odata.type` and `@odata.etag` are always returned. */
                $select?: components["parameters"]["select"];
                /**
                 * Returns only the entities that match this condition. Operators: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`,
                 *     `or`, `not` and parentheses. Functions: `contains`, `startswith`, `endswith`, `tolower`, `toupper`. Values:
                 *     strings in single quotes (a quote inside is doubled), dates such as `2026-11-23T12:00:00Z` or `2026-11-23` (the
                 *     start of that day in UTC), and `null`. A
                 *     property of a target is written `target/groupId`. If the condition cannot be parsed, the answer is a 400 that
                 *     names the position. `unknownFutureValue` matches itself and every member listed after it, whatever `Prefer` says
                 *     (Decision).
                 */
                $filter?: components["parameters"]["filter"];
                /** The properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. `null` sorts before any value. Enumeration members are sorted as strings, by the name that was written, even if the answer shows `unknownFutureValue` instead. Entities with equal values are sorted by `id`. */
                $orderby?: components["parameters"]["orderby"];
                /** The maximum number of entities in one page; `@odata.nextLink` leads to the rest (Graph: the limit is per page, not for the whole list). */
                $top?: components["parameters"]["top"];
                /** The number of entities to skip at the start. To read page by page, follow `@odata.nextLink` instead. */
                $skip?: components["parameters"]["skip"];
                /** An opaque string from `@odata.nextLink` that marks the start of a page. Valid only with the same query options. */
                $skiptoken?: components["parameters"]["skiptoken"];
                /** If `true`, the answer contains `@odata.count`, the number of entities on all pages together. */
                $count?: components["parameters"]["count"];
            };
            header?: {
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The assignments. */
            200: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /** A page of a profile's assignments, the oldest first unless `$orderby` asks for another order. */
                    "application/json": assignmentCollection;
                };
            };
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** A new assignment. */
                "application/json": assignmentCreate;
            };
        };
        responses: {
            /** The new assignment. */
            201: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The entity tag of the entity in the body, equal to its `@odata.etag` (Decision).
                     * @example W/"1"
                     */
                    ETag: components["headers"]["ETag"];
                    /**
                     * The absolute URL of the new entity.
                     * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                     */
                    Location: components["headers"]["Location"];
                    /**
                     * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    /** The assignment of a profile to a target, as returned in answers (Graph). */
                    "application/json": appleEnrollmentProfileAssignment;
                };
            };
            /** The entity was created. There is no body because the request prefers `return=minimal`. */
            204: components["responses"]["CreatedMinimal"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateAssignments: {
        parameters: {
            query?: never;
            header?: {
                /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** One assignment to create or update, or a delta payload. */
                "application/json": assignmentsUpdate;
            };
        };
        responses: {
            /** The assignment after the change or, for a delta payload, the result of each item. */
            200: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The entity tag of the assignment in the body. Absent in the answer to a delta payload.
                     * @example W/"1"
                     */
                    ETag?: string;
                    /**
                     * The preferences from `Prefer` that were honoured (RFC 7240). Absent if none was honoured.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    /** The assignment after the change, or the result of each item of a delta payload. */
                    "application/json": assignmentsUpdated;
                };
            };
            /** The change was made. There is no body because the request prefers `return=minimal`. */
            204: components["responses"]["UpdatedMinimal"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    countAssignments: {
        parameters: {
            query?: {
                /**
                 * Returns only the entities that match this condition. Operators: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`,
                 *     `or`, `not` and parentheses. Functions: `contains`, `startswith`, `endswith`, `tolower`, `toupper`. Values:
                 *     strings in single quotes (a quote inside is doubled), dates such as `2026-11-23T12:00:00Z` or `2026-11-23` (the
                 *     start of that day in UTC), and `null`. A
                 *     property of a target is written `target/groupId`. If the condition cannot be parsed, the answer is a 400 that
                 *     names the position. `unknownFutureValue` matches itself and every member listed after it, whatever `Prefer` says
                 *     (Decision).
                 */
                $filter?: components["parameters"]["filter"];
            };
            header?: never;
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The number of matching entities, as plain text. */
            200: components["responses"]["Count"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAssignment: {
        parameters: {
            query?: {
                /** The properties to return, separated by commas, such as `id,displayName`; `*` means all. `@odata.type` and `@odata.etag` are always returned. */
                $select?: components["parameters"]["select"];
            };
            header?: {
                /** The answer is 304 if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison; Decision). The header is ignored with `$expand`, because a profile's entity tag does not change with its assignments. */
                "If-None-Match"?: components["parameters"]["If-None-Match-of-GET"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * The assignment's `id`, an opaque string that does not start with `$`.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The assignment. */
            200: components["responses"]["SelectableAssignment"];
            /** The entity still has an entity tag that is listed in `If-None-Match` (Decision). There is no body. */
            304: components["responses"]["NotModified"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * The assignment's `id`, an opaque string that does not start with `$`.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** The request is carried out only if the entity exists and, unless the header is `*`, has one of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** The request is carried out only if the entity does not exist or, unless the header is `*`, has none of the listed entity tags (weak comparison). Otherwise the answer is 412. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** Preferences, separated by commas: `return=minimal` or `return=representation` for writes, `odata.maxpagesize=<n>` for lists, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * The profile's `id`, an opaque string that does not start with `$`. Real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * The assignment's `id`, an opaque string that does not start with `$`.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** The properties of an assignment to change. */
                "application/json": assignmentUpdate;
            };
        };
        responses: {
            /** The assignment after the change. */
            200: components["responses"]["Assignment"];
            /** The change was made. There is no body because the request prefers `return=minimal`. */
            204: components["responses"]["UpdatedMinimal"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /**
             * The token is valid, but has none of the scopes that allow this operation. The message lists these scopes,
             *     and `WWW-Authenticate` contains `insufficient_scope` (RFC 6750).
             */
            403: components["responses"]["Forbidden"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** Another assignment of the profile already has this target, or a different request has already used this `Repeatability-Request-ID` (Decision). */
            409: components["responses"]["Conflict"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    batch: {
        parameters: {
            query?: never;
            header?: {
                /** An id that the client generates for this request and never uses for another request. The request is carried out only once; if the client repeats it, the client gets the same answer again. Requires `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** The time at which the request was first sent. It stays the same when the request is repeated. The request's id is stored for 24 hours from this time. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** Identifies the client that generated the `Repeatability-Request-ID`. Needed if several clients of one application generate such ids. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** A batch of requests. */
                "application/json": batchedRequests;
            };
        };
        responses: {
            /** The answers to the requests. */
            200: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * The result for a request with `Repeatability-Request-ID`. `accepted`: the request is carried out at most once, so it is safe to repeat. `rejected`: nothing was done. Absent for requests without that header, and for requests that were refused before it was checked.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    /** The answers to the requests in a batch. */
                    "application/json": batchedResponses;
                };
            };
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The condition of `If-Match` or `If-None-Match` is not met, or `Repeatability-First-Sent` is more than 24 hours away from now. Nothing was changed (Decision). */
            412: components["responses"]["PreconditionFailed"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** The application has sent too many requests in this tenant. This request was not carried out. */
            429: components["responses"]["TooManyRequests"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The metadata. */
            200: {
                headers: {
                    /**
                     * The id that the service assigned to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The request's `client-request-id` if it has at most 128 characters, all visible ASCII, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always `4.0`.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
