import { anotherProfile, aProfile, ofThisRun } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const countProfiles: OperationScenarios<"countProfiles"> = {
  scenarios: {
    200: [
      {
        title: "counts the profiles that match $filter, with the same result as listProfiles",
        given: [aProfile, anotherProfile],
        query: { $filter: ofThisRun },
        after: [{ as: "list", operation: "listProfiles", query: { $filter: ofThisRun } }],
        expect: [{ counts: ["{answer}", "{list.value}"] }, { counts: [2, "{list.value}"] }],
      },
      {
        title: "does not count profiles that do not match $filter",
        given: [aProfile, anotherProfile],
        query: { $filter: "displayName eq '{run}another profile'" },
        expect: [{ matches: ["{answer}", "^1$"] }],
      },
      {
        title: "counts a profile that was just created",
        given: [aProfile, { as: "before", operation: "countProfiles" }, anotherProfile],
        expect: [{ different: ["{answer}", "{before}"] }],
      },
      { title: "returns the number as plain text, not as JSON" },
    ],
    400: [
      {
        title: "refuses an unsupported query option",
        query: { $top: "1" },
        expect: [{ same: ["{answer.error.target}", "$top"] }],
      },
      {
        title: "refuses a $filter with a syntax error",
        query: { $filter: "displayName eq" },
        expect: [{ same: ["{answer.error.target}", "$filter"] }],
      },
    ],
  },
};
