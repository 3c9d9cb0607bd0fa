/** Compares openapi.yaml with edited copies. Each edit breaks clients, servers, both or nothing. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Breaks } from "../../verify/drift/changes.ts";
import { compareContracts, formatChanges, isBreaking, mergeChanges } from "../../verify/drift/report.ts";

const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
/** The contract as a plain object of which an edit may change any part. */
type Document = ReturnType<typeof JSON.parse>;
const contract: Document = JSON.parse(text);

const profiles = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** Returns the changes between the contract and an edited copy. */
function drift(edit: (document: Document) => void) {
  const edited: Document = JSON.parse(text);
  edit(edited);
  return compareContracts(contract, edited);
}

type Row = readonly [what: string, edit: (document: Document) => void, breaks: Breaks, sentence: string];

const rows: readonly Row[] = [
  // Operations.
  ["removing an operation", (d) => delete d.paths[profiles].post, "clients", "createProfile: is removed."],
  [
    "adding an operation",
    (d) => {
      d.paths["/x"] = { get: { operationId: "x", responses: {} } };
    },
    "servers",
    "x: is new.",
  ],
  [
    "renaming an operation",
    (d) => {
      d.paths[profiles].get.operationId = "list";
    },
    "clients",
    "listProfiles: is now called list.",
  ],
  [
    "removing a scope",
    (d) => d.paths[profiles].get.security.pop(),
    "clients",
    'listProfiles: security {"bearer":["DeviceManagementConfiguration.ReadWrite.All"]} is no longer accepted.',
  ],
  [
    "adding a scope",
    (d) => d.paths[profiles].get.security.push({ bearer: ["X"] }),
    "servers",
    'listProfiles: security {"bearer":["X"]} is also accepted.',
  ],
  [
    "requiring a token",
    (d) => {
      d.paths["/$metadata"].get.security = [{ bearer: [] }];
    },
    "clients",
    "getMetadata: security is now required.",
  ],
  [
    "changing only a description",
    (d) => {
      d.paths[profiles].get.description = "x";
    },
    "nothing",
    "listProfiles: has a different description.",
  ],
  // Parameters.
  [
    "making a parameter required",
    (d) => {
      d.components.parameters.filter.required = true;
    },
    "clients",
    "listProfiles: query parameter $filter is now required.",
  ],
  [
    "adding an optional parameter",
    (d) => d.paths[profiles].get.parameters.push({ name: "$search", in: "query" }),
    "servers",
    "listProfiles: query parameter $search is new.",
  ],
  [
    "adding a required parameter",
    (d) => d.paths[profiles].get.parameters.push({ name: "k", in: "header", required: true }),
    "both",
    "listProfiles: header parameter k is new and required.",
  ],
  [
    "removing a parameter",
    (d) => d.paths[profiles].get.parameters.pop(),
    "clients",
    "listProfiles: header parameter Prefer is removed.",
  ],
  [
    "lowering the maximum of a parameter",
    (d) => {
      d.components.parameters.top.schema.maximum = 100;
    },
    "clients",
    "listProfiles: query parameter $top has the maximum 100 instead of 2147483647.",
  ],
  // Requests.
  [
    "making a request property required",
    (d) => d.components.schemas.profileCreate.required.push("platform"),
    "clients",
    "createProfile: request body platform is now required.",
  ],
  [
    "making a request property optional",
    (d) => {
      d.components.schemas.profileCreate.required = [];
    },
    "servers",
    "createProfile: request body displayName is no longer required.",
  ],
  [
    "adding an optional request property",
    (d) => {
      d.components.schemas.profileCreate.properties.tag = { type: "string" };
    },
    "servers",
    "createProfile: request body tag is new.",
  ],
  [
    "adding a required request property",
    (d) => {
      d.components.schemas.profileCreate.properties.tag = {};
      d.components.schemas.profileCreate.required.push("tag");
    },
    "both",
    "createProfile: request body tag is new and required.",
  ],
  [
    "removing a request property",
    (d) => delete d.components.schemas.profileCreate.properties.description,
    "clients",
    "createProfile: request body description is removed.",
  ],
  [
    "lowering the maxLength of a request property",
    (d) => {
      d.components.schemas.profileCreate.properties.displayName.maxLength = 100;
    },
    "clients",
    "createProfile: request body displayName has the maxLength 100 instead of 256.",
  ],
  [
    "raising the maxLength of a request property",
    (d) => {
      d.components.schemas.profileCreate.properties.displayName.maxLength = 512;
    },
    "servers",
    "createProfile: request body displayName has the maxLength 512 instead of 256.",
  ],
  [
    "narrowing the type of a request property",
    (d) => {
      d.components.schemas.profileCreate.properties.description.type = "string";
    },
    "clients",
    'createProfile: request body description can no longer be "null".',
  ],
  [
    "adding a member to an enumeration in a request",
    (d) => d.components.schemas.batchMethod.enum.push("HEAD"),
    "servers",
    'batch: request body requests[].method can also be "HEAD".',
  ],
  [
    "removing a member from an enumeration in a request",
    (d) => d.components.schemas.batchMethod.enum.pop(),
    "clients",
    'batch: request body requests[].method can no longer be "delete".',
  ],
  [
    "removing a oneOf alternative from a request",
    (d) => d.components.schemas.assignmentsUpdate.oneOf.pop(),
    "clients",
    "updateAssignments: request body no longer has the alternative assignmentDelta.",
  ],
  [
    "adding a pattern to a request property",
    (d) => {
      d.components.schemas.batchedRequest.properties.id.pattern = "^1";
    },
    "clients",
    "batch: request body requests[].id now has a pattern.",
  ],
  [
    "allowing additional properties in a request",
    (d) => {
      d.components.schemas.profileCreate.additionalProperties = true;
    },
    "servers",
    "createProfile: request body accepts other properties.",
  ],
  [
    "adding a media type of a request",
    (d) => {
      d.paths["/$batch"].post.requestBody.content["multipart/mixed"] = {};
    },
    "servers",
    "batch: request body can also be multipart/mixed.",
  ],
  // Answers.
  [
    "removing a response property",
    (d) => delete d.components.schemas.GraphError.properties.error.properties.details,
    "both",
    "batch: response 400 error.details is removed.",
  ],
  [
    "adding an optional response property",
    (d) => {
      d.components.schemas.batchedResponse.properties.note = {};
    },
    "nothing",
    "batch: response 200 responses[].note is new.",
  ],
  [
    "making a response property required",
    (d) => d.components.schemas.batchedResponse.required.push("body"),
    "servers",
    "batch: response 200 responses[].body is now required.",
  ],
  [
    "making a response property optional",
    (d) => d.components.schemas.batchedResponse.required.pop(),
    "clients",
    "batch: response 200 responses[].headers is no longer required.",
  ],
  [
    "making a response property nullable",
    (d) => {
      d.components.schemas.batchedResponse.properties.id.type = ["string", "null"];
    },
    "clients",
    'batch: response 200 responses[].id can also be "null".',
  ],
  [
    "adding a member to an enumeration in a response",
    (d) => d.components.schemas.ErrorCode.enum.push("Gone"),
    "clients",
    'batch: response 400 error.code can also be "Gone".',
  ],
  [
    "removing a member from an enumeration in a response",
    (d) => d.components.schemas.ErrorCode.enum.pop(),
    "servers",
    'batch: response 400 error.code can no longer be "ServiceUnavailable".',
  ],
  [
    "replacing a constant in a response by two allowed values",
    (d) => {
      d.components.headers["OData-Version"].schema = { type: "string", enum: ["4.0", "4.01"] };
    },
    "clients",
    'batch: response 200 header OData-Version can also be "4.01".',
  ],
  [
    "removing a response status",
    (d) => delete d.paths[profiles].get.responses["429"],
    "servers",
    "listProfiles: response 429 is removed.",
  ],
  [
    "adding a response status",
    (d) => {
      d.paths[profiles].get.responses["409"] = { $ref: "#/components/responses/Conflict" };
    },
    "clients",
    "listProfiles: response 409 is new.",
  ],
  [
    "removing a response header",
    (d) => delete d.components.responses.Unauthorized.headers["WWW-Authenticate"],
    "clients",
    "batch: response 401 header WWW-Authenticate is removed.",
  ],
  [
    "adding a required response header",
    (d) => {
      d.components.responses.Count.headers.ETag = { $ref: "#/components/headers/ETag" };
    },
    "servers",
    "countProfiles: response 200 header ETag is new.",
  ],
  [
    "changing the condition under which a response is sent",
    (d) => {
      d.components.schemas.profileCollection.if.required = [];
    },
    "both",
    "listProfiles: response 200 has another if.",
  ],
];

describe("the comparison of contracts", () => {
  for (const [what, edit, breaks, sentence] of rows) {
    test(`reports that ${what} breaks ${breaks}`, () => {
      const changes = drift(edit);
      assert.ok(
        changes.some((change) => change.sentence === sentence),
        changes.map((change) => change.sentence).join("\n"),
      );
      assert.deepEqual([...new Set(changes.map((change) => change.breaks))], [breaks]);
    });
  }
  test("reports that adding a member to an enumeration in requests and responses breaks servers and clients", () => {
    const changes = drift((document) => document.components.schemas.managedDeviceOwnerType.enum.push("shared"));
    const sides = Map.groupBy(changes, ({ where }) => where.split(" ")[0]);
    assert.deepEqual(new Set(sides.get("request")?.map(({ breaks }) => breaks)), new Set(["servers"]));
    assert.deepEqual(new Set(sides.get("response")?.map(({ breaks }) => breaks)), new Set(["clients"]));
  });
  test("ignores member order, names of path parameters, and types that an enumeration implies", () => {
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

describe("the report of the comparison", () => {
  test("lists a change that affects several operations once, and starts with changes that break both sides", () => {
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
