import { alone, anAssignment, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const getProfile: OperationScenarios<"getProfile"> = {
  given: [aProfile],
  scenarios: {
    200: [
      { title: "returns the profile as it was created", expect: [{ same: ["{answer}", "{profile}"] }] },
      {
        title: "returns the entity tag in the header ETag, too",
        expect: [{ same: ["{answer.headers.etag}", "{answer.@odata.etag}"] }],
      },
      {
        title: "returns only the properties in $select",
        query: { $select: "id,priority" },
        expect: [
          { same: ["{answer.id}", "{profile.id}"] },
          { same: ["{answer.priority}", "{profile.priority}"] },
          { absent: "{answer.displayName}" },
        ],
      },
      {
        title: "returns the assignments with $expand",
        given: [aProfile, anAssignment],
        query: { $expand: "assignments" },
        expect: [{ same: ["{answer.assignments.0}", "{assignment}"], but: alone }],
      },
      {
        title: "returns the profile if If-None-Match has another entity tag",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
    ],
    304: [
      {
        title: "has no body if If-None-Match has the current entity tag",
        evidence: "decision",
        headers: { "if-none-match": "{profile.@odata.etag}" },
        expect: [{ same: ["{answer.headers.etag}", "{profile.@odata.etag}"] }],
      },
    ],
    400: [
      {
        title: "refuses an If-None-Match that is not an entity tag",
        evidence: "decision",
        headers: { "if-none-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }],
      },
      {
        title: "refuses a query option that it does not support",
        query: { $filter: "priority eq 0" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
      {
        title: "refuses an unknown property in $select",
        query: { $select: "colour" },
        expect: [{ same: ["{answer.error.target}", "$select"] }],
      },
    ],
    404: [
      {
        title: "reports that no profile has the id, and names the parameter",
        given: [],
        path: { profileId: noId },
        expect: [{ matches: ["{answer.error.message}", noId] }],
      },
      { title: "hides the profile from another tenant", caller: "stranger" },
    ],
  },
};
