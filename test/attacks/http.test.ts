/** Requests that are ambiguous (request smuggling) or invalid HTTP. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { shedding } from "../../server/shared/limits.ts";
import { profilesPath } from "../support/tenant.ts";
import { assertNoInternals, assertRefused, enterTarget, profilesUrl } from "./target.ts";
import type { RawAnswer } from "./wire.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId } = await target.seed(token);

const host = "Host: localhost";
const bearer = `Authorization: Bearer ${token}`;
const json = "Content-Type: application/json";
const body = '{"displayName":"x"}';
const length = `Content-Length: ${body.length}`;
const chunked = "Transfer-Encoding: chunked";
const inChunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

function request(lines: readonly string[], rest = ""): string {
  return `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n${rest}`;
}
const get = (...lines: readonly string[]) => request([`GET ${profilesUrl}/$count HTTP/1.1`, host, bearer, ...lines]);
const post = (lines: readonly string[], rest: string) =>
  request([`POST ${profilesUrl} HTTP/1.1`, host, bearer, json, ...lines], rest);

/** Sends bytes and asserts that there is only one answer, which shows that the service found only one request in them. */
async function only(bytes: string): Promise<RawAnswer> {
  const answers = await target.exchange(bytes);
  assert.deepEqual(answers.length, 1, `answers: ${answers.map(({ status }) => status)}`);
  const [answer] = answers;
  assert.ok(answer);
  return answer;
}

async function count(): Promise<string> {
  return (await target.shoot({ target: `${profilesUrl}/$count`, token })).text;
}

/** The smuggled request: a vulnerable parser would read it as a second request on the connection. */
const smuggled = `DELETE ${profilesUrl}/${profileId} HTTP/1.1\r\n${host}\r\n${bearer}\r\n\r\n`;

describe("requests with an ambiguous length", () => {
  const ambiguous: readonly [what: string, lines: readonly string[], rest: string][] = [
    ["Content-Length before Transfer-Encoding", [length, chunked], `0\r\n\r\n${smuggled}`],
    ["Transfer-Encoding before Content-Length", [chunked, "Content-Length: 4"], inChunks],
    ["two lengths that differ", [length, "Content-Length: 0"], `${body}${smuggled}`],
    ["two equal lengths", [length, length], body],
    ["a list of lengths", [`${length}, ${body.length}`], body],
    ["a negative length", ["Content-Length: -1"], body],
    ["a length with a sign", [`Content-Length: +${body.length}`], body],
    ["a hexadecimal length", ["Content-Length: 0x13"], body],
    ["a length with an exponent", ["Content-Length: 2e1"], body],
    ["an empty length", ["Content-Length: "], body],
    ["a length that is too large", [`Content-Length: ${"9".repeat(30)}`], body],
    ["a length in digits that are not ASCII", ["Content-Length: \xb9\xb2"], body],
    ["an unknown encoding", ["Transfer-Encoding: xchunked"], inChunks],
    ["chunks that are not the last encoding", ["Transfer-Encoding: chunked, identity"], inChunks],
    ["chunks in chunks", ["Transfer-Encoding: chunked, chunked"], inChunks],
    ["two Transfer-Encodings", [chunked, chunked], inChunks],
    ["a quoted encoding", ['Transfer-Encoding: "chunked"'], inChunks],
    ["a control character before the encoding", ["Transfer-Encoding: \x0bchunked"], inChunks],
    ["a space before the colon", ["Transfer-Encoding : chunked"], inChunks],
    ["a folded encoding", ["Transfer-Encoding:", " chunked"], inChunks],
    ["an encoding after a bare line feed", [`X: y\n${chunked}`, length], body],
  ];
  for (const [what, lines, rest] of ambiguous) {
    test(`refuses a request with ${what} with 400, and reads no smuggled request after it`, async () => {
      const before = await count();
      const error = assertRefused(await only(post(lines, rest)), 400);
      assert.equal(error.message, "The request is not valid HTTP.");
      assert.equal(await count(), before);
    });
  }
});

describe("chunked bodies", () => {
  const bad: readonly [what: string, rest: string, status: number][] = [
    ["whose size is not a number", `zz\r\n${body}\r\n0\r\n\r\n`, 400],
    ["whose size is negative", `-1\r\n${body}\r\n0\r\n\r\n`, 400],
    ["whose size has a prefix", `0x13\r\n${body}\r\n0\r\n\r\n`, 400],
    ["whose size is too large", `${"f".repeat(20)}\r\n${body}`, 400],
    ["shorter than their size", "ff\r\n{}\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n".padEnd(600), 400],
    ["longer than their size", `2\r\n${body}\r\n0\r\n\r\n`, 400],
    ["without a line break", `13\r\n${body}0\r\n\r\n`, 400],
    ["with a bare line feed", `13\n${body}\r\n0\r\n\r\n`, 400],
    ["with a space after their size", `13 \r\n${body}\r\n0\r\n\r\n`, 400],
    ["with an extension of 20 kB", `13;x=${"a".repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`, 400],
    ["with a trailer of 20 kB", `13\r\n${body}\r\n0\r\nX: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["with a length in their trailer", inChunks.replace(/\r\n$/, `${length}\r\n\r\n`), 400],
    ["of more than 1 MiB", `${"10000\r\n".concat("a".repeat(65_536), "\r\n").repeat(17)}0\r\n\r\n`, 413],
  ];
  for (const [what, rest, status] of bad) {
    test(`refuses chunks ${what} with ${status}`, async () => {
      const before = await count();
      assertRefused(await only(post([chunked], rest)), status);
      assert.equal(await count(), before);
    });
  }
  test("accepts a body in chunks of one byte each", async () => {
    const rest = `${[...body].map((character) => `1\r\n${character}\r\n`).join("")}0\r\n\r\n`;
    assert.equal((await only(post([chunked], rest))).status, 201);
  });
  test("ignores headers in the trailer of a chunked body", async () => {
    const rest = inChunks.replace(/\r\n$/, `Host: evil.example\r\nAuthorization: Bearer x\r\n\r\n`);
    const answer = await only(post([chunked], rest));
    assert.equal(answer.status, 201, answer.text);
    assert.ok(answer.headers.get("location")?.startsWith("http://localhost/"));
  });
});

describe("request heads that are not valid HTTP", () => {
  const first = `GET ${profilesUrl} HTTP/1.1`;
  const broken: readonly [what: string, bytes: string][] = [
    ["a folded header", get("X: a", " b")],
    ["a folded token", request([first, host, "Authorization: Bearer", ` ${token}`])],
    ["a fold before the first header", request([first, ` ${host}`])],
    ["bare line feeds", get().replaceAll("\r\n", "\n")],
    ["a bare carriage return", get("X: a\rSet-Cookie: b")],
    ["a NUL in a value", get("X: a\0b")],
    ["a NUL in a name", get("X\0Y: a")],
    ["a NUL in a token", request([first, host, `Authorization: Bearer ${token}\0`])],
    ["a control character in a value", get("X: \x01")],
    ["a space before a colon", get("X : a")],
    ["a line without a colon", get("nonsense")],
    ["a header without a name", get(": x")],
    ["a name that is not ASCII", get("\xc0: x")],
    ["a space in the target", request([`GET ${profilesUrl}/a b HTTP/1.1`, host, bearer])],
    ["a tab in the target", request([`GET ${profilesUrl}/a\tb HTTP/1.1`, host, bearer])],
    ["a NUL in the target", request([`GET ${profilesUrl}/a\0b HTTP/1.1`, host, bearer])],
    ["a target that is not ASCII", request([`GET ${profilesUrl}/\xff HTTP/1.1`, host, bearer])],
    ["a target without a slash", request(["GET beta HTTP/1.1", host, bearer])],
    ["HTTP version 1.2", request([`GET ${profilesUrl} HTTP/1.2`, host, bearer])],
    ["HTTP version 9.9", request([`GET ${profilesUrl} HTTP/9.9`, host, bearer])],
    ["another protocol", request([`GET ${profilesUrl} FTP/1.1`, host, bearer])],
    ["the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a TLS handshake", `\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03${"\x01".repeat(300)}`],
    ["a method in lower case", request([`get ${profilesUrl} HTTP/1.1`, host, bearer])],
    ["an unknown method", request([`FOO ${profilesUrl} HTTP/1.1`, host, bearer])],
    ["a method of 20 kB", request([`${"A".repeat(20_000)} ${profilesUrl} HTTP/1.1`, host, bearer])],
    ["a method with a NUL", request([`GET\0 ${profilesUrl} HTTP/1.1`, host, bearer])],
  ];
  for (const [what, bytes] of broken) {
    test(`refuses a request head with ${what} with 400`, async () => {
      assert.equal(assertRefused(await only(bytes), 400).message, "The request is not valid HTTP.");
    });
  }
});

describe("Expect: 100-continue", () => {
  test("answers Expect: 100-continue with status 100 first, and then with the final status", async () => {
    const [head = "", rest = ""] = post([length, "Expect: 100-continue"], body).split(body);
    const answers = await target.exchange(head, `${body}${rest}`);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [100, 201],
    );
  });
  for (const [what, lines, status] of [
    ["whose body is too large", [bearer, json, "Content-Length: 99999999"], 413],
    ["whose body is not JSON", [bearer, "Content-Type: text/plain", length], 415],
    ["without a token", [json, length], 401],
  ] as const) {
    test(`refuses a request with Expect: 100-continue ${what} before the body is sent`, async () => {
      const head = [`POST ${profilesUrl} HTTP/1.1`, host, ...lines, "Expect: 100-continue"];
      const answer = (await target.exchange(request(head))).at(-1);
      assert.ok(answer);
      assertRefused(answer, status);
    });
  }
});

describe("pipelined requests", () => {
  const one = get().replace("Connection: close\r\n", "");
  test("answers 1,000 pipelined requests in order", async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `pipelined-${index}`);
    const named = ids.map((id) => one.replace("\r\n\r\n", `\r\nclient-request-id: ${id}\r\n\r\n`));
    const answers = await target.exchange(`${named.join("")}${get()}`);
    assert.equal(answers.length, 1001);
    // Load shedding never refuses the first requests. It may refuse some of the others on a busy machine.
    for (const { status } of answers.slice(0, shedding.always)) assert.equal(status, 200);
    for (const answer of answers) if (answer.status !== 200) assertRefused(answer, 503);
    assert.deepEqual(
      answers.slice(0, 1000).map(({ headers }) => headers.get("client-request-id")),
      ids,
    );
  });
  test("refuses each of 1,000 pipelined invalid requests", async () => {
    const refused = `GET /beta${profilesPath}/%00 HTTP/1.1\r\n${host}\r\n\r\n`;
    const answers = await target.exchange(`${refused.repeat(1000)}${get()}`);
    // Load shedding may refuse some requests before they are validated.
    for (const answer of answers.slice(0, 1000)) assertRefused(answer, answer.status === 503 ? 503 : 401);
    assert.equal(answers.length, 1001);
  });
  test("answers all pipelined requests that precede invalid bytes", async () => {
    const answers = await target.exchange(`${one.repeat(20)}GARBAGE\r\n\r\n`);
    assert.ok(answers.length >= 20);
    for (const answer of answers.slice(0, 20)) assert.equal(answer.status, 200);
    for (const answer of answers) assertNoInternals(answer);
  });
});
