import { anotherProfile, aProfile, once, refusesOldId, refusesReaders, refusesTakenId } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const createProfile: OperationScenarios<"createProfile"> = {
  body: { displayName: "{run}a profile" },
  scenarios: {
    201: [
      {
        title: "makes one under an id, however often it is asked to",
        evidence: "decision",
        given: [
          {
            as: "first",
            operation: "createProfile",
            headers: once,
            body: { displayName: "{run}once" },
          },
        ],
        headers: once,
        body: { displayName: "{run}once" },
        after: [{ as: "list", operation: "listProfiles", query: { $filter: "displayName eq '{run}once'" } }],
        expect: [
          { same: ["{answer}", "{first}"] },
          { counts: [1, "{list.value}"] },
          { same: ["{answer.headers.repeatability-result}", "accepted"] },
        ],
      },
      {
        title: "makes a profile that Location leads to",
        given: [anotherProfile],
        after: [
          { as: "there", follow: "{answer.headers.location}" },
          { as: "read", operation: "getProfile", path: { profileId: "{answer.id}" } },
        ],
        expect: [
          { same: ["{there}", "{answer}"] },
          { same: ["{read}", "{answer}"] },
          { same: ["{answer.displayName}", "{run}a profile"] },
        ],
      },
      {
        title: "fills in what is left out",
        evidence: "decision",
        expect: [
          { same: ["{answer.description}", null] },
          { same: ["{answer.platform}", "iOS"] },
          { same: ["{answer.defaultEnrollmentType}", "unknown"] },
          { same: ["{answer.availableEnrollmentTypeOptions}", []] },
          { same: ["{answer.createdDateTime}", "{answer.lastModifiedDateTime}"] },
        ],
      },
      {
        title: "keeps every property as it was sent",
        body: {
          "@odata.type": "#microsoft.graph.appleUserInitiatedEnrollmentProfile",
          displayName: "{run}all properties: Ünïcode, 'quotes' and \"more\" 🍎",
          description: "Users bring\ntheir own",
          platform: "macOS",
          defaultEnrollmentType: "device",
          availableEnrollmentTypeOptions: [
            {
              "@odata.type": "#microsoft.graph.appleOwnerTypeEnrollmentType",
              ownerType: "personal",
              enrollmentType: "accountDrivenUserEnrollment",
            },
            {
              "@odata.type": "microsoft.graph.appleOwnerTypeEnrollmentType",
              ownerType: "company",
              enrollmentType: "device",
            },
            { ownerType: "unknown", enrollmentType: "user" },
            { ownerType: "unknownFutureValue", enrollmentType: "webDeviceEnrollment" },
            { ownerType: "personal", enrollmentType: "unknown" },
            { ownerType: "personal", enrollmentType: "unknownFutureValue" },
          ],
        },
        expect: [
          { same: ["{answer.displayName}", "{run}all properties: Ünïcode, 'quotes' and \"more\" 🍎"] },
          { same: ["{answer.description}", "Users bring\ntheir own"] },
          { same: ["{answer.platform}", "macOS"] },
          { same: ["{answer.defaultEnrollmentType}", "device"] },
          {
            same: [
              "{answer.availableEnrollmentTypeOptions}",
              [
                { ownerType: "personal", enrollmentType: "accountDrivenUserEnrollment" },
                { ownerType: "company", enrollmentType: "device" },
                { ownerType: "unknown", enrollmentType: "user" },
                { ownerType: "unknownFutureValue", enrollmentType: "webDeviceEnrollment" },
                { ownerType: "personal", enrollmentType: "unknown" },
                { ownerType: "personal", enrollmentType: "unknownFutureValue" },
              ],
            ],
          },
        ],
      },
      {
        title: "keeps texts to the letter, also without one",
        body: { displayName: "{run} two  spaces and one at the end ", description: "" },
        after: [{ as: "read", operation: "getProfile", path: { profileId: "{answer.id}" } }],
        expect: [
          { same: ["{read.displayName}", "{run} two  spaces and one at the end "] },
          { same: ["{read.description}", ""] },
        ],
      },
      {
        title: "keeps the platform {each}",
        each: [
          "android",
          "androidForWork",
          "iOS",
          "macOS",
          "windowsPhone81",
          "windows81AndLater",
          "windows10AndLater",
          "androidWorkProfile",
          "unknown",
          "androidAOSP",
          "androidMobileApplicationManagement",
          "iOSMobileApplicationManagement",
          "unknownFutureValue",
        ],
        body: { displayName: "{run}a platform", platform: "{each}" },
        expect: [{ same: ["{answer.platform}", "{each}"] }],
      },
      {
        title: "shows a platform beyond the sentinel only to who prefers it",
        body: { displayName: "{run}beyond", platform: "windowsMobileApplicationManagement" },
        after: [
          {
            as: "read",
            operation: "getProfile",
            path: { profileId: "{answer.id}" },
            headers: { prefer: "include-unknown-enum-members" },
          },
        ],
        expect: [
          { same: ["{answer.platform}", "unknownFutureValue"] },
          { same: ["{read.platform}", "windowsMobileApplicationManagement"] },
        ],
      },
      {
        title: "takes back what was read, and makes its own id and dates",
        given: [aProfile],
        body: {
          "@odata.type": "microsoft.graph.appleUserInitiatedEnrollmentProfile",
          id: "{profile.id}",
          displayName: "{profile.displayName}",
          createdDateTime: "2001-01-01T00:00:00Z",
          lastModifiedDateTime: "2001-01-01T00:00:00Z",
        },
        expect: [
          { different: ["{answer.id}", "{profile.id}"] },
          { different: ["{answer.createdDateTime}", "2001-01-01T00:00:00Z"] },
        ],
      },
      {
        title: "appends behind the last one",
        evidence: "decision",
        given: [{ as: "before", operation: "countProfiles" }],
        expect: [{ matches: ["{answer.priority} {before}", "^(\\d+) \\1$"] }],
      },
      {
        title: "appends where the priority is beyond the end",
        evidence: "decision",
        body: { displayName: "{run}far down", priority: 2_147_483_647 },
        after: [{ as: "count", operation: "countProfiles" }],
        expect: [{ different: ["{answer.priority}", 2_147_483_647] }],
      },
      {
        title: "goes in where its priority says, and moves those below",
        evidence: "decision",
        given: [aProfile],
        body: { displayName: "{run}before it", priority: "{profile.priority}" },
        after: [{ as: "moved", operation: "getProfile" }],
        expect: [
          { same: ["{answer.priority}", "{profile.priority}"] },
          { different: ["{moved.priority}", "{profile.priority}"] },
          { different: ["{moved.@odata.etag}", "{profile.@odata.etag}"] },
          { same: ["{moved.lastModifiedDateTime}", "{profile.lastModifiedDateTime}"] },
        ],
      },
    ],
    204: [
      {
        title: "says only where it is to who prefers that",
        headers: { prefer: "return=minimal" },
        after: [{ as: "there", follow: "{answer.headers.location}" }],
        expect: [
          { same: ["{there.displayName}", "{run}a profile"] },
          { same: ["{there.@odata.etag}", "{answer.headers.etag}"] },
          { same: ["{answer.headers.odata-entityid}", "{answer.headers.location}"] },
          { same: ["{answer.headers.preference-applied}", "return=minimal"] },
        ],
      },
    ],
    400: [
      {
        title: "refuses a profile without a name, and names the property",
        evidence: "decision",
        body: { description: "{run}no name" },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses a name that is too long",
        evidence: "decision",
        body: { displayName: "{run}".padEnd(300, "x") },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses a name that is null",
        evidence: "decision",
        body: { displayName: null },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses a property that it doesn't have, and names it",
        evidence: "decision",
        body: { displayName: "{run}coloured", colour: "red" },
        expect: [{ same: ["{answer.error.target}", "colour"] }],
      },
      {
        title: "refuses a member that no enumeration has, and makes nothing",
        body: { displayName: "{run}beOS", platform: "beOS" },
        after: [{ as: "list", operation: "listProfiles", query: { $filter: "displayName eq '{run}beOS'" } }],
        expect: [{ same: ["{answer.error.target}", "platform"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a negative priority",
        body: { displayName: "{run}negative", priority: -1 },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      { title: "refuses what is no JSON", text: '{"displayName":' },
      { title: "refuses an array", body: [{ displayName: "{run}in an array" }] },
    ],
    403: [refusesReaders],
    409: [refusesTakenId],
    412: [refusesOldId],
  },
};
