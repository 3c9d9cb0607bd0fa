/** Which calls are tried again, how often and when. Nothing here waits: the clock is the test's. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { type Client, type ClientOptions, createClient, GraphError } from "../../client/index.ts";
import { failing, json, type Line, scripted, silent } from "./fetch.ts";

const path = { profileId: "p" };
const ids = { profileId: "p", assignmentId: "a" };
const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
const dropped = new TypeError("fetch failed");
const ok = json(200, { value: [] });

/** What was waited for, in milliseconds, one after the other. */
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

describe("tried again", () => {
  for (const [name, call] of repeatable) {
    for (const status of [408, 429, 500, 502, 503, 504]) {
      test(`is ${name} that is answered with ${status}`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
    test(`is ${name} whose connection breaks, before the answer or in it`, async () => {
      const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(dropped) }));
      const { client, requests } = clientOf([dropped, cut, ok]);
      assert.equal((await call(client)).status, 200);
      assert.equal(requests.length, 3);
    });
  }
  for (const [name, call] of unrepeatable) {
    for (const status of [429, 503]) {
      test(`is ${name} that is answered with ${status}, which says that nothing was done`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, 200);
        assert.equal(requests.length, 2);
      });
    }
  }
  test("is a request with the same method, body, headers and client-request-id, and a token asked for anew", async () => {
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
  test("is what the raw client sends, too", async () => {
    const { client, requests } = clientOf([dropped, ok]);
    const { data } = await client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
    assert.deepEqual([data, requests.length], [{ value: [] }, 2]);
  });
});

/** What tells a request that is sent again. */
function idOf({ headers }: Request): readonly (string | null)[] {
  return [headers.get("Repeatability-Request-ID"), headers.get("Repeatability-First-Sent")];
}

describe("where the server has said that it heeds ids", () => {
  const heeding = json(200, { value: [], responses: [] }, { "Repeatability-Result": "accepted" });
  for (const [name, call] of unrepeatable) {
    test(`${name} is tried again under its id, whatever ends an attempt`, async () => {
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
  test("a request that fails says so as well", async () => {
    const { client, requests } = clientOf([failing(500, { "Repeatability-Result": "accepted" }), ok]);
    assert.equal((await client.createProfile({ body: { displayName: "x" } })).status, 200);
    assert.equal(requests.length, 2);
  });
  test("another client doesn't know it", async () => {
    const told = clientOf([heeding]);
    await told.client.createProfile({ body: { displayName: "x" } });
    const { client } = clientOf([dropped, ok]);
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), { code: "ConnectionFailed" });
  });
});

describe("an id", () => {
  for (const [name, call] of repeatable) {
    test(`is not needed by ${name}`, async () => {
      const { client, requests } = clientOf([ok]);
      await call(client);
      assert.deepEqual(requests.map(idOf), [[null, null]]);
    });
  }
  test("of the caller's own stays", async () => {
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

describe("not tried again", () => {
  for (const [name, call] of unrepeatable) {
    for (const status of [408, 500, 502, 504]) {
      test(`is ${name} that is answered with ${status}, where the server has not said that it heeds ids`, async () => {
        const { client, requests } = clientOf([failing(status), ok]);
        assert.equal((await call(client)).status, status);
        assert.equal(requests.length, 1);
      });
    }
    test(`is ${name} whose connection breaks, there`, async () => {
      const { client, requests } = clientOf([dropped, ok]);
      await assert.rejects(call(client), { name: "GraphError", code: "ConnectionFailed", cause: dropped });
      assert.equal(requests.length, 1);
    });
  }
  for (const status of [400, 401, 403, 404, 409, 412, 413, 415, 501]) {
    test(`is what is answered with ${status}`, async () => {
      const { client, requests } = clientOf([failing(status), ok]);
      assert.equal((await client.listProfiles()).status, status);
      assert.equal(requests.length, 1);
    });
  }
  test("is what has been tried as often as it may: the last answer is the call's", async () => {
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
  test("is what the client has no budget for; a success gives a fifth of a retry back", async () => {
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
  test("is what a token function has no token for", async () => {
    const failure = new Error("no token");
    const { client, requests } = clientOf([ok], { token: () => Promise.reject(failure) });
    await assert.rejects(client.listProfiles(), failure);
    assert.equal(requests.length, 0);
  });
});

describe("the wait before the next attempt", () => {
  test("is a random part of twice the time of the one before, up to the longest", async () => {
    const { client } = clientOf([failing(500)], { retries: { times: 5, base: 100, longest: 500 } });
    await client.listProfiles();
    assert.deepEqual(waits, [50, 100, 200, 250, 250]);
  });
  for (const [form, value, low, high] of [
    ["whole seconds", "2", 2050, 2050],
    ["decimal seconds", "0.25", 300, 300],
    ["a date", "date", 2050, 3050],
    ["a date that has passed", "Mon, 01 Jan 2001 00:00:00 GMT", 50, 50],
    ["a text that says nothing", "soon", 50, 50],
  ] as const) {
    test(`begins after Retry-After as ${form}`, async () => {
      const header = value === "date" ? new Date(Date.now() + 3000).toUTCString() : value;
      const { client } = clientOf([failing(429, { "Retry-After": header }), ok], { retries: { base: 100 } });
      await client.listProfiles();
      const [wait = 0] = waits;
      assert.ok(wait >= low && wait <= high, `${wait} ms`);
    });
  }
  test("that would be longer than the longest is the caller's: the answer says how long", async () => {
    const { client, requests } = clientOf([failing(503, { "Retry-After": "31" }), ok]);
    const answer = await client.listProfiles();
    assert.ok(!answer.ok);
    assert.deepEqual([answer.status, answer.retryAfter, requests.length, waits.length], [503, 31, 1, 0]);
  });
});

describe("a DELETE that was tried again", () => {
  for (const [name, line] of [
    ["broke", dropped],
    ["was answered with 503", failing(503)],
    ["was answered with 500", failing(500)],
  ] as const) {
    test(`is a success if the first attempt ${name} and the next finds nothing`, async () => {
      const { client } = clientOf([line, failing(404)]);
      const answer = await client.deleteAssignment({ path: ids });
      assert.deepEqual([answer.ok, answer.status, answer.ok && answer.data], [true, 204, undefined]);
    });
  }
  test("is a 404 if the first attempt was refused with 429: there was nothing to delete", async () => {
    const { client } = clientOf([failing(429), failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("is a 404 at the first attempt", async () => {
    const { client } = clientOf([failing(404)]);
    assert.equal((await client.deleteAssignment({ path: ids })).status, 404);
  });
  test("is no success of other methods", async () => {
    const { client } = clientOf([dropped, failing(404)]);
    assert.equal((await client.updateProfile({ path, body: {} })).status, 404);
  });
});

describe("the timeout", () => {
  test("ends an attempt, and the next has as long again", async () => {
    const { client, requests } = clientOf([silent, silent, () => json(200, { value: [] })], { timeout: 20 });
    assert.equal((await client.listProfiles()).status, 200);
    assert.equal(requests.length, 3);
    assert.deepEqual(waits, [20, 250, 20, 500, 20]);
  });
  test("ends a POST with a GraphError: it may have been carried out", async () => {
    const { client, requests } = clientOf([silent], { timeout: 20 });
    await assert.rejects(client.createProfile({ body: { displayName: "x" } }), (error) => {
      assert.ok(error instanceof GraphError);
      assert.deepEqual([error.status, error.code, error.message], [0, "TimedOut", "There was no answer within 20 ms."]);
      assert.equal(error.clientRequestId, requests[0]?.headers.get("client-request-id"));
      return true;
    });
  });
  test("holds for the answer's body, too", async () => {
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
