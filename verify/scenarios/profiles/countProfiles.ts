import { anotherProfile, aProfile } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const countProfiles: OperationScenarios<"countProfiles"> = {
  scenarios: {
    200: [
      {
        title: "counts those that the filter lets pass, as many as the list shows",
        given: [aProfile, anotherProfile],
        query: { $filter: "startswith(displayName,'{run}')" },
        after: [{ as: "list", operation: "listProfiles", query: { $filter: "startswith(displayName,'{run}')" } }],
        expect: [{ counts: ["{answer}", "{list.value}"] }, { counts: [2, "{list.value}"] }],
      },
      {
        title: "counts none that the filter doesn't let pass",
        given: [aProfile, anotherProfile],
        query: { $filter: "displayName eq '{run}another profile'" },
        expect: [{ matches: ["{answer}", "^1$"] }],
      },
      {
        title: "has one more when there is one more",
        given: [aProfile, { as: "before", operation: "countProfiles" }, anotherProfile],
        expect: [{ different: ["{answer}", "{before}"] }],
      },
      { title: "is a bare number, whatever there is" },
    ],
    400: [
      {
        title: "refuses an option that means nothing here",
        query: { $top: "1" },
        expect: [{ same: ["{answer.error.target}", "$top"] }],
      },
      {
        title: "refuses a filter that can't be understood",
        query: { $filter: "displayName eq" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
    ],
  },
};
