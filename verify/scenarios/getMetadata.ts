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
        title: "describes the entity types, even to a caller without a token",
        expect: [
          { matches: ["{answer}", '<EntityType Name="appleUserInitiatedEnrollmentProfile"'] },
          { matches: ["{answer}", '<EntityType Name="appleEnrollmentProfileAssignment"'] },
        ],
      },
      {
        title: "describes the properties of the entity types and of targets",
        expect: properties.map((name) => ({ matches: ["{answer}", `Property [^>]*Name="${name}"`] })),
      },
    ],
    400: [
      {
        title: "refuses an unsupported query option, and names it",
        query: { $search: "x" },
        expect: [{ same: ["{answer.error.target}", "$search"] }],
      },
    ],
  },
};
