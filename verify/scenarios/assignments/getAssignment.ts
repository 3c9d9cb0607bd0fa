import { anAssignment, anotherProfile, aProfile, noId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const getAssignment: OperationScenarios<"getAssignment"> = {
  given: [aProfile, anAssignment],
  scenarios: {
    200: [
      { title: "is the assignment as it was created", expect: [{ same: ["{answer}", "{assignment}"] }] },
      {
        title: "has its entity tag in the header",
        expect: [{ same: ["{answer.headers.etag}", "{answer.@odata.etag}"] }],
      },
      {
        title: "shows the properties that $select names",
        query: { $select: "id" },
        expect: [{ same: ["{answer.id}", "{assignment.id}"] }, { absent: "{answer.target}" }],
      },
    ],
    304: [
      {
        title: "is nothing new to who has its entity tag",
        evidence: "decision",
        headers: { "if-none-match": "{assignment.@odata.etag}" },
        expect: [{ same: ["{answer.headers.etag}", "{assignment.@odata.etag}"] }],
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
        title: "refuses to select what isn't there",
        query: { $select: "colour" },
        expect: [{ same: ["{answer.error.target}", "$select"] }],
      },
    ],
    404: [
      {
        title: "knows no assignment with an unknown id, and blames it",
        given: [aProfile],
        path: { assignmentId: noId },
        expect: [{ same: ["{answer.error.target}", "assignmentId"] }],
      },
      {
        title: "knows no assignment of another profile",
        given: [aProfile, anAssignment, anotherProfile],
        path: { profileId: "{other.id}" },
      },
      { title: "keeps an assignment from another tenant", caller: "stranger" },
    ],
  },
};
