/** The token endpoint of the development identity (OAuth 2.0). */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sizes } from "../../server/shared/limits.ts";
import { assertNoInternals, assertRefused, enterTarget, profilesUrl } from "./target.ts";
import type { RawAnswer } from "./wire.ts";

const target = await enterTarget();
const tenant = "11111111-2222-4333-8444-555555555555";
const path = `/${tenant}/oauth2/v2.0/token`;
const scope = "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
const good = `grant_type=client_credentials&client_id=a&client_secret=s&${scope}`;

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly type?: string;
  readonly lines?: readonly string[];
}

async function ask(form: string, { method = "POST", host = "localhost", lines = [], ...rest }: Ask = {}) {
  const bytes = Buffer.from(form, "latin1");
  const head = [
    `${method} ${rest.path ?? path} HTTP/1.1`,
    `Host: ${host}`,
    `Content-Type: ${rest.type ?? "application/x-www-form-urlencoded"}`,
    `Content-Length: ${bytes.length}`,
    ...lines,
    "Connection: close",
  ];
  const [answer] = await target.exchange(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]));
  assert.ok(answer);
  assertNoInternals(answer);
  return answer;
}

function assertOAuthError(answer: RawAnswer, status: number, error: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(Object(answer.body).error, error);
  assert.equal(Object(answer.body).access_token, undefined);
}

function claimsOf(answer: RawAnswer): Readonly<Record<string, unknown>> {
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(Buffer.from(Object(answer.body).access_token.split(".")[1], "base64url").toString());
}

describe("the token endpoint", () => {
  test("issues a token for a valid request", async () => {
    assert.equal(claimsOf(await ask(good))["tid"], tenant);
  });

  const refused: readonly [what: string, form: string, status: number, error: string][] = [
    ["an empty form", "", 400, "invalid_request"],
    [
      "a password",
      `${good.replace("client_credentials", "password")}&username=u&password=p`,
      400,
      "unsupported_grant_type",
    ],
    ["a refresh token", "grant_type=refresh_token&refresh_token=x", 400, "unsupported_grant_type"],
    [
      "a grant type in another case",
      good.replace("client_credentials", "CLIENT_CREDENTIALS"),
      400,
      "unsupported_grant_type",
    ],
    [
      "a grant type with a NUL",
      good.replace("client_credentials", "client_credentials%00"),
      400,
      "unsupported_grant_type",
    ],
    ["a member of every object as the grant type", "grant_type=__proto__", 400, "unsupported_grant_type"],
    ["a missing client id", good.replace("client_id=a", ""), 401, "invalid_client"],
    ["an empty secret", good.replace("client_secret=s", "client_secret="), 401, "invalid_client"],
    ["a missing scope", good.replace(scope, ""), 400, "invalid_scope"],
    ["another resource", good.replace("graph.microsoft.com", "graph.microsoft.com.evil.example"), 400, "invalid_scope"],
    [
      "a permission of another resource",
      good.replace(".default", "a%20https%3A%2F%2Fevil.example%2Fb"),
      400,
      "invalid_scope",
    ],
    ["a permission that is not a name", good.replace(".default", "a%22b"), 400, "invalid_scope"],
    ["a second resource", `${good}%20https%3A%2F%2Fevil.example%2F.default`, 400, "invalid_scope"],
    ["broken percent-encoding", "grant_type=%E0%A4%A", 400, "unsupported_grant_type"],
    ["8,000 parameters", "a&".repeat(8_000), 400, "invalid_request"],
  ];
  for (const [what, form, status, error] of refused) {
    test(`refuses a token request with ${what}`, async () => assertOAuthError(await ask(form), status, error));
  }

  test("issues a token with only the requested permissions", async () => {
    const claims = claimsOf(
      await ask(good.replace(".default", "User.Read.All%20https%3A%2F%2Fgraph.microsoft.com%2FA.B")),
    );
    assert.deepEqual(claims["roles"], ["User.Read.All", "A.B"]);
  });

  test("uses the first value of a repeated parameter", async () => {
    const claims = claimsOf(await ask(`${good}&client_id=b&grant_type=password`));
    assert.equal(claims["appid"], "a");
  });

  test("does not copy roles, tenant or issuer from the request into the token", async () => {
    const wanted = "&roles=Everything&tid=other&iss=https%3A%2F%2Fevil.example&aud=evil&exp=9999999999";
    const { iat, nbf, exp, ...claims } = claimsOf(await ask(`${good}${wanted}`));
    const { iat: _, nbf: _nbf, exp: _exp, ...expected } = claimsOf(await ask(good));
    assert.deepEqual(claims, expected);
    assert.ok(Number(exp) - Number(iat) <= 3600, `${nbf} ${exp}`);
  });

  test("writes a client id that contains JSON into the token as a string", async () => {
    const name = `"},"roles":["x"],{"`;
    const claims = claimsOf(await ask(good.replace("client_id=a", `client_id=${encodeURIComponent(name)}`)));
    assert.equal(claims["appid"], name);
  });

  const tenants = [
    "common",
    "organizations",
    "..",
    "%2e%2e",
    "__proto__",
    `${tenant}%00`,
    `${tenant}'--`,
    "x".repeat(5000),
  ];
  for (const name of tenants) {
    test(`refuses to issue a token for the tenant ${name.slice(0, 50)}`, async () => {
      const answer = await ask(good, { path: `/${name}/oauth2/v2.0/token` });
      assert.ok(answer.status === 400 || answer.status === 404, answer.text);
      assert.equal(Object(answer.body).access_token, undefined);
    });
  }

  test("refuses to issue a token if the Host header is another host name, as in DNS rebinding", async () => {
    assertRefused(await ask(good, { host: "evil.example" }), 421);
  });

  test("ignores X-Forwarded-Host and other proxy headers when it issues a token", async () => {
    const lines = ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "Forwarded: host=evil.example"];
    assert.equal(claimsOf(await ask(good, { lines }))["iss"], `http://localhost/${tenant}/v2.0`);
  });

  test("does not accept a token as the client's credentials", async () => {
    const token = await target.token();
    const form = good.replace("client_id=a&client_secret=s", "");
    assertOAuthError(await ask(form, { lines: [`Authorization: Bearer ${token}`] }), 401, "invalid_client");
  });

  test("refuses a token request in JSON or of more than 16 KiB", async () => {
    const json = JSON.stringify(Object.fromEntries(new URLSearchParams(good)));
    assertOAuthError(await ask(json, { type: "application/json" }), 400, "invalid_request");
    assert.match(assertRefused(await ask(`${good}&x=${"x".repeat(sizes.tokenBody)}`), 413).message, /than 16384 bytes/);
  });

  test("answers 404 to a token request with GET", async () => {
    assertRefused(await ask("", { method: "GET", path: `${path}?${good}` }), 404);
  });

  test("does not let pages of other origins read the token", async () => {
    const answer = await ask(good, { lines: ["Origin: https://evil.example"] });
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    assert.equal(answer.headers.get("cache-control"), "no-store");
  });
});

describe("two Authorization headers", () => {
  for (const second of ["Bearer x", "Basic YTpi"]) {
    test(`a request with a valid Authorization header and a second one, '${second}', is refused with 401`, async () => {
      const lines = [`Authorization: ${second}`];
      assertRefused(await target.shoot({ target: profilesUrl, lines }), 401);
    });
  }
});
