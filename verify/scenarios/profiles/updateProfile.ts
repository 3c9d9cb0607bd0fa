import { anotherProfile, aProfile, noId, refusesReaders, refusesUsedKey } from "../language/given.ts";
import type { OperationScenarios, Step } from "../language/scenario.ts";

const described: Step = {
  ...aProfile,
  body: {
    displayName: "{run}described",
    description: "as it was",
    availableEnrollmentTypeOptions: [{ ownerType: "personal", enrollmentType: "user" }],
  },
};
const readAgain: Step = { as: "read", operation: "getProfile" };

export const updateProfile: OperationScenarios<"updateProfile"> = {
  given: [described],
  body: { description: "changed" },
  scenarios: {
    200: [
      {
        title: "changes only the given properties, and stores the change",
        after: [readAgain],
        expect: [
          { same: ["{answer.description}", "changed"] },
          { same: ["{answer}", "{profile}"], but: ["description", "lastModifiedDateTime", "@odata.etag"] },
          { same: ["{read}", "{answer}"] },
          { different: ["{answer.@odata.etag}", "{profile.@odata.etag}"] },
          { same: ["{answer.createdDateTime}", "{profile.createdDateTime}"] },
        ],
      },
      {
        title: "accepts a change of every property",
        body: {
          "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
          id: noId,
          displayName: "{run}all changed",
          description: "all changed",
          priority: "{profile.priority}",
          platform: "iOSMobileApplicationManagement",
          createdDateTime: "2001-01-01T00:00:00Z",
          lastModifiedDateTime: "2001-01-01T00:00:00Z",
          defaultEnrollmentType: "webDeviceEnrollment",
          availableEnrollmentTypeOptions: [{ ownerType: "company", enrollmentType: "device" }],
        },
        expect: [
          { same: ["{answer.id}", "{profile.id}"] },
          { same: ["{answer.createdDateTime}", "{profile.createdDateTime}"] },
          { same: ["{answer.displayName}", "{run}all changed"] },
          { same: ["{answer.platform}", "iOSMobileApplicationManagement"] },
          { same: ["{answer.defaultEnrollmentType}", "webDeviceEnrollment"] },
          {
            same: ["{answer.availableEnrollmentTypeOptions}", [{ ownerType: "company", enrollmentType: "device" }]],
          },
        ],
      },
      {
        title: "clears a nullable property if its new value is null",
        body: { description: null },
        expect: [{ same: ["{answer.description}", null] }],
      },
      {
        title: "changes nothing, not even the entity tag, if the body is an empty object",
        body: {},
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
      {
        title: "changes nothing, not even the entity tag, if the property already has the value",
        body: { description: "as it was" },
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
      {
        title: "returns the same profile if the request is repeated",
        after: [{ as: "again", operation: "updateProfile", body: { description: "changed" } }],
        expect: [{ same: ["{again}", "{answer}"] }],
      },
      {
        title: "keeps the changes of two consecutive updates",
        after: [{ as: "second", operation: "updateProfile", body: { displayName: "{run}renamed" } }, readAgain],
        expect: [
          { same: ["{read.description}", "changed"] },
          { same: ["{read.displayName}", "{run}renamed"] },
          { same: ["{read}", "{second}"] },
        ],
      },
      {
        title: "moves the profile to the given priority, as setPriority does",
        evidence: "decision",
        given: [anotherProfile, aProfile],
        body: { priority: "{other.priority}" },
        after: [{ as: "passed", operation: "getProfile", path: { profileId: "{other.id}" } }],
        expect: [
          { same: ["{answer.priority}", "{other.priority}"] },
          { same: ["{passed.priority}", "{profile.priority}"] },
        ],
      },
      {
        title: "updates the profile if If-Match contains the current entity tag",
        evidence: "decision",
        headers: { "if-match": "{profile.@odata.etag}" },
        expect: [{ same: ["{answer.description}", "changed"] }],
      },
      {
        title: "updates the profile if If-None-Match contains a different entity tag",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer.description}", "changed"] }],
      },
      {
        title: "returns the profile if the client prefers return=representation",
        headers: { prefer: "return=representation" },
        expect: [{ same: ["{answer.headers.preference-applied}", "return=representation"] }],
      },
    ],
    204: [
      {
        title: "returns no body if the client prefers return=minimal, and stores the change",
        headers: { prefer: "return=minimal" },
        after: [readAgain],
        expect: [
          { same: ["{read.description}", "changed"] },
          { same: ["{answer.headers.preference-applied}", "return=minimal"] },
        ],
      },
    ],
    400: [
      {
        title: "refuses null for a property that is not nullable, and changes nothing",
        body: { displayName: null },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "displayName"] }, { same: ["{read}", "{profile}"] }],
      },
      {
        title: "refuses an unknown property, and names it",
        evidence: "decision",
        body: { colour: "red" },
        expect: [{ same: ["{answer.error.target}", "colour"] }],
      },
      {
        title: "refuses a priority that is greater than the last one",
        evidence: "decision",
        body: { priority: 2_147_483_647 },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      {
        title: "refuses an If-Match that is not an entity tag",
        evidence: "decision",
        headers: { "if-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
      { title: "refuses a body that is not JSON", text: "{" },
    ],
    403: [refusesReaders],
    404: [
      { title: "reports that no profile has the id in the path", given: [], path: { profileId: noId } },
      {
        title: "does not find a profile of another tenant",
        caller: "stranger",
        after: [readAgain],
        expect: [{ same: ["{read}", "{profile}"] }],
      },
    ],
    409: [{ ...refusesUsedKey, body: { description: "another" } }],
    412: [
      {
        title: "changes nothing if If-Match contains an old entity tag",
        given: [described, { operation: "updateProfile", body: { description: "somebody else's" } }],
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { same: ["{read.description}", "somebody else's"] }],
      },
      {
        title: "changes nothing if If-None-Match is *",
        headers: { "if-none-match": "*" },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }, { same: ["{read}", "{profile}"] }],
      },
    ],
  },
};
