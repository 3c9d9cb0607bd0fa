/** Forged tokens, with a missing signature, another signer's signature, or an algorithm that the attacker chose. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { after, describe, test } from "node:test";
import { attackersKey, ecdsa, goodClaims, hmac, keysOf, token, unsigned } from "./forge.ts";
import { assertRefused, enterTarget } from "./target.ts";

const target = await enterTarget();
const { privateKey, publicForms } = keysOf(target);
const attacker = attackersKey();
const own = ecdsa(privateKey);
const theirs = ecdsa(attacker.privateKey);
const es256 = { alg: "ES256" };
const claims = goodClaims(randomUUID());
const good = token(es256, claims, own);
const [goodHeader = "", goodPayload = "", goodSignature = ""] = good.split(".");

/** Listens at the key URL in the forged token headers, from which the service must never fetch a key. */
let visits = 0;
const elsewhere = createServer((socket) => {
  visits++;
  socket.destroy();
}).listen(0, "127.0.0.1");
await new Promise((resolve) => elsewhere.once("listening", resolve));
after(() => elsewhere.close());
const address = elsewhere.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/keys`;

async function assertInvalidToken(forged: string): Promise<void> {
  const answer = await target.shoot({ token: forged });
  const error = assertRefused(answer, 401);
  assert.equal(error.code, "InvalidAuthenticationToken");
  const challenge = answer.headers.get("www-authenticate") ?? "";
  assert.match(challenge, /^Bearer realm="apple-enrollment", error="invalid_token", error_description="[^"]+"$/);
}

describe("forged tokens", () => {
  test("accepts the genuine token that the forged tokens are derived from", async () => {
    assert.equal((await target.shoot({ token: good })).status, 200);
  });

  for (const alg of ["none", "None", "NONE", "nOnE", "none ", "none\0", "", null, 0, ["none"], { toString: "none" }]) {
    test(`refuses a token with the algorithm ${JSON.stringify(alg)}, whether unsigned or signed`, async () => {
      await assertInvalidToken(token({ alg }, claims, unsigned));
      await assertInvalidToken(token({ alg }, claims, own));
    });
  }
  test("refuses a token without an algorithm", async () => {
    await assertInvalidToken(token({}, claims, unsigned));
    await assertInvalidToken(token({ typ: "JWT" }, claims, own));
  });
  for (const [form, secret] of Object.entries(publicForms)) {
    for (const [alg, hash] of [
      ["HS256", "sha256"],
      ["HS384", "sha384"],
      ["HS512", "sha512"],
      ["ES256", "sha256"],
    ] as const) {
      test(`refuses an ${alg} token whose HMAC secret is the public key's ${form}`, async () => {
        await assertInvalidToken(token({ alg }, claims, hmac(secret, hash)));
      });
    }
  }
  for (const alg of [
    "es256",
    "ES256K",
    "ES384",
    "ES512",
    "RS256",
    "PS256",
    "EdDSA",
    "HS256",
    "__proto__",
    "toString",
  ]) {
    test(`refuses a token that declares ${alg} but has a valid ES256 signature`, async () => {
      await assertInvalidToken(token({ alg }, claims, own));
    });
  }

  const keyHeaders: readonly [string, object][] = [
    ["a kid that is a path out of a folder", { kid: "../../../../../dev/null" }],
    ["a kid that is a file", { kid: "file:///dev/null" }],
    ["the kid __proto__", { kid: "__proto__" }],
    ["the kid constructor", { kid: "constructor" }],
    ["a kid that is SQL", { kid: "' UNION SELECT '' --" }],
    ["a kid that is a command", { kid: "$(id)|id" }],
    ["a kid that is an object", { kid: { toString: 1 } }],
    ["a jku", { jku: url }],
    ["an x5u", { x5u: url }],
    ["a jku, an x5u and a kid", { jku: url, x5u: url, kid: "1" }],
    ["an embedded jwk", { jwk: attacker.publicJwk }],
    ["an embedded private jwk", { jwk: attacker.privateKey.export({ format: "jwk" }) }],
    ["an x5c", { x5c: ["MIIB"] }],
  ];
  for (const [what, header] of keyHeaders) {
    test(`does not use the attacker's key to verify a token with ${what}`, async () => {
      await assertInvalidToken(token({ ...es256, ...header }, claims, theirs));
      await assertInvalidToken(token({ alg: "HS256", ...header }, claims, hmac("")));
      assert.equal(visits, 0, "the service requests no key");
    });
  }

  for (const [what, header] of [
    ["an unknown header", { crit: ["urn:x"], "urn:x": true }],
    ["a missing header", { crit: ["urn:x"] }],
    ["a header of the standard", { crit: ["alg"] }],
    ["an empty list", { crit: [] }],
    ["not a list", { crit: "exp" }],
    ["__proto__", { crit: ["__proto__"] }],
    ["an unencoded payload", { crit: ["b64"], b64: false }],
  ] as const) {
    test(`refuses a token whose crit header is ${what}, even if its signature is valid`, async () => {
      await assertInvalidToken(token({ ...es256, ...header }, claims, own));
    });
  }

  const signatures: readonly [string, string][] = [
    ["missing", ""],
    ["another token's", token(es256, { ...claims, tid: randomUUID() }, own).split(".")[2] ?? ""],
    ["zeros", Buffer.alloc(64).toString("base64url")],
    ["in DER", token(es256, claims, ecdsa(privateKey, "der")).split(".")[2] ?? ""],
    ["one byte too short", Buffer.from(goodSignature, "base64url").subarray(0, 63).toString("base64url")],
    ["one byte too long", Buffer.concat([Buffer.from(goodSignature, "base64url"), Buffer.of(0)]).toString("base64url")],
    ["the valid one twice", goodSignature.repeat(2)],
    ["not base64", "!".repeat(86)],
  ];
  for (const [what, signature] of signatures) {
    test(`refuses a token whose signature is ${what}`, async () => {
      await assertInvalidToken(`${goodHeader}.${goodPayload}.${signature}`);
    });
  }

  const shapes: readonly [string, string][] = [
    ["two parts", `${goodHeader}.${goodPayload}`],
    ["four parts", `${good}.${goodSignature}`],
    ["five parts, like an encrypted token", `${good}.${goodSignature}.${goodSignature}`],
    ["a dot after it", `${good}.`],
    ["a dot before it", `.${good}`],
    ["an additional character", `${good}A`],
    ["empty parts", ".."],
    ["a header that is not JSON", token("{", claims, own)],
    ["a header that is null", token("null", claims, own)],
    ["a header that is a list", token([es256], claims, own)],
    ["a header with a __proto__", token('{"__proto__":{"alg":"ES256"}}', claims, own)],
    ["a header with 5,000 levels", token(`{"alg":"ES256","x":${"[".repeat(5000)}${"]".repeat(5000)}}`, claims, theirs)],
    ["claims that are not JSON", token(es256, "{", own)],
    ["claims that are null", token(es256, "null", own)],
    ["claims that are a list", token(es256, [claims], own)],
    ["claims inherited from a __proto__", token(es256, `{"__proto__":${JSON.stringify(claims)}}`, own)],
    ["15 kB of signature", `${goodHeader}.${goodPayload}.${"A".repeat(15_000)}`],
    ["quotes that could end those of the challenge", `${good}",error="none`],
  ];
  for (const [what, forged] of shapes) {
    test(`refuses a malformed token with ${what}`, () => assertInvalidToken(forged));
  }

  test("refuses a token of 1 MB with 431", async () => {
    const error = assertRefused(await target.shoot({ token: `${good}${"A".repeat(1_000_000)}` }), 431);
    assert.equal(error.code, "RequestHeaderFieldsTooLarge");
  });
});
