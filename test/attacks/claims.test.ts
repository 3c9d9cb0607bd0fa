/** Tokens that the service's own key has signed, and that are still not good: claims of another kind, place or time. */
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

describe("a well signed token", () => {
  const wrong: readonly [string, object, RegExp][] = [
    ["for another audience", { aud: "https://management.azure.com" }, /aud claim/],
    ["for an audience that begins like this one", { aud: "https://graph.microsoft.com.evil.example" }, /aud claim/],
    ["for this audience with a slash", { aud: "https://graph.microsoft.com/" }, /aud claim/],
    ["for a list of others", { aud: ["a", "b"] }, /aud claim/],
    ["for an audience that is no text", { aud: { "https://graph.microsoft.com": 1 } }, /aud claim|not a valid JWT/],
    ["for nobody", { aud: undefined }, /aud claim/],
    ["of another issuer", { iss: "https://sts.windows.net/x/" }, /iss claim/],
    ["of this issuer in capitals", { iss: "URN:apple-enrollment:development" }, /iss claim/],
    ["of a list of issuers", { iss: [claims["iss"]] }, /iss claim|not a valid JWT/],
    ["of nobody", { iss: undefined }, /iss claim/],
    ["that has expired", { exp: secondsFromNow(-1) }, /expired/],
    ["that expires now", { exp: secondsFromNow(0) }, /expired/],
    ["that expired before time began", { exp: -1 }, /expired/],
    ["without an end", { exp: undefined }, /no exp claim/],
    ["whose end is null", { exp: null }, /exp claim|not a valid JWT/],
    ["whose end is a text", { exp: String(secondsFromNow(60)) }, /exp claim|not a valid JWT/],
    ["whose end is a list", { exp: [secondsFromNow(60)] }, /exp claim|not a valid JWT/],
    ["that is not valid yet", { nbf: secondsFromNow(60) }, /not valid yet/],
    ["whose begin is a text", { nbf: "0" }, /nbf claim|not valid yet|not a valid JWT/],
    ["without a tenant", { tid: undefined }, /no tid claim/],
    ["whose tenant is null", { tid: null }, /tid claim/],
    ["whose tenant is a list", { tid: [tenant] }, /tid claim/],
    ["whose tenant is an object", { tid: { toString: tenant } }, /tid claim/],
    ["whose tenant is __proto__", { tid: "__proto__" }, /tid claim/],
    ["whose tenant is all", { tid: "*" }, /tid claim/],
    ["whose tenant has a line's end", { tid: `${tenant}\n` }, /tid claim/],
    ["whose tenant has a NUL", { tid: `${tenant}\0` }, /tid claim/],
    ["whose tenant is SQL", { tid: `${tenant}' OR '1'='1` }, /tid claim/],
    ["whose tenant is in full-width digits", { tid: tenant.replaceAll(/\d/g, "１") }, /tid claim/],
  ];
  for (const [what, changed, message] of wrong) {
    test(`${what} is refused`, async () => {
      assert.match(assertRefused(await target.shoot({ token: signed(changed) }), 401).message, message);
    });
  }

  for (const [what, changed] of [
    ["scp that is a list", { scp: [claims["scp"]] }],
    ["scp that is an object", { scp: { [String(claims["scp"])]: true } }],
    ["scp in capitals", { scp: String(claims["scp"]).toUpperCase() }],
    ["scp with a wild card", { scp: "DeviceManagementServiceConfig.*" }],
    ["scp of the names that every object has", { scp: "__proto__ constructor toString" }],
    ["scp between other spaces than U+0020", { scp: `x\u00a0${claims["scp"]}\u2003y` }],
    ["roles that are a text", { scp: undefined, roles: claims["scp"] }],
    ["roles in a list of lists", { scp: undefined, roles: [[claims["scp"]]] }],
    ["no permission at all", { scp: undefined }],
  ] as const) {
    test(`with ${what} opens nothing`, async () => {
      assert.equal(assertRefused(await target.shoot({ token: signed(changed) }), 403).code, "Forbidden");
    });
  }

  test("of one tenant, used again after it was changed to another's, is refused", async () => {
    const good = signed({});
    assert.equal((await target.shoot({ token: good })).status, 200);
    const [header, , signature] = good.split(".");
    const [, payload] = signed({ tid: randomUUID() }).split(".");
    assertRefused(await target.shoot({ token: `${header}.${payload}.${signature}` }), 401);
  });
  test("is one tenant's, however the tenant is spelled", async () => {
    const { profileId } = await target.seed(signed({}));
    const answer = await target.shoot({
      target: `${profilesUrl}/${profileId}`,
      token: signed({ tid: tenant.toUpperCase() }),
    });
    assert.equal(answer.status, 200);
  });
  test("that was taken before is refused from the second in which it ends", async () => {
    const brief = signed({ exp: secondsFromNow(2) });
    assert.equal((await target.shoot({ token: brief })).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 2001));
    assert.match(assertRefused(await target.shoot({ token: brief }), 401).message, /expired/);
  });
});

describe("a good token", () => {
  const good = signed({});
  for (const [what, lines, query] of [
    ["in a query", [], `?access_token=${good}`],
    ["in a cookie", [`Cookie: access_token=${good}`], ""],
    ["in another header", [`Proxy-Authorization: Bearer ${good}`, `X-Authorization: Bearer ${good}`], ""],
    ["without its scheme", [`Authorization: ${good}`], ""],
    ["in another scheme", [`Authorization: Token ${good}`], ""],
    ["twice in one header", [`Authorization: Bearer ${good}, Bearer ${good}`], ""],
    ["after another's header", ["Authorization: Basic YTpi", `Authorization: Bearer ${good}`], ""],
    ["with a tab for a space", [`Authorization: Bearer\t${good}`], ""],
  ] as const) {
    test(`${what} is none`, async () => {
      const answer = await target.shoot({ target: `${profilesUrl}${query}`, token: null, lines });
      const error = assertRefused(answer, 401);
      assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="apple-enrollment"');
      assert.ok(!answer.text.includes(good.slice(0, 40)), error.message);
    });
  }
});
