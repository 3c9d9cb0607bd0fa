/** Mutants of the behaviour that all operations share (tokens, permissions, headers, errors), of batches and of `$metadata`. */
import { randomUUID } from "node:crypto";
import { breakSchema, type Cell, changeAnswer, changeRequest, type Mutant } from "../mutant.ts";

/** The operations and statuses whose answers change if the server ignores the repeatability id. */
const repeatable: readonly Cell[] = [
  "createProfile 201",
  "createProfile 409",
  "createProfile 412",
  "deleteProfile 204",
  "updateProfile 409",
  "setPriority 204",
  "createAssignment 201",
  "updateAssignments 200",
  "updateAssignment 200",
  "deleteAssignment 409",
  "batch 200",
];

export const ofProtocol: readonly Mutant[] = [
  ...repeatable.map((cell) =>
    changeRequest(cell, "the repeatability id is ignored", ({ headers }) => {
      delete headers["repeatability-request-id"];
      delete headers["repeatability-first-sent"];
      delete headers["repeatability-client-id"];
    }),
  ),
  changeAnswer("getProfile 404", "an error has no code", ({ body }) => {
    delete body.error.code;
  }),
  changeAnswer("getAssignment 404", "the error code is wrong", ({ body }) => {
    body.error.code = "NotFound";
  }),
  changeAnswer("deleteProfile 412", "the error has no message", ({ body }) => {
    delete body.error.message;
  }),
  breakSchema("createProfile 400", "the error is not wrapped in error", (answer) => {
    answer.body = answer.body.error;
  }),
  breakSchema("listProfiles 400", "the name innerError is spelled in lower case", ({ body: { error } }) => {
    error.innererror = error.innerError;
    delete error.innerError;
  }),
  changeAnswer("updateAssignments 409", "the request-id in the error differs from the header", ({ body }) => {
    body.error.innerError["request-id"] = randomUUID();
  }),
  breakSchema("setPriority 500", "the body of a 500 is a stack trace instead of JSON", (answer) => {
    answer.headers["content-type"] = "text/html";
    answer.body = "<pre>TypeError: Cannot read properties of undefined</pre>";
  }),
  breakSchema("countAssignments 429", "Retry-After is missing", ({ headers }) => {
    delete headers["retry-after"];
  }),
  breakSchema("updateProfile 503", "Retry-After is a word", ({ headers }) => {
    headers["retry-after"] = "soon";
  }),
  breakSchema("listAssignments 401", "WWW-Authenticate is missing", ({ headers }) => {
    delete headers["www-authenticate"];
  }),
  breakSchema("getAssignment 200", "request-id is missing", ({ headers }) => {
    delete headers["request-id"];
  }),
  changeAnswer("listProfiles 200", "client-request-id differs from the one in the request", ({ headers }) => {
    headers["client-request-id"] = randomUUID();
  }),
  breakSchema("createAssignment 201", "OData-Version is missing", ({ headers }) => {
    delete headers["odata-version"];
  }),
  breakSchema("updateAssignment 200", "the media type is text", ({ headers }) => {
    headers["content-type"] = "text/plain; charset=utf-8";
  }),
  breakSchema("updateProfile 200", "the body is cut off", (answer) => {
    answer.body = JSON.stringify(answer.body).slice(0, -1);
  }),
  {
    cell: "deleteProfile 403",
    name: "a token with read permission may also delete",
    principal: ({ scopes, ...rest }) => ({
      ...rest,
      scopes: new Set([...scopes].map((scope) => scope.replace("Config.Read.All", "Config.ReadWrite.All"))),
    }),
  },
  {
    cell: "getProfile 403",
    name: "a token without permissions may read",
    principal: (principal) => ({
      ...principal,
      scopes: new Set([...principal.scopes, "DeviceManagementServiceConfig.Read.All"]),
    }),
  },
  changeAnswer("countProfiles 401", "a request without a token succeeds", (answer) => {
    answer.status = 200;
    answer.headers["content-type"] = "text/plain; charset=utf-8";
    answer.body = "0";
  }),
  changeRequest("createProfile 415", "any media type is accepted as JSON", ({ headers }) => {
    if (headers["content-type"]) headers["content-type"] = "application/json";
  }),
  changeAnswer("createAssignment 413", "the status is 400", (answer) => {
    answer.status = 400;
    answer.body.error.code = "BadRequest";
  }),
  changeRequest("batch 200", "dependsOn is ignored", ({ body }) => {
    for (const request of body?.requests ?? []) delete request.dependsOn;
  }),
  changeAnswer("batch 200", "the ids of the responses are swapped", ({ body: { responses } }) => {
    const ids = responses.map(({ id }: { id: string }) => id).reverse();
    for (const response of responses) response.id = ids.shift();
  }),
  changeAnswer("batch 200", "the responses are in another order than the requests", ({ body }) => {
    body.responses.reverse();
  }),
  breakSchema("batch 200", "the statuses of the responses are strings", ({ body }) => {
    for (const response of body.responses) response.status = String(response.status);
  }),
  changeAnswer("batch 200", "the bodies of the responses are strings", ({ body }) => {
    for (const response of body.responses) response.body = JSON.stringify(response.body);
  }),
  breakSchema("batch 200", "a failed request fails the whole batch", (answer) => {
    const failed = answer.body.responses.find(({ status }: { status: number }) => status >= 400);
    if (failed) Object.assign(answer, { status: failed.status, body: failed.body });
  }),
  changeRequest("batch 200", "writes in a batch are not executed", ({ body }) => {
    for (const request of body?.requests ?? []) if (request.method === "POST") request.url += "/nothing";
  }),
  changeRequest("batch 400", "a batch is cut off after 20 requests", ({ body }) => {
    body?.requests?.splice(20);
  }),
  changeRequest("batch 400", "the ids of requests are compared case-sensitively", ({ body }) => {
    for (const request of body?.requests ?? []) if (request.id === "A") request.id = "another";
  }),
  changeAnswer("getMetadata 200", "a type is missing in $metadata", (answer) => {
    answer.body = answer.body.replace(/<EntityType Name="appleEnrollmentProfileAssignment".*?<\/EntityType>/s, "");
  }),
  breakSchema("getMetadata 200", "the media type is JSON", (answer) => {
    answer.headers["content-type"] = "application/json";
    answer.body = {};
  }),
  changeRequest("getMetadata 200", "$metadata requires a token", (asked) => {
    if (!asked.headers["authorization"]) asked.url.pathname = "/beta/deviceManagement/$nothing";
  }),
  changeAnswer("getMetadata 200", "a type in $metadata has no groupId", (answer) => {
    answer.body = answer.body.replace(/<Property Name="groupId"[^>]*\/>/, "");
  }),
];
