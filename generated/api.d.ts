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
         * @description The profiles of the tenant, by priority, the highest (0) first, unless `$orderby` says otherwise; at most 1,000 in
         *     an answer, whose `@odata.nextLink` then leads to the next ones (Decision); with `$expand`, 100. While others insert and delete, a
         *     caller who follows the links sees every profile that was there throughout exactly once.
         *     Source: Graph, *List appleUserInitiatedEnrollmentProfiles*; the order is a Decision.
         */
        get: operations["listProfiles"];
        put?: never;
        /**
         * Create a profile
         * @description Creates a profile and answers it. `displayName` is required. Without `priority` the profile is appended after
         *     the tenant's last; with one it is inserted there and those below move down; beyond the end it is appended
         *     (Graph's own example asks for 8 in an empty tenant).
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
         * @description The number of profiles in the tenant that `$filter` lets pass, as a bare number.
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
         * @description One profile, as a bare entity.
         *     Source: Graph, *Get appleUserInitiatedEnrollmentProfile* (the `{"value": {}}` wrapper in its example is a
         *     fault of the document).
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        /**
         * Delete a profile
         * @description Deletes the profile and its assignments. The profiles below it move up: priorities stay contiguous.
         *     Source: Graph, *Delete appleUserInitiatedEnrollmentProfile*; the priorities are a Decision.
         */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        /**
         * Update a profile
         * @description Merges the given properties into the profile. A `priority` acts as setPriority does. An empty object changes
         *     nothing and answers the profile.
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
         * @description Moves the profile to the given priority; the profiles between its old and its new place move by one. Priorities
         *     in a tenant are always 0…n-1 without a gap, 0 is the highest. A priority beyond the end is a 400 that names
         *     the range.
         *     Source: Graph, *setPriority action*; renumbering and range are Decisions. A shifted profile's entity tag
         *     changes, its `lastModifiedDateTime` does not.
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
         * @description The assignments of the profile, the oldest first unless `$orderby` says otherwise. All of them, unless `$top` or
         *     `odata.maxpagesize` asks for pages: the Terraform provider reads this collection and does not follow a next link.
         *     Source: Graph, *List assignments*; the order is a Decision.
         */
        get: operations["listAssignments"];
        put?: never;
        /**
         * Create an assignment
         * @description Assigns the profile to a target. The same target twice in one profile is a 409: two targets are the same when
         *     type and `groupId` or `collectionId` agree, compared without case.
         *     Source: Graph, *Create appleEnrollmentProfileAssignment*; uniqueness is a Decision.
         */
        post: operations["createAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update assignments
         * @description Writes one assignment of the profile, safely repeatable: the same request twice leaves the same state and
         *     answers the same `id`. It never deletes and never touches another assignment.
         *
         *     1. With an `id`: merges into that assignment; 404 if the profile has none with it.
         *     2. Without: finds the assignment with the same target (type plus `groupId` or `collectionId`, compared without
         *        case) and updates its filter, or creates it if there is none. Both answer 200 and the whole assignment.
         *     3. `If-Match` (`*` or an entity tag): update only, 412 if there is none or it changed.
         *        `If-None-Match: *`: create only, 412 if there is one (404 if the body names an `id` that does not exist).
         *     4. An array, an empty object or a body that would create without a `target` is a 400.
         *     5. A delta payload, `{"@odata.context": "#$delta", "value": [...]}` (OData 4.01, 11.4.13; Graph takes one for a
         *        fileStorageContainer's permissions), writes up to 20 assignments, all or none: each item as in 1 and 2, in
         *        the order given, or `{"@removed": {}, "id": "…"}`, which deletes and succeeds also if there is none. The
         *        answer is a delta payload in the same order. It takes no precondition, and `continue-on-error` is not
         *        promised.
         *
         *     Source: Graph, *Update assignments*, for the request, the 200 and the shape; the document does not say which
         *     assignment is meant, so 1–5 are Decisions.
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
         * @description The number of assignments of the profile that `$filter` lets pass, as a bare number.
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
         * @description One assignment of the profile.
         *     Source: Graph, *Get appleEnrollmentProfileAssignment*.
         */
        get: operations["getAssignment"];
        put?: never;
        post?: never;
        /**
         * Delete an assignment
         * @description Deletes the assignment.
         *     Source: Graph, *Delete appleEnrollmentProfileAssignment*; preconditions are a Decision.
         */
        delete: operations["deleteAssignment"];
        options?: never;
        head?: never;
        /**
         * Update an assignment
         * @description Merges the given properties into the assignment. Filter properties left out are unchanged; a target of another
         *     type keeps only them. A target that another assignment of the profile already has is a 409. An empty object
         *     changes nothing and answers the assignment.
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
         * Send requests together
         * @description Up to 20 requests in one (Graph). Each is answered as if it had come by itself, with the token of the whole: it
         *     has a status, headers and a `request-id` of its own, and counts for itself where requests are counted. They run
         *     side by side, but for those that name others in `dependsOn`: they wait for these, and if one of them fails (a
         *     status of 400 or more) they are not sent and answer 424. The batch answers 200, whatever its requests do; it is
         *     a 400 only if it is malformed itself, and then nothing of it was done. It is not atomic.
         *
         *     Responses stand in the order of the requests (Decision: Graph promises none). A batch in a batch is a 400
         *     (Decision).
         *
         *     A `Repeatability-Request-ID` of the batch stands for one of each of its writes that has none of its own: when
         *     the batch is repeated, each write that was carried out is answered as it was, the others and the reads are
         *     done now, and a write that is another than at its place before is a 409 (Decision).
         *     Source: Graph, *Combine multiple HTTP requests using JSON batching*, and where that is silent OData JSON Format
         *     4.01, 19.
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
         * @description The types of this service as OData describes them (CSDL 4.0, XML): what of Graph's own metadata this contract has
         *     a use for. No token is needed.
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
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An enrollment profile that a user of an Apple device starts. As read (Graph). */
        appleUserInitiatedEnrollmentProfile: {
            "@odata.context"?: components["schemas"]["odataContext"];
            /** @constant */
            "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile";
            "@odata.etag": components["schemas"]["entityTag"];
            id: components["schemas"]["id"];
            /** @description The profile's name. */
            displayName: string | null;
            /** @description What the profile is for. */
            description: string | null;
            priority: components["schemas"]["priority"];
            platform: components["schemas"]["devicePlatformType"];
            createdDateTime: components["schemas"]["dateTime"];
            lastModifiedDateTime: components["schemas"]["dateTime"];
            defaultEnrollmentType: components["schemas"]["appleUserInitiatedEnrollmentType"];
            /** @description The enrollment types a user may choose from, by owner type. */
            availableEnrollmentTypeOptions: components["schemas"]["appleOwnerTypeEnrollmentType"][];
        };
        /** @description A profile as a GET answers it: all properties of appleUserInitiatedEnrollmentProfile, or those that `$select` names; with its assignments if `$expand` asks for them. */
        selectableProfile: {
            "@odata.context"?: components["schemas"]["odataContext"];
            /** @constant */
            "@odata.type"?: "#microsoft.graph.appleUserInitiatedEnrollmentProfile";
            "@odata.etag"?: components["schemas"]["entityTag"];
            id?: components["schemas"]["id"];
            /** @description The profile's name. */
            displayName?: string | null;
            /** @description What the profile is for. */
            description?: string | null;
            priority?: components["schemas"]["priority"];
            platform?: components["schemas"]["devicePlatformType"];
            createdDateTime?: components["schemas"]["dateTime"];
            lastModifiedDateTime?: components["schemas"]["dateTime"];
            defaultEnrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
            /** @description The enrollment types a user may choose from, by owner type. */
            availableEnrollmentTypeOptions?: components["schemas"]["appleOwnerTypeEnrollmentType"][];
            "assignments@odata.context"?: components["schemas"]["odataContext"];
            /** @description With `$expand=assignments`. */
            assignments?: components["schemas"]["expandedAssignment"][];
        };
        /** @description A new profile. That `displayName` is required is a Decision. */
        profileCreate: {
            "@odata.type"?: components["schemas"]["profileTypeName"];
            id?: components["schemas"]["ignored"];
            /** @description The profile's name. */
            displayName: string;
            /** @description What the profile is for. Null by default. At most 1,024 characters (Decision). */
            description?: string | null;
            priority?: components["schemas"]["priority"];
            /** @description By default iOS (Decision). */
            platform?: components["schemas"]["devicePlatformType"];
            createdDateTime?: components["schemas"]["ignored"];
            lastModifiedDateTime?: components["schemas"]["ignored"];
            /** @description By default unknown (Decision). */
            defaultEnrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
            /** @description The enrollment types a user may choose from, by owner type. Empty by default. */
            availableEnrollmentTypeOptions?: components["schemas"]["appleOwnerTypeEnrollmentTypeInput"][];
        };
        /** @description The properties of a profile to change. */
        profileUpdate: {
            "@odata.type"?: components["schemas"]["profileTypeName"];
            id?: components["schemas"]["ignored"];
            /** @description The profile's name. */
            displayName?: string;
            /** @description What the profile is for. Null clears it. At most 1,024 characters (Decision). */
            description?: string | null;
            priority?: components["schemas"]["priority"];
            platform?: components["schemas"]["devicePlatformType"];
            createdDateTime?: components["schemas"]["ignored"];
            lastModifiedDateTime?: components["schemas"]["ignored"];
            defaultEnrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
            /** @description Replaces the whole collection. */
            availableEnrollmentTypeOptions?: components["schemas"]["appleOwnerTypeEnrollmentTypeInput"][];
        };
        profileCollection: {
            "@odata.context"?: components["schemas"]["odataContext"];
            "@odata.count"?: components["schemas"]["odataCount"];
            "@odata.nextLink"?: components["schemas"]["odataNextLink"];
            value: components["schemas"]["selectableProfile"][];
        };
        setPriorityParameters: {
            priority: components["schemas"]["priority"];
        };
        /** @description An enrollment type on offer for devices of an owner type. As read (Graph). */
        appleOwnerTypeEnrollmentType: {
            ownerType: components["schemas"]["managedDeviceOwnerType"];
            enrollmentType: components["schemas"]["appleUserInitiatedEnrollmentType"];
        };
        /** @description As appleOwnerTypeEnrollmentType; what is left out is unknown (Decision). The type name is not kept. */
        appleOwnerTypeEnrollmentTypeInput: {
            /** @enum {unknown} */
            "@odata.type"?: "#microsoft.graph.appleOwnerTypeEnrollmentType" | "microsoft.graph.appleOwnerTypeEnrollmentType";
            ownerType?: components["schemas"]["managedDeviceOwnerType"];
            enrollmentType?: components["schemas"]["appleUserInitiatedEnrollmentType"];
        };
        /** @description The assignment of a profile to a target. As read (Graph). */
        appleEnrollmentProfileAssignment: {
            "@odata.context"?: components["schemas"]["odataContext"];
            /** @constant */
            "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment";
            "@odata.etag": components["schemas"]["entityTag"];
            id: components["schemas"]["id"];
            /** @description Nullable in Graph's metadata; this service never answers null. */
            target: components["schemas"]["assignmentTarget"] | null;
        };
        /** @description An assignment as a GET answers it: all properties of appleEnrollmentProfileAssignment, or those that `$select` names. */
        selectableAssignment: {
            "@odata.context"?: components["schemas"]["odataContext"];
            /** @constant */
            "@odata.type"?: "#microsoft.graph.appleEnrollmentProfileAssignment";
            "@odata.etag"?: components["schemas"]["entityTag"];
            id?: components["schemas"]["id"];
            /** @description Nullable in Graph's metadata; this service never answers null. */
            target?: components["schemas"]["assignmentTarget"] | null;
        };
        /** @description An assignment beside its profile; without annotations where `odata.metadata=none` leaves them out. */
        expandedAssignment: {
            /** @constant */
            "@odata.type"?: "#microsoft.graph.appleEnrollmentProfileAssignment";
            "@odata.etag"?: components["schemas"]["entityTag"];
            id: components["schemas"]["id"];
            /** @description Nullable in Graph's metadata; this service never answers null. */
            target: components["schemas"]["assignmentTarget"] | null;
        };
        /** @description A new assignment. */
        assignmentCreate: {
            "@odata.type"?: components["schemas"]["assignmentTypeName"];
            id?: components["schemas"]["ignored"];
            target: components["schemas"]["assignmentTargetInput"];
        };
        /** @description The properties of an assignment to change. */
        assignmentUpdate: {
            "@odata.type"?: components["schemas"]["assignmentTypeName"];
            id?: components["schemas"]["ignored"];
            target?: components["schemas"]["assignmentTargetInput"];
        };
        /** @description The assignment to write. Without `id`, `target` is required and says which one is meant. */
        assignmentUpsert: {
            "@odata.type"?: components["schemas"]["assignmentTypeName"];
            /** @description The assignment to update. New ones get their id from the service. */
            id?: string;
            target?: components["schemas"]["assignmentTargetInput"];
        };
        assignmentCollection: {
            "@odata.context"?: components["schemas"]["odataContext"];
            "@odata.count"?: components["schemas"]["odataCount"];
            "@odata.nextLink"?: components["schemas"]["odataNextLink"];
            value: components["schemas"]["selectableAssignment"][];
        };
        /** @description One assignment to write, or a delta payload. */
        assignmentsUpdate: components["schemas"]["assignmentUpsert"] | components["schemas"]["assignmentDelta"];
        /** @description Assignments to write and to delete, all or none; at most 20. `@context` will do for `@odata.context` (Decision). */
        assignmentDelta: {
            "@odata.context"?: components["schemas"]["deltaContext"];
            "@context"?: components["schemas"]["deltaContext"];
            value: components["schemas"]["assignmentDeltaItem"][];
        };
        /** @description `#$delta`, or the context URL of a delta that was answered, which ends with `/$delta`. */
        deltaContext: string;
        assignmentDeltaItem: components["schemas"]["assignmentUpsert"] | components["schemas"]["assignmentRemoval"];
        /** @description An assignment to delete. There need not be one. */
        assignmentRemoval: {
            "@odata.type"?: components["schemas"]["assignmentTypeName"];
            "@removed": components["schemas"]["removed"];
            /** @description The assignment to delete. */
            id: string;
        };
        assignmentsUpdated: components["schemas"]["appleEnrollmentProfileAssignment"] | components["schemas"]["assignmentDeltaResult"];
        /** @description What became of each item of a delta, in its order. */
        assignmentDeltaResult: {
            "@odata.context": components["schemas"]["odataContext"];
            value: components["schemas"]["assignmentDeltaResultItem"][];
        };
        assignmentDeltaResultItem: components["schemas"]["appleEnrollmentProfileAssignment"] | components["schemas"]["removedAssignment"];
        /** @description An assignment that is not there any more. */
        removedAssignment: {
            "@removed": components["schemas"]["removed"];
            id: components["schemas"]["id"];
        };
        /** @description Says that an item is to be deleted, or was. */
        removed: {
            /** @enum {string} */
            reason?: "deleted" | "changed";
        };
        /** @description Who or what a profile is assigned to, told apart by `@odata.type`. As read (Graph). */
        assignmentTarget: components["schemas"]["deviceAndAppManagementAssignmentTarget"] | components["schemas"]["allLicensedUsersAssignmentTarget"] | components["schemas"]["allDevicesAssignmentTarget"] | components["schemas"]["groupAssignmentTarget"] | components["schemas"]["exclusionGroupAssignmentTarget"] | components["schemas"]["configurationManagerCollectionAssignmentTarget"];
        /** @description The base of all targets: abstract in Graph's metadata, and yet what the document's own example sends. Accepted, and answered as it was last spelled (Decision). */
        deviceAndAppManagementAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" | "microsoft.graph.deviceAndAppManagementAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        /** @description All users with a licence. */
        allLicensedUsersAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        /** @description All devices. */
        allDevicesAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
        };
        /** @description The members of a group. */
        groupAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.groupAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            groupId: components["schemas"]["groupId"];
        };
        /** @description Everyone but the members of a group. */
        exclusionGroupAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            groupId: components["schemas"]["groupId"];
        };
        /** @description A Configuration Manager collection. */
        configurationManagerCollectionAssignmentTarget: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            "@odata.type": "#microsoft.graph.configurationManagerCollectionAssignmentTarget";
            deviceAndAppManagementAssignmentFilterId: components["schemas"]["filterId"];
            deviceAndAppManagementAssignmentFilterType: components["schemas"]["deviceAndAppManagementAssignmentFilterType"];
            collectionId: components["schemas"]["collectionId"];
        };
        /** @description Who or what to assign the profile to. `@odata.type` and the type's key are required, also in a PATCH; filter properties left out are unchanged, and null and none in a new assignment (Decision). A filter type other than none needs a filter id. */
        assignmentTargetInput: components["schemas"]["deviceAndAppManagementAssignmentTargetInput"] | components["schemas"]["allLicensedUsersAssignmentTargetInput"] | components["schemas"]["allDevicesAssignmentTargetInput"] | components["schemas"]["groupAssignmentTargetInput"] | components["schemas"]["exclusionGroupAssignmentTargetInput"] | components["schemas"]["configurationManagerCollectionAssignmentTargetInput"];
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
        /** @enum {string} */
        appleUserInitiatedEnrollmentType: "unknown" | "device" | "user" | "accountDrivenUserEnrollment" | "webDeviceEnrollment" | "unknownFutureValue";
        /** @enum {string} */
        managedDeviceOwnerType: "unknown" | "company" | "personal" | "unknownFutureValue";
        /**
         * @description windowsMobileApplicationManagement lies beyond the sentinel of this evolvable enumeration: it is accepted, and answered as unknownFutureValue unless the request prefers include-unknown-enum-members.
         * @enum {string}
         */
        devicePlatformType: "android" | "androidForWork" | "iOS" | "macOS" | "windowsPhone81" | "windows81AndLater" | "windows10AndLater" | "androidWorkProfile" | "unknown" | "androidAOSP" | "androidMobileApplicationManagement" | "iOSMobileApplicationManagement" | "unknownFutureValue" | "windowsMobileApplicationManagement";
        /**
         * @description Whether the filter includes or excludes devices; other than none, it needs a filter id.
         * @enum {string}
         */
        deviceAndAppManagementAssignmentFilterType: "none" | "include" | "exclude";
        /** @description The entity's key, made by the service. Opaque. */
        id: string;
        /** @description Computed by the service; ignored in a request, whatever its value. */
        ignored: unknown;
        /**
         * Format: int32
         * @description The place in the tenant's order; 0 is the highest, and there are no gaps (Decision).
         */
        priority: number;
        /**
         * Format: date-time
         * @description UTC, with `Z`.
         */
        dateTime: string;
        /** @description The id of an assignment filter. At most 256 characters (Decision). */
        filterId: string | null;
        /** @description The id of a group. Any format, at most 256 characters; compared without case (Decision). */
        groupId: string;
        /** @description The id of a Configuration Manager collection. Any format, at most 256 characters; compared without case (Decision). */
        collectionId: string;
        /**
         * Format: uri
         * @description The context URL. There where the entity is the whole answer, not inside a collection.
         */
        odataContext: string;
        /** @description How many there are on all pages. There if `$count=true` asks for it. */
        odataCount: number;
        /**
         * Format: uri
         * @description The absolute URL of the next page. Not there on the last one. Opaque.
         */
        odataNextLink: string;
        /** @description A weak entity tag. */
        entityTag: string;
        /** @description `*`, or entity tags separated by commas. */
        entityTags: string;
        /** @description 1 to 128 visible ASCII characters, such as a UUID of version 4. */
        repeatabilityId: string;
        /** @enum {unknown} */
        profileTypeName: "#microsoft.graph.appleUserInitiatedEnrollmentProfile" | "microsoft.graph.appleUserInitiatedEnrollmentProfile";
        /** @enum {unknown} */
        assignmentTypeName: "#microsoft.graph.appleEnrollmentProfileAssignment" | "microsoft.graph.appleEnrollmentProfileAssignment";
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
        ErrorDetail: {
            code: components["schemas"]["ErrorCode"];
            message: string;
            target: string;
        };
        /** @enum {string} */
        ErrorCode: "BadRequest" | "No method match route template" | "InvalidAuthenticationToken" | "Forbidden" | "ResourceNotFound" | "MethodNotAllowed" | "MisdirectedRequest" | "Conflict" | "PreconditionFailed" | "FailedDependency" | "RequestEntityTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "RequestHeaderFieldsTooLarge" | "TooManyRequests" | "InternalServerError" | "ServiceUnavailable";
        batchRequests: {
            /** @description The requests to send. */
            requests: components["schemas"]["batchRequest"][];
        };
        batchRequest: {
            /** @description Tells the response to it. No two of a batch are equal, compared without case. */
            id: string;
            method: components["schemas"]["batchMethod"];
            /** @description Relative to the service root, with a slash first or without. What a URL can't hold is percent-encoded: a space may stand as itself. */
            url: string;
            /** @description A body needs a `Content-Type`. `Authorization` and `Host` are the batch's own, and what concerns a connection (RFC 9110, 7.6.1) means nothing here: those are ignored. */
            headers?: {
                [key: string]: string;
            };
            /** @description JSON. */
            body?: unknown;
            /** @description The ids of those that have to succeed first. */
            dependsOn?: string[];
        };
        /**
         * @description In capitals or not.
         * @enum {string}
         */
        batchMethod: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "get" | "post" | "put" | "patch" | "delete";
        batchResponses: {
            responses: components["schemas"]["batchResponse"][];
        };
        batchResponse: {
            /** @description The request's. */
            id: string;
            status: number;
            /** @description By the names this contract has for them. */
            headers: {
                [key: string]: string;
            };
            /** @description JSON as it is, a text (`text/plain`) as a string, anything else as a string in base64url. Absent if the answer has none. */
            body?: unknown;
        };
    };
    responses: {
        /** @description The profile, as it is now. */
        Profile: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["appleUserInitiatedEnrollmentProfile"];
            };
        };
        /** @description The assignment, as it is now. */
        Assignment: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["appleEnrollmentProfileAssignment"];
            };
        };
        /** @description A bare number. */
        Count: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                [name: string]: unknown;
            };
            content: {
                "text/plain": string;
            };
        };
        /** @description The profile, as it is now. */
        SelectableProfile: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["selectableProfile"];
            };
        };
        /** @description The assignment, as it is now. */
        SelectableAssignment: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["selectableAssignment"];
            };
        };
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
        /** @description Done; the request preferred `return=minimal`. */
        UpdatedMinimal: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Created; the request preferred `return=minimal`. */
        CreatedMinimal: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                Location: components["headers"]["Location"];
                "OData-EntityId": components["headers"]["OData-EntityId"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                 * @example return=representation
                 */
                "Preference-Applied"?: string;
                /**
                 * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                 * @example accepted
                 */
                "Repeatability-Result"?: "accepted" | "rejected";
                [name: string]: unknown;
            };
            content?: never;
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
        /**
         * @description The token is good but has none of the scopes that would do; the message names them, and `WWW-Authenticate` says
         *     `insufficient_scope` (RFC 6750).
         */
        Forbidden: {
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
        /** @description Another assignment of the profile already has this target, or another request has had this `Repeatability-Request-ID` (Decision). */
        Conflict: {
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
        /** @description The `If-Match` or `If-None-Match` condition does not hold, or `Repeatability-First-Sent` is more than 24 hours from now. Nothing was changed (Decision). */
        PreconditionFailed: {
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
        /** @description The application has made more requests in the tenant than it may; none of this one was done. */
        TooManyRequests: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "Retry-After": components["headers"]["Retry-After"];
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
        /** @description The entity still has an entity tag that `If-None-Match` names. No body. */
        NotModified: {
            headers: {
                "request-id": components["headers"]["request-id"];
                "client-request-id": components["headers"]["client-request-id"];
                "OData-Version": components["headers"]["OData-Version"];
                ETag: components["headers"]["ETag"];
                /**
                 * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
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
         * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
         * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        profileId: string;
        /**
         * @description The assignment's `id`. Opaque.
         * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
         */
        assignmentId: string;
        /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
        "If-Match": components["schemas"]["entityTags"];
        /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
        "If-None-Match": components["schemas"]["entityTags"];
        /** @description Answer 304 if the entity exists and, unless this is `*`, has one of these entity tags. Weak comparison. With `$expand` it is ignored: a profile's entity tag says nothing of its assignments. */
        "If-None-Match-of-GET": components["schemas"]["entityTags"];
        /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
        "Repeatability-Request-ID": components["schemas"]["repeatabilityId"];
        /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
        "Repeatability-First-Sent": string;
        /** @description Who has given the request its id, where several callers of one application do. */
        "Repeatability-Client-ID": components["schemas"]["repeatabilityId"];
        /** @description The properties to show, separated by commas, such as `id,displayName`; `*` for all. What identifies and describes an entity (`@odata.type`, `@odata.etag`) is always there. */
        select: string;
        /**
         * @description Shows only what the condition holds for: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, parentheses,
         *     `contains`, `startswith`, `endswith`, `tolower`, `toupper`; texts in single quotes (a quote in them is doubled),
         *     dates as `2026-11-23T12:00:00Z`, `null`; of a target, `target/groupId` and its other properties. What can't be
         *     understood is a 400 with its position. `unknownFutureValue` holds for itself and for every member beyond it, as
         *     they are shown, whatever the request prefers (Decision).
         */
        filter: string;
        /** @description Properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. Null comes before any value; members of enumerations sort as texts, by the name they were written with; what is equal comes in order of `id`. */
        orderby: string;
        /** @description How many to show at most in one answer; `@odata.nextLink` leads to the rest (Graph: the size of a page, and not of the whole). */
        top: number;
        /** @description How many to leave out at the beginning. For pages, follow `@odata.nextLink` instead. */
        skip: number;
        /** @description Where a page begins. Opaque; it comes with `@odata.nextLink` and is good for the same query only. */
        skiptoken: string;
        /** @description With `true`, `@odata.count` says how many there are on all pages. */
        count: boolean;
        /** @description `assignments` shows each profile's assignments with it (Decision: the real service lacks it on the list). */
        expand: string;
        /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
        Prefer: string;
    };
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
         * @description The entity tag of the entity in the body, equal to its `@odata.etag`.
         * @example W/"1"
         */
        ETag: components["schemas"]["entityTag"];
        /**
         * @description The absolute URL of the new entity.
         * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        Location: string;
        /**
         * @description The new entity's URL, since no body names its `id` (OData 4.01, 8.3.3).
         * @example http://127.0.0.1:3000/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
         */
        "OData-EntityId": string;
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
    listProfiles: {
        parameters: {
            query?: {
                /** @description The properties to show, separated by commas, such as `id,displayName`; `*` for all. What identifies and describes an entity (`@odata.type`, `@odata.etag`) is always there. */
                $select?: components["parameters"]["select"];
                /**
                 * @description Shows only what the condition holds for: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, parentheses,
                 *     `contains`, `startswith`, `endswith`, `tolower`, `toupper`; texts in single quotes (a quote in them is doubled),
                 *     dates as `2026-11-23T12:00:00Z`, `null`; of a target, `target/groupId` and its other properties. What can't be
                 *     understood is a 400 with its position. `unknownFutureValue` holds for itself and for every member beyond it, as
                 *     they are shown, whatever the request prefers (Decision).
                 */
                $filter?: components["parameters"]["filter"];
                /** @description Properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. Null comes before any value; members of enumerations sort as texts, by the name they were written with; what is equal comes in order of `id`. */
                $orderby?: components["parameters"]["orderby"];
                /** @description How many to show at most in one answer; `@odata.nextLink` leads to the rest (Graph: the size of a page, and not of the whole). */
                $top?: components["parameters"]["top"];
                /** @description How many to leave out at the beginning. For pages, follow `@odata.nextLink` instead. */
                $skip?: components["parameters"]["skip"];
                /** @description Where a page begins. Opaque; it comes with `@odata.nextLink` and is good for the same query only. */
                $skiptoken?: components["parameters"]["skiptoken"];
                /** @description With `true`, `@odata.count` says how many there are on all pages. */
                $count?: components["parameters"]["count"];
                /** @description `assignments` shows each profile's assignments with it (Decision: the real service lacks it on the list). */
                $expand?: components["parameters"]["expand"];
            };
            header?: {
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profiles. */
            200: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["profileCollection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["profileCreate"];
            };
        };
        responses: {
            /** @description The new profile. */
            201: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    /**
                     * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["appleUserInitiatedEnrollmentProfile"];
                };
            };
            204: components["responses"]["CreatedMinimal"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    countProfiles: {
        parameters: {
            query?: {
                /**
                 * @description Shows only what the condition holds for: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, parentheses,
                 *     `contains`, `startswith`, `endswith`, `tolower`, `toupper`; texts in single quotes (a quote in them is doubled),
                 *     dates as `2026-11-23T12:00:00Z`, `null`; of a target, `target/groupId` and its other properties. What can't be
                 *     understood is a 400 with its position. `unknownFutureValue` holds for itself and for every member beyond it, as
                 *     they are shown, whatever the request prefers (Decision).
                 */
                $filter?: components["parameters"]["filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Count"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getProfile: {
        parameters: {
            query?: {
                /** @description The properties to show, separated by commas, such as `id,displayName`; `*` for all. What identifies and describes an entity (`@odata.type`, `@odata.etag`) is always there. */
                $select?: components["parameters"]["select"];
                /** @description `assignments` shows each profile's assignments with it (Decision: the real service lacks it on the list). */
                $expand?: components["parameters"]["expand"];
            };
            header?: {
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Answer 304 if the entity exists and, unless this is `*`, has one of these entity tags. Weak comparison. With `$expand` it is ignored: a profile's entity tag says nothing of its assignments. */
                "If-None-Match"?: components["parameters"]["If-None-Match-of-GET"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SelectableProfile"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["profileUpdate"];
            };
        };
        responses: {
            200: components["responses"]["Profile"];
            204: components["responses"]["UpdatedMinimal"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setPriority: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["setPriorityParameters"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAssignments: {
        parameters: {
            query?: {
                /** @description The properties to show, separated by commas, such as `id,displayName`; `*` for all. What identifies and describes an entity (`@odata.type`, `@odata.etag`) is always there. */
                $select?: components["parameters"]["select"];
                /**
                 * @description Shows only what the condition holds for: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, parentheses,
                 *     `contains`, `startswith`, `endswith`, `tolower`, `toupper`; texts in single quotes (a quote in them is doubled),
                 *     dates as `2026-11-23T12:00:00Z`, `null`; of a target, `target/groupId` and its other properties. What can't be
                 *     understood is a 400 with its position. `unknownFutureValue` holds for itself and for every member beyond it, as
                 *     they are shown, whatever the request prefers (Decision).
                 */
                $filter?: components["parameters"]["filter"];
                /** @description Properties to sort by, separated by commas, each with `asc` (the default) or `desc`, such as `displayName desc`. Null comes before any value; members of enumerations sort as texts, by the name they were written with; what is equal comes in order of `id`. */
                $orderby?: components["parameters"]["orderby"];
                /** @description How many to show at most in one answer; `@odata.nextLink` leads to the rest (Graph: the size of a page, and not of the whole). */
                $top?: components["parameters"]["top"];
                /** @description How many to leave out at the beginning. For pages, follow `@odata.nextLink` instead. */
                $skip?: components["parameters"]["skip"];
                /** @description Where a page begins. Opaque; it comes with `@odata.nextLink` and is good for the same query only. */
                $skiptoken?: components["parameters"]["skiptoken"];
                /** @description With `true`, `@odata.count` says how many there are on all pages. */
                $count?: components["parameters"]["count"];
            };
            header?: {
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assignments. */
            200: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["assignmentCollection"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["assignmentCreate"];
            };
        };
        responses: {
            /** @description The new assignment. */
            201: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    /**
                     * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["appleEnrollmentProfileAssignment"];
                };
            };
            204: components["responses"]["CreatedMinimal"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateAssignments: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["assignmentsUpdate"];
            };
        };
        responses: {
            /** @description The assignment, as it is now; of a delta, what became of each item, without an `ETag`. */
            200: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    /**
                     * @description The entity tag of the assignment in the body. Not there in the answer to a delta.
                     * @example W/"1"
                     */
                    ETag?: components["schemas"]["entityTag"];
                    /**
                     * @description The preferences of `Prefer` that were honoured (RFC 7240). Not there if there were none.
                     * @example return=representation
                     */
                    "Preference-Applied"?: string;
                    /**
                     * @description Of a request with `Repeatability-Request-ID`: `accepted`, it is carried out once at most and may be repeated, or `rejected`, nothing was done. Not there for any other, nor if it was refused before that was looked at.
                     * @example accepted
                     */
                    "Repeatability-Result"?: "accepted" | "rejected";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["assignmentsUpdated"];
                };
            };
            204: components["responses"]["UpdatedMinimal"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    countAssignments: {
        parameters: {
            query?: {
                /**
                 * @description Shows only what the condition holds for: `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `and`, `or`, `not`, parentheses,
                 *     `contains`, `startswith`, `endswith`, `tolower`, `toupper`; texts in single quotes (a quote in them is doubled),
                 *     dates as `2026-11-23T12:00:00Z`, `null`; of a target, `target/groupId` and its other properties. What can't be
                 *     understood is a 400 with its position. `unknownFutureValue` holds for itself and for every member beyond it, as
                 *     they are shown, whatever the request prefers (Decision).
                 */
                $filter?: components["parameters"]["filter"];
            };
            header?: never;
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Count"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAssignment: {
        parameters: {
            query?: {
                /** @description The properties to show, separated by commas, such as `id,displayName`; `*` for all. What identifies and describes an entity (`@odata.type`, `@odata.etag`) is always there. */
                $select?: components["parameters"]["select"];
            };
            header?: {
                /** @description Answer 304 if the entity exists and, unless this is `*`, has one of these entity tags. Weak comparison. With `$expand` it is ignored: a profile's entity tag says nothing of its assignments. */
                "If-None-Match"?: components["parameters"]["If-None-Match-of-GET"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * @description The assignment's `id`. Opaque.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SelectableAssignment"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * @description The assignment's `id`. Opaque.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on only if the entity exists and, unless this is `*`, has one of these entity tags; else 412. Weak comparison. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Go on only if the entity does not exist or, unless this is `*`, has none of these entity tags; else 412. Weak comparison. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Preferences, separated by commas: `return=minimal` or `return=representation` for a write, `odata.maxpagesize=<n>` for a list, `include-unknown-enum-members` for profiles. */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path: {
                /**
                 * @description The profile's `id`. Opaque; real Intune ids may contain `_`.
                 * @example c0f04fbd-52e8-4f4b-8d23-0e0b5d4b2c11
                 */
                profileId: components["parameters"]["profileId"];
                /**
                 * @description The assignment's `id`. Opaque.
                 * @example b8b20f32-0f32-b8b2-320f-b2b8320fb2b8
                 */
                assignmentId: components["parameters"]["assignmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["assignmentUpdate"];
            };
        };
        responses: {
            200: components["responses"]["Assignment"];
            204: components["responses"]["UpdatedMinimal"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this request out once, however often it comes with this id: a repeated one is given the answer of the first. No two requests share an id, ever. It goes with `Repeatability-First-Sent`. */
                "Repeatability-Request-ID"?: components["parameters"]["Repeatability-Request-ID"];
                /** @description When the request was sent for the first time; repeated, it says the same. Its id is remembered for 24 hours from then. */
                "Repeatability-First-Sent"?: components["parameters"]["Repeatability-First-Sent"];
                /** @description Who has given the request its id, where several callers of one application do. */
                "Repeatability-Client-ID"?: components["parameters"]["Repeatability-Client-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["batchRequests"];
            };
        };
        responses: {
            /** @description The answers. */
            200: {
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
                content: {
                    "application/json": components["schemas"]["batchResponses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
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
            /** @description The metadata. */
            200: {
                headers: {
                    "request-id": components["headers"]["request-id"];
                    "client-request-id": components["headers"]["client-request-id"];
                    "OData-Version": components["headers"]["OData-Version"];
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            400: components["responses"]["BadRequest"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
