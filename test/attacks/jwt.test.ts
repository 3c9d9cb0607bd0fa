/** Forged tokens: whose signature is none, another's or somebody else's choice of algorithm. */
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

/** Stands where a forged header says that the key is: nobody may come to ask. */
let visits = 0;
const elsewhere = createServer((socket) => {
  visits++;
  socket.destroy();
}).listen(0, "127.0.0.1");
await new Promise((resolve) => elsewhere.once("listening", resolve));
after(() => elsewhere.close());
const address = elsewhere.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/keys`;

async function assertNotOpened(forged: string): Promise<void> {
  const answer = await target.shoot({ token: forged });
  const error = assertRefused(answer, 401);
  assert.equal(error.code, "InvalidAuthenticationToken");
  const challenge = answer.headers.get("www-authenticate") ?? "";
  assert.match(challenge, /^Bearer realm="apple-enrollment", error="invalid_token", error_description="[^"]+"$/);
}

describe("a forged token", () => {
  test("is not what the good one is", async () => {
    assert.equal((await target.shoot({ token: good })).status, 200);
  });

  for (const alg of ["none", "None", "NONE", "nOnE", "none ", "none\0", "", null, 0, ["none"], { toString: "none" }]) {
    test(`with the algorithm ${JSON.stringify(alg)} doesn't open the service, unsigned or signed`, async () => {
      await assertNotOpened(token({ alg }, claims, unsigned));
      await assertNotOpened(token({ alg }, claims, own));
    });
  }
  test("without any algorithm doesn't open the service", async () => {
    await assertNotOpened(token({}, claims, unsigned));
    await assertNotOpened(token({ typ: "JWT" }, claims, own));
  });
  for (const [form, secret] of Object.entries(publicForms)) {
    for (const [alg, hash] of [
      ["HS256", "sha256"],
      ["HS384", "sha384"],
      ["HS512", "sha512"],
      ["ES256", "sha256"],
    ] as const) {
      test(`of ${alg} with the public key's ${form} as the HMAC secret doesn't open the service`, async () => {
        await assertNotOpened(token({ alg }, claims, hmac(secret, hash)));
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
    test(`that says ${alg} over a good ES256 signature doesn't open the service`, async () => {
      await assertNotOpened(token({ alg }, claims, own));
    });
  }

  const leads: readonly [string, object][] = [
    ["a kid that leads out of a folder", { kid: "../../../../../dev/null" }],
    ["a kid that is a file", { kid: "file:///dev/null" }],
    ["the kid __proto__", { kid: "__proto__" }],
    ["the kid constructor", { kid: "constructor" }],
    ["a kid that is SQL", { kid: "' UNION SELECT '' --" }],
    ["a kid that is a command", { kid: "$(id)|id" }],
    ["a kid that is no text", { kid: { toString: 1 } }],
    ["a jku", { jku: url }],
    ["an x5u", { x5u: url }],
    ["a jku, an x5u and a kid", { jku: url, x5u: url, kid: "1" }],
    ["an embedded jwk", { jwk: attacker.publicJwk }],
    ["an embedded private jwk", { jwk: attacker.privateKey.export({ format: "jwk" }) }],
    ["an x5c", { x5c: ["MIIB"] }],
  ];
  for (const [what, header] of leads) {
    test(`with ${what} is not verified by what it brings along`, async () => {
      await assertNotOpened(token({ ...es256, ...header }, claims, theirs));
      await assertNotOpened(token({ alg: "HS256", ...header }, claims, hmac("")));
      assert.equal(visits, 0, "nobody asked for the key there");
    });
  }

  for (const [what, header] of [
    ["an unknown name", { crit: ["urn:x"], "urn:x": true }],
    ["a name that isn't there", { crit: ["urn:x"] }],
    ["a name of the standard", { crit: ["alg"] }],
    ["nothing", { crit: [] }],
    ["no list", { crit: "exp" }],
    ["__proto__", { crit: ["__proto__"] }],
    ["an unencoded payload", { crit: ["b64"], b64: false }],
  ] as const) {
    test(`whose crit is ${what} is refused, although the service's key signed it`, async () => {
      await assertNotOpened(token({ ...es256, ...header }, claims, own));
    });
  }

  const signatures: readonly [string, string][] = [
    ["none", ""],
    ["another token's", token(es256, { ...claims, tid: randomUUID() }, own).split(".")[2] ?? ""],
    ["zeros", Buffer.alloc(64).toString("base64url")],
    ["in DER", token(es256, claims, ecdsa(privateKey, "der")).split(".")[2] ?? ""],
    ["one byte short", Buffer.from(goodSignature, "base64url").subarray(0, 63).toString("base64url")],
    ["one byte long", Buffer.concat([Buffer.from(goodSignature, "base64url"), Buffer.of(0)]).toString("base64url")],
    ["twice the good one", goodSignature.repeat(2)],
    ["no base64", "!".repeat(86)],
  ];
  for (const [what, signature] of signatures) {
    test(`whose signature is ${what} doesn't open the service`, async () => {
      await assertNotOpened(`${goodHeader}.${goodPayload}.${signature}`);
    });
  }

  const shapes: readonly [string, string][] = [
    ["two parts", `${goodHeader}.${goodPayload}`],
    ["four parts", `${good}.${goodSignature}`],
    ["five parts, as an encrypted one has", `${good}.${goodSignature}.${goodSignature}`],
    ["a dot after it", `${good}.`],
    ["a dot before it", `.${good}`],
    ["a character more", `${good}A`],
    ["empty parts", ".."],
    ["a header that is no JSON", token("{", claims, own)],
    ["a header that is null", token("null", claims, own)],
    ["a header that is a list", token([es256], claims, own)],
    ["a header with a __proto__", token('{"__proto__":{"alg":"ES256"}}', claims, own)],
    ["a header 5,000 deep", token(`{"alg":"ES256","x":${"[".repeat(5000)}${"]".repeat(5000)}}`, claims, theirs)],
    ["claims that are no JSON", token(es256, "{", own)],
    ["claims that are null", token(es256, "null", own)],
    ["claims that are a list", token(es256, [claims], own)],
    ["claims inherited from a __proto__", token(es256, `{"__proto__":${JSON.stringify(claims)}}`, own)],
    ["15 kB of signature", `${goodHeader}.${goodPayload}.${"A".repeat(15_000)}`],
    ["quotes, that would end the challenge's", `${good}",error="none`],
  ];
  for (const [what, forged] of shapes) {
    test(`with ${what} doesn't open the service`, () => assertNotOpened(forged));
  }

  test("of 1 MB is a 431", async () => {
    const error = assertRefused(await target.shoot({ token: `${good}${"A".repeat(1_000_000)}` }), 431);
    assert.equal(error.code, "RequestHeaderFieldsTooLarge");
  });
});
