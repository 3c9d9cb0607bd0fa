/** Tests the signal and the hooks with which a caller controls a call. */
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { type Attempt, type ClientOptions, createClient, type EndedAttempt } from "../../client/index.ts";
import { failing, json, type Line, scripted, silent } from "./fetch.ts";

function clientOf(lines: readonly Line[], options: Partial<ClientOptions> = {}) {
  const { fetch, requests } = scripted(...lines);
  const retries = { base: 0 };
  const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, retries, ...options });
  return { client, requests };
}
const ok = json(200, { value: [] });
const reason = new Error("no longer needed");

describe("the abort signal", { timeout: 5000 }, () => {
  test("aborting the signal ends the wait before the next attempt at once", async () => {
    const { client, requests } = clientOf([failing(503, { "Retry-After": "20" })]);
    const controller = new AbortController();
    const answer = client.createProfile({ body: { displayName: "x" }, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(answer, reason);
    assert.equal(requests.length, 1);
  });
  test("aborting the signal ends an attempt without a retry", async () => {
    const { client, requests } = clientOf([silent]);
    const controller = new AbortController();
    const answer = client.listProfiles({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(answer, reason);
    assert.equal(requests.length, 1);
  });
  test("aborting the signal ends the wait for a token", async () => {
    const { client, requests } = clientOf([ok], { token: () => new Promise(() => {}) });
    const controller = new AbortController();
    const answer = client.listProfiles({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(answer, reason);
    assert.equal(requests.length, 0);
  });
  test("the signal keeps no listener after a call, whether the call succeeds, is retried or fails", async () => {
    const { signal } = new AbortController();
    const { client } = clientOf([ok, failing(503), ok, failing(404), new TypeError("broken")], {
      token: async () => "t",
      retries: { base: 0, times: 1 },
    });
    for (let call = 0; call < 3; call++) await client.listProfiles({ signal });
    await assert.rejects(client.listProfiles({ signal }), { code: "ConnectionFailed" });
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });
  test("aborting the signal ends an iteration over pages between two pages", async () => {
    const link = "https://graph.example/beta/next?$skiptoken=";
    let page = 0;
    const { client } = clientOf([() => json(200, { value: [{}], "@odata.nextLink": `${link}${++page}` })]);
    const controller = new AbortController();
    let seen = 0;
    const loop = async () => {
      for await (const _ of client.pages.listProfiles({ signal: controller.signal })) {
        if (++seen === 3) controller.abort(reason);
      }
    };
    await assert.rejects(loop(), reason);
    assert.equal(seen, 3);
  });
});

describe("the hooks", () => {
  test("hooks get each attempt, its result and the time until the next attempt", async () => {
    const started: Attempt[] = [];
    const ended: EndedAttempt[] = [];
    const dropped = new TypeError("fetch failed");
    const { client, requests } = clientOf([dropped, failing(503), ok], {
      onRequest: (attempt) => void started.push(attempt),
      onResponse: async (attempt) => void ended.push(attempt),
    });
    await client.listProfiles();
    assert.deepEqual(
      started.map(({ attempt, request }) => [attempt, request]),
      requests.map((request, index) => [index + 1, request]),
    );
    assert.deepEqual(
      ended.map(({ attempt, response, error, retryIn }) => [attempt, response?.status, Object(error).code, retryIn]),
      [
        [1, undefined, "ConnectionFailed", 0],
        [2, 503, undefined, 0],
        [3, 200, undefined, undefined],
      ],
    );
    for (const { milliseconds } of ended) assert.ok(milliseconds >= 0 && milliseconds < 5000);
  });
  test("hooks can set headers, and read the body from a clone of the response", async () => {
    const bodies: string[] = [];
    const { client, requests } = clientOf([ok], {
      onRequest: ({ request }) => request.headers.set("traceparent", "00-1-2-01"),
      onResponse: async ({ response }) => void bodies.push((await response?.clone().text()) ?? ""),
    });
    assert.ok((await client.listProfiles()).ok);
    assert.equal(requests[0]?.headers.get("traceparent"), "00-1-2-01");
    assert.deepEqual(bodies, ['{"value":[]}']);
  });
  for (const hook of ["onRequest", "onResponse"] as const) {
    test(`an error thrown by ${hook} ends the call without a retry`, async () => {
      const failure = new Error("the error of the hook");
      const { client, requests } = clientOf([failing(503), ok], { [hook]: () => Promise.reject(failure) });
      await assert.rejects(client.listProfiles(), failure);
      assert.equal(requests.length, hook === "onRequest" ? 0 : 1);
    });
  }
  test("hooks are also called for an attempt that the caller aborted", async () => {
    const ended: EndedAttempt[] = [];
    const { client } = clientOf([silent], { onResponse: (attempt) => void ended.push(attempt) });
    const controller = new AbortController();
    const answer = client.listProfiles({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(answer, reason);
    assert.deepEqual(
      ended.map(({ error, retryIn }) => [error, retryIn]),
      [[reason, undefined]],
    );
  });
});
