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
         * @description Deletes every profile of the tenant with its assignments, in one transaction, and forgets the failures that were asked
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
         * @description Creates the profiles behind those that are there, in the order given, each with its assignments. It is done by the rules of
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
         * @description Remembers the profiles and assignments of the tenant as they are: ids, priorities, dates and entity tags as well. The last
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
         * @description Replaces everything the tenant has by what the snapshot remembers, in one transaction, as often as you like. Failures that
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
         * @description The tenant's next `times` requests of the operation are answered with `status`, as the contract declares it, and nothing of
         *     them is done; or they only wait for `delay`. Failures that are asked for one after the other happen in that order. The
         *     requests of a batch count like any others.
         */
        post: operations["failNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a tenant is to have. */
        seed: {
            /** @description By priority, the highest first. */
            profiles: components["schemas"]["seedProfile"][];
        };
        /** @description A profile as createProfile takes it, with its assignments. */
        seedProfile: {
            /** @description The profile's name. */
            displayName: string;
            /** @description What the profile is for. Null by default. */
            description?: string | null;
            platform?: components["schemas"]["devicePlatformType"];
            defaultEnrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
            /** @description The enrollment types a user may choose from, by owner type. Empty by default. */
            availableEnrollmentTypeOptions?: components["schemas"]["appleOwnerTypeEnrollmentTypeInput"][];
            /** @description None by default. */
            assignments?: components["schemas"]["seedAssignment"][];
        };
        /** @description An assignment as createAssignment takes it. */
        seedAssignment: {
            target: components["schemas"]["assignmentTargetInput"];
        };
        seeded: {
            profiles: {
                id: components["schemas"]["id"];
                assignments: {
                    id: components["schemas"]["id"];
                }[];
            }[];
        };
        snapshot: {
            id: components["schemas"]["id"];
        };
        /** @description What the next requests meet. It has a `status`, a `delay` or both. */
        failure: {
            /** @description An operationId of openapi.yaml, such as updateAssignments. Any by default. */
            operation?: string;
            /** @description A failure that the operation declares; without an operation, one that all declare. Without it, the requests only wait. */
            status?: number;
            /** @description How many requests; 1 by default. */
            times?: number;
            /** @description Seconds, for the Retry-After of a 429 or 503; 1 by default. */
            retryAfter?: number;
            /** @description Milliseconds to wait first, at most a minute. */
            delay?: number;
        };
        /** @enum {string} */
        ErrorCode: "BadRequest" | "No method match route template" | "InvalidAuthenticationToken" | "Forbidden" | "ResourceNotFound" | "MethodNotAllowed" | "MisdirectedRequest" | "Conflict" | "PreconditionFailed" | "FailedDependency" | "RequestEntityTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "RequestHeaderFieldsTooLarge" | "TooManyRequests" | "InternalServerError" | "ServiceUnavailable";
        ErrorDetail: {
            code: components["schemas"]["ErrorCode"];
            message: string;
            target: string;
        };
        /** @description What every error looks like (Graph, Observed). */
        GraphError: {
            error: {
                code: components["schemas"]["ErrorCode"];
                /** @description What is wrong and what would do. */
                message: string;
                /** @description The property, parameter or header to blame, such as `target.groupId`. */
                target?: string;
                /** @description What is to blame, if something is. This service reports the first it finds. */
                details?: components["schemas"]["ErrorDetail"][];
                innerError: {
                    /** @description UTC, without `Z`. */
                    date: string;
                    "request-id": string;
                    "client-request-id": string;
                };
            };
        };
        /**
         * @description windowsMobileApplicationManagement lies beyond the sentinel of this evolvable enumeration: it is accepted, and answered as unknownFutureValue unless the request prefers include-unknown-enum-members.
         * @enum {string}
         */
        devicePlatformType: "android" | "androidForWork" | "iOS" | "macOS" | "windowsPhone81" | "windows81AndLater" | "windows10AndLater" | "androidWorkProfile" | "unknown" | "androidAOSP" | "androidMobileApplicationManagement" | "iOSMobileApplicationManagement" | "unknownFutureValue" | "windowsMobileApplicationManagement";
        /** @enum {string} */
        appleUserInitiatedEnrollmentType: "unknown" | "device" | "user" | "accountDrivenUserEnrollment" | "webDeviceEnrollment" | "unknownFutureValue";
        /** @enum {string} */
        managedDeviceOwnerType: "unknown" | "company" | "personal" | "unknownFutureValue";
        /** @description As appleOwnerTypeEnrollmentType; what is left out is unknown (Decision). The type name is not kept. */
        appleOwnerTypeEnrollmentTypeInput: {
            /** @enum {unknown} */
            "@odata.type"?: "#microsoft.graph.appleOwnerTypeEnrollmentType" | "microsoft.graph.appleOwnerTypeEnrollmentType";
            ownerType?: components["schemas"]["managedDeviceOwnerType"];
            enrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
        };
        /** @description The id of an assignment filter. At most 256 characters (Decision). */
        filterId: string | null;
        /**
         * @description Whether the filter includes or excludes devices; other than none, it needs a filter id.
         * @enum {string}
         */
        deviceAndAppManagementAssignmentFilterType: "none" | "include" | "exclude";
        deviceAndAppManagementAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" | "microsoft.graph.deviceAndAppManagementAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        allLicensedUsersAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" | "microsoft.graph.allLicensedUsersAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        allDevicesAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" | "microsoft.graph.allDevicesAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        /** @description The id of a group. Any format, at most 256 characters; compared without case (Decision). */
        groupId: string;
        groupAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.groupAssignmentTarget" | "microsoft.graph.groupAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            groupId: components["schemas"]["groupId"];
        };
        exclusionGroupAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget" | "microsoft.graph.exclusionGroupAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            groupId: components["schemas"]["groupId"];
        };
        /** @description The id of a Configuration Manager collection. Any format, at most 256 characters; compared without case (Decision). */
        collectionId: string;
        configurationManagerCollectionAssignmentTargetInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget" | "microsoft.graph.configurationManagerCollectionAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId?: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType?: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            collectionId: components["schemas"]["collectionId"];
        };
        /** @description Who or what to assign the profile to. `@odata.type` and the type's key are required, also in a PATCH; filter properties left out are unchanged, and null and none in a new assignment (Decision). A filter type other than none needs a filter id. */
        assignmentTargetInput: components["schemas"]["deviceAndAppManagementAssignmentTargetInput"] | components["schemas"]["allLicensedUsersAssignmentTargetInput"] | components["schemas"]["allDevicesAssignmentTargetInput"] | components["schemas"]["groupAssignmentTargetInput"] | components["schemas"]["exclusionGroupAssignmentTargetInput"] | components["schemas"]["configurationManagerCollectionAssignmentTargetInput"];
        /** @description The entity's key, made by the service. Opaque. */
        id: string;
    };
    responses: {
        /** @description Done; there is nothing to say. */
        NoContent: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description No token, or one that is malformed, expired or not for this service. */
        Unauthorized: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description A fault of the service; its log has the cause under the `request-id`. */
        InternalServerError: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description The service has more to do than it can answer in time, or the store cannot answer now. A write answered with this was not made, unless the store went away while it was being committed: repeat it, under its `Repeatability-Request-ID` if it has one. */
        ServiceUnavailable: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description The request is wrong, and which part of it: broken JSON, an unknown or missing property, a wrong type or value, a query option, a malformed precondition. */
        BadRequest: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description The request body is larger than 1 MiB. */
        RequestEntityTooLarge: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description The request body's `Content-Type` is not `application/json`, or it has a `Content-Encoding`. */
        UnsupportedMediaType: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
        /** @description There is no such profile or assignment in the tenant (the code is a Decision). */
        NotFound: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GraphError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The service's own id of the request.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "request-id": string;
        /**
         * @description The `client-request-id` the caller sent, if at most 128 visible ASCII characters; else `request-id`.
         * @example 0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30
         */
        "client-request-id": string;
        /**
         * @description Always 4.0.
         * @example 4.0
         */
        "OData-Version": "4.0";
        /**
         * @description A Bearer challenge (RFC 6750) that says what is wrong with the token.
         * @example Bearer realm="apple-enrollment"
         */
        "WWW-Authenticate": string;
        /**
         * @description Seconds to wait before the next try.
         * @example 1
         */
        "Retry-After": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
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
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
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
                "application/json": components["schemas"]["seed"];
            };
        };
        responses: {
            /** @description The ids of what was created, in the order given. */
            200: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["seeded"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
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
            /** @description The snapshot's id. */
            201: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["snapshot"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As takeSnapshot answered it. */
                snapshotId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
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
                "application/json": components["schemas"]["failure"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
