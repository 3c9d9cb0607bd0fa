/** Profiles to add to the tenant. */
export type seed = {
    /** The profiles in the order of their priority, the highest first. */
    profiles: seedProfile[];
};
/** A profile, as in a request to `createProfile`, with its assignments. */
export type seedProfile = {
    /** The name of the profile. */
    displayName: string;
    /** The purpose of the profile. `null` by default. */
    description?: string | null;
    /**
     * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
     * @enum {string}
     */
    platform?: devicePlatformType;
    /**
     * The enrollment type of a device.
     * @enum {string}
     */
    defaultEnrollmentType?: appleUserInitiatedEnrollmentType;
    /** The enrollment types that a user may choose from, by owner type. Empty by default. */
    availableEnrollmentTypeOptions?: appleOwnerTypeEnrollmentTypeInput[];
    /** The assignments of the profile. Empty by default. */
    assignments?: seedAssignment[];
};
/** An assignment, as in a request to `createAssignment`. */
export type seedAssignment = {
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
    target: assignmentTargetInput;
};
/** The ids of the new profiles and assignments. */
export type seeded = {
    /** The new profiles, in the order of the request. */
    profiles: {
        /** The key of the entity, an opaque string that the service creates. */
        id: string;
        /** The profile's new assignments, in the order of the request. */
        assignments: {
            /** The key of the entity, an opaque string that the service creates. */
            id: string;
        }[];
    }[];
};
/** A snapshot of a tenant. */
export type snapshot = {
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
};
/** A fault to inject. It has a `status`, a `delay` or both. */
export type failure = {
    /** An `operationId` of openapi.yaml, for example `updateAssignments`. By default, the fault applies to any operation that needs a token. */
    operation?: string;
    /** An error status that `operation` declares. Without `operation`, it must be an error status that every operation declares. Without `status`, the requests are only delayed. */
    status?: number;
    /** The number of requests into which the fault is injected. The default is 1. */
    times?: number;
    /** The number of seconds in the header `Retry-After` of a 429 or 503. The default is 1. */
    retryAfter?: number;
    /** The number of milliseconds to wait before the request is answered or executed. */
    delay?: number;
    /** Whether the error's `message` is the JSON text that Intune writes, as in strict mode, instead of a sentence. The default is false. It needs a `status`. */
    intuneMessage?: boolean;
};
/**
 * The kind of error.
 * @enum {string}
 */
export type ErrorCode = "BadRequest" | "No method match route template" | "InvalidAuthenticationToken" | "Forbidden" | "ResourceNotFound" | "MethodNotAllowed" | "MisdirectedRequest" | "Conflict" | "PreconditionFailed" | "FailedDependency" | "RequestEntityTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "RequestHeaderFieldsTooLarge" | "TooManyRequests" | "InternalServerError" | "ServiceUnavailable";
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
/**
 * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
 * @enum {string}
 */
export type devicePlatformType = "android" | "androidForWork" | "iOS" | "macOS" | "windowsPhone81" | "windows81AndLater" | "windows10AndLater" | "androidWorkProfile" | "unknown" | "androidAOSP" | "androidMobileApplicationManagement" | "iOSMobileApplicationManagement" | "unknownFutureValue" | "windowsMobileApplicationManagement";
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
/** The id of an assignment filter. At most 256 characters (Decision). */
export type filterId = string | null;
/**
 * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
 * @enum {string}
 */
export type deviceAndAppManagementAssignmentFilterType = "none" | "include" | "exclude";
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
/** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
export type assignmentTargetInput = deviceAndAppManagementAssignmentTargetInput | allLicensedUsersAssignmentTargetInput | allDevicesAssignmentTargetInput | groupAssignmentTargetInput | exclusionGroupAssignmentTargetInput | configurationManagerCollectionAssignmentTargetInput;
/** @hidden */
export interface paths {
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empty the tenant
         * Deletes every profile of the tenant with its assignments in one transaction. Also deletes the faults that have
         *     not been injected into a request yet, and the stored results of repeatable requests. Snapshots are kept.
         */
        post: operations["reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add profiles with their assignments
         * Creates the profiles after the existing ones, in the order of the request, each with its assignments. The rules
         *     of `createProfile` and `createAssignment` apply. If one entry breaks a rule, nothing is created, and the request
         *     is refused with a 400 that names the entry.
         */
        post: operations["seed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a snapshot of the tenant
         * Saves the profiles and assignments of the tenant with their ids, priorities, dates and entity tags. The service
         *     keeps the last 100 snapshots of all tenants together. Do not write to the tenant at the same time: the snapshot
         *     could then contain an older state of one profile and a newer state of another profile.
         */
        post: operations["takeSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshots/{snapshotId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a snapshot
         * Replaces all profiles and assignments of the tenant with those of the snapshot, in one transaction. A snapshot
         *     can be restored any number of times. Injected faults are kept. The stored results of repeatable requests are
         *     deleted, so a request that repeats an earlier `Repeatability-Request-ID` is executed again.
         */
        post: operations["restoreSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Inject faults into the next requests
         * The service answers the tenant's next `times` requests to `operation` with the error `status`, as the contract
         *     declares this error, and does not execute the requests. Without `status`, the requests are executed after
         *     `delay`. Faults are injected in the order in which they were requested. Each request in a batch counts as one
         *     request. `getMetadata` needs no token, so a fault for `getMetadata` is injected into the next request that any
         *     caller sends.
         */
        post: operations["failNext"];
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
        /** Profiles to add to the tenant. */
        seed: seed;
        /** A profile, as in a request to `createProfile`, with its assignments. */
        seedProfile: seedProfile;
        /** An assignment, as in a request to `createAssignment`. */
        seedAssignment: seedAssignment;
        /** The ids of the new profiles and assignments. */
        seeded: seeded;
        /** A snapshot of a tenant. */
        snapshot: snapshot;
        /** A fault to inject. It has a `status`, a `delay` or both. */
        failure: failure;
        /**
         * The kind of error.
         * @enum {string}
         */
        ErrorCode: ErrorCode;
        /** An error in one part of the request. */
        ErrorDetail: ErrorDetail;
        /** The body of every error answer (Graph, Sibling). */
        GraphError: GraphError;
        /**
         * The platform of a device. This enumeration is evolvable, and `windowsMobileApplicationManagement` is listed after `unknownFutureValue`. Requests may contain `windowsMobileApplicationManagement`; answers show it as `unknownFutureValue` unless the request sends `Prefer: include-unknown-enum-members`.
         * @enum {string}
         */
        devicePlatformType: devicePlatformType;
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
        /** An appleOwnerTypeEnrollmentType in a request. A missing property means `unknown` (Decision). `@odata.type` is not stored. */
        appleOwnerTypeEnrollmentTypeInput: appleOwnerTypeEnrollmentTypeInput;
        /** The id of an assignment filter. At most 256 characters (Decision). */
        filterId: filterId;
        /**
         * The effect of the filter on devices that match it. Every value except `none` needs a filter id.
         * @enum {string}
         */
        deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
        /** The base type of all targets. Abstract in Graph's metadata, but the example in Graph's documentation sends it. */
        deviceAndAppManagementAssignmentTargetInput: deviceAndAppManagementAssignmentTargetInput;
        /** All users with a licence. */
        allLicensedUsersAssignmentTargetInput: allLicensedUsersAssignmentTargetInput;
        /** All devices. */
        allDevicesAssignmentTargetInput: allDevicesAssignmentTargetInput;
        /** The id of a group, at most 256 characters in any format, or a GUID in strict mode. Compared without regard to the case of the letters A to Z (Decision). */
        groupId: string;
        /** The members of a group. */
        groupAssignmentTargetInput: groupAssignmentTargetInput;
        /** A group whose members are excluded. */
        exclusionGroupAssignmentTargetInput: exclusionGroupAssignmentTargetInput;
        /** The id of a Configuration Manager collection, at most 256 characters in any format. Compared without regard to the case of the letters A to Z (Decision). */
        collectionId: string;
        /** A Configuration Manager collection. */
        configurationManagerCollectionAssignmentTargetInput: configurationManagerCollectionAssignmentTargetInput;
        /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type (`groupId` or `collectionId`) are always required, even in a PATCH. Missing filter properties stay unchanged. In a new assignment, a missing filter id is `null` and a missing filter type is `none` (Decision). A filter type other than `none` needs a filter id. */
        assignmentTargetInput: assignmentTargetInput;
        /** The key of the entity, an opaque string that the service creates. */
        id: string;
    };
    responses: {
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
    };
    parameters: never;
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
    reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    seed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** Profiles to add to the tenant. */
                "application/json": seed;
            };
        };
        responses: {
            /** The ids of the new profiles and assignments, in the order of the request. */
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
                    /** The ids of the new profiles and assignments. */
                    "application/json": seeded;
                };
            };
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    takeSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The id of the snapshot. */
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
                    [name: string]: unknown;
                };
                content: {
                    /** A snapshot of a tenant. */
                    "application/json": snapshot;
                };
            };
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id that `takeSnapshot` returned. */
                snapshotId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The tenant has no such profile or assignment (the code `ResourceNotFound` is a Decision). */
            404: components["responses"]["NotFound"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    failNext: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** A fault to inject. It has a `status`, a `delay` or both. */
                "application/json": failure;
            };
        };
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The request is invalid, for example because of malformed JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The request body is larger than 1 MiB, or becomes larger than that when it is decompressed. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or its `Content-Encoding` is not gzip. */
            415: components["responses"]["UnsupportedMediaType"];
            /** An unexpected error occurred in the service. The service's log contains the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write that receives this response has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
