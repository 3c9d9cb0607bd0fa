import { anAssignment, anotherAssignment, aProfile, group, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const countAssignments: OperationScenarios<"countAssignments"> = {
  given: [aProfile, anAssignment, anotherAssignment],
  scenarios: {
    200: [
      {
        title: "returns the same number as there are assignments in the list",
        after: [{ as: "list", operation: "listAssignments" }],
        expect: [{ counts: ["{answer}", "{list.value}"] }, { counts: [2, "{list.value}"] }],
      },
      {
        title: "counts only the assignments that match $filter",
        query: { $filter: `target/groupId eq '${group.groupId}'` },
        expect: [{ matches: ["{answer}", "^1$"] }],
      },
    ],
    400: [
      {
        title: "refuses an unsupported query option",
        query: { $orderby: "id" },
        expect: [{ same: ["{answer.error.target}", "$orderby"] }],
      },
    ],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      { title: "does not find a profile of another tenant", caller: "stranger" },
    ],
  },
};
