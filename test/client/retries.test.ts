/** Tests which calls the client retries, how often and after which wait. A mock of setTimeout makes the waits end at once. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { type Client, type ClientOptions, createClient, GraphError } from "../../client/index.ts";
import { failing, json, type Line, scripted, silent } from "./fetch.ts";

const path = { profileId: "p" };
const ids = { profileId: "p", assignmentId: "a" };
const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
const dropped = new TypeError("fetch failed");
const ok = json(200, { value: [] });

/** The milliseconds of each call to setTimeout, in the order of the calls. */
let waits: number[] = [];
beforeEach(() => {
  waits = [];
  const real = globalThis.setTimeout;
  mock.method(globalThis, "setTimeout", (work: () => void, milliseconds: number) => {
    waits.push(milliseconds);
    return real(work, 0);
  });
  mock.method(Math, "random", () => 0.5);
});
afterEach(() => mock.restoreAll());

function clientOf(lines: readonly Line[], options: Partial<ClientOptions> = {}) {
  const { fetch, requests } = scripted(...lines);
  const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, timeout: 0, ...options });
  return { client, requests };
}

const calls: Readonly<Record<string, (client: Client) => Promise<{ readonly status: number }>>> = {
  "a GET": (client) => client.listProfiles(),
  "a PATCH of the collection": (client) => client.updateAssignments({ path, body: { target } }),
  "a delta": (client) =>
    client.updateAssignmentsDelta({ path, body: { "@odata.context": "#$delta", value: [{ target }] } }),
  "a PATCH by id": (client) => client.updateProfile({ path, body: { displayName: "x" } }),
  "a DELETE": (client) => client.deleteAssignment({ path: ids }),
  "a POST": (client) => client.createProfile({ body: { displayName: "x" } }),
  "an action": (client) => client.setPriority({ path, body: { priority: 0 } }),
  "a batch": (client) => client.newBatch().send(),
  "a PATCH of the collection with If-None-Match": (client) =>
    client.updateAssignments({ path, headers: { "If-None-Match": "*" }, body: { target } }),
  "a PATCH by id with If-Match": (client) =>
    client.updateProfile({ path, headers: { "If-Match": 'W/"1"' }, body: { displayName: "x" } }),
  "a DELETE with If-Match": (client) => client.deleteAssignment({ path: ids, headers: { "If-Match": 'W/"1"' } }),
};
const repeatable = Object.entries(calls).slice(0, 5);
const unrepeatable = Object.entries(calls).slice(5);

describe("retries", () => {
  for (const [name, call] of repeatable) {
    for (const status of [408, 429, 500, 502, 503, 504]) {
      test(`retries ${name} after a ${status}`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
    test(`retries ${name} if the connection breaks before or during the response`, async () => {
      const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(dropped) }));
      const { client, requests } = clientOf([dropped, cut, ok]);
      assert.equal((await call(client)).status, 200);
      assert.equal(requests.length, 3);
    });
  }
  for (const [name, call] of unrepeatable) {
    for (const status of [429, 503]) {
      test(`retries ${name} after a ${status}, because the service has not carried it out`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
  }
  test("retries with the same method, body, headers and client-request-id, but a new token", async () => {
    let tokens = 0;
    const { client, requests } = clientOf([dropped, failing(503), ok], { token: () => `t${++tokens}` });
    await client.updateProfile({ path, headers: { Prefer: "return=minimal" } as never, body: { displayName: "ü" } });
    const sent = await Promise.all(requests.map(async (each) => [each.method, each.url, await each.text()]));
    assert.equal(sent.length, 3);
    for (const each of sent) assert.deepEqual(each, sent[0]);
    assert.deepEqual(sent[0]?.[2], '{"displayName":"ü"}');
    const headers = requests.map((each) => Object.fromEntries(each.headers));
    assert.deepEqual(
      headers.map(({ authorization }) => authorization),
      ["Bearer t1", "Bearer t2", "Bearer t3"],
    );
    for (const { authorization: _, ...others } of headers) {
      assert.deepEqual(others, {
        "client-request-id": headers[0]?.["client-request-id"],
        "content-type": "application/json",
        prefer: "return=minimal",
      });
    }
  });
  test("retries calls of the raw client too", async () => {
    const { client, requests } = clientOf([dropped, ok]);
    const { data } = await client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
    assert.deepEqual([data, requests.length], [{ value: [] }, 2]);
  });
});

/** The headers Repeatability-Request-ID and Repeatability-First-Sent of a request. */
function idOf({ headers }: Request): readonly (string | null)[] {
  return [headers.get("Repeatability-Request-ID"), headers.get("Repeatability-First-Sent")];
}

describe("retries with repeatability ids", () => {
  const heeding = json(200, { value: [], responses: [] }, { "Repeatability-Result": "accepted" });
  for (const [name, call] of unrepeatable) {
    test(`retries ${name} with the same repeatability id after every kind of failure, if the server supports these ids`, async () => {
      const lines = [heeding, dropped, ...[408, 500, 502, 504].map((status) => failing(status)), heeding];
      const { client, requests } = clientOf(lines, { retries: 5 });
      await client.createProfile({ body: { displayName: "first" } });
      assert.equal((await call(client)).status, 200);
      const [first = ["", ""], ...attempts] = requests.map(idOf);
      assert.equal(attempts.length, 6);
      const [[id, sent] = []] = attempts;
      assert.match(id ?? "", /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.ok(Math.abs(Date.parse(sent ?? "") - Date.now()) < 60_000);
      for (const each of attempts) assert.deepEqual(each, [id, sent]);
      assert.notEqual(first[0], id);
    });
  }
  test("the client also learns from an error answer that the server supports repeatability ids", async () => {
    const { client, requests } = clientOf([failing(500, { "Repeatability-Result": "accepted" }), ok]);
    assert.equal((await client.createProfile({ body: { displayName: "x" } })).status, 200);
    assert.equal(requests.length, 2);
  });
  test("each client must learn by itself that the server supports repeatability ids", async () => {
    const told = clientOf([heeding]);
    await told.client.createProfile({ body: { displayName: "x" } });
    const { client } = clientOf([dropped, ok]);
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), { code: "ConnectionFailed" });
  });
});

describe("repeatability ids", () => {
  for (const [name, call] of repeatable) {
    test(`sends no repeatability id with ${name}, which is idempotent`, async () => {
      const { client, requests } = clientOf([ok]);
      await call(client);
      assert.deepEqual(requests.map(idOf), [[null, null]]);
    });
  }
  test("does not replace the caller's own repeatability id", async () => {
    const { client, requests } = clientOf([failing(503), ok]);
    const headers = { "Repeatability-Request-ID": "mine", "Repeatability-First-Sent": "Tue, 24 Nov 2026 12:00:00 GMT" };
    await client.createProfile({ body: { displayName: "x" }, headers });
    for (const request of requests) assert.deepEqual(idOf(request), Object.values(headers));
    const patch = { path, body: { displayName: "x" }, headers };
    const told = clientOf([ok]);
    await told.client.updateProfile(patch);
    assert.deepEqual(told.requests.map(idOf), [Object.values(headers)]);
  });
});

describe("calls that are not retried", () => {
  for (const [name, call] of unrepeatable) {
    for (const status of [408, 500, 502, 504]) {
      test(`does not retry ${name} after a ${status} if the server may not support repeatability ids`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, status);
        assert.equal(requests.length, 1);
      });
    }
    test(`does not retry ${name} after a broken connection if the server may not support repeatability ids`, async () => {
      const { client, requests } = clientOf([dropped, ok]);
      await assert.rejects(call(client), { name: "GraphError", code: "ConnectionFailed", cause: dropped });
      assert.equal(requests.length, 1);
    });
  }
  for (const status of [400, 401, 403, 404, 409, 412, 413, 415, 501]) {
    test(`does not retry after a ${status}`, async () => {
      const { client, requests } = clientOf([failing(status), ok]);
      assert.equal((await client.listProfiles()).status, status);
      assert.equal(requests.length, 1);
    });
  }
  test("returns the answer to the last allowed attempt", async () => {
    for (const [retries, attempts] of [
      [0, 1],
      [1, 2],
      [undefined, 4],
      [{ times: 7 }, 8],
    ] as const) {
      const options = retries === undefined ? {} : { retries };
      const { client, requests } = clientOf([failing(503)], options);
      assert.equal((await client.listProfiles()).status, 503);
      assert.equal(requests.length, attempts);
    }
  });
  test("does not retry if the retry budget is used up, and restores a fifth of a retry with each success", async () => {
    const { client, requests } = clientOf([failing(503)], { retries: { times: 3, budget: 4 } });
    for (let call = 0; call < 5; call++) await client.listProfiles();
    assert.equal(requests.length, 5 + 4);

    const answers = [failing(503), failing(503), ...Array(5).fill(ok), failing(503), failing(503)];
    const recovering = clientOf(answers, { retries: { times: 1, budget: 1 } });
    await recovering.client.listProfiles();
    for (let call = 0; call < 5; call++) await recovering.client.listProfiles();
    assert.equal(recovering.requests.length, 7);
    await recovering.client.listProfiles();
    assert.equal(recovering.requests.length, 9);
    await recovering.client.listProfiles();
    assert.equal(recovering.requests.length, 10);
  });
  test("never has a larger retry budget than at the beginning, however many calls succeed", async () => {
    const answers = [...Array(20).fill(ok), failing(503)];
    const { client, requests } = clientOf(answers, { retries: { times: 3, budget: 1 } });
    for (let call = 0; call < 21; call++) await client.listProfiles();
    assert.equal(requests.length, 20 + 2);
  });
  test("does not retry after an error thrown by the token function", async () => {
    const failure = new Error("no token");
    const { client, requests } = clientOf([ok], { token: () => Promise.reject(failure) });
    await assert.rejects(client.listProfiles(), failure);
    assert.equal(requests.length, 0);
  });
});

describe("the wait before the next attempt", () => {
  test("waits for a random time whose maximum doubles with each attempt, up to retries.longest", async () => {
    const { client } = clientOf([failing(500)], { retries: { times: 5, base: 100, longest: 500 } });
    await client.listProfiles();
    assert.deepEqual(waits, [50, 100, 200, 250, 250]);
  });
  for (const [form, value, low, high] of [
    ["whole seconds", "2", 2050, 2050],
    ["decimal seconds", "0.25", 300, 300],
    ["a date", "date", 2050, 3050],
    ["a date that has passed", "Mon, 01 Jan 2001 00:00:00 GMT", 50, 50],
    ["not a time", "soon", 50, 50],
  ] as const) {
    test(`waits for the time in Retry-After plus the random time if Retry-After is ${form}`, async () => {
      const header = value === "date" ? new Date(Date.now() + 3000).toUTCString() : value;
      const { client } = clientOf([failing(429, { "Retry-After": header }), ok], { retries: { base: 100 } });
      await client.listProfiles();
      const [wait = 0] = waits;
      assert.ok(wait >= low && wait <= high, `${wait} ms`);
    });
  }
  test("waits for a Retry-After of exactly retries.longest, but not for a longer one", async () => {
    for (const [value, sent] of [
      ["2", 2],
      ["2.001", 1],
    ] as const) {
      const { client, requests } = clientOf([failing(503, { "Retry-After": value }), ok], {
        retries: { longest: 2000 },
      });
      await client.listProfiles();
      assert.equal(requests.length, sent, value);
    }
  });
  test("returns the answer without a retry if Retry-After is longer than 30 seconds", async () => {
    const { client, requests } = clientOf([failing(503, { "Retry-After": "31" }), ok]);
    const answer = await client.listProfiles();
    assert.ok(!answer.ok);
    assert.deepEqual([answer.status, answer.retryAfter, requests.length, waits.length], [503, 31, 1, 0]);
  });
});

describe("a retried DELETE", () => {
  for (const [name, line] of [
    ["broke", dropped],
    ["was answered with 503", failing(503)],
    ["was answered with 500", failing(500)],
  ] as const) {
    test(`counts a 404 to a retried DELETE as success if the first attempt ${name}`, async () => {
      const { client } = clientOf([line, failing(404)]);
      const answer = await client.deleteAssignment({ path: ids });
      assert.deepEqual([answer.ok, answer.status, answer.ok && answer.data], [true, 204, undefined]);
    });
  }
  test("counts a 404 to a retried DELETE as success if the first attempt got no answer and the second one got 429", async () => {
    const { client, requests } = clientOf([dropped, failing(429), failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 204);
    assert.equal(requests.length, 3);
  });
  test("returns a 404 to a retried DELETE if the first attempt got 429, because nothing was deleted", async () => {
    const { client } = clientOf([failing(429), failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("returns a 404 to the first attempt of a DELETE", async () => {
    const { client } = clientOf([failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("returns a 404 to a retried PATCH", async () => {
    const { client } = clientOf([dropped, failing(404)]);
    assert.equal((await client.updateProfile({ path, body: {} })).status, 404);
  });
});

describe("the timeout", () => {
  test("the timeout ends an attempt, and applies to the next attempt in full again", async () => {
    const { client, requests } = clientOf([silent, silent, () => json(200, { value: [] })], { timeout: 20 });
    assert.equal((await client.listProfiles()).status, 200);
    assert.equal(requests.length, 3);
    assert.deepEqual(waits, [20, 250, 20, 500, 20]);
  });
  test("the timeout ends a POST with a GraphError and no retry, because the service may have carried it out", async () => {
    const { client, requests } = clientOf([silent], { timeout: 20 });
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), (error) => {
      assert.ok(error instanceof GraphError);
      assert.deepEqual([error.status, error.code, error.message], [0, "TimedOut", "There was no answer within 20 ms."]);
      assert.equal(error.clientRequestId, requests[0]?.headers.get("client-request-id"));
      return true;
    });
  });
  test("the timeout also applies while the response body is read", async () => {
    const slow = (request: Request) =>
      new Response(
        new ReadableStream({
          start: (controller) => request.signal.addEventListener("abort", () => controller.error(new Error("aborted"))),
        }),
      );
    const { client } = clientOf([slow], { timeout: 20, retries: 0 });
    await assert.rejects(client.listProfiles(), { name: "GraphError", code: "TimedOut" });
  });
});
