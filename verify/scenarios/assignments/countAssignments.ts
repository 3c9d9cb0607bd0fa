import { anAssignment, anotherAssignment, aProfile, group, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const countAssignments: OperationScenarios<"countAssignments"> = {
  given: [aProfile, anAssignment, anotherAssignment],
  scenarios: {
    200: [
      {
        title: "counts as many assignments as the list contains",
        after: [{ as: "list", operation: "listAssignments" }],
        expect: [{ counts: ["{answer}", "{list.value}"] }, { counts: [2, "{list.value}"] }],
      },
      {
        title: "counts the assignments that match the filter",
        query: { $filter: `target/groupId eq '${group.groupId}'` },
        expect: [{ matches: ["{answer}", "^1$"] }],
      },
    ],
    400: [
      {
        title: "refuses a query option that it does not support",
        query: { $orderby: "id" },
        expect: [{ same: ["{answer.error.target}", "$orderby"] }],
      },
    ],
    404: [
      { title: "reports that no profile has the id", given: [], path: { profileId: noId } },
      { title: "hides the profile from another tenant", caller: "stranger" },
    ],
  },
};
