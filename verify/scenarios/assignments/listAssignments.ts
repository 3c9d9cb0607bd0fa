import { alone, anAssignment, anotherAssignment, aProfile, noId, pagesOfPreferredSize } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const listAssignments: OperationScenarios<"listAssignments"> = {
  given: [aProfile, anAssignment, anotherAssignment],
  scenarios: {
    200: [
      {
        title: "returns every assignment as it was created, the oldest first",
        evidence: "decision",
        expect: [
          { same: ["{answer.value.0}", "{assignment}"], but: alone },
          { same: ["{answer.value.1}", "{second}"], but: alone },
          { counts: [2, "{answer.value}"] },
        ],
      },
      {
        title: "returns all assignments on one page, unless the client asks for pages",
        expect: [
          { has: ["{answer.value}", "id", "{assignment.id}"] },
          { has: ["{answer.value}", "id", "{second.id}"] },
          { absent: "{answer.@odata.nextLink}" },
        ],
      },
      {
        title: "returns an empty list for a profile without assignments",
        given: [aProfile],
        expect: [{ counts: [0, "{answer.value}"] }],
      },
      {
        title: "returns only the assignments whose target matches $filter",
        query: { $filter: "target/groupId eq '{second.target.groupId}'" },
        expect: [{ all: ["{answer.value}", "id", "{second.id}"] }, { counts: [1, "{answer.value}"] }],
      },
      {
        title: "returns pages of $top assignments, and the next links lead to every assignment exactly once",
        query: { $top: "1", $count: "true" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { counts: [1, "{answer.value}"] },
          { counts: [1, "{rest.value}"] },
          { apart: ["{answer.value}", "{rest.value}"] },
          { same: ["{answer.@odata.count}", 2] },
          { absent: "{rest.@odata.nextLink}" },
        ],
      },
      pagesOfPreferredSize,
      {
        title: "sorts the assignments by $orderby",
        query: { $orderby: "target/groupId" },
        expect: [
          { same: ["{answer.value.0.id}", "{second.id}"] },
          { same: ["{answer.value.1.id}", "{assignment.id}"] },
        ],
      },
      {
        title: "leaves out the first $skip assignments after sorting",
        query: { $skip: "1", $orderby: "target/groupId" },
        expect: [{ counts: [1, "{answer.value}"] }],
      },
      {
        title: "returns only the properties in $select",
        query: { $select: "id" },
        expect: [{ same: ["{answer.value.0.id}", "{assignment.id}"] }, { absent: "{answer.value.0.target}" }],
      },
      {
        title: "returns as many assignments as countAssignments counts",
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ counts: ["{count}", "{answer.value}"] }],
      },
    ],
    400: [
      {
        title: "refuses an unsupported query option, and names it",
        query: { $expand: "target" },
        expect: [{ same: ["{answer.error.target}", "$expand"] }],
      },
      {
        title: "refuses a $filter with a syntax error",
        query: { $filter: "target/groupId" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
    ],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      { title: "does not find a profile of another tenant", caller: "stranger" },
    ],
  },
};
