/** Failures on purpose, as a client meets them. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
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
    test(`answers a ${status} that says when to come back, and does nothing of the request`, async () => {
      await service.failNext({ operation: "createProfile", status, retryAfter: 7 });
      const answer = await newProfile();
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("retry-after"), "7");
      assert.equal(await count(), "0");
      assert.equal((await newProfile()).status, 201);
    });
  }
  test("answers every failure that an operation declares, as the contract has it", async () => {
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
  test("fails as often as it is told, and only the operation it names", async () => {
    await service.failNext({ operation: "createProfile", status: 500, times: 2 });
    assert.equal(await count(), "0");
    assert.equal((await newProfile()).status, 500);
    assert.equal((await newProfile()).status, 500);
    assert.equal((await newProfile()).status, 201);
  });
  test("without an operation fails whatever comes, in the order that was asked for", async () => {
    await service.failNext({ status: 503 });
    await service.failNext({ status: 429 });
    assert.deepEqual([await count(), (await newProfile()).status, await count()], [503, 429, "0"]);
  });
  test("with a delay alone lets the request wait, and then go on", async () => {
    await service.failNext({ operation: "createProfile", delay: 300 });
    assert.ok((await milliseconds(async () => assert.equal((await newProfile()).status, 201))) >= 299);
    assert.equal(await count(), "1");
  });
  test("waits before it fails, while others are answered", async () => {
    await service.failNext({ operation: "createProfile", status: 500, delay: 300 });
    const failing = newProfile();
    assert.equal(await count(), "0");
    assert.ok((await milliseconds(async () => assert.equal((await failing).status, 500))) > 100);
  });
  test("fails a request of a batch", async () => {
    await service.failNext({ operation: "countProfiles", status: 503 });
    const url = `${profilesPath}/$count`;
    const answer = await client.batch({ body: { requests: ["1", "2"].map((id) => ({ id, method: "GET", url })) } });
    assert.ok(answer.ok);
    assert.deepEqual(answer.data.responses.map(({ status }) => status).sort(), [200, 503]);
  });
  test("fails an operation that asks for no token for whoever comes next", async () => {
    const asked = await fetch(new URL("/_control/failures", service.url), {
      method: "POST",
      headers: { authorization: `Bearer ${await service.token()}`, "content-type": "application/json" },
      body: '{"operation": "getMetadata", "status": 503}',
    });
    assert.equal(asked.status, 204);
    const [first, second] = [await client.getMetadata(), await client.getMetadata()];
    assert.deepEqual([first.status, second.status], [503, 200]);
  });
  test("are forgotten by who has asked for them also where nobody's token is asked, and by nobody else", async () => {
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
  test("leaves other tenants alone", async () => {
    const other = await service.inTenant();
    await other.failNext({ status: 500 });
    assert.equal(await count(), "0");
    assert.equal((await other.client.countProfiles()).status, 500);
  });

  const wrong: readonly [what: string, failure: object, sentence: RegExp][] = [
    [
      "an undeclared status",
      { operation: "countProfiles", status: 409 },
      /^status is 409; of failures, countProfiles declares 400, 401, 403, 429, 500, 503\.$/,
    ],
    ["a success", { operation: "countProfiles", status: 200 }, /countProfiles declares 400,/],
    [
      "a status that not all declare",
      { status: 404 },
      /^status is 404; of failures, all operations declare 400, 401, 429, 500, 503\.$/,
    ],
    [
      "an unknown operation",
      { operation: "countprofiles", status: 500 },
      /'countprofiles', which is no operation of the contract; it must be one of listProfiles, /,
    ],
    ["nothing that happens", { operation: "countProfiles" }, /a status, a delay in milliseconds, or both/],
    ["a Retry-After where there is none", { status: 500, retryAfter: 1 }, /^retryAfter says nothing with a 500/],
    ["a Retry-After of a delay", { delay: 5, retryAfter: 1 }, /^retryAfter says nothing without a status/],
    ["a delay that is too long", { delay: 60_001 }, /^delay is 60001; it must be at most 60000\.$/],
  ];
  for (const [what, failure, message] of wrong) {
    test(`refuses ${what}, and says what would do`, async () => {
      await assert.rejects(service.failNext(JSON.parse(JSON.stringify(failure))), { message });
    });
  }
  test("keeps no more than a thousand for a tenant", async () => {
    const other = await service.inTenant();
    for (let index = 0; index < 1000; index++) await other.failNext({ operation: "batch", status: 500 });
    await assert.rejects(other.failNext({ status: 500 }), /1000 failures wait to happen already/);
  });
});

test("a status that the operation doesn't declare, and an operation that isn't one, don't compile", () => {
  const never = async () => {
    await service.failNext({ operation: "createProfile", status: 429 });
    // @ts-expect-error undeclared
    await service.failNext({ operation: "createProfile", status: 404 });
    // @ts-expect-error no failure
    await service.failNext({ operation: "createProfile", status: 201 });
    // @ts-expect-error misspelt
    await service.failNext({ operation: "createprofile", status: 500 });
    // @ts-expect-error not declared by all
    await service.failNext({ status: 412 });
  };
  assert.equal(typeof never, "function");
});
