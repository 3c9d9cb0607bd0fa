import type { OperationScenarios } from "./language/scenario.ts";

const properties = [
  "id",
  "displayName",
  "description",
  "priority",
  "platform",
  "createdDateTime",
  "lastModifiedDateTime",
  "defaultEnrollmentType",
  "availableEnrollmentTypeOptions",
  "ownerType",
  "enrollmentType",
  "assignments",
  "target",
  "deviceAndAppManagementAssignmentFilterId",
  "deviceAndAppManagementAssignmentFilterType",
  "groupId",
  "collectionId",
];

export const getMetadata: OperationScenarios<"getMetadata"> = {
  caller: "anonymous",
  scenarios: {
    200: [
      {
        title: "describes the types, even without a token",
        expect: [
          { matches: ["{answer}", '<EntityType Name="appleUserInitiatedEnrollmentProfile"'] },
          { matches: ["{answer}", '<EntityType Name="appleEnrollmentProfileAssignment"'] },
        ],
      },
      {
        title: "describes the properties of the types and of targets",
        expect: properties.map((name) => ({ matches: ["{answer}", `Property [^>]*Name="${name}"`] })),
      },
    ],
    400: [
      {
        title: "refuses a query option that it does not support, and names it",
        query: { $search: "x" },
        expect: [{ same: ["{answer.error.target}", "$search"] }],
      },
    ],
  },
};
