import { anAssignment, anotherAssignment, aProfile, group, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const countAssignments: OperationScenarios<"countAssignments"> = {
  given: [aProfile, anAssignment, anotherAssignment],
  scenarios: {
    200: [
      {
        title: "counts as many as the list shows",
        after: [{ as: "list", operation: "listAssignments" }],
        expect: [{ counts: ["{answer}", "{list.value}"] }, { counts: [2, "{list.value}"] }],
      },
      {
        title: "counts those that the filter lets pass",
        query: { $filter: `target/groupId eq '${group.groupId}'` },
        expect: [{ matches: ["{answer}", "^1$"] }],
      },
    ],
    400: [
      {
        title: "refuses an option that means nothing here",
        query: { $orderby: "id" },
        expect: [{ same: ["{answer.error.target}", "$orderby"] }],
      },
    ],
    404: [
      { title: "knows no profile with an unknown id", given: [], path: { profileId: noId } },
      { title: "keeps a profile from another tenant", caller: "stranger" },
    ],
  },
};
