import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Input, Schemas } from "../../client/index.ts";
import { throttledTenant } from "../support/faulty.ts";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";
import {
  assertRefused,
  bodyRefusals,
  describeOperation,
  failures,
  refusals,
  repeatRefusals,
  testQueryOptions,
} from "./operation.ts";

type BatchRequest = Input<"batch">["body"]["requests"][number];

const world = await enterWorld();
const json = { "Content-Type": "application/json" };
const list: BatchRequest = { id: "1", method: "GET", url: profilesPath };
const call = { method: "POST", path: "/$batch", body: { requests: [list] } };
const { 401: unauthorized } = refusals(world, call, "read");

async function send(tenant: Tenant, ...requests: BatchRequest[]): Promise<Schemas["batchedResponse"][]> {
  const answer = await tenant.client.batch({ body: { requests } });
  assert.ok(answer.ok);
  return answer.data.responses;
}

/** The statuses in the order of the requests. No test here has the same status twice. */
async function statuses(tenant: Tenant, ...requests: BatchRequest[]): Promise<number[]> {
  return (await send(tenant, ...requests)).map(({ status }) => status);
}

function creation(id: string, displayName: string): BatchRequest {
  return { id, method: "POST", url: profilesPath, headers: json, body: { displayName } };
}

describeOperation("batch", {
  200() {
    test("answers each request in the batch as if it had been sent alone, in the order of the requests", async () => {
      const tenant = await world.tenant();
      const { id, "@odata.context": _, ...profile } = await tenant.profile();
      const [first, second, third] = await send(
        tenant,
        { id: "one", method: "get", url: `${profilesPath}/${id}` },
        { id: "two", method: "GET", url: `${profilesPath.slice(1)}/$count` },
        { id: "three", method: "GET", url: `${profilesPath}/none` },
      );
      assert.ok(first && second && third);
      assert.deepEqual([first.id, first.status], ["one", 200]);
      const { "@odata.context": context, ...body } = Object(first.body);
      assert.deepEqual(body, { id, ...profile });
      assert.match(context, /^http:\/\/.*\/beta\/\$metadata#deviceManagement/);
      assert.equal(first.headers["ETag"], profile["@odata.etag"]);
      assert.equal(first.headers["OData-Version"], "4.0");
      assert.match(first.headers["Content-Type"] ?? "", /^application\/json;odata\.metadata=minimal/);
      assert.deepEqual([second.id, second.status, second.body], ["two", 200, "1"]);
      assert.deepEqual([third.id, third.status], ["three", 404]);
      const { error } = Object(third.body);
      assert.equal(error.code, "ResourceNotFound");
      assert.equal(error.innerError["request-id"], third.headers["request-id"]);
      const ids = [first, second, third].map(({ headers }) => headers["request-id"]);
      assert.equal(new Set(ids).size, 3);
    });
    test("carries out twenty writes in one batch", async () => {
      const tenant = await world.tenant();
      const requests = Array.from({ length: 20 }, (_, n) => creation(`${n}`, `p${n}`));
      assert.deepEqual(await statuses(tenant, ...requests), Array(20).fill(201));
      const listed = await tenant.client.listProfiles();
      assert.ok(listed.ok);
      assert.deepEqual(
        listed.data.value.map(({ priority }) => priority),
        Array.from({ length: 20 }, (_, n) => n),
      );
    });
    test("sends a request after all requests in its dependsOn, and compares ids case-insensitively", async () => {
      const tenant = await world.tenant();
      const answers = await send(
        tenant,
        { id: "count", method: "GET", url: `${profilesPath}/$count`, dependsOn: ["B", "A"] },
        { ...creation("b", "second"), dependsOn: ["a"] },
        creation("a", "first"),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 201, 201],
      );
      assert.equal(answers[0]?.body, "2");
      assert.deepEqual(
        answers.slice(1).map(({ body }) => Object(body).priority),
        [1, 0],
      );
    });
    test("skips requests that depend on a failed request, directly or indirectly, and sends all others", async () => {
      const tenant = await world.tenant();
      const answers = await send(
        tenant,
        { id: "no", method: "DELETE", url: `${profilesPath}/none` },
        { ...creation("after", "x"), headers: { ...json, "client-request-id": "mine" }, dependsOn: ["no"] },
        { id: "later", method: "GET", url: profilesPath, dependsOn: ["AFTER"] },
        creation("free", "y"),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [404, 424, 424, 201],
      );
      const { error } = Object(answers[1]?.body);
      assert.equal(error.code, "FailedDependency");
      assert.equal(error.target, "dependsOn");
      assert.equal(error.message, "The request was not sent: it depends on 'no', whose answer was 404.");
      assert.equal(answers[1]?.headers["client-request-id"], "mine");
      assert.equal(answers[1]?.headers["request-id"], error.innerError["request-id"]);
      assert.match(Object(answers[2]?.body).error.message, /'after', whose answer was 424/);
      assert.equal((await tenant.call({ method: "GET", path: `${profilesPath}/$count` })).body, "1");
    });
    test("skips requests that depend on a request that was refused as invalid", async () => {
      const answers = await send(
        await world.tenant(),
        { id: "1", method: "POST", url: profilesPath, headers: json, body: { displayName: 1 } },
        { ...creation("2", "x"), dependsOn: ["1"] },
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [400, 424],
      );
    });
    test("encodes the characters of a URL that a request line cannot contain", async () => {
      const tenant = await world.tenant();
      await tenant.profile({ displayName: "Phones \u{1f4f1}" });
      await tenant.profile({ displayName: "Tablets" });
      const $filter = "displayName eq 'Phones \u{1f4f1}'";
      const [answer] = await send(tenant, { id: "1", method: "GET", url: `${profilesPath}?$filter=${$filter}` });
      assert.equal(answer?.status, 200);
      assert.equal(Object(answer?.body).value.length, 1);
    });
    test("uses the headers of each request in the batch, except those that identify the caller", async () => {
      const [tenant, other] = [await world.tenant(), await world.tenant()];
      const { id } = await tenant.profile();
      const url = `${profilesPath}/${id}`;
      const headers = {
        "If-Match": 'W/"7"',
        authorization: `Bearer ${other.token}`,
        Host: "elsewhere.example",
        "Content-Length": "7",
        "Transfer-Encoding": "chunked",
      };
      const answers = await send(
        tenant,
        { id: "1", method: "DELETE", url, headers },
        { id: "2", method: "GET", url, headers: { "if-none-match": "*", "client-request-id": "my-own" } },
        { id: "3", method: "GET", url, headers },
        { id: "4", method: "PATCH", url, headers: { ...json, "Content-Length": "7" }, body: { description: "é" } },
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [412, 304, 200, 200],
      );
      assert.equal(answers[1]?.headers["client-request-id"], "my-own");
      assert.equal("body" in Object(answers[1]), false);
      assert.ok(!JSON.stringify(answers).includes("elsewhere"));
    });
    test("omits empty bodies, and encodes bodies that are neither JSON nor text as base64url", async () => {
      const tenant = await world.tenant();
      const { id } = await tenant.profile();
      const [deleted, metadata] = await send(
        tenant,
        { id: "1", method: "DELETE", url: `${profilesPath}/${id}` },
        { id: "2", method: "GET", url: "$metadata" },
      );
      assert.equal(deleted?.status, 204);
      assert.equal("body" in Object(deleted), false);
      assert.match(Buffer.from(String(metadata?.body), "base64url").toString(), /^<\?xml/);
    });
    test("checks scopes, route, method, media type, body and URL of each request separately", async () => {
      const tenant = await world.tenant();
      const token = await world.token({ tenant: tenant.id, scopes: ["DeviceManagementConfiguration.Read.All"] });
      const requests: BatchRequest[] = [
        { id: "read", method: "GET", url: profilesPath },
        { ...creation("write", "x") },
        { id: "route", method: "GET", url: "/nothing" },
        { id: "version", method: "GET", url: `/beta${profilesPath}` },
        { id: "above", method: "GET", url: `/deviceManagement/../..${profilesPath}` },
        { id: "verb", method: "PUT", url: profilesPath },
        { id: "query", method: "GET", url: `${profilesPath}?$search=a b` },
        { id: "size", method: "GET", url: `${profilesPath}?${"a".repeat(9000)}` },
      ];
      const answer = await tenant.call({ ...call, token, body: { requests } });
      const responses: Schemas["batchedResponse"][] = Object(answer.body).responses;
      assert.deepEqual(
        responses.map(({ status }) => status),
        [200, 403, 404, 404, 404, 405, 400, 414],
      );
      assert.equal(responses[5]?.headers["Allow"], "GET, HEAD, POST, OPTIONS");
      assert.deepEqual(
        await statuses(
          tenant,
          { id: "1", method: "POST", url: profilesPath, body: { displayName: "x" } },
          { id: "2", method: "POST", url: profilesPath, headers: json },
          { id: "3", method: "POST", url: profilesPath, headers: json, body: [] },
          { id: "4", method: "POST", url: profilesPath, headers: json, body: { displayName: 5 } },
        ),
        [415, 400, 400, 400],
      );
    });
    test("refuses a batch inside a batch, in every spelling of its URL", async () => {
      const tenant = await world.tenant();
      const inner = { headers: json, body: { requests: [creation("1", "x")] } } as const;
      const answers = await send(
        tenant,
        { id: "1", method: "POST", url: "/$batch", ...inner },
        { id: "2", method: "POST", url: "%24batch", ...inner },
      );
      for (const { status, body } of answers) {
        assert.equal(status, 400);
        assert.equal(Object(body).error.message, "A batch cannot contain another batch.");
      }
      assert.equal((await tenant.call({ method: "GET", path: `${profilesPath}/$count` })).body, "0");
    });
    test("returns nothing from another tenant", async () => {
      const { id } = await (await world.tenant()).profile();
      const url = `${profilesPath}/${id}`;
      const tenant = await world.tenant();
      const body = { target: groupTarget("g") };
      assert.deepEqual(
        await statuses(
          tenant,
          { id: "1", method: "GET", url },
          { id: "2", method: "DELETE", url },
          { id: "3", method: "PATCH", url: `${url}/assignments`, headers: json, body },
        ),
        [404, 404, 404],
      );
    });
    test("accepts a token without scopes for the batch, but refuses the requests in it", async () => {
      const token = await world.token({ scopes: ["User.Read.All"] });
      const answer = await (await world.tenant()).call({ ...call, token });
      assert.equal(answer.status, 200);
      assert.equal(Object(answer.body).responses[0].status, 403);
    });
  },
  400() {
    testQueryOptions(world, call);
    const many = Array.from({ length: 21 }, (_, n) => ({ ...list, id: `${n}` }));
    const cases: readonly (readonly [string, unknown, string])[] = [
      ["a batch without requests", {}, "requests"],
      ["an empty list of requests", { requests: [] }, "requests"],
      ["21 requests", { requests: many }, "requests"],
      [
        "a property that Graph does not define",
        { requests: [{ ...list, atomicityGroup: "g" }] },
        "requests[0].atomicityGroup",
      ],
      ["a request without an id", { requests: [{ method: "GET", url: "/x" }] }, "requests[0].id"],
      ["an empty id", { requests: [{ ...list, id: "" }] }, "requests[0].id"],
      ["a request without a method", { requests: [{ id: "1", url: "/x" }] }, "requests[0].method"],
      ["a method that is not allowed in a batch", { requests: [{ ...list, method: "OPTIONS" }] }, "requests[0].method"],
      ["a request without a url", { requests: [{ id: "1", method: "GET" }] }, "requests[0].url"],
      ["an absolute url", { requests: [{ ...list, url: "https://x.example/beta/y" }] }, "requests[0].url"],
      ["a url with a host", { requests: [list, { ...list, id: "2", url: "//x.example/y" }] }, "requests[1].url"],
      [
        "two ids that differ only in case",
        {
          requests: [
            { ...list, id: "A" },
            { ...list, id: "a" },
          ],
        },
        "requests[1].id",
      ],
      ["a header that is not a string", { requests: [{ ...list, headers: { a: 1 } }] }, "requests[0].headers.a"],
      ["a header with a line break", { requests: [{ ...list, headers: { a: "b\r\nc: d" } }] }, "requests[0].headers.a"],
      ["a header name with a space", { requests: [{ ...list, headers: { "a b": "c" } }] }, "requests[0].headers"],
      ["a dependency on an unknown id", { requests: [{ ...list, dependsOn: ["2"] }] }, "requests[0].dependsOn"],
      ["a dependency of a request on itself", { requests: [{ ...list, dependsOn: ["1"] }] }, "requests[0].dependsOn"],
      [
        "a cycle of dependencies",
        { requests: [list, { ...list, id: "2", dependsOn: ["3"] }, { ...list, id: "3", dependsOn: ["2"] }] },
        "requests[1].dependsOn",
      ],
    ];
    for (const [what, body, target] of cases) {
      test(`refuses ${what}, and names ${target} in the error`, async () => {
        const tenant = await world.tenant();
        assertRefused(await tenant.call({ ...call, body }), 400, target);
      });
    }
    test("refuses a number that is too large, because JSON would write it as null, and names the body", async () => {
      const body = '{"requests":[{"id":"1","method":"PATCH","url":"/x","body":{"description":1e400}}]}';
      assertRefused(await (await world.tenant()).callDirectly({ ...call, body }), 400, "requests[0].body");
    });
    test("sends none of the requests of a malformed batch", async () => {
      const tenant = await world.tenant();
      const requests = [creation("1", "x"), { ...creation("2", "y"), dependsOn: ["3"] }];
      assert.equal((await tenant.call({ ...call, body: { requests } })).status, 400);
      assert.equal((await tenant.call({ method: "GET", path: `${profilesPath}/$count` })).body, "0");
    });
    test("refuses atomicityGroup, and recommends dependsOn", async () => {
      const body = { requests: [{ ...list, atomicityGroup: randomUUID() }] };
      const answer = await (await world.tenant()).call({ ...call, body });
      assert.match(answer.error.message, /not atomic; to run requests in order, use dependsOn/);
    });
  },
  401: unauthorized,
  412: repeatRefusals(world, call)[412],
  ...bodyRefusals(world, call),
  429() {
    test("sends Retry-After if the application has sent too many requests", async () => {
      const answer = await (await world.tenant(throttledTenant)).call(call);
      assert.equal(answer.status, 429);
      assert.match(answer.headers.get("retry-after") ?? "", /^([1-9]\d{0,2}|1000)$/);
    });
  },
  ...failures(world, call),
});
