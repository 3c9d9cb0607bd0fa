import { alone, anAssignment, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const getProfile: OperationScenarios<"getProfile"> = {
  given: [aProfile],
  scenarios: {
    200: [
      { title: "returns the profile as it was created", expect: [{ same: ["{answer}", "{profile}"] }] },
      {
        title: "also returns the entity tag in the header ETag",
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
        title: "returns the profile with its assignments if $expand asks for them",
        given: [aProfile, anAssignment],
        query: { $expand: "assignments" },
        expect: [{ same: ["{answer.assignments.0}", "{assignment}"], but: alone }],
      },
      {
        title: "returns the profile if If-None-Match contains a different entity tag",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
    ],
    304: [
      {
        title: "returns no body if If-None-Match contains the current entity tag",
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
        title: "refuses an unsupported query option",
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
        title: "reports that no profile has the id in the path, and names the parameter",
        given: [],
        path: { profileId: noId },
        expect: [{ matches: ["{answer.error.message}", noId] }],
      },
      { title: "does not find a profile of another tenant", caller: "stranger" },
    ],
  },
};
