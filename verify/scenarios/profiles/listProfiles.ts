import { alone, anotherProfile, aProfile, ofThisRun, pagesOfPreferredSize } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const listProfiles: OperationScenarios<"listProfiles"> = {
  scenarios: {
    200: [
      {
        title: "returns a profile as it was created, in a list that is sorted by priority",
        given: [aProfile, anotherProfile],
        // Filtered, because a page has at most 1,000 profiles, and in a larger tenant the profiles of this run may be on a later page.
        query: { $filter: ofThisRun },
        expect: [
          { same: ["{answer.value.0}", "{profile}"], but: alone },
          { same: ["{answer.value.1}", "{other}"], but: alone },
          { ordered: "{answer.value}", by: "priority" },
        ],
      },
      {
        title: "returns the profiles sorted by priority by default",
        expect: [{ ordered: "{answer.value}", by: "priority" }],
      },
      {
        title: "filters by displayName, accepts its name in any case, and counts the matches",
        given: [aProfile, anotherProfile],
        query: { $filter: "DisplayName eq '{run}another profile'", $count: "true" },
        expect: [
          { all: ["{answer.value}", "id", "{other.id}"] },
          { counts: [1, "{answer.value}"] },
          { same: ["{answer.@odata.count}", 1] },
        ],
      },
      {
        title: "filters by substrings, numbers and null, combined with 'and', 'or' and 'not'",
        given: [aProfile, { ...anotherProfile, body: { displayName: "{run}it's another", description: "here" } }],
        query: {
          $filter: `${ofThisRun} and (contains(displayName,'it''s') or priority lt 0) and not (description eq null)`,
        },
        expect: [{ counts: [1, "{answer.value}"] }, { has: ["{answer.value}", "id", "{other.id}"] }],
      },
      {
        title: "returns only the matching profiles for the filter {each}",
        each: [
          "description ne 'first'",
          "description gt 'first'",
          "not (description le 'first')",
          "description ge 'second'",
          "not (description lt 'second')",
          "description in ('second','third')",
          "endswith(description,'ond')",
          "tolower(description) eq tolower('SECOND')",
          "toupper(description) eq toupper('SECOND')",
          "platform eq 'macOS' or description eq 'second'",
        ],
        given: [
          { ...aProfile, body: { displayName: "{run}a profile", description: "first" } },
          { ...anotherProfile, body: { displayName: "{run}another profile", description: "second" } },
        ],
        query: { $filter: `${ofThisRun} and ({each})` },
        expect: [{ counts: [1, "{answer.value}"] }, { has: ["{answer.value}", "id", "{other.id}"] }],
      },
      {
        title: "leaves out profiles that do not match $filter",
        given: [aProfile],
        query: { $filter: `${ofThisRun} and platform eq 'macOS'` },
        expect: [{ counts: [0, "{answer.value}"] }],
      },
      {
        title: "sorts the profiles by $orderby",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $orderby: "displayName desc" },
        expect: [{ ordered: "{answer.value}", by: "displayName", descending: true }, { counts: [2, "{answer.value}"] }],
      },
      {
        title: "returns only the properties in $select and the annotations of each profile",
        given: [aProfile],
        query: { $filter: ofThisRun, $select: "displayName" },
        expect: [
          { same: ["{answer.value.0.displayName}", "{profile.displayName}"] },
          { same: ["{answer.value.0.@odata.etag}", "{profile.@odata.etag}"] },
          { absent: "{answer.value.0.platform}" },
        ],
      },
      {
        title: "returns pages of $top profiles, and the next links lead to every matching profile exactly once",
        // The first profile does not match the filter, so a next link that loses the filter would wrongly lead to it.
        given: [aProfile, anotherProfile, anotherProfile, { ...anotherProfile, as: "third" }],
        query: { $filter: "displayName eq '{run}another profile'", $top: "2", $count: "true" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { counts: [2, "{answer.value}"] },
          { counts: [1, "{rest.value}"] },
          { apart: ["{answer.value}", "{rest.value}"] },
          { has: ["{rest.value}", "id", "{third.id}"] },
          { same: ["{answer.@odata.count}", 3] },
          { absent: "{rest.@odata.nextLink}" },
        ],
      },
      {
        title: "also applies $select and $orderby to the next page",
        given: [aProfile, anotherProfile, { ...aProfile, as: "third", body: { displayName: "{run}third profile" } }],
        query: { $filter: ofThisRun, $top: "1", $select: "displayName", $orderby: "displayName desc" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { same: ["{answer.value.0.displayName}", "{third.displayName}"] },
          { same: ["{rest.value.0.displayName}", "{other.displayName}"] },
          { absent: "{rest.value.0.platform}" },
        ],
      },
      { ...pagesOfPreferredSize, given: [aProfile, anotherProfile], query: { $filter: ofThisRun } },
      {
        title: "leaves out the first $skip profiles",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $skip: "1" },
        expect: [{ all: ["{answer.value}", "id", "{other.id}"] }],
      },
      {
        title: "returns the profiles with their assignments if $expand asks for them",
        given: [
          aProfile,
          {
            as: "assignment",
            operation: "createAssignment",
            body: { target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } },
          },
        ],
        query: { $filter: ofThisRun, $expand: "assignments" },
        expect: [{ same: ["{answer.value.0.assignments.0}", "{assignment}"], but: alone }],
      },
      {
        title: "returns as many profiles as $count and countProfiles count",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $count: "true" },
        after: [{ as: "count", operation: "countProfiles", query: { $filter: ofThisRun } }],
        expect: [{ counts: ["{count}", "{answer.value}"] }, { counts: ["{answer.@odata.count}", "{answer.value}"] }],
      },
      {
        title: "returns no profile of another tenant",
        given: [aProfile],
        caller: "stranger",
        expect: [{ lacks: ["{answer.value}", "id", "{profile.id}"] }],
      },
    ],
    400: [
      {
        title: "refuses an unsupported query option, and names it",
        query: { $search: "x" },
        expect: [{ same: ["{answer.error.target}", "$search"] }],
      },
      {
        title: "refuses a $filter with a syntax error",
        query: { $filter: "displayName eq" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
      {
        title: "refuses an unknown property in $orderby",
        query: { $orderby: "colour" },
        expect: [{ same: ["{answer.error.target}", "$orderby"] }],
      },
      {
        title: "refuses a $top that is not a number",
        query: { $top: "ten" },
        expect: [{ same: ["{answer.error.target}", "$top"] }],
      },
      {
        title: "refuses a $skiptoken that it did not create",
        query: { $skiptoken: "nonsense" },
        expect: [{ same: ["{answer.error.target}", "$skiptoken"] }],
      },
    ],
  },
};
