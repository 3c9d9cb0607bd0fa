/** Tokens with a valid signature but wrong claims, and valid tokens that are not sent in a Bearer header. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { ecdsa, goodClaims, keysOf, secondsFromNow, token } from "./forge.ts";
import { assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();
const own = ecdsa(keysOf(target).privateKey);
const tenant = randomUUID();
const claims = goodClaims(tenant);
const signed = (changed: object) => token({ alg: "ES256" }, { ...claims, ...changed }, own);

describe("tokens with a valid signature", () => {
  const wrong: readonly [string, object, RegExp][] = [
    ["for another audience", { aud: "https://management.azure.com" }, /aud claim/],
    [
      "for an audience that starts like the right one",
      { aud: "https://graph.microsoft.com.evil.example" },
      /aud claim/,
    ],
    ["for the right audience with a slash", { aud: "https://graph.microsoft.com/" }, /aud claim/],
    ["for a list of other audiences", { aud: ["a", "b"] }, /aud claim/],
    ["whose audience is an object", { aud: { "https://graph.microsoft.com": 1 } }, /aud claim|not a valid JWT/],
    ["without an audience", { aud: undefined }, /aud claim/],
    ["of another issuer", { iss: "https://sts.windows.net/x/" }, /iss claim/],
    ["of the right issuer in capitals", { iss: "URN:apple-enrollment:development" }, /iss claim/],
    ["whose issuer is a list", { iss: [claims["iss"]] }, /iss claim|not a valid JWT/],
    ["without an issuer", { iss: undefined }, /iss claim/],
    ["that expired a minute ago, which is the end of the leeway", { exp: secondsFromNow(-60) }, /expired/],
    ["that expired before 1970", { exp: -1 }, /its exp claim is 1969-12-31T23:59:59Z, and the service's time is /],
    ["that expired at a time that no date can express", { exp: -1e300 }, /its exp claim is -1e\+300, and/],
    ["without an expiry", { exp: undefined }, /no exp claim/],
    ["whose expiry is null", { exp: null }, /exp claim|not a valid JWT/],
    ["whose expiry is a string", { exp: String(secondsFromNow(60)) }, /exp claim|not a valid JWT/],
    ["whose expiry is a list", { exp: [secondsFromNow(60)] }, /exp claim|not a valid JWT/],
    ["that is valid from a time after the leeway", { nbf: secondsFromNow(90) }, /not valid yet/],
    ["that is valid from a time that no date can express", { nbf: 1e300 }, /its nbf claim is 1e\+300, and/],
    ["whose nbf is a string", { nbf: "0" }, /nbf claim is not accepted/],
    ["that was issued after the leeway", { iat: secondsFromNow(90) }, /issued in the future/],
    ["that was issued at a time that no date can express", { iat: 1e300 }, /its iat claim is 1e\+300, and/],
    ["whose iat is a string", { iat: "0" }, /iat claim is not accepted/],
    ["whose iat is null", { iat: null }, /iat claim is not accepted/],
    ["without a tenant", { tid: undefined }, /no tid claim/],
    ["whose tenant is null", { tid: null }, /tid claim/],
    ["whose tenant is a list", { tid: [tenant] }, /tid claim/],
    ["whose tenant is an object", { tid: { toString: tenant } }, /tid claim/],
    ["whose tenant is __proto__", { tid: "__proto__" }, /tid claim/],
    ["whose tenant is *", { tid: "*" }, /tid claim/],
    ["whose tenant has a line break", { tid: `${tenant}\n` }, /tid claim/],
    ["whose tenant has a NUL", { tid: `${tenant}\0` }, /tid claim/],
    ["whose tenant is SQL", { tid: `${tenant}' OR '1'='1` }, /tid claim/],
    ["whose tenant is in full-width digits", { tid: tenant.replaceAll(/\d/g, "１") }, /tid claim/],
  ];
  for (const [what, changed, message] of wrong) {
    test(`refuses a signed token ${what}`, async () => {
      assert.match(assertRefused(await target.shoot({ token: signed(changed) }), 401).message, message);
    });
  }

  for (const [what, changed] of [
    ["an scp that is a list", { scp: [claims["scp"]] }],
    ["an scp that is an object", { scp: { [String(claims["scp"])]: true } }],
    ["an scp in capitals", { scp: String(claims["scp"]).toUpperCase() }],
    ["an scp with a wildcard", { scp: "DeviceManagementServiceConfig.*" }],
    ["an scp of names that every object has", { scp: "__proto__ constructor toString" }],
    ["an scp with spaces other than U+0020", { scp: `x\u00a0${claims["scp"]}\u2003y` }],
    ["roles that are a string", { scp: undefined, roles: claims["scp"] }],
    ["roles that are a list of lists", { scp: undefined, roles: [[claims["scp"]]] }],
    ["no permission", { scp: undefined }],
  ] as const) {
    test(`answers 403 to a token with ${what}`, async () => {
      assert.equal(assertRefused(await target.shoot({ token: signed(changed) }), 403).code, "Forbidden");
    });
  }

  test("refuses a token whose tenant was changed after signing", async () => {
    const good = signed({});
    assert.equal((await target.shoot({ token: good })).status, 200);
    const [header, , signature] = good.split(".");
    const [, payload] = signed({ tid: randomUUID() }).split(".");
    assertRefused(await target.shoot({ token: `${header}.${payload}.${signature}` }), 401);
  });
  test("compares the tenant id of tokens case-insensitively", async () => {
    const { profileId } = await target.seed(signed({}));
    const answer = await target.shoot({
      target: `${profilesUrl}/${profileId}`,
      token: signed({ tid: tenant.toUpperCase() }),
    });
    assert.equal(answer.status, 200);
  });
  for (const [what, changed] of [
    ["that expired less than a minute ago", { exp: secondsFromNow(-30) }],
    ["that is valid from a time in less than a minute", { nbf: secondsFromNow(50) }],
    ["that was issued less than a minute in the future", { iat: secondsFromNow(50) }],
  ] as const) {
    test(`accepts a token ${what}, because clocks differ`, async () => {
      const changedNow = signed({ ...changed });
      assert.equal((await target.shoot({ token: changedNow })).status, 200);
    });
  }
  test("refuses a token from the second in which the leeway after its expiry ends, even if it was accepted before", async () => {
    const brief = signed({ exp: secondsFromNow(2 - 60) });
    assert.equal((await target.shoot({ token: brief })).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 2001));
    assert.match(assertRefused(await target.shoot({ token: brief }), 401).message, /expired/);
  });
});

describe("valid tokens outside a Bearer header", () => {
  const good = signed({});
  for (const [what, lines, query] of [
    ["in a query", [], `?access_token=${good}`],
    ["in a cookie", [`Cookie: access_token=${good}`], ""],
    ["in another header", [`Proxy-Authorization: Bearer ${good}`, `X-Authorization: Bearer ${good}`], ""],
    ["without its scheme", [`Authorization: ${good}`], ""],
    ["in another scheme", [`Authorization: Token ${good}`], ""],
    ["twice in one header", [`Authorization: Bearer ${good}, Bearer ${good}`], ""],
    ["after another Authorization header", ["Authorization: Basic YTpi", `Authorization: Bearer ${good}`], ""],
    ["after a tab instead of a space", [`Authorization: Bearer\t${good}`], ""],
  ] as const) {
    test(`does not accept a valid token ${what}`, async () => {
      const answer = await target.shoot({ target: `${profilesUrl}${query}`, token: null, lines });
      const error = assertRefused(answer, 401);
      assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="apple-enrollment"');
      assert.ok(!answer.text.includes(good.slice(0, 40)), error.message);
    });
  }
});
