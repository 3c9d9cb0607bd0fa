import { aProfile, group, noId, once, refusesOldKey } from "./language/given.ts";
import type { OperationScenarios } from "./language/scenario.ts";

const profiles = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";
const json = { "Content-Type": "application/json" };
const count = { id: "count", method: "GET", url: `${profiles}/$count` };

const write = {
  id: "write",
  method: "POST",
  url: `${profiles}/{profile.id}/assignments`,
  headers: json,
  body: { target: group },
};

export const batch: OperationScenarios<"batch"> = {
  body: { requests: [count] },
  scenarios: {
    200: [
      {
        title: "returns the answers in the order of the requests, each as if the request had been sent alone",
        given: [aProfile],
        body: {
          requests: [
            { id: "one", method: "GET", url: `${profiles}/{profile.id}` },
            { id: "two", method: "get", url: "deviceManagement/appleUserInitiatedEnrollmentProfiles/$count" },
            { id: "three", method: "GET", url: `${profiles}/${noId}` },
          ],
        },
        after: [{ as: "count", operation: "countProfiles" }],
        expect: [
          { same: ["{answer.responses.0.body}", "{profile}"] },
          { same: ["{answer.responses.0.status}", 200] },
          { same: ["{answer.responses.0.headers.ETag}", "{profile.@odata.etag}"] },
          { same: ["{answer.responses.1.body}", "{count}"] },
          { same: ["{answer.responses.2.id}", "three"] },
          { same: ["{answer.responses.2.status}", 404] },
          { same: ["{answer.responses.2.body.error.code}", "ResourceNotFound"] },
        ],
      },
      {
        title: "executes a read after the write that it depends on",
        given: [aProfile],
        body: {
          requests: [
            { id: "read", method: "GET", url: `${profiles}/{profile.id}/assignments`, dependsOn: ["write"] },
            {
              id: "write",
              method: "POST",
              url: `${profiles}/{profile.id}/assignments`,
              headers: json,
              body: { target: group },
            },
          ],
        },
        expect: [
          { same: ["{answer.responses.0.body.value.0.id}", "{answer.responses.1.body.id}"] },
          { counts: [1, "{answer.responses.0.body.value}"] },
        ],
      },
      {
        title: "writes only once, and returns the same answer to a repeated batch with the same repeatability key",
        evidence: "decision",
        given: [aProfile, { as: "first", operation: "batch", headers: once, body: { requests: [write] } }],
        headers: once,
        body: { requests: [write] },
        expect: [{ same: ["{answer.responses.0.body}", "{first.responses.0.body}"] }],
      },
      {
        title: "does not execute a request that depends on a failed request",
        body: {
          requests: [
            { id: "gone", method: "DELETE", url: `${profiles}/${noId}` },
            { ...count, dependsOn: ["gone"] },
          ],
        },
        expect: [{ same: ["{answer.responses.0.status}", 404] }, { same: ["{answer.responses.1.status}", 424] }],
      },
      {
        title: "creates a profile with the same answer as createProfile",
        body: {
          requests: [
            { id: "made", method: "POST", url: profiles, headers: json, body: { displayName: "{run}in a batch" } },
          ],
        },
        expect: [
          { same: ["{answer.responses.0.status}", 201] },
          { same: ["{answer.responses.0.body.displayName}", "{run}in a batch"] },
        ],
      },
      {
        title: "accepts a request with the method {each}",
        evidence: "decision",
        each: ["POST", "post", "PUT", "put", "PATCH", "patch", "delete"],
        body: { requests: [{ id: "1", method: "{each}", url: `${profiles}/${noId}/nothing` }] },
        expect: [{ same: ["{answer.responses.0.status}", 404] }],
      },
    ],
    400: [
      {
        title: "refuses two requests whose ids differ only in case, and executes neither",
        given: [aProfile],
        body: {
          requests: [
            { id: "a", method: "DELETE", url: `${profiles}/{profile.id}` },
            { id: "A", method: "DELETE", url: `${profiles}/{profile.id}` },
          ],
        },
        after: [{ operation: "getProfile" }],
      },
      { title: "refuses a batch without requests", body: { requests: [] } },
      {
        title: "refuses a batch of more than 20 requests",
        body: { requests: Array.from({ length: 21 }, (_, index) => ({ ...count, id: String(index) })) },
      },
      {
        title: "refuses a batch with a request that depends on a missing request",
        body: { requests: [{ ...count, dependsOn: ["missing"] }] },
      },
      { title: "refuses a body that is not JSON", text: "[" },
    ],
    412: [refusesOldKey],
  },
};
