/** Valid HTTP requests with unusual request targets and methods. */
import assert from "node:assert/strict";
import { METHODS } from "node:http";
import { describe, test } from "node:test";
import { assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId } = await target.seed(token);
const path = `${profilesUrl}/${profileId}`;

describe("request targets", () => {
  for (const [what, of] of [
    ["with an encoded slash between the segments", `${profilesUrl}%2F${profileId}`],
    ["with an encoded slash in the root", "/beta%2FdeviceManagement/appleUserInitiatedEnrollmentProfiles"],
    ["with an encoded backslash", `${profilesUrl}%5C${profileId}`],
    ["with a backslash", `${profilesUrl}\\${profileId}`],
    ["with a .. segment", `${profilesUrl}/../appleUserInitiatedEnrollmentProfiles`],
    ["with an encoded .. segment", `${profilesUrl}/%2e%2e/appleUserInitiatedEnrollmentProfiles`],
    ["that starts with two slashes", `/${profilesUrl}`],
    ["with two slashes inside", profilesUrl.replace("/device", "//device")],
    ["with a path parameter", `${profilesUrl};x=y`],
    ["with a NUL at its end", `${profilesUrl}%00`],
    ["with a line break", `${profilesUrl}%0d%0aX-Injected:%201`],
    ["with double encoding", `${profilesUrl}%252F${profileId}`],
    ["with another scheme", `ftp://localhost${profilesUrl}`],
    ["that is an asterisk", "*"],
    ["of 1,000 segments", `/beta${"/a".repeat(1000)}`],
    ["with __proto__ as a segment", "/beta/__proto__/constructor"],
    ["out of the docs' folder", "/docs/static/..%2f..%2fpackage.json"],
    ["out of the docs' folder with backslashes", "/docs/static/..%5c..%5cpackage.json"],
    ["out of the docs' folder with double encoding", "/docs/static/%252e%252e%252fpackage.json"],
    ["of the docs with a NUL", "/docs/static/index.html%00.css"],
    ["of the docs with a file as a folder", "/docs/static/index.html/x"],
    ["of the docs, of 5,000 characters", `/docs/static/${"a".repeat(5000)}`],
  ] as const) {
    test(`the request target ${what} is answered with 404`, async () => {
      const answer = await target.shoot({ target: of, token });
      assert.equal(assertRefused(answer, 404).code, "ResourceNotFound");
      assert.equal(answer.headers.get("x-injected"), null);
    });
  }
  for (const [what, of] of [
    ["overlong", "%C0%AF"],
    ["a surrogate", "%ED%A0%80"],
    ["of another kind", "%u0041"],
    ["without digits", "%"],
    ["cut short", "%4"],
  ] as const) {
    test(`a request target whose percent-encoding is ${what} is answered with 404`, async () => {
      assertRefused(await target.shoot({ method: "DELETE", target: `${profilesUrl}/${of}`, token }), 404);
    });
  }
  test("a request target in absolute form reaches only this service, and the URLs in its answer use the Host header", async () => {
    for (const origin of ["http://evil.example", "https://user:password@evil.example:99999", "HTTP://[::1]"]) {
      const answer = await target.shoot({ target: `${origin}${path}`, token });
      assert.equal(answer.status, 200);
      assert.ok(Object(answer.body)["@odata.context"].startsWith("http://localhost/beta/"));
    }
  });
  for (const [size, status] of [
    [8193, 414],
    [100_000, 431],
    [1_000_000, 431],
  ] as const) {
    test(`a request target of ${size} characters is answered with ${status}`, async () => {
      assertRefused(await target.shoot({ target: `${profilesUrl}/`.padEnd(size, "a"), token }), status);
    });
  }
});

describe("request methods", () => {
  for (const method of METHODS.filter(
    (name) => !["GET", "HEAD", "PATCH", "DELETE", "OPTIONS", "CONNECT"].includes(name),
  )) {
    test(`${method} is refused with 405 at a known path and with 404 at an unknown path`, async () => {
      for (const body of [undefined, "{", "a".repeat(100_000)]) {
        const shot = { method, token, ...(body !== undefined && { body }) };
        const answer = await target.shoot({ ...shot, target: path });
        assertRefused(answer, 405);
        assert.equal(answer.headers.get("allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
        assertRefused(await target.shoot({ ...shot, target: "/beta/nothing" }), 404);
        assertRefused(await target.shoot({ ...shot, target: "/nothing" }), 404);
      }
    });
  }
  test("CONNECT opens no tunnel and closes the connection", async () => {
    const lines = `Host: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    for (const to of ["127.0.0.1:22", profilesUrl]) {
      assert.deepEqual(await target.exchange(`CONNECT ${to} HTTP/1.1\r\n${lines}`), []);
    }
  });
  test("a header cannot override the request method", async () => {
    const lines = ["X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"];
    assert.equal((await target.shoot({ target: `${path}?_method=DELETE`, token, lines })).status, 200);
    assert.equal((await target.shoot({ target: path, token })).status, 200);
  });
});
