import { anAssignment, anotherProfile, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const getAssignment: OperationScenarios<"getAssignment"> = {
  given: [aProfile, anAssignment],
  scenarios: {
    200: [
      { title: "returns the assignment as it was created", expect: [{ same: ["{answer}", "{assignment}"] }] },
      {
        title: "also returns the entity tag in the header ETag",
        expect: [{ same: ["{answer.headers.etag}", "{answer.@odata.etag}"] }],
      },
      {
        title: "returns only the properties in $select",
        query: { $select: "id" },
        expect: [{ same: ["{answer.id}", "{assignment.id}"] }, { absent: "{answer.target}" }],
      },
    ],
    304: [
      {
        title: "returns no body if If-None-Match contains the current entity tag",
        evidence: "decision",
        headers: { "if-none-match": "{assignment.@odata.etag}" },
        expect: [{ same: ["{answer.headers.etag}", "{assignment.@odata.etag}"] }],
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
        title: "refuses an unknown property in $select",
        query: { $select: "colour" },
        expect: [{ same: ["{answer.error.target}", "$select"] }],
      },
    ],
    404: [
      {
        title: "reports that no assignment has the id in the path, and names the parameter",
        given: [aProfile],
        path: { assignmentId: noId },
        expect: [{ same: ["{answer.error.target}", "assignmentId"] }],
      },
      {
        title: "does not find an assignment of another profile",
        given: [aProfile, anAssignment, anotherProfile],
        path: { profileId: "{other.id}" },
      },
      { title: "does not find an assignment of another tenant", caller: "stranger" },
    ],
  },
};
