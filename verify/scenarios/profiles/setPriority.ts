import {
  anotherProfile,
  aProfile,
  noId,
  ofThisRun,
  once,
  refusesOldKey,
  refusesReaders,
  refusesUsedKey,
} from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

// The moves stay among the profiles of this run, so the tenant's other profiles keep their priorities.
const three: readonly Step[] = [{ ...aProfile, as: "first" }, anotherProfile, aProfile];
const readAll: readonly Step[] = [
  { as: "moved", operation: "getProfile" },
  { as: "passed", operation: "getProfile", path: { profileId: "{first.id}" } },
  { as: "alsoPassed", operation: "getProfile", path: { profileId: "{other.id}" } },
  { as: "list", operation: "listProfiles", query: { $filter: ofThisRun } },
];

export const setPriority: OperationScenarios<"setPriority"> = {
  given: three,
  body: { priority: "{first.priority}" },
  scenarios: {
    204: [
      {
        title: "moves the profile up, and moves the profiles that it passes down by one",
        after: readAll,
        expect: [
          { same: ["{moved.priority}", "{first.priority}"] },
          { same: ["{passed.priority}", "{other.priority}"] },
          { same: ["{alsoPassed.priority}", "{profile.priority}"] },
          { ordered: "{list.value}", by: "priority" },
          { same: ["{list.value.0.id}", "{profile.id}"] },
        ],
      },
      {
        title: "moves the profile down, and moves the profiles that it passes up by one",
        path: { profileId: "{first.id}" },
        body: { priority: "{profile.priority}" },
        after: readAll,
        expect: [
          { same: ["{passed.priority}", "{profile.priority}"] },
          { same: ["{alsoPassed.priority}", "{first.priority}"] },
          { same: ["{moved.priority}", "{other.priority}"] },
        ],
      },
      {
        title: "changes the entity tags of the profiles that it passes, but not their dates",
        evidence: "decision",
        after: readAll,
        expect: [
          { different: ["{moved.@odata.etag}", "{profile.@odata.etag}"] },
          { different: ["{passed.@odata.etag}", "{first.@odata.etag}"] },
          { same: ["{passed}", "{first}"], but: ["priority", "@odata.etag"] },
        ],
      },
      {
        title: "does not undo a later move if the request is repeated with the same repeatability key",
        evidence: "decision",
        given: [
          ...three,
          { operation: "setPriority", headers: once, body: { priority: "{first.priority}" } },
          { operation: "setPriority", body: { priority: "{profile.priority}" } },
        ],
        headers: once,
        after: readAll,
        expect: [{ same: ["{moved.priority}", "{profile.priority}"] }],
      },
      {
        title: "changes nothing if the profile already has the priority",
        body: { priority: "{profile.priority}" },
        after: readAll,
        expect: [{ same: ["{moved}", "{profile}"] }, { same: ["{passed}", "{first}"] }],
      },
    ],
    400: [
      {
        title: "refuses a priority that is greater than the last one, and moves nothing",
        evidence: "decision",
        body: { priority: 2_147_483_647 },
        after: readAll,
        expect: [{ same: ["{answer.error.target}", "priority"] }, { same: ["{moved}", "{profile}"] }],
      },
      {
        title: "refuses a negative priority",
        body: { priority: -1 },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      {
        title: "refuses a string that contains a number",
        body: { priority: "0" },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      { title: "refuses a body without priority", body: {}, expect: [{ same: ["{answer.error.target}", "priority"] }] },
    ],
    403: [refusesReaders],
    404: [
      {
        title: "reports that no profile has the id in the path",
        given: [],
        path: { profileId: noId },
        body: { priority: 0 },
      },
      {
        title: "does not find a profile of another tenant",
        caller: "stranger",
        after: readAll,
        expect: [{ same: ["{moved}", "{profile}"] }],
      },
    ],
    409: [{ ...refusesUsedKey, body: { priority: "{profile.priority}" } }],
    412: [refusesOldKey],
  },
};
