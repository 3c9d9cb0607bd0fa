import { alone, anAssignment, anotherAssignment, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const listAssignments: OperationScenarios<"listAssignments"> = {
  given: [aProfile, anAssignment, anotherAssignment],
  scenarios: {
    200: [
      {
        title: "shows every assignment as it was created, the oldest first",
        evidence: "decision",
        expect: [
          { same: ["{answer.value.0}", "{assignment}"], but: alone },
          { same: ["{answer.value.1}", "{second}"], but: alone },
          { counts: [2, "{answer.value}"] },
        ],
      },
      {
        title: "has all of them and no next page, unless somebody asks for one",
        expect: [
          { has: ["{answer.value}", "id", "{assignment.id}"] },
          { has: ["{answer.value}", "id", "{second.id}"] },
          { absent: "{answer.@odata.nextLink}" },
        ],
      },
      { title: "is empty for a profile that has none", given: [aProfile], expect: [{ counts: [0, "{answer.value}"] }] },
      {
        title: "filters by the target",
        query: { $filter: "target/groupId eq '{second.target.groupId}'" },
        expect: [{ all: ["{answer.value}", "id", "{second.id}"] }, { counts: [1, "{answer.value}"] }],
      },
      {
        title: "comes in pages of $top, whose links lead to every assignment once",
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
      {
        title: "comes in pages of the preferred size, and says so",
        headers: { prefer: "odata.maxpagesize=1" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { counts: [1, "{answer.value}"] },
          { matches: ["{answer.headers.preference-applied}", "maxpagesize=1"] },
          { apart: ["{answer.value}", "{rest.value}"] },
        ],
      },
      {
        title: "sorts as $orderby says",
        query: { $orderby: "target/groupId" },
        expect: [
          { same: ["{answer.value.0.id}", "{second.id}"] },
          { same: ["{answer.value.1.id}", "{assignment.id}"] },
        ],
      },
      {
        title: "leaves out the first ones with $skip, and sorts",
        query: { $skip: "1", $orderby: "id" },
        expect: [{ counts: [1, "{answer.value}"] }],
      },
      {
        title: "shows the properties that $select names",
        query: { $select: "id" },
        expect: [{ same: ["{answer.value.0.id}", "{assignment.id}"] }, { absent: "{answer.value.0.target}" }],
      },
      {
        title: "agrees with the count",
        after: [{ as: "count", operation: "countAssignments" }],
        expect: [{ counts: ["{count}", "{answer.value}"] }],
      },
    ],
    400: [
      {
        title: "refuses a query option that it doesn't have, and names it",
        query: { $expand: "target" },
        expect: [{ same: ["{answer.error.target}", "$expand"] }],
      },
      {
        title: "refuses a filter that can't be understood",
        query: { $filter: "target/groupId" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
    ],
    404: [
      { title: "knows no profile with an unknown id", given: [], path: { profileId: noId } },
      { title: "keeps a profile's assignments from another tenant", caller: "stranger" },
    ],
  },
};
