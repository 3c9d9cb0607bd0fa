/** Which calls are retried, how often and when. The tests replace setTimeout, so that they do not wait. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { type Client, type ClientOptions, createClient, GraphError } from "../../client/index.ts";
import { failing, json, type Line, scripted, silent } from "./fetch.ts";

const path = { profileId: "p" };
const ids = { profileId: "p", assignmentId: "a" };
const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
const dropped = new TypeError("fetch failed");
const ok = json(200, { value: [] });

/** The waits in milliseconds, in their order. */
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

describe("a retry", () => {
  for (const [name, call] of repeatable) {
    for (const status of [408, 429, 500, 502, 503, 504]) {
      test(`follows ${name} that is answered with ${status}`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
    test(`follows ${name} whose connection breaks, before or in the response`, async () => {
      const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(dropped) }));
      const { client, requests } = clientOf([dropped, cut, ok]);
      assert.equal((await call(client)).status, 200);
      assert.equal(requests.length, 3);
    });
  }
  for (const [name, call] of unrepeatable) {
    for (const status of [429, 503]) {
      test(`follows ${name} that is answered with ${status}, which means that nothing was done`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
  }
  test("has the same method, body, headers and client-request-id, and a new token", async () => {
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
  test("follows a call of the raw client too", async () => {
    const { client, requests } = clientOf([dropped, ok]);
    const { data } = await client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
    assert.deepEqual([data, requests.length], [{ value: [] }, 2]);
  });
});

/** The repeatability id and date of a request. */
function idOf({ headers }: Request): readonly (string | null)[] {
  return [headers.get("Repeatability-Request-ID"), headers.get("Repeatability-First-Sent")];
}

describe("if the server is known to support repeatability ids", () => {
  const heeding = json(200, { value: [], responses: [] }, { "Repeatability-Result": "accepted" });
  for (const [name, call] of unrepeatable) {
    test(`${name} is retried with its id after every kind of failure`, async () => {
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
  test("the client learns it from a failed request too", async () => {
    const { client, requests } = clientOf([failing(500, { "Repeatability-Result": "accepted" }), ok]);
    assert.equal((await client.createProfile({ body: { displayName: "x" } })).status, 200);
    assert.equal(requests.length, 2);
  });
  test("another client does not know it", async () => {
    const told = clientOf([heeding]);
    await told.client.createProfile({ body: { displayName: "x" } });
    const { client } = clientOf([dropped, ok]);
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), { code: "ConnectionFailed" });
  });
});

describe("a repeatability id", () => {
  for (const [name, call] of repeatable) {
    test(`is not needed by ${name}`, async () => {
      const { client, requests } = clientOf([ok]);
      await call(client);
      assert.deepEqual(requests.map(idOf), [[null, null]]);
    });
  }
  test("of the caller is not replaced", async () => {
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

describe("no retry", () => {
  for (const [name, call] of unrepeatable) {
    for (const status of [408, 500, 502, 504]) {
      test(`follows ${name} that is answered with ${status}, if the server is not known to support repeatability ids`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, status);
        assert.equal(requests.length, 1);
      });
    }
    test(`follows ${name} whose connection breaks, if the server is not known to support them`, async () => {
      const { client, requests } = clientOf([dropped, ok]);
      await assert.rejects(call(client), { name: "GraphError", code: "ConnectionFailed", cause: dropped });
      assert.equal(requests.length, 1);
    });
  }
  for (const status of [400, 401, 403, 404, 409, 412, 413, 415, 501]) {
    test(`follows an answer of ${status}`, async () => {
      const { client, requests } = clientOf([failing(status), ok]);
      assert.equal((await client.listProfiles()).status, status);
      assert.equal(requests.length, 1);
    });
  }
  test("follows the last allowed attempt, whose answer is that of the call", async () => {
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
  test("is sent if the budget is used up; a success adds a fifth of a retry", async () => {
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
  test("follows an error of the token function", async () => {
    const failure = new Error("no token");
    const { client, requests } = clientOf([ok], { token: () => Promise.reject(failure) });
    await assert.rejects(client.listProfiles(), failure);
    assert.equal(requests.length, 0);
  });
});

describe("the wait before the next attempt", () => {
  test("is random; its maximum doubles with each attempt, up to the longest", async () => {
    const { client } = clientOf([failing(500)], { retries: { times: 5, base: 100, longest: 500 } });
    await client.listProfiles();
    assert.deepEqual(waits, [50, 100, 200, 250, 250]);
  });
  for (const [form, value, low, high] of [
    ["whole seconds", "2", 2050, 2050],
    ["decimal seconds", "0.25", 300, 300],
    ["a date", "date", 2050, 3050],
    ["a date that has passed", "Mon, 01 Jan 2001 00:00:00 GMT", 50, 50],
    ["a text that is not a time", "soon", 50, 50],
  ] as const) {
    test(`is added to a Retry-After that is ${form}`, async () => {
      const header = value === "date" ? new Date(Date.now() + 3000).toUTCString() : value;
      const { client } = clientOf([failing(429, { "Retry-After": header }), ok], { retries: { base: 100 } });
      await client.listProfiles();
      const [wait = 0] = waits;
      assert.ok(wait >= low && wait <= high, `${wait} ms`);
    });
  }
  test("is left to the caller if it would be too long; the answer has the time", async () => {
    const { client, requests } = clientOf([failing(503, { "Retry-After": "31" }), ok]);
    const answer = await client.listProfiles();
    assert.ok(!answer.ok);
    assert.deepEqual([answer.status, answer.retryAfter, requests.length, waits.length], [503, 31, 1, 0]);
  });
});

describe("a DELETE that was retried", () => {
  for (const [name, line] of [
    ["broke", dropped],
    ["was answered with 503", failing(503)],
    ["was answered with 500", failing(500)],
  ] as const) {
    test(`is a success if the first attempt ${name} and the second answers 404`, async () => {
      const { client } = clientOf([line, failing(404)]);
      const answer = await client.deleteAssignment({ path: ids });
      assert.deepEqual([answer.ok, answer.status, answer.ok && answer.data], [true, 204, undefined]);
    });
  }
  test("is a 404 if the first attempt was refused with 429, because nothing was deleted", async () => {
    const { client } = clientOf([failing(429), failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("is a 404 if the first attempt answers it", async () => {
    const { client } = clientOf([failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("is a 404 for other methods", async () => {
    const { client } = clientOf([dropped, failing(404)]);
    assert.equal((await client.updateProfile({ path, body: {} })).status, 404);
  });
});

describe("the timeout", () => {
  test("ends an attempt; the next attempt has the full time again", async () => {
    const { client, requests } = clientOf([silent, silent, () => json(200, { value: [] })], { timeout: 20 });
    assert.equal((await client.listProfiles()).status, 200);
    assert.equal(requests.length, 3);
    assert.deepEqual(waits, [20, 250, 20, 500, 20]);
  });
  test("ends a POST with a GraphError and without a retry, because it may have been carried out", async () => {
    const { client, requests } = clientOf([silent], { timeout: 20 });
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), (error) => {
      assert.ok(error instanceof GraphError);
      assert.deepEqual([error.status, error.code, error.message], [0, "TimedOut", "There was no answer within 20 ms."]);
      assert.equal(error.clientRequestId, requests[0]?.headers.get("client-request-id"));
      return true;
    });
  });
  test("includes the body of the response", async () => {
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
