// Made from openapi.yaml by `npm run generate`; do not edit.

/** Each operation of the contract: its method, its path template and the kind of its successful body. */
export const operationRoutes = {
  /**
   * List profiles
   *
   * Returns the profiles of the tenant in the order of their priority, the highest (0) first, unless `$orderby` asks
   * for another order. A page has at most 1,000 profiles, or 100 with `$expand`, and fewer if they are long;
   * `@odata.nextLink` leads to the next page (Decision). A client that follows all links sees each profile exactly
   * once if the profile exists from the first page to the last, even if others are inserted or deleted in the
   * meantime. `$expand` shows up to 1,000 assignments of each profile; `assignments@odata.nextLink` leads to the
   * others (Decision).
   * Source: Graph, *List appleUserInitiatedEnrollmentProfiles*; the order is a Decision.
   */
  listProfiles: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles", body: "collection" },
  /**
   * Create a profile
   *
   * Creates a profile and returns it. `displayName` is required. Without `priority`, the profile is added at the end
   * of the tenant's order. With `priority`, it is inserted at that position and the profiles below it move down by
   * one. If the position is beyond the end, the profile is added at the end (Graph's own example asks for 8 in an
   * empty tenant).
   * Source: Graph, *Create appleUserInitiatedEnrollmentProfile*; defaults and insertion are Decisions.
   */
  createProfile: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles", body: "json" },
  /**
   * Count profiles
   *
   * Returns the number of profiles in the tenant that match `$filter`, as plain text.
   * Source: Graph, the collection's `$count` segment.
   */
  countProfiles: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/$count", body: "text" },
  /**
   * Get a profile
   *
   * Returns one profile, without a wrapper around it.
   * Source: Graph, *Get appleUserInitiatedEnrollmentProfile* (the `{"value": {}}` wrapper in its example is a
   * mistake in that document).
   */
  getProfile: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "json" },
  /**
   * Delete a profile
   *
   * Deletes the profile and its assignments. The profiles below it move up by one, so that priorities have no gaps.
   * Source: Graph, *Delete appleUserInitiatedEnrollmentProfile*; the priorities are a Decision.
   */
  deleteProfile: { method: "delete", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "none" },
  /**
   * Update a profile
   *
   * Merges the given properties into the profile and returns it. `priority` has the same effect as `setPriority`. An
   * empty object changes nothing.
   * Source: Graph, *Update appleUserInitiatedEnrollmentProfile*; preconditions and priority are Decisions.
   */
  updateProfile: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "json" },
  /**
   * Set a profile's priority
   *
   * Moves the profile to the given priority. The profiles between its old and its new position move by one. The
   * priorities of a tenant's n profiles are always 0 to n-1 without a gap; 0 is the highest. A priority beyond the
   * end is refused with a 400 whose message states the range. If a profile moves because another profile was moved,
   * its entity tag changes, but its `lastModifiedDateTime` does not.
   * Source: Graph, *setPriority action*; the renumbering and the range are Decisions.
   */
  setPriority: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/setPriority", body: "none" },
  /**
   * List a profile's assignments
   *
   * Returns the assignments of the profile, the oldest first, unless `$orderby` asks for another order. A page has at
   * most 1,000 assignments, and fewer if they are long; `@odata.nextLink` leads to the next page (Decision).
   * Source: Graph, *List assignments*; the order is a Decision.
   */
  listAssignments: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "collection" },
  /**
   * Create an assignment
   *
   * Assigns the profile to a target. If the profile already has this target, the answer is 409. Two targets are the
   * same if their types and their `groupId` or `collectionId` are equal, ignoring the case of the letters A to Z.
   * Source: Graph, *Create appleEnrollmentProfileAssignment*; uniqueness is a Decision.
   */
  createAssignment: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "json" },
  /**
   * Update assignments
   *
   * Creates or updates one assignment of the profile. The request is idempotent: sending it twice leaves the same
   * state and returns the same `id`. Except with a delta payload (see 5), it deletes nothing and changes no other
   * assignment.
   *
   * 1. With an `id`, the body is merged into that assignment. If the profile has no assignment with this `id`, the
   *    answer is 404.
   * 2. Without an `id`, the assignment with the same target is updated (same type and same `groupId` or
   *    `collectionId`, ignoring case): its filter changes. If no assignment has this target, one is created. In both
   *    cases the answer is 200 with the whole assignment.
   * 3. With `If-Match` (`*` or an entity tag), the request can only update: the answer is 412 if the assignment does
   *    not exist or has changed. With `If-None-Match: *`, it can only create: the answer is 412 if the assignment
   *    exists (404 if the body contains an `id` that does not exist).
   * 4. If the body is an array or an empty object, or lacks the `target` that a creation needs, the answer is 400.
   * 5. A delta payload, `{"@odata.context": "#$delta", "value": [...]}` (OData 4.01, 11.4.13; Graph accepts one for
   *    the permissions of a fileStorageContainer), writes up to 20 assignments atomically, in the given order. An
   *    item is written as in 1 and 2, unless it is `{"@removed": {}, "id": "…"}`: such an item deletes the
   *    assignment, and also succeeds if the assignment does not exist. The answer is a delta payload with the
   *    results in the same order. Preconditions are not allowed, and `continue-on-error` is not supported.
   *
   * Source: Graph, *Update assignments*, for the request, the status 200 and the shape of the answer. That document
   * does not say which assignment the request updates, so 1 to 5 are Decisions.
   */
  updateAssignments: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "json" },
  /**
   * Count a profile's assignments
   *
   * Returns the number of assignments of the profile that match `$filter`, as plain text.
   * Source: Graph, the collection's `$count` segment.
   */
  countAssignments: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/$count", body: "text" },
  /**
   * Get an assignment
   *
   * Returns one assignment of the profile.
   * Source: Graph, *Get appleEnrollmentProfileAssignment*.
   */
  getAssignment: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/{assignmentId}", body: "json" },
  /**
   * Delete an assignment
   *
   * Deletes the assignment.
   * Source: Graph, *Delete appleEnrollmentProfileAssignment*; preconditions are a Decision.
   */
  deleteAssignment: { method: "delete", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/{assignmentId}", body: "none" },
  /**
   * Update an assignment
   *
   * Merges the given properties into the assignment and returns it. Filter properties that `target` leaves out stay
   * unchanged. If the type of the target changes, only the filter is kept from the old target.
   * If another assignment of the profile already has this target, the answer is 409. An empty object changes
   * nothing.
   * Source: Graph, *Update appleEnrollmentProfileAssignment*; uniqueness and preconditions are Decisions.
   */
  updateAssignment: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/{assignmentId}", body: "json" },
  /**
   * Send several requests in a batch
   *
   * Sends up to 20 requests in one HTTP request (Graph). Each of them is answered as if it had been sent alone with
   * the token of the batch: it has its own status, headers and `request-id`, and counts as one request for rate
   * limits. Some of the requests run at the same time, except those that list other requests in `dependsOn`: such a
   * request waits for the requests that it lists, and if one of these fails (a status of 400 or more), it is not sent
   * and its status is 424. The status of the batch is 200, whatever the statuses of its requests are. If the batch
   * itself is malformed, the answer is 400 and no request is sent. A batch is not atomic.
   *
   * When the answers to a batch reach 8 MiB together, its other requests are not sent and get the status 503 with
   * `Retry-After`: send them in another batch (Decision).
   *
   * The responses are in the order of the requests (Decision: Graph does not guarantee an order). A batch inside a
   * batch is refused with 400 (Decision).
   *
   * The `Repeatability-Request-ID` of a batch applies to each write in the batch that does not have such an id
   * itself. When the batch is repeated, each write that was carried out gets the same answer again, and all other
   * requests are sent again. A write that differs from the earlier write at the same position is refused with 409
   * (Decision).
   * Source: Graph, *Combine multiple HTTP requests using JSON batching*; OData JSON Format 4.01, 19, for cases that
   * Graph's document does not cover.
   */
  batch: { method: "post", path: "/$batch", body: "json" },
  /**
   * Get the metadata
   *
   * Returns the OData description of this service's types (CSDL 4.0, XML): the part of Graph's own metadata that
   * this contract uses. No token is needed.
   * Source: Graph, *$metadata*.
   */
  getMetadata: { method: "get", path: "/$metadata", body: "xml" },
} as const;
