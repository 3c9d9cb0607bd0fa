/** Tests which answers a client gets from injected faults. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { startService } from "../../server/testing.ts";
import { assertGraphError } from "../support/graphError.ts";
import { profilesPath } from "../support/tenant.ts";

const service = await startService();
after(() => service.close());
beforeEach(() => service.reset());
const { client } = service;

const newProfile = () => client.createProfile({ body: { displayName: "A" } });
const count = async () => {
  const answer = await client.countProfiles();
  return answer.ok ? answer.data : answer.status;
};

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe("failNext", () => {
  for (const status of [429, 503] as const) {
    test(`failNext makes a request fail with ${status} and Retry-After without executing it`, async () => {
      await service.failNext({ operation: "createProfile", status, retryAfter: 7 });
      const answer = await newProfile();
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("retry-after"), "7");
      assert.equal(await count(), "0");
      assert.equal((await newProfile()).status, 201);
    });
  }
  test("failNext can inject every error status that an operation declares, with the declared headers and body", async () => {
    for (const status of [400, 401, 403, 404, 409, 412, 413, 415, 429, 500, 503] as const) {
      await service.failNext({ operation: "updateAssignments", status });
      const answer = await fetch(`${service.url}${profilesPath}/none/assignments`, {
        method: "PATCH",
        headers: { authorization: `Bearer ${await service.token()}`, "content-type": "application/json" },
        body: "{}",
      });
      assertGraphError({ headers: answer.headers, body: await answer.json() });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("retry-after"), status === 429 || status === 503 ? "1" : null);
      assert.equal(answer.headers.has("www-authenticate"), status === 401 || status === 403);
    }
  });
  test("failNext makes an error with the JSON that Intune writes as its message if intuneMessage is true", async () => {
    await service.failNext({ operation: "getProfile", status: 404, intuneMessage: true });
    const answer = await client.getProfile({ path: { profileId: "x" } });
    assert.equal(answer.status, 404);
    assert.ok(!answer.ok);
    const { Message, ...others } = JSON.parse(answer.body?.error.message ?? "");
    assert.match(
      Message,
      /^This failure was injected.* - Activity ID: [0-9a-f-]{36} - Url: https:\/\/fef\..*\/x\?api-version=/,
    );
    assert.deepEqual(Object.keys(others), [
      "_version",
      "CustomApiErrorPhrase",
      "RetryAfter",
      "ErrorSourceService",
      "HttpHeaders",
    ]);
    await assert.rejects(
      service.failNext({ delay: 1, intuneMessage: true }),
      /intuneMessage must be left out or false/,
    );
  });
  test("failNext injects faults that the service does not report as its own errors", async (t) => {
    const development = await ephemeralIdentity();
    const { issueToken, verifyToken } = development;
    const store = openSqliteStore(":memory:");
    const reported: Error[] = [];
    const reportError = (error: Error) => void reported.push(error);
    const app = buildApp({ store, verifyToken, development, reportError, control: true, docs: false });
    t.after(async () => {
      await app.close();
      await store.close();
    });
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    const headers = { authorization: `Bearer ${await issueToken()}`, "content-type": "application/json" };
    for (const status of [500, 503]) {
      const body = JSON.stringify({ operation: "listProfiles", status });
      assert.equal((await fetch(`${origin}/_control/failures`, { method: "POST", headers, body })).status, 204);
      assert.equal((await fetch(`${origin}/beta${profilesPath}`, { headers })).status, status);
    }
    assert.deepEqual(reported, []);
  });
  test("failNext injects a fault into the given number of requests, and only for the named operation", async () => {
    await service.failNext({ operation: "createProfile", status: 500, times: 2 });
    assert.equal(await count(), "0");
    assert.equal((await newProfile()).status, 500);
    assert.equal((await newProfile()).status, 500);
    assert.equal((await newProfile()).status, 201);
  });
  test("failNext without an operation injects its faults into the next requests of any operation, first in first out", async () => {
    await service.failNext({ status: 503 });
    await service.failNext({ status: 429 });
    assert.deepEqual([await count(), (await newProfile()).status, await count()], [503, 429, "0"]);
  });
  test("failNext with only a delay makes the request wait before it is executed", async () => {
    await service.failNext({ operation: "createProfile", delay: 300 });
    assert.ok((await milliseconds(async () => assert.equal((await newProfile()).status, 201))) >= 299);
    assert.equal(await count(), "1");
  });
  test("failNext with a status and a delay makes only that request wait before it fails", async () => {
    await service.failNext({ operation: "createProfile", status: 500, delay: 300 });
    const failing = newProfile();
    assert.equal(await count(), "0");
    assert.ok((await milliseconds(async () => assert.equal((await failing).status, 500))) > 100);
  });
  test("failNext injects a fault into a single request of a batch", async () => {
    await service.failNext({ operation: "countProfiles", status: 503 });
    const url = `${profilesPath}/$count`;
    const answer = await client.batch({ body: { requests: ["1", "2"].map((id) => ({ id, method: "GET", url })) } });
    assert.ok(answer.ok);
    assert.deepEqual(answer.data.responses.map(({ status }) => status).sort(), [200, 503]);
  });
  test("failNext for an operation without authentication affects the next request of any caller", async () => {
    const asked = await fetch(new URL("/_control/failures", service.url), {
      method: "POST",
      headers: { authorization: `Bearer ${await service.token()}`, "content-type": "application/json" },
      body: '{"operation": "getMetadata", "status": 503}',
    });
    assert.equal(asked.status, 204);
    const [first, second] = [await client.getMetadata(), await client.getMetadata()];
    assert.deepEqual([first.status, second.status], [503, 200]);
  });
  test("reset removes only its own tenant's faults, even for an operation without authentication", async () => {
    const fail = async (token: string) =>
      fetch(new URL("/_control/failures", service.url), {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: '{"operation": "getMetadata", "status": 503}',
      });
    const other = await service.inTenant();
    await fail(await service.token());
    await fail(await other.token());
    await service.reset();
    const [first, second] = [await client.getMetadata(), await client.getMetadata()];
    assert.deepEqual([first.status, second.status], [503, 200]);
  });
  test("failNext does not affect other tenants", async () => {
    const other = await service.inTenant();
    await other.failNext({ status: 500 });
    assert.equal(await count(), "0");
    assert.equal((await other.client.countProfiles()).status, 500);
  });

  const wrong: readonly [what: string, failure: object, sentence: RegExp][] = [
    [
      "an undeclared status",
      { operation: "countProfiles", status: 409 },
      /^status is 409; it must be an error that countProfiles declares: 400, 401, 403, 429, 500, 503\.$/,
    ],
    ["a success status", { operation: "countProfiles", status: 200 }, /countProfiles declares: 400,/],
    [
      "a status that not every operation declares",
      { status: 404 },
      /^status is 404; it must be an error that every operation declares: 400, 401, 429, 500, 503\.$/,
    ],
    [
      "an unknown operation",
      { operation: "countprofiles", status: 500 },
      /^operation is 'countprofiles'; it must be one of listProfiles, /,
    ],
    ["a fault with neither status nor delay", { operation: "countProfiles" }, /^status and delay are both missing/],
    [
      "a Retry-After for another status",
      { status: 500, retryAfter: 1 },
      /^retryAfter must be left out, because status is 500/,
    ],
    [
      "a Retry-After without a status",
      { delay: 5, retryAfter: 1 },
      /^retryAfter must be left out, because status is missing/,
    ],
    ["a delay that is too long", { delay: 60_001 }, /^delay is 60001; it must be at most 60000\.$/],
  ];
  for (const [what, failure, message] of wrong) {
    test(`failNext refuses ${what} with an error that says what would be valid`, async () => {
      await assert.rejects(service.failNext(JSON.parse(JSON.stringify(failure))), { message });
    });
  }
  test("failNext queues at most a thousand faults for a tenant", async () => {
    const other = await service.inTenant();
    for (let index = 0; index < 1000; index++) await other.failNext({ operation: "batch", status: 500 });
    await assert.rejects(other.failNext({ status: 500 }), /queue is full: 1000 injected faults wait for a request/);
  });
});

test("calls to failNext with an undeclared status or an unknown operation do not compile", () => {
  const never = async () => {
    await service.failNext({ operation: "createProfile", status: 429 });
    // @ts-expect-error The operation does not declare this status.
    await service.failNext({ operation: "createProfile", status: 404 });
    // @ts-expect-error The status is not an error.
    await service.failNext({ operation: "createProfile", status: 201 });
    // @ts-expect-error The name of the operation is misspelt.
    await service.failNext({ operation: "createprofile", status: 500 });
    // @ts-expect-error Not every operation declares this status, so the call must name an operation.
    await service.failNext({ status: 412 });
  };
  assert.equal(typeof never, "function");
});
