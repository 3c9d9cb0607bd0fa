/** Edits of openapi.yaml, and whether each breaks clients, servers or both. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Breaks } from "../../verify/drift/changes.ts";
import { compareContracts, formatChanges, isBreaking, mergeChanges } from "../../verify/drift/report.ts";

const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
/** An edit may change any part of it. */
type Document = ReturnType<typeof JSON.parse>;
const contract: Document = JSON.parse(text);

const profiles = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** The changes between the contract and an edited copy. */
function drift(edit: (document: Document) => void) {
  const edited: Document = JSON.parse(text);
  edit(edited);
  return compareContracts(contract, edited);
}

type Row = readonly [what: string, edit: (document: Document) => void, breaks: Breaks, sentence: string];

const rows: readonly Row[] = [
  // Operations.
  ["an operation removed", (d) => delete d.paths[profiles].post, "clients", "createProfile: is removed."],
  [
    "an operation added",
    (d) => {
      d.paths["/x"] = { get: { operationId: "x", responses: {} } };
    },
    "servers",
    "x: is new.",
  ],
  [
    "an operation renamed",
    (d) => {
      d.paths[profiles].get.operationId = "list";
    },
    "clients",
    "listProfiles: is now called list.",
  ],
  [
    "a scope removed",
    (d) => d.paths[profiles].get.security.pop(),
    "clients",
    'listProfiles: security {"bearer":["DeviceManagementConfiguration.ReadWrite.All"]} is no longer accepted.',
  ],
  [
    "a scope added",
    (d) => d.paths[profiles].get.security.push({ bearer: ["X"] }),
    "servers",
    'listProfiles: security {"bearer":["X"]} is also accepted.',
  ],
  [
    "a token now required",
    (d) => {
      d.paths["/$metadata"].get.security = [{ bearer: [] }];
    },
    "clients",
    "getMetadata: security is now required.",
  ],
  [
    "descriptions only",
    (d) => {
      d.paths[profiles].get.description = "x";
    },
    "nothing",
    "listProfiles: has a different description.",
  ],
  // Parameters.
  [
    "a parameter made required",
    (d) => {
      d.components.parameters.filter.required = true;
    },
    "clients",
    "listProfiles: query parameter $filter is now required.",
  ],
  [
    "an optional parameter added",
    (d) => d.paths[profiles].get.parameters.push({ name: "$search", in: "query" }),
    "servers",
    "listProfiles: query parameter $search is new.",
  ],
  [
    "a required parameter added",
    (d) => d.paths[profiles].get.parameters.push({ name: "k", in: "header", required: true }),
    "both",
    "listProfiles: header parameter k is new and required.",
  ],
  [
    "a parameter removed",
    (d) => d.paths[profiles].get.parameters.pop(),
    "clients",
    "listProfiles: header parameter Prefer is removed.",
  ],
  [
    "a parameter's maximum lowered",
    (d) => {
      d.components.parameters.top.schema.maximum = 100;
    },
    "clients",
    "listProfiles: query parameter $top has the maximum 100 instead of 2147483647.",
  ],
  // Requests.
  [
    "a request property made required",
    (d) => d.components.schemas.profileCreate.required.push("platform"),
    "clients",
    "createProfile: request body platform is now required.",
  ],
  [
    "a request property made optional",
    (d) => {
      d.components.schemas.profileCreate.required = [];
    },
    "servers",
    "createProfile: request body displayName is no longer required.",
  ],
  [
    "an optional request property added",
    (d) => {
      d.components.schemas.profileCreate.properties.tag = { type: "string" };
    },
    "servers",
    "createProfile: request body tag is new.",
  ],
  [
    "a required request property added",
    (d) => {
      d.components.schemas.profileCreate.properties.tag = {};
      d.components.schemas.profileCreate.required.push("tag");
    },
    "both",
    "createProfile: request body tag is new and required.",
  ],
  [
    "a request property removed",
    (d) => delete d.components.schemas.profileCreate.properties.description,
    "clients",
    "createProfile: request body description is removed.",
  ],
  [
    "a request's maxLength lowered",
    (d) => {
      d.components.schemas.profileCreate.properties.displayName.maxLength = 100;
    },
    "clients",
    "createProfile: request body displayName has the maxLength 100 instead of 256.",
  ],
  [
    "a request's maxLength raised",
    (d) => {
      d.components.schemas.profileCreate.properties.displayName.maxLength = 512;
    },
    "servers",
    "createProfile: request body displayName has the maxLength 512 instead of 256.",
  ],
  [
    "a request's type narrowed",
    (d) => {
      d.components.schemas.profileCreate.properties.description.type = "string";
    },
    "clients",
    'createProfile: request body description can no longer be "null".',
  ],
  [
    "a request enumeration's member added",
    (d) => d.components.schemas.batchMethod.enum.push("HEAD"),
    "servers",
    'batch: request body requests[].method can also be "HEAD".',
  ],
  [
    "a request enumeration's member removed",
    (d) => d.components.schemas.batchMethod.enum.pop(),
    "clients",
    'batch: request body requests[].method can no longer be "delete".',
  ],
  [
    "a request's alternative removed",
    (d) => d.components.schemas.assignmentsUpdate.oneOf.pop(),
    "clients",
    "updateAssignments: request body no longer has the alternative assignmentDelta.",
  ],
  [
    "a request's pattern added",
    (d) => {
      d.components.schemas.batchRequest.properties.url.pattern = "^/";
    },
    "clients",
    "batch: request body requests[].url now has a pattern.",
  ],
  [
    "a request body that accepts other properties",
    (d) => {
      d.components.schemas.profileCreate.additionalProperties = true;
    },
    "servers",
    "createProfile: request body accepts other properties.",
  ],
  [
    "a media type of a request added",
    (d) => {
      d.paths["/$batch"].post.requestBody.content["multipart/mixed"] = {};
    },
    "servers",
    "batch: request body can also be multipart/mixed.",
  ],
  // Answers.
  [
    "a response property removed",
    (d) => delete d.components.schemas.GraphError.properties.error.properties.details,
    "both",
    "batch: response 400 error.details is removed.",
  ],
  [
    "an optional response property added",
    (d) => {
      d.components.schemas.batchedResponse.properties.note = {};
    },
    "nothing",
    "batch: response 200 responses[].note is new.",
  ],
  [
    "a response property newly required",
    (d) => d.components.schemas.batchedResponse.required.push("body"),
    "servers",
    "batch: response 200 responses[].body is now required.",
  ],
  [
    "a response property no longer required",
    (d) => d.components.schemas.batchedResponse.required.pop(),
    "clients",
    "batch: response 200 responses[].headers is no longer required.",
  ],
  [
    "a response property made nullable",
    (d) => {
      d.components.schemas.batchedResponse.properties.id.type = ["string", "null"];
    },
    "clients",
    'batch: response 200 responses[].id can also be "null".',
  ],
  [
    "a response enumeration's member added",
    (d) => d.components.schemas.ErrorCode.enum.push("Gone"),
    "clients",
    'batch: response 400 error.code can also be "Gone".',
  ],
  [
    "a response enumeration's member removed",
    (d) => d.components.schemas.ErrorCode.enum.pop(),
    "servers",
    'batch: response 400 error.code can no longer be "ServiceUnavailable".',
  ],
  [
    "a response constant changed to one of two",
    (d) => {
      d.components.headers["OData-Version"].schema = { type: "string", enum: ["4.0", "4.01"] };
    },
    "clients",
    'batch: response 200 header OData-Version can also be "4.01".',
  ],
  [
    "a status removed",
    (d) => delete d.paths[profiles].get.responses["429"],
    "servers",
    "listProfiles: response 429 is removed.",
  ],
  [
    "a status added",
    (d) => {
      d.paths[profiles].get.responses["409"] = { $ref: "#/components/responses/Conflict" };
    },
    "clients",
    "listProfiles: response 409 is new.",
  ],
  [
    "a response header dropped",
    (d) => delete d.components.responses.Unauthorized.headers["WWW-Authenticate"],
    "clients",
    "batch: response 401 header WWW-Authenticate is removed.",
  ],
  [
    "a required response header added",
    (d) => {
      d.components.responses.Count.headers.ETag = { $ref: "#/components/headers/ETag" };
    },
    "servers",
    "countProfiles: response 200 header ETag is new.",
  ],
  [
    "a condition of a response changed",
    (d) => {
      d.components.schemas.profileCollection.if.required = [];
    },
    "both",
    "listProfiles: response 200 has another if.",
  ],
];

describe("a change of the contract", () => {
  for (const [what, edit, breaks, sentence] of rows) {
    test(`(${what}) breaks ${breaks}`, () => {
      const changes = drift(edit);
      assert.ok(
        changes.some((change) => change.sentence === sentence),
        changes.map((change) => change.sentence).join("\n"),
      );
      assert.deepEqual([...new Set(changes.map((change) => change.breaks))], [breaks]);
    });
  }
  test("in an enumeration of requests and answers breaks servers and clients", () => {
    const changes = drift((document) => document.components.schemas.managedDeviceOwnerType.enum.push("shared"));
    const sides = Map.groupBy(changes, ({ where }) => where.split(" ")[0]);
    assert.deepEqual(new Set(sides.get("request")?.map(({ breaks }) => breaks)), new Set(["servers"]));
    assert.deepEqual(new Set(sides.get("response")?.map(({ breaks }) => breaks)), new Set(["clients"]));
  });
  test("is not reported for the order, the names of path parameters, and types that follow from an enumeration", () => {
    assert.deepEqual(
      drift(() => {}),
      [],
    );
    assert.equal(formatChanges([]), "Nothing changed.");
    const renamed: Document = JSON.parse(
      text.replaceAll("{profileId}", "{id}").replaceAll('"name": "profileId"', '"name": "id"'),
    );
    assert.deepEqual(compareContracts(contract, renamed).filter(isBreaking), []);
    const withoutType = drift((document) => delete document.components.schemas.managedDeviceOwnerType.type);
    assert.deepEqual(withoutType, []);
  });
});

describe("the report", () => {
  test("lists a change of several operations once, and what breaks both sides first", () => {
    const changes = drift((document) => {
      delete document.components.schemas.GraphError.properties.error.properties.details;
      delete document.paths[profiles].post;
    });
    assert.ok(mergeChanges(changes).length < changes.length);
    assert.match(
      formatChanges(changes),
      /^Breaks clients and servers:\n {2}listProfiles, countProfiles and \d+ others: response 400 error\.details is removed\n[\s\S]*\n\nBreaks clients:\n {2}createProfile: is removed$/,
    );
  });
});
