/** Tests how the client converts an HTTP response to the answer of a call. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient, GraphError } from "../../client/index.ts";
import { answering } from "./fetch.ts";

const path = { profileId: "p" };

function clientFor(body: string | null, init: ResponseInit = {}) {
  const { fetch } = answering(body, init);
  return createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, retries: 0 });
}

describe("successful answers", () => {
  test("a successful answer has the data, the status and the headers", async () => {
    const headers = { ETag: 'W/"1"', Location: "https://graph.example/beta/x" };
    const answer = await clientFor('{"id":"p"}', { status: 201, headers }).createProfile({
      body: { displayName: "x" },
    });
    assert.ok(answer.ok);
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.data, { id: "p" });
    assert.equal(answer.headers.get("ETag"), 'W/"1"');
    assert.equal(answer.response.headers.get("Location"), "https://graph.example/beta/x");
  });

  test("a successful answer without a body has no data", async () => {
    const answer = await clientFor(null, { status: 204 }).deleteProfile({ path });
    assert.deepEqual([answer.ok, answer.status, answer.ok && answer.data], [true, 204, undefined]);
  });

  test("the data of a text/plain answer is a string, even if the text looks like JSON", async () => {
    const answer = await clientFor("2", { headers: { "Content-Type": "text/plain" } }).countProfiles();
    assert.equal(answer.ok && answer.data, "2");
  });

  for (const [title, body, init] of [
    ["HTML from a captive portal", "<html>", {}],
    ["an empty body", "", {}],
    ["an empty body with a Content-Length", "", { headers: { "Content-Length": "0" } }],
  ] as const) {
    test(`a call rejects with a GraphError if status 200 comes with ${title} instead of JSON`, async () => {
      await assert.rejects(clientFor(body, init).listProfiles(), (error) => {
        assert.ok(error instanceof GraphError);
        assert.equal(error.status, 200);
        assert.equal(error.code, "UnexpectedResponse");
        assert.ok(error.cause instanceof SyntaxError);
        return true;
      });
    });
  }
});

describe("error answers", () => {
  const details = [{ code: "BadRequest", message: "target.groupId is missing.", target: "target.groupId" }];
  const innerError = { date: "2026-11-23T12:00:00", "request-id": "inner", "client-request-id": "inner-nonce" };
  const body = {
    error: { code: "BadRequest", message: "target.groupId is missing.", target: "target.groupId", details, innerError },
  };

  test("a call resolves to a GraphError with all details that the service reports", async () => {
    const headers = { "request-id": "r", "client-request-id": "c" };
    const answer = await clientFor(JSON.stringify(body), { status: 400, headers }).listAssignments({ path });
    assert.ok(!answer.ok);
    assert.ok(answer instanceof GraphError && answer instanceof Error);
    assert.equal(answer.name, "GraphError");
    assert.equal(answer.status, 400);
    assert.equal(answer.code, "BadRequest");
    assert.equal(answer.message, "target.groupId is missing.");
    assert.equal(answer.target, "target.groupId");
    assert.deepEqual(answer.details, details);
    assert.equal(answer.requestId, "r");
    assert.equal(answer.clientRequestId, "c");
    assert.equal(answer.retryAfter, undefined);
    assert.deepEqual(answer.body, body);
    assert.equal(answer.response.status, 400);
  });

  test("a GraphError takes its request ids from the body if a browser hides the headers", async () => {
    const answer = await clientFor(JSON.stringify(body), { status: 400 }).listAssignments({ path });
    assert.ok(!answer.ok);
    assert.deepEqual([answer.requestId, answer.clientRequestId], ["inner", "inner-nonce"]);
  });

  test("a GraphError is an Error with a stack and can be thrown", async () => {
    const client = clientFor(JSON.stringify(body), { status: 404 });
    const data = async () => {
      const answer = await client.getProfile({ path });
      if (!answer.ok) throw answer;
      return answer.data;
    };
    await assert.rejects(data(), { name: "GraphError", status: 404, stack: /GraphError/ });
  });

  test("retryAfter is in seconds, whether Retry-After is a number or a date", async (t) => {
    // A date without a time zone means UTC, whatever the time zone of this machine is.
    const { TZ } = process.env;
    t.after(() => {
      if (TZ === undefined) delete process.env["TZ"];
      else process.env["TZ"] = TZ;
    });
    process.env["TZ"] = "Asia/Tokyo";
    const inOneMinute = new Date(Date.now() + 60_000).toUTCString();
    const retryAfter = async (value: string) => {
      const answer = await clientFor(null, { status: 503, headers: { "Retry-After": value } }).listProfiles();
      assert.ok(!answer.ok);
      return answer.retryAfter;
    };
    assert.equal(await retryAfter("7"), 7);
    assert.equal(await retryAfter("1.5"), 1.5);
    for (const wrong of ["soon", "-1", "1e3", "0x1", "Someday"])
      assert.equal(await retryAfter(wrong), undefined, wrong);
    assert.equal(await retryAfter("Mon, 01 Jan 2001 00:00:00 GMT"), 0);
    // HTTP has two obsolete date formats (RFC 9110, 5.6.7). The asctime format names no time zone, but means UTC.
    const [, date, month, year, time] = /, (\d\d) (\w+) (\d+) (\S+)/.exec(inOneMinute) ?? [];
    const asctime = `Mon ${month} ${date} ${time} ${year}`;
    for (const form of [inOneMinute, `Monday, ${date}-${month}-${year?.slice(2)} ${time} GMT`, asctime]) {
      const seconds = await retryAfter(form);
      assert.ok(seconds !== undefined && seconds > 50 && seconds <= 60, `${form}: ${seconds} s`);
    }
  });

  for (const [title, content, quote] of [
    ["no body", null, /^The body of the 502 Bad Gateway is not a Graph error: nothing$/],
    ["HTML", "<html>\n  <h1>Bad gateway</h1>", /not a Graph error: <html> <h1>Bad gateway<\/h1>$/],
    ["JSON of another shape", '{"error":"nope"}', /not a Graph error: \{"error":"nope"\}$/],
    ["JSON null", "null", /not a Graph error: null$/],
    ["a very long text", "x".repeat(1_000_000), /: x{200}$/],
  ] as const) {
    test(`a 502 response with ${title} becomes a GraphError that quotes its body`, async () => {
      const init = { status: 502, statusText: "Bad Gateway", headers: { "request-id": "r" } };
      const answer = await clientFor(content, init).listProfiles();
      assert.ok(!answer.ok);
      assert.equal(answer.code, "UnexpectedResponse");
      assert.match(answer.message, quote);
      assert.equal(answer.requestId, "r");
      assert.equal(answer.body, undefined);
    });
  }

  test("an error response with an empty body and Content-Length: 0 becomes a GraphError", async () => {
    const answer = await clientFor("", { status: 404, headers: { "Content-Length": "0" } }).getProfile({ path });
    assert.deepEqual([answer.ok, answer.status], [false, 404]);
  });

  test("an error response whose status the contract does not declare becomes a GraphError", async () => {
    const body = { error: { code: "BadGateway", message: "The upstream server does not answer." } };
    const init = { status: 502, headers: { "Retry-After": "3" } };
    const answer = await clientFor(JSON.stringify(body), init).listProfiles();
    assert.ok(!answer.ok);
    assert.deepEqual([Number(answer.status), answer.code, answer.retryAfter], [502, "BadGateway", 3]);
  });
});

describe("calls without a response", () => {
  test("a call rejects with a GraphError if the network fails, with the error thrown by fetch as its cause", async () => {
    const cause = new TypeError("fetch failed");
    const fetch = () => Promise.reject(cause);
    const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, retries: 0 });
    await assert.rejects(client.listProfiles(), (error) => {
      assert.ok(error instanceof GraphError);
      assert.deepEqual([error.status, error.code, error.cause], [0, "ConnectionFailed", cause]);
      assert.match(error.message, /fetch failed/);
      assert.match(error.clientRequestId ?? "", /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.equal(error.response.status, 0);
      return true;
    });
  });

  test("a call rejects with the abort reason if its signal is aborted before or during the request", {
    timeout: 5000,
  }, async () => {
    const reason = new Error("no longer needed");
    // This fetch never answers, but rejects when the signal is aborted, like the real fetch.
    const fetch = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.throwIfAborted();
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
      });
    const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch });
    await assert.rejects(client.listProfiles({ signal: AbortSignal.abort(reason) }), reason);

    const controller = new AbortController();
    const answer = client.getProfile({ path, signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    await assert.rejects(answer, reason);
  });
});
