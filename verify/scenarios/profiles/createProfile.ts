import { anotherProfile, aProfile, once, refusesOldKey, refusesReaders, refusesUsedKey } from "../language/given.ts";
import type { OperationScenarios } from "../language/scenario.ts";

export const createProfile: OperationScenarios<"createProfile"> = {
  body: { displayName: "{run}a profile" },
  scenarios: {
    201: [
      {
        title: "creates only one entity if the request is repeated with the same repeatability key",
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
        title: "creates a profile, and returns its URL in Location",
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
        title: "fills in the defaults of properties that the request does not contain",
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
        title: "stores every property as it was sent",
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
        title: "stores strings unchanged, including an empty string",
        body: { displayName: "{run} two  spaces and one at the end ", description: "" },
        after: [{ as: "read", operation: "getProfile", path: { profileId: "{answer.id}" } }],
        expect: [
          { same: ["{read.displayName}", "{run} two  spaces and one at the end "] },
          { same: ["{read.description}", ""] },
        ],
      },
      {
        title: "stores the platform {each}",
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
        title: "returns a platform beyond unknownFutureValue only if the client prefers include-unknown-enum-members",
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
        title: "accepts the body of an existing profile, and ignores the id and the dates in it",
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
        title: "appends the profile after the last profile",
        evidence: "decision",
        given: [{ as: "before", operation: "countProfiles" }],
        expect: [{ matches: ["{answer.priority} {before}", "^(\\d+) \\1$"] }],
      },
      {
        title: "appends the profile if the given priority is greater than the number of profiles",
        evidence: "decision",
        body: { displayName: "{run}far down", priority: 2_147_483_647 },
        after: [{ as: "count", operation: "countProfiles" }],
        expect: [{ different: ["{answer.priority}", 2_147_483_647] }],
      },
      {
        title: "inserts the profile at the given priority, and moves the profiles below down by one",
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
        title: "returns only the header Location if the client prefers return=minimal",
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
        title: "refuses a profile without displayName, and names the property displayName",
        evidence: "decision",
        body: { description: "{run}no name" },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses a displayName that is too long",
        evidence: "decision",
        body: { displayName: "{run}".padEnd(300, "x") },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses null as the displayName",
        evidence: "decision",
        body: { displayName: null },
        expect: [{ same: ["{answer.error.target}", "displayName"] }],
      },
      {
        title: "refuses an unknown property, and names it",
        evidence: "decision",
        body: { displayName: "{run}coloured", colour: "red" },
        expect: [{ same: ["{answer.error.target}", "colour"] }],
      },
      {
        title: "refuses an unknown enumeration member, and creates nothing",
        body: { displayName: "{run}beOS", platform: "beOS" },
        after: [{ as: "list", operation: "listProfiles", query: { $filter: "displayName eq '{run}beOS'" } }],
        expect: [{ same: ["{answer.error.target}", "platform"] }, { counts: [0, "{list.value}"] }],
      },
      {
        title: "refuses a negative priority",
        body: { displayName: "{run}negative", priority: -1 },
        expect: [{ same: ["{answer.error.target}", "priority"] }],
      },
      { title: "refuses a body that is not JSON", text: '{"displayName":' },
      { title: "refuses an array as the body", body: [{ displayName: "{run}in an array" }] },
    ],
    403: [refusesReaders],
    409: [refusesUsedKey],
    412: [refusesOldKey],
  },
};
