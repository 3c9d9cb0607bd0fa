/** Mutants of what every operation does alike: tokens, permissions, headers, errors; and of batches and $metadata. */
import { randomUUID } from "node:crypto";
import { answers, asks, type Cell, type Mutant, misshapes } from "../mutant.ts";

/** Where it shows that an operation takes a repeated request for another one. */
const repeats: readonly Cell[] = [
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
  ...repeats.map((cell) =>
    asks(cell, "the id of a request is not heeded", ({ headers }) => {
      delete headers["repeatability-request-id"];
      delete headers["repeatability-first-sent"];
      delete headers["repeatability-client-id"];
    }),
  ),
  answers("getProfile 404", "an error has no code", ({ body }) => {
    delete body.error.code;
  }),
  answers("getAssignment 404", "the error's code is another one", ({ body }) => {
    body.error.code = "NotFound";
  }),
  answers("deleteProfile 412", "the error has no message", ({ body }) => {
    delete body.error.message;
  }),
  misshapes("createProfile 400", "the error is not in error", (answer) => {
    answer.body = answer.body.error;
  }),
  misshapes("listProfiles 400", "innererror is spelled in lower case", ({ body: { error } }) => {
    error.innererror = error.innerError;
    delete error.innerError;
  }),
  answers("updateAssignments 409", "the error's request-id is another one", ({ body }) => {
    body.error.innerError["request-id"] = randomUUID();
  }),
  misshapes("setPriority 500", "a fault shows its stack, and no JSON", (answer) => {
    answer.headers["content-type"] = "text/html";
    answer.body = "<pre>TypeError: Cannot read properties of undefined</pre>";
  }),
  misshapes("countAssignments 429", "Retry-After is missing", ({ headers }) => {
    delete headers["retry-after"];
  }),
  misshapes("updateProfile 503", "Retry-After is a word", ({ headers }) => {
    headers["retry-after"] = "soon";
  }),
  misshapes("listAssignments 401", "WWW-Authenticate is missing", ({ headers }) => {
    delete headers["www-authenticate"];
  }),
  misshapes("getAssignment 200", "request-id is missing", ({ headers }) => {
    delete headers["request-id"];
  }),
  answers("listProfiles 200", "client-request-id is the service's own", ({ headers }) => {
    headers["client-request-id"] = randomUUID();
  }),
  misshapes("createAssignment 201", "OData-Version is missing", ({ headers }) => {
    delete headers["odata-version"];
  }),
  misshapes("updateAssignment 200", "the body is called text", ({ headers }) => {
    headers["content-type"] = "text/plain; charset=utf-8";
  }),
  misshapes("updateProfile 200", "the body is cut off", (answer) => {
    answer.body = JSON.stringify(answer.body).slice(0, -1);
  }),
  {
    cell: "deleteProfile 403",
    name: "who may only read may delete",
    principal: ({ scopes, ...rest }) => ({
      ...rest,
      scopes: new Set([...scopes].map((scope) => scope.replace("Config.Read.All", "Config.ReadWrite.All"))),
    }),
  },
  {
    cell: "getProfile 403",
    name: "any token may read",
    principal: (principal) => ({
      ...principal,
      scopes: new Set([...principal.scopes, "DeviceManagementServiceConfig.Read.All"]),
    }),
  },
  answers("countProfiles 401", "who has no token is answered", (answer) => {
    answer.status = 200;
    answer.headers["content-type"] = "text/plain; charset=utf-8";
    answer.body = "0";
  }),
  asks("createProfile 415", "any media type is JSON", ({ headers }) => {
    if (headers["content-type"]) headers["content-type"] = "application/json";
  }),
  answers("createAssignment 413", "it is a 400", (answer) => {
    answer.status = 400;
    answer.body.error.code = "BadRequest";
  }),
  asks("batch 200", "dependsOn is ignored", ({ body }) => {
    for (const request of body?.requests ?? []) delete request.dependsOn;
  }),
  answers("batch 200", "answers have each other's ids", ({ body: { responses } }) => {
    const ids = responses.map(({ id }: { id: string }) => id).reverse();
    for (const response of responses) response.id = ids.shift();
  }),
  answers("batch 200", "answers come in another order", ({ body }) => {
    body.responses.reverse();
  }),
  misshapes("batch 200", "statuses are texts", ({ body }) => {
    for (const response of body.responses) response.status = String(response.status);
  }),
  answers("batch 200", "bodies are texts", ({ body }) => {
    for (const response of body.responses) response.body = JSON.stringify(response.body);
  }),
  misshapes("batch 200", "one failure fails them all", (answer) => {
    const failed = answer.body.responses.find(({ status }: { status: number }) => status >= 400);
    if (failed) Object.assign(answer, { status: failed.status, body: failed.body });
  }),
  asks("batch 200", "who writes in a batch writes nothing", ({ body }) => {
    for (const request of body?.requests ?? []) if (request.method === "POST") request.url += "/nothing";
  }),
  asks("batch 400", "a batch ends after twenty", ({ body }) => {
    body?.requests?.splice(20);
  }),
  asks("batch 400", "ids are told apart by case", ({ body }) => {
    for (const request of body?.requests ?? []) if (request.id === "A") request.id = "another";
  }),
  answers("getMetadata 200", "a type is missing", (answer) => {
    answer.body = answer.body.replace(/<EntityType Name="appleEnrollmentProfileAssignment".*?<\/EntityType>/s, "");
  }),
  misshapes("getMetadata 200", "it is JSON", (answer) => {
    answer.headers["content-type"] = "application/json";
    answer.body = {};
  }),
  asks("getMetadata 200", "it asks for a token", (asked) => {
    if (!asked.headers["authorization"]) asked.url.pathname = "/beta/deviceManagement/$nothing";
  }),
  answers("getMetadata 200", "a complex type has lost a property", (answer) => {
    answer.body = answer.body.replace(/<Property Name="groupId"[^>]*\/>/, "");
  }),
];
