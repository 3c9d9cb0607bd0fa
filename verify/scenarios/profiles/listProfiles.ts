import { alone, anotherProfile, aProfile } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

const ofThisRun = "startswith(displayName,'{run}')";

export const listProfiles: OperationScenarios<"listProfiles"> = {
  scenarios: {
    200: [
      {
        title: "shows a profile that is there as it was created, and the list in order of priority",
        given: [aProfile, anotherProfile],
        // A page holds 1,000: on a server with more, the profiles of this run are on others.
        query: { $filter: ofThisRun },
        expect: [
          { same: ["{answer.value.0}", "{profile}"], but: alone },
          { same: ["{answer.value.1}", "{other}"], but: alone },
          { ordered: "{answer.value}", by: "priority" },
        ],
      },
      { title: "is in order of priority without being asked", expect: [{ ordered: "{answer.value}", by: "priority" }] },
      {
        title: "filters by a name, without regard to the case of the property's, and counts what it shows",
        given: [aProfile, anotherProfile],
        query: { $filter: "DisplayName eq '{run}another profile'", $count: "true" },
        expect: [
          { all: ["{answer.value}", "id", "{other.id}"] },
          { counts: [1, "{answer.value}"] },
          { same: ["{answer.@odata.count}", 1] },
        ],
      },
      {
        title: "filters by parts of texts, numbers, null and and, or, not",
        given: [aProfile, { ...anotherProfile, body: { displayName: "{run}it's another", description: "here" } }],
        query: {
          $filter: `${ofThisRun} and (contains(displayName,'it''s') or priority lt 0) and not (description eq null)`,
        },
        expect: [{ counts: [1, "{answer.value}"] }, { has: ["{answer.value}", "id", "{other.id}"] }],
      },
      {
        title: "knows what is meant by {each}",
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
        title: "filters out what the condition doesn't hold for",
        given: [aProfile],
        query: { $filter: `${ofThisRun} and platform eq 'macOS'` },
        expect: [{ counts: [0, "{answer.value}"] }],
      },
      {
        title: "sorts as $orderby says",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $orderby: "displayName desc" },
        expect: [{ ordered: "{answer.value}", by: "displayName", descending: true }, { counts: [2, "{answer.value}"] }],
      },
      {
        title: "shows the properties that $select names, and what describes the entity",
        given: [aProfile],
        query: { $filter: ofThisRun, $select: "displayName" },
        expect: [
          { same: ["{answer.value.0.displayName}", "{profile.displayName}"] },
          { same: ["{answer.value.0.@odata.etag}", "{profile.@odata.etag}"] },
          { absent: "{answer.value.0.platform}" },
        ],
      },
      {
        title: "comes in pages of $top, whose links lead to every profile once",
        // The first one is not in the list: a link that has lost the filter shows it.
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
        title: "keeps what is selected, and the order, on the next page",
        given: [aProfile, anotherProfile, { ...aProfile, as: "third", body: { displayName: "{run}third profile" } }],
        query: { $filter: ofThisRun, $top: "1", $select: "displayName", $orderby: "displayName desc" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { same: ["{answer.value.0.displayName}", "{third.displayName}"] },
          { same: ["{rest.value.0.displayName}", "{other.displayName}"] },
          { absent: "{rest.value.0.platform}" },
        ],
      },
      {
        title: "comes in pages of the preferred size, and says so",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun },
        headers: { prefer: "odata.maxpagesize=1" },
        after: [{ as: "rest", follow: "{answer.@odata.nextLink}" }],
        expect: [
          { counts: [1, "{answer.value}"] },
          { matches: ["{answer.headers.preference-applied}", "maxpagesize=1"] },
          { apart: ["{answer.value}", "{rest.value}"] },
        ],
      },
      {
        title: "leaves out the first ones with $skip",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $skip: "1" },
        expect: [{ all: ["{answer.value}", "id", "{other.id}"] }],
      },
      {
        title: "shows assignments with $expand",
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
        title: "agrees with the count",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun, $count: "true" },
        after: [{ as: "count", operation: "countProfiles", query: { $filter: ofThisRun } }],
        expect: [{ counts: ["{count}", "{answer.value}"] }, { counts: ["{answer.@odata.count}", "{answer.value}"] }],
      },
      {
        title: "shows nothing of another tenant",
        given: [aProfile],
        caller: "stranger",
        expect: [{ lacks: ["{answer.value}", "id", "{profile.id}"] }],
      },
    ],
    400: [
      {
        title: "refuses a query option that it doesn't have, and names it",
        query: { $search: "x" },
        expect: [{ same: ["{answer.error.target}", "$search"] }],
      },
      {
        title: "refuses a filter that can't be understood",
        query: { $filter: "displayName eq" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
      {
        title: "refuses to sort by what isn't there",
        query: { $orderby: "colour" },
        expect: [{ same: ["{answer.error.target}", "$orderby"] }],
      },
      {
        title: "refuses a $top that is no number",
        query: { $top: "ten" },
        expect: [{ same: ["{answer.error.target}", "$top"] }],
      },
      {
        title: "refuses a $skiptoken that it didn't make",
        query: { $skiptoken: "nonsense" },
        expect: [{ same: ["{answer.error.target}", "$skiptoken"] }],
      },
    ],
  },
};
