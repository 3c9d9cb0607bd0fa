/** What a tenant is to have. */
export type seed = {
    /** By priority, the highest first. */
    profiles: seedProfile[];
};
/** A profile as createProfile takes it, with its assignments. */
export type seedProfile = {
    /** The profile's name. */
    displayName: string;
    /** What the profile is for. Null by default. */
    description?: string | null;
    /**
     * The platform of a device. This enumeration is evolvable, and windowsMobileApplicationManagement is listed after unknownFutureValue. It is accepted in requests, and returned as unknownFutureValue unless the request sends `Prefer: include-unknown-enum-members`.
     * @enum {string}
     */
    platform?: devicePlatformType;
    /**
     * How a device is enrolled.
     * @enum {string}
     */
    defaultEnrollmentType?: appleUserInitiatedEnrollmentType;
    /** The enrollment types a user may choose from, by owner type. Empty by default. */
    availableEnrollmentTypeOptions?: appleOwnerTypeEnrollmentTypeInput[];
    /** None by default. */
    assignments?: seedAssignment[];
};
/** An assignment as createAssignment takes it. */
export type seedAssignment = {
    /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type are always required, even in a PATCH. Missing properties of the filter stay unchanged; in a new assignment they are null and none (Decision). A filter type other than none needs a filter id. */
    target: assignmentTargetInput;
};
/** The ids of what was seeded. */
export type seeded = {
    /** In the order given. */
    profiles: {
        /** The key of the entity, an opaque string that the service creates. */
        id: string;
        /** In the order given. */
        assignments: {
            /** The key of the entity, an opaque string that the service creates. */
            id: string;
        }[];
    }[];
};
/** What a tenant had. */
export type snapshot = {
    /** The key of the entity, an opaque string that the service creates. */
    id: string;
};
/** What the next requests meet. It has a `status`, a `delay` or both. */
export type failure = {
    /** An operationId of openapi.yaml, such as updateAssignments. Any by default. */
    operation?: string;
    /** A failure that the operation declares; without an operation, one that all declare. Without it, the requests only wait. */
    status?: number;
    /** How many requests; 1 by default. */
    times?: number;
    /** Seconds, for the Retry-After of a 429 or 503; 1 by default. */
    retryAfter?: number;
    /** Milliseconds to wait first, at most a minute. */
    delay?: number;
};
/**
 * The kind of error.
 * @enum {string}
 */
export type ErrorCode = "BadRequest" | "No method match route template" | "InvalidAuthenticationToken" | "Forbidden" | "ResourceNotFound" | "MethodNotAllowed" | "MisdirectedRequest" | "Conflict" | "PreconditionFailed" | "FailedDependency" | "RequestEntityTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "RequestHeaderFieldsTooLarge" | "TooManyRequests" | "InternalServerError" | "ServiceUnavailable";
/** One part of the request that is wrong. */
export type ErrorDetail = {
    /**
     * The kind of error.
     * @enum {string}
     */
    code: ErrorCode;
    /** What is wrong, and what would be right. */
    message: string;
    /** The property, parameter or header that is wrong. */
    target: string;
};
/** The body of every error answer (Graph, Observed). */
export type GraphError = {
    /** The error. */
    error: {
        /**
         * The kind of error.
         * @enum {string}
         */
        code: ErrorCode;
        /** What is wrong, and what would be right. */
        message: string;
        /** The property, parameter or header that is wrong, such as `target.groupId`. */
        target?: string;
        /** The details, if a part of the request is wrong. This service reports only the first that it finds. */
        details?: ErrorDetail[];
        /** The time of the error and the ids of the request. */
        innerError: {
            /** The time of the error in UTC, without `Z`. */
            date: string;
            /** The id that the service gave to the request. */
            "request-id": string;
            /** The id from the header `client-request-id`, if the client sent a valid one, else `request-id`. */
            "client-request-id": string;
        };
    };
};
/**
 * The platform of a device. This enumeration is evolvable, and windowsMobileApplicationManagement is listed after unknownFutureValue. It is accepted in requests, and returned as unknownFutureValue unless the request sends `Prefer: include-unknown-enum-members`.
 * @enum {string}
 */
export type devicePlatformType = "android" | "androidForWork" | "iOS" | "macOS" | "windowsPhone81" | "windows81AndLater" | "windows10AndLater" | "androidWorkProfile" | "unknown" | "androidAOSP" | "androidMobileApplicationManagement" | "iOSMobileApplicationManagement" | "unknownFutureValue" | "windowsMobileApplicationManagement";
/**
 * How a device is enrolled.
 * @enum {string}
 */
export type appleUserInitiatedEnrollmentType = "unknown" | "device" | "user" | "accountDrivenUserEnrollment" | "webDeviceEnrollment" | "unknownFutureValue";
/**
 * The owner of a device.
 * @enum {string}
 */
export type managedDeviceOwnerType = "unknown" | "company" | "personal" | "unknownFutureValue";
/** An appleOwnerTypeEnrollmentType in a request. A missing property means unknown (Decision). `@odata.type` is not stored. */
export type appleOwnerTypeEnrollmentTypeInput = {
    /**
     * The name of the type. Optional.
     * @enum {string}
     */
    "@odata.type"?: "#microsoft.graph.appleOwnerTypeEnrollmentType" | "microsoft.graph.appleOwnerTypeEnrollmentType";
    /**
     * The owner of a device.
     * @enum {string}
     */
    ownerType?: managedDeviceOwnerType;
    /**
     * How a device is enrolled.
     * @enum {string}
     */
    enrollmentType?: appleUserInitiatedEnrollmentType;
};
/** The id of an assignment filter. At most 256 characters (Decision). */
export type filterId = string | null;
/**
 * Whether the filter includes or excludes devices. Every value except none needs a filter id.
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a group, at most 256 characters of any format. Case is ignored in comparisons (Decision). */
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a group, at most 256 characters of any format. Case is ignored in comparisons (Decision). */
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
     * Whether the filter includes or excludes devices. Every value except none needs a filter id.
     * @enum {string}
     */
    deviceAndAppManagementAssignmentFilterType?: deviceAndAppManagementAssignmentFilterType;
    /** The id of a Configuration Manager collection, at most 256 characters of any format. Case is ignored in comparisons (Decision). */
    collectionId: string;
};
/** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type are always required, even in a PATCH. Missing properties of the filter stay unchanged; in a new assignment they are null and none (Decision). A filter type other than none needs a filter id. */
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
         * Deletes every profile of the tenant with its assignments, in one transaction, and forgets the failures that were asked
         *     for and have not happened, and the requests that could be repeated. Snapshots stay.
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
         * Creates the profiles behind those that are there, in the order given, each with its assignments. It is done by the rules of
         *     `createProfile` and `createAssignment`, all or nothing: what they refuse is a 400 that names the entry.
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
         * Remember what the tenant has
         * Remembers the profiles and assignments of the tenant as they are: ids, priorities, dates and entity tags as well. The last
         *     100 snapshots of all tenants are kept. Nobody should write to the tenant meanwhile: what is remembered of two
         *     profiles need not be of one moment.
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
         * Give the tenant what it had
         * Replaces everything the tenant has by what the snapshot remembers, in one transaction, as often as you like. Failures that
         *     were asked for stay; a request that is repeated by its `Repeatability-Request-ID` is carried out anew.
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
         * Let the next requests fail
         * The tenant's next `times` requests of the operation are answered with `status`, as the contract declares it, and nothing of
         *     them is done; or they only wait for `delay`. Failures that are asked for one after the other happen in that order. The
         *     requests of a batch count like any others. A failure of `getMetadata`, which asks for no token, is met by whoever comes next.
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
        /** What a tenant is to have. */
        seed: seed;
        /** A profile as createProfile takes it, with its assignments. */
        seedProfile: seedProfile;
        /** An assignment as createAssignment takes it. */
        seedAssignment: seedAssignment;
        /** The ids of what was seeded. */
        seeded: seeded;
        /** What a tenant had. */
        snapshot: snapshot;
        /** What the next requests meet. It has a `status`, a `delay` or both. */
        failure: failure;
        /**
         * The kind of error.
         * @enum {string}
         */
        ErrorCode: ErrorCode;
        /** One part of the request that is wrong. */
        ErrorDetail: ErrorDetail;
        /** The body of every error answer (Graph, Observed). */
        GraphError: GraphError;
        /**
         * The platform of a device. This enumeration is evolvable, and windowsMobileApplicationManagement is listed after unknownFutureValue. It is accepted in requests, and returned as unknownFutureValue unless the request sends `Prefer: include-unknown-enum-members`.
         * @enum {string}
         */
        devicePlatformType: devicePlatformType;
        /**
         * How a device is enrolled.
         * @enum {string}
         */
        appleUserInitiatedEnrollmentType: appleUserInitiatedEnrollmentType;
        /**
         * The owner of a device.
         * @enum {string}
         */
        managedDeviceOwnerType: managedDeviceOwnerType;
        /** An appleOwnerTypeEnrollmentType in a request. A missing property means unknown (Decision). `@odata.type` is not stored. */
        appleOwnerTypeEnrollmentTypeInput: appleOwnerTypeEnrollmentTypeInput;
        /** The id of an assignment filter. At most 256 characters (Decision). */
        filterId: filterId;
        /**
         * Whether the filter includes or excludes devices. Every value except none needs a filter id.
         * @enum {string}
         */
        deviceAndAppManagementAssignmentFilterType: deviceAndAppManagementAssignmentFilterType;
        /** The base type of all targets. Abstract in Graph's metadata, but the example in Graph's documentation sends it. */
        deviceAndAppManagementAssignmentTargetInput: deviceAndAppManagementAssignmentTargetInput;
        /** All users with a licence. */
        allLicensedUsersAssignmentTargetInput: allLicensedUsersAssignmentTargetInput;
        /** All devices. */
        allDevicesAssignmentTargetInput: allDevicesAssignmentTargetInput;
        /** The id of a group, at most 256 characters of any format. Case is ignored in comparisons (Decision). */
        groupId: string;
        /** The members of a group. */
        groupAssignmentTargetInput: groupAssignmentTargetInput;
        /** A group whose members are excluded. */
        exclusionGroupAssignmentTargetInput: exclusionGroupAssignmentTargetInput;
        /** The id of a Configuration Manager collection, at most 256 characters of any format. Case is ignored in comparisons (Decision). */
        collectionId: string;
        /** A Configuration Manager collection. */
        configurationManagerCollectionAssignmentTargetInput: configurationManagerCollectionAssignmentTargetInput;
        /** The users or devices to which the profile is to be assigned. `@odata.type` and the key of that type are always required, even in a PATCH. Missing properties of the filter stay unchanged; in a new assignment they are null and none (Decision). A filter type other than none needs a filter id. */
        assignmentTargetInput: assignmentTargetInput;
        /** The key of the entity, an opaque string that the service creates. */
        id: string;
    };
    responses: {
        /** The change was made. There is no body. */
        NoContent: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * Always 4.0.
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
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
        InternalServerError: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
        ServiceUnavailable: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** The request is wrong, for example because of invalid JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
        BadRequest: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** The request body is larger than 1 MiB. */
        RequestEntityTooLarge: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** The request body's `Content-Type` is not `application/json`, or it has a `Content-Encoding`. */
        UnsupportedMediaType: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
        /** The tenant has no such profile or assignment (the code is a Decision). */
        NotFound: {
            headers: {
                /**
                 * The id that the service gave to the request.
                 * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                 */
                "request-id": components["headers"]["request-id"];
                /**
                 * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
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
                /** The body of every error answer (Graph, Observed). */
                "application/json": GraphError;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * The id that the service gave to the request.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "request-id": string;
        /**
         * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "client-request-id": string;
        /**
         * Always 4.0.
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
            /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
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
                /** What a tenant is to have. */
                "application/json": seed;
            };
        };
        responses: {
            /** The ids of what was created, in the order given. */
            200: {
                headers: {
                    /**
                     * The id that the service gave to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always 4.0.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    /** The ids of what was seeded. */
                    "application/json": seeded;
                };
            };
            /** The request is wrong, for example because of invalid JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The request body is larger than 1 MiB. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or it has a `Content-Encoding`. */
            415: components["responses"]["UnsupportedMediaType"];
            /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
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
            /** The snapshot's id. */
            201: {
                headers: {
                    /**
                     * The id that the service gave to the request.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "request-id": components["headers"]["request-id"];
                    /**
                     * The `client-request-id` of the request if it is at most 128 visible ASCII characters, otherwise `request-id`.
                     * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
                     */
                    "client-request-id": components["headers"]["client-request-id"];
                    /**
                     * Always 4.0.
                     * @example 4.0
                     */
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    /** What a tenant had. */
                    "application/json": snapshot;
                };
            };
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** As takeSnapshot answered it. */
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
            /** The tenant has no such profile or assignment (the code is a Decision). */
            404: components["responses"]["NotFound"];
            /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
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
                /** What the next requests meet. It has a `status`, a `delay` or both. */
                "application/json": failure;
            };
        };
        responses: {
            /** The change was made. There is no body. */
            204: components["responses"]["NoContent"];
            /** The request is wrong, for example because of invalid JSON, an unknown or missing property, a wrong type or value, an invalid query option, or a malformed precondition. The message names the wrong part. */
            400: components["responses"]["BadRequest"];
            /** The token is missing, malformed, expired, or not meant for this service. */
            401: components["responses"]["Unauthorized"];
            /** The request body is larger than 1 MiB. */
            413: components["responses"]["RequestEntityTooLarge"];
            /** The request body's `Content-Type` is not `application/json`, or it has a `Content-Encoding`. */
            415: components["responses"]["UnsupportedMediaType"];
            /** An unexpected error occurred in the service. Its log has the cause under this `request-id`. */
            500: components["responses"]["InternalServerError"];
            /** The service is overloaded, or its store is not available. A write with this answer has changed nothing, unless the store failed during the commit. Repeat the request, with the same `Repeatability-Request-ID` if it had one. */
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
