/** Tests too many headers, repeated or contradictory headers, and headers that the service must not trust. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertNoInternals, assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId } = await target.seed(token);
const path = `${profilesUrl}/${profileId}`;

describe("request headers", () => {
  test("refuses 2,000 header lines with 431", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `X-${index}: y`);
    assertRefused(await target.shoot({ token, lines }), 431);
  });
  test("refuses more header lines than allowed with 431 instead of ignoring some", async () => {
    const many = (count: number) => [...Array.from({ length: count }, (_, index) => `${index}:`), 'If-Match: "9"'];
    const shot = { method: "DELETE", target: path, token };
    assertRefused(await target.shoot({ ...shot, lines: many(80) }), 412);
    assertRefused(await target.shoot({ ...shot, lines: many(101) }), 431);
    assertRefused(await target.shoot({ ...shot, lines: many(900) }), 431);
  });
  test("ignores headers named like JavaScript object members, such as __proto__", async () => {
    const lines = ["__proto__: x", "constructor: x", "toString: x", "hasOwnProperty: x", "Cookie: __proto__=x"];
    assert.equal((await target.shoot({ token, lines })).status, 200);
  });
  for (const lines of [["Host: evil.example"], ["host: localhost"], ["HOST: "]]) {
    test(`refuses a second Host header with 400: '${lines}'`, async () => {
      assert.equal(assertRefused(await target.shoot({ token, lines }), 400).target, "Host");
    });
  }
  test("builds the URLs in answers only from the Host header", async () => {
    const lines = [
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Proto: https",
      "Forwarded: host=evil.example",
      "X-Original-URL: /nothing",
      "X-Rewrite-URL: /nothing",
    ];
    const answer = await target.shoot({ target: path, token, lines });
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.includes("evil.example"));
    assert.ok(Object(answer.body)["@odata.context"].startsWith("http://localhost/beta/"));
  });
  test("ignores Upgrade headers and keeps speaking HTTP/1.1", async () => {
    for (const lines of [
      ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13"],
      ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"],
    ]) {
      assert.equal((await target.shoot({ target: path, token, lines })).status, 200);
    }
  });
  for (const id of ["a\tb", "<script>\xff", "x".repeat(129), "a, b\x80", ""]) {
    test(`does not echo the invalid client-request-id ${JSON.stringify(id.slice(0, 10))}`, async () => {
      const { headers } = await target.shoot({ token, lines: [`client-request-id: ${id}`] });
      assert.equal(headers.get("client-request-id"), headers.get("request-id"));
    });
  }
  for (const line of [
    "Accept: nonsense",
    "Accept-Encoding: gzip;q=nonsense",
    "Accept-Charset: utf-16",
    "Range: bytes=0-1",
    "If-Modified-Since: nonsense",
    "OData-Version: 99",
    "Prefer: __proto__",
    "Origin: http://evil.example",
    "Cookie: ".padEnd(8000, "a=b;"),
  ]) {
    test(`ignores the header '${line.slice(0, 40)}'`, async () => {
      const answer = await target.shoot({ target: path, token, lines: [line] });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assertNoInternals(answer);
    });
  }
});

describe("preconditions", () => {
  const long = `${'"a",'.repeat(3000)}"b"`;
  for (const [lines, status] of [
    [["If-Match: *", 'If-Match: W/"9"'], 400],
    [["If-Match: *, *"], 400],
    [["If-Match: "], 400],
    [['If-Match: W/"1'], 400],
    [['If-Match: "1", "a'], 400],
    [[`If-Match: "1"${" ".repeat(12_000)}x`], 400],
    [[`If-Match: ${long.slice(0, -1)}`], 400],
    [[`If-Match: ${long}`], 412],
    [['If-Match: "__proto__"'], 412],
    [['If-Match: "01"'], 412],
    [['If-Match: "\xff"'], 412],
    [['If-Match: "9"', 'If-Match: "8"'], 412],
    [["If-Match: *", "If-None-Match: *"], 412],
    [['If-Match: "1"', 'If-None-Match: "1"'], 412],
    [['If-Match: "9"', "If-None-Match: *"], 412],
  ] as const) {
    test(`refuses a DELETE with ${lines.join(" and ").slice(0, 60)} with ${status}`, async () => {
      const error = assertRefused(await target.shoot({ method: "DELETE", target: path, token, lines }), status);
      assert.match(error.target ?? "", /^If-(None-)?Match$/);
      assert.equal((await target.shoot({ target: path, token })).status, 200);
    });
  }
});

describe("a Content-Type", () => {
  const shoot = (...lines: readonly string[]) => {
    const body = '{"displayName":"x"}';
    const rest = ["Host: localhost", `Authorization: Bearer ${token}`, `Content-Length: ${body.length}`, ...lines];
    return target.exchange(
      `${[`POST ${profilesUrl} HTTP/1.1`, ...rest, "Connection: close"].join("\r\n")}\r\n\r\n${body}`,
    );
  };
  for (const type of [
    "",
    "text/json",
    "application/jsonx",
    "application/json+x",
    "application/merge-patch+json",
    "application/json, text/plain",
    "application / json",
    "multipart/form-data; boundary=application/json",
    "application/x-www-form-urlencoded",
    "*/*",
    "__proto__",
    "constructor",
    "\xff/\xff",
    "a/".padEnd(8000, "b"),
  ]) {
    test(`refuses the Content-Type '${type.slice(0, 50)}' with 415`, async () => {
      const [answer, ...more] = await shoot(`Content-Type: ${type}`);
      assert.ok(answer);
      assert.deepEqual(more, []);
      assert.equal(assertRefused(answer, 415).target, "Content-Type");
    });
  }
  test("uses only the first of two Content-Type headers", async () => {
    const [answer] = await shoot("Content-Type: text/plain", "Content-Type: application/json");
    assert.ok(answer);
    assertRefused(answer, 415);
  });
  for (const parameters of [";", ";;;", "; charset=utf-16", '; x="\\""', "; __proto__=x", "; a=b".repeat(2000)]) {
    test(`reads application/json with the parameters '${parameters.slice(0, 20)}' as JSON in UTF-8`, async () => {
      const [answer] = await shoot(`Content-Type: application/json${parameters}`);
      assert.equal(answer?.status, 201, answer?.text);
    });
  }
});
