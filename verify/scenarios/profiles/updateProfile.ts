import { anotherProfile, aProfile, noId, refusesReaders, refusesTakenId } from "../language/given.ts";
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
        title: "changes what is given and nothing else, for good",
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
        title: "takes every property",
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
        title: "clears with null what may be null",
        body: { description: null },
        expect: [{ same: ["{answer.description}", null] }],
      },
      {
        title: "changes nothing with an empty object, not even the entity tag",
        body: {},
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
      {
        title: "changes nothing with the value that is there, not even the entity tag",
        body: { description: "as it was" },
        expect: [{ same: ["{answer}", "{profile}"] }],
      },
      {
        title: "is the same when it is repeated",
        after: [{ as: "again", operation: "updateProfile", body: { description: "changed" } }],
        expect: [{ same: ["{again}", "{answer}"] }],
      },
      {
        title: "loses neither of two changes",
        after: [{ as: "second", operation: "updateProfile", body: { displayName: "{run}renamed" } }, readAgain],
        expect: [
          { same: ["{read.description}", "changed"] },
          { same: ["{read.displayName}", "{run}renamed"] },
          { same: ["{read}", "{second}"] },
        ],
      },
      {
        title: "moves the profile as setPriority does",
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
        title: "goes on with its entity tag in If-Match",
        evidence: "decision",
        headers: { "if-match": "{profile.@odata.etag}" },
        expect: [{ same: ["{answer.description}", "changed"] }],
      },
      {
        title: "goes on with another entity tag in If-None-Match",
        evidence: "decision",
        headers: { "if-none-match": 'W/"none of its own"' },
        expect: [{ same: ["{answer.description}", "changed"] }],
      },
      {
        title: "answers the profile to who prefers it",
        headers: { prefer: "return=representation" },
        expect: [{ same: ["{answer.headers.preference-applied}", "return=representation"] }],
      },
    ],
    204: [
      {
        title: "says nothing to who prefers that, and is done",
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
        title: "refuses null where there must be something, and changes nothing",
        body: { displayName: null },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "displayName"] }, { same: ["{read}", "{profile}"] }],
      },
      {
        title: "refuses a property that it doesn't have, and names it",
        evidence: "decision",
        body: { colour: "red" },
        expect: [{ same: ["{answer.error.target}", "colour"] }],
      },
      {
        title: "refuses a priority beyond the end",
        evidence: "decision",
        body: { priority: 2_147_483_647 },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      {
        title: "refuses an If-Match that is none",
        evidence: "decision",
        headers: { "if-match": "nonsense" },
        expect: [{ same: ["{answer.error.target}", "If-Match"] }],
      },
      { title: "refuses what is no JSON", text: "{" },
    ],
    403: [refusesReaders],
    404: [
      { title: "makes no profile of an unknown id", given: [], path: { profileId: noId } },
      {
        title: "keeps a profile from another tenant",
        caller: "stranger",
        after: [readAgain],
        expect: [{ same: ["{read}", "{profile}"] }],
      },
    ],
    409: [{ ...refusesTakenId, body: { description: "another" } }],
    412: [
      {
        title: "changes nothing with an entity tag that is stale",
        given: [described, { operation: "updateProfile", body: { description: "somebody else's" } }],
        headers: { "if-match": "{profile.@odata.etag}" },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "If-Match"] }, { same: ["{read.description}", "somebody else's"] }],
      },
      {
        title: "changes nothing that If-None-Match: * forbids",
        headers: { "if-none-match": "*" },
        after: [readAgain],
        expect: [{ same: ["{answer.error.target}", "If-None-Match"] }, { same: ["{read}", "{profile}"] }],
      },
    ],
  },
};
