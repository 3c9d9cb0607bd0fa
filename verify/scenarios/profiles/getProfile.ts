import { alone, anAssignment, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const getProfile: OperationScenarios<"getProfile"> = {
  given: [aProfile],
  scenarios: {
    200: [
      { title: "is the profile as it was created", expect: [{ same: ["{answer}", "{profile}"] }] },
      {
        title: "has its entity tag in the header",
        expect: [{ same: ["{answer.headers.etag}", "{answer.@odata.etag}"] }],
      },
      {
        title: "shows the properties that $select names",
        query: { $select: "id,priority" },
        expect: [
          { same: ["{answer.id}", "{profile.id}"] },
          { same: ["{answer.priority}", "{profile.priority}"] },
          { absent: "{answer.displayName}" },
        ],
      },
      {
        title: "shows its assignments with $expand",
        given: [aProfile, anAssignment],
        query: { $expand: "assignments" },
        expect: [{ same: ["{answer.assignments.0}", "{assignment}"], but: alone }],
      },
      {
        title: "comes whole to who has another entity tag",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
    ],
    304: [
      {
        title: "is nothing new to who has its entity tag",
        evidence: "decision",
        headers: { "if-none-match": "{profile.@odata.etag}" },
        expect: [{ same: ["{answer.headers.etag}", "{profile.@odata.etag}"] }],
      },
    ],
    400: [
      {
        title: "refuses an If-None-Match that is none",
        evidence: "decision",
        headers: { "if-none-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }],
      },
      {
        title: "refuses an option that means nothing here",
        query: { $filter: "priority eq 0" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
      {
        title: "refuses to select what isn't there",
        query: { $select: "colour" },
        expect: [{ same: ["{answer.error.target}", "$select"] }],
      },
    ],
    404: [
      {
        title: "knows no profile with an unknown id, and names it",
        given: [],
        path: { profileId: noId },
        expect: [{ matches: ["{answer.error.message}", noId] }],
      },
      { title: "keeps a profile from another tenant as if it weren't there", caller: "stranger" },
    ],
  },
};
