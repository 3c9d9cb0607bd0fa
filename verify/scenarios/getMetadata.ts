import type { OperationScenarios } from "../scenario.ts";

export const getMetadata: OperationScenarios<"getMetadata"> = {
  caller: "nobody",
  scenarios: {
    200: [
      {
        title: "describes the types to whoever asks",
        expect: [
          { matches: ["{answer}", '<EntityType Name="appleUserInitiatedEnrollmentProfile"'] },
          { matches: ["{answer}", '<EntityType Name="appleEnrollmentProfileAssignment"'] },
        ],
      },
    ],
    400: [
      {
        title: "refuses a query option that it doesn't have, and names it",
        query: { $search: "x" },
        expect: [{ same: ["{answer.error.target}", "$search"] }],
      },
    ],
  },
};
