// Made from openapi.yaml by `npm run generate`; do not edit.

/** Each operation of the contract: its method, its path template and the kind of its successful body. */
export const operationRoutes = {
  /**
   * List profiles
   *
   * The profiles of the tenant, by priority, the highest (0) first, unless `$orderby` says otherwise; at most 1,000 in
   * an answer, whose `@odata.nextLink` then leads to the next ones (Decision); with `$expand`, 100. While others insert and delete, a
   * caller who follows the links sees every profile that was there throughout exactly once.
   * Source: Graph, *List appleUserInitiatedEnrollmentProfiles*; the order is a Decision.
   */
  listProfiles: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles", body: "collection" },
  /**
   * Create a profile
   *
   * Creates a profile and answers it. `displayName` is required. Without `priority` the profile is appended after
   * the tenant's last; with one it is inserted there and those below move down; beyond the end it is appended
   * (Graph's own example asks for 8 in an empty tenant).
   * Source: Graph, *Create appleUserInitiatedEnrollmentProfile*; defaults and insertion are Decisions.
   */
  createProfile: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles", body: "json" },
  /**
   * Count profiles
   *
   * The number of profiles in the tenant that `$filter` lets pass, as a bare number.
   * Source: Graph, the collection's `$count` segment.
   */
  countProfiles: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/$count", body: "text" },
  /**
   * Get a profile
   *
   * One profile, as a bare entity.
   * Source: Graph, *Get appleUserInitiatedEnrollmentProfile* (the `{"value": {}}` wrapper in its example is a
   * fault of the document).
   */
  getProfile: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "json" },
  /**
   * Delete a profile
   *
   * Deletes the profile and its assignments. The profiles below it move up: priorities stay contiguous.
   * Source: Graph, *Delete appleUserInitiatedEnrollmentProfile*; the priorities are a Decision.
   */
  deleteProfile: { method: "delete", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "none" },
  /**
   * Update a profile
   *
   * Merges the given properties into the profile. A `priority` acts as setPriority does. An empty object changes
   * nothing and answers the profile.
   * Source: Graph, *Update appleUserInitiatedEnrollmentProfile*; preconditions and priority are Decisions.
   */
  updateProfile: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}", body: "json" },
  /**
   * Set a profile's priority
   *
   * Moves the profile to the given priority; the profiles between its old and its new place move by one. Priorities
   * in a tenant are always 0…n-1 without a gap, 0 is the highest. A priority beyond the end is a 400 that names
   * the range.
   * Source: Graph, *setPriority action*; renumbering and range are Decisions. A shifted profile's entity tag
   * changes, its `lastModifiedDateTime` does not.
   */
  setPriority: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/setPriority", body: "none" },
  /**
   * List a profile's assignments
   *
   * The assignments of the profile, the oldest first unless `$orderby` says otherwise. All of them, unless `$top` or
   * `odata.maxpagesize` asks for pages: the Terraform provider reads this collection and does not follow a next link.
   * Source: Graph, *List assignments*; the order is a Decision.
   */
  listAssignments: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "collection" },
  /**
   * Create an assignment
   *
   * Assigns the profile to a target. The same target twice in one profile is a 409: two targets are the same when
   * type and `groupId` or `collectionId` agree, compared without case.
   * Source: Graph, *Create appleEnrollmentProfileAssignment*; uniqueness is a Decision.
   */
  createAssignment: { method: "post", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "json" },
  /**
   * Update assignments
   *
   * Writes one assignment of the profile, safely repeatable: the same request twice leaves the same state and
   * answers the same `id`. It never deletes and never touches another assignment.
   *
   * 1. With an `id`: merges into that assignment; 404 if the profile has none with it.
   * 2. Without: finds the assignment with the same target (type plus `groupId` or `collectionId`, compared without
   *    case) and updates its filter, or creates it if there is none. Both answer 200 and the whole assignment.
   * 3. `If-Match` (`*` or an entity tag): update only, 412 if there is none or it changed.
   *    `If-None-Match: *`: create only, 412 if there is one (404 if the body names an `id` that does not exist).
   * 4. An array, an empty object or a body that would create without a `target` is a 400.
   * 5. A delta payload, `{"@odata.context": "#$delta", "value": [...]}` (OData 4.01, 11.4.13; Graph takes one for a
   *    fileStorageContainer's permissions), writes up to 20 assignments, all or none: each item as in 1 and 2, in
   *    the order given, or `{"@removed": {}, "id": "…"}`, which deletes and succeeds also if there is none. The
   *    answer is a delta payload in the same order. It takes no precondition, and `continue-on-error` is not
   *    promised.
   *
   * Source: Graph, *Update assignments*, for the request, the 200 and the shape; the document does not say which
   * assignment is meant, so 1–5 are Decisions.
   */
  updateAssignments: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments", body: "json" },
  /**
   * Count a profile's assignments
   *
   * The number of assignments of the profile that `$filter` lets pass, as a bare number.
   * Source: Graph, the collection's `$count` segment.
   */
  countAssignments: { method: "get", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/$count", body: "text" },
  /**
   * Get an assignment
   *
   * One assignment of the profile.
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
   * Merges the given properties into the assignment. Filter properties left out are unchanged; a target of another
   * type keeps only them. A target that another assignment of the profile already has is a 409. An empty object
   * changes nothing and answers the assignment.
   * Source: Graph, *Update appleEnrollmentProfileAssignment*; uniqueness and preconditions are Decisions.
   */
  updateAssignment: { method: "patch", path: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments/{assignmentId}", body: "json" },
  /**
   * Send requests together
   *
   * Up to 20 requests in one (Graph). Each is answered as if it had come by itself, with the token of the whole: it
   * has a status, headers and a `request-id` of its own, and counts for itself where requests are counted. They run
   * side by side, but for those that name others in `dependsOn`: they wait for these, and if one of them fails (a
   * status of 400 or more) they are not sent and answer 424. The batch answers 200, whatever its requests do; it is
   * a 400 only if it is malformed itself, and then nothing of it was done. It is not atomic.
   *
   * Responses stand in the order of the requests (Decision: Graph promises none). A batch in a batch is a 400
   * (Decision).
   *
   * A `Repeatability-Request-ID` of the batch stands for one of each of its writes that has none of its own: when
   * the batch is repeated, each write that was carried out is answered as it was, the others and the reads are
   * done now, and a write that is another than at its place before is a 409 (Decision).
   * Source: Graph, *Combine multiple HTTP requests using JSON batching*, and where that is silent OData JSON Format
   * 4.01, 19.
   */
  batch: { method: "post", path: "/$batch", body: "json" },
  /**
   * Get the metadata
   *
   * The types of this service as OData describes them (CSDL 4.0, XML): what of Graph's own metadata this contract has
   * a use for. No token is needed.
   * Source: Graph, *$metadata*.
   */
  getMetadata: { method: "get", path: "/$metadata", body: "xml" },
} as const;
