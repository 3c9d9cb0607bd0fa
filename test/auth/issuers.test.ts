/** External identity providers. The test's own HTTP server publishes metadata and keys, rotates the keys and fails on demand. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { after, describe, mock, test } from "node:test";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { buildApp } from "../../server/app.ts";
import type { IssuerOptions } from "../../server/auth/issuers.ts";
import { trustIssuer } from "../../server/auth/issuers.ts";
import { tokenVerifier } from "../../server/auth/verify.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { eventually } from "../support/eventually.ts";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKey(kid: string, alg = "RS256"): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

class Provider {
  readonly keys: Key[] = [];
  /** The `issuer` in the provider's metadata. By default it is the provider's URL. */
  issuer: string | undefined;
  isDown = false;
  /** Whether the provider accepts requests but never answers them. */
  isSilent = false;
  /** The URL to which the provider redirects all requests for metadata. */
  redirectTo: string | undefined;
  /** Answers the requests for the metadata or the keys, if the usual answer is not wanted. */
  readonly instead: { metadata?: RequestListener; keys?: RequestListener } = {};
  /** Further members of the key set. */
  readonly others: unknown[] = [];
  keyRequests = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.isDown) return void request.socket.destroy();
      if (this.isSilent) return;
      if (this.redirectTo) return void response.writeHead(302, { location: this.redirectTo }).end();
      const answer = request.url?.endsWith("/openid-configuration")
        ? { issuer: this.issuer ?? this.url, jwks_uri: `${this.url}/keys` }
        : { keys: [...this.others, ...this.keys.map(({ jwk }) => jwk)] };
      if (request.url?.endsWith("/keys")) this.keyRequests += 1;
      const other = request.url?.endsWith("/keys") ? this.instead.keys : this.instead.metadata;
      if (other) return void other(request, response);
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
  }

  get url(): string {
    const { port } = Object(this.#server.address());
    return `http://127.0.0.1:${port}/idp`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const tenant = randomUUID();
const audience = "api://enrollment";

/** Signs a token. @param header replaces the header that names the key. */
function sign(key: Key, claims: JWTPayload, alg = "RS256", header: object = { kid: key.kid }): Promise<string> {
  return new SignJWT({ aud: audience, tid: tenant, exp: Math.floor(Date.now() / 1000) + 60, ...claims })
    .setProtectedHeader({ alg, ...header })
    .sign(key.privateKey);
}

const cleanUps: (() => Promise<void> | void)[] = [];
after(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

async function newProvider(): Promise<Provider> {
  const provider = await new Provider().start();
  cleanUps.push(() => provider.close());
  provider.keys.push(await newKey("first"));
  return provider;
}

/** Starts a service that trusts the provider. @returns a function that sends a token and reads the answer. */
async function serviceFor(provider: Provider, options: Partial<IssuerOptions> = {}) {
  const trust = await trustIssuer({
    url: provider.url,
    audiences: [audience],
    tenants: [],
    refreshEvery: 100,
    ...options,
  });
  const store = openSqliteStore(":memory:");
  const app = buildApp({ store, verifyToken: tokenVerifier([trust]) });
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  cleanUps.push(async () => {
    await app.close();
    await store.close();
  });
  return async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${origin}/beta${profilesPath}`, { headers });
    const challenge = answer.headers.get("www-authenticate") ?? "";
    return { status: answer.status, challenge, message: String(Object(await answer.json()).error?.message) };
  };
}

function first(provider: Provider): Key {
  const [key] = provider.keys;
  assert.ok(key);
  return key;
}

describe("tokens of an OpenID Connect issuer", () => {
  test("accepts an issuer's token with delegated permissions in scp or application permissions in roles", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider);
    const scope = "DeviceManagementConfiguration.Read.All";
    for (const claims of [{ scp: `openid ${scope}` }, { roles: [scope] }]) {
      assert.equal((await ask(await sign(first(provider), { iss: provider.url, ...claims }))).status, 200);
    }
  });

  test("answers 403 to a token without the required scopes, with a challenge that names them", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider);
    const answer = await ask(await sign(first(provider), { iss: provider.url, scp: "User.Read" }));
    assert.equal(answer.status, 403);
    assert.match(answer.challenge, /error="insufficient_scope", scope="[^"]*DeviceManagementConfiguration\.Read\.All/);
  });

  const wrong: readonly [what: string, claims: JWTPayload, sentence: RegExp][] = [
    ["of another issuer", { iss: "https://elsewhere.example" }, /iss claim/],
    ["for another audience", { aud: "https://graph.microsoft.com" }, /aud claim/],
    ["that has expired", { exp: 1 }, /expired/],
    ["whose tenant is not a UUID", { tid: "contoso" }, /tid claim must be the tenant's id/],
  ];
  for (const [what, claims, sentence] of wrong) {
    test(`refuses a token ${what}`, async () => {
      const provider = await newProvider();
      const ask = await serviceFor(provider);
      const answer = await ask(await sign(first(provider), { iss: provider.url, ...claims }));
      assert.equal(answer.status, 401);
      assert.match(answer.message, sentence);
      assert.match(answer.challenge, /error="invalid_token"/);
    });
  }

  test("refuses a token signed with the published key as an HMAC secret", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider);
    const secret = new TextEncoder().encode(JSON.stringify(first(provider).jwk));
    const token = await new SignJWT({ iss: provider.url, aud: audience, tid: tenant, exp: 9_999_999_999 })
      .setProtectedHeader({ alg: "HS256", kid: "first" })
      .sign(secret);
    assert.equal((await ask(token)).message, "The access token's algorithm is not accepted.");
  });

  test("refuses a token of a tenant that AUTH_TENANTS does not list", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider, { tenants: [randomUUID()] });
    const answer = await ask(await sign(first(provider), { iss: provider.url }));
    assert.equal(answer.message, "The access token's tenant is not accepted by this service.");
  });
});

test("AUTH_TENANTS accepts a tenant whose id is in capitals in the token", async () => {
  const provider = await newProvider();
  const ask = await serviceFor(provider, { tenants: [tenant] });
  const claims = { iss: provider.url, tid: tenant.toUpperCase(), roles: ["DeviceManagementConfiguration.Read.All"] };
  assert.equal((await ask(await sign(first(provider), claims))).status, 200);
});

describe("a multi-tenant issuer", () => {
  test("a multi-tenant issuer is trusted only for the tenants in AUTH_TENANTS, each with its own iss claim", async () => {
    const provider = await newProvider();
    provider.issuer = "https://sts.windows.net/{tenantid}/";
    // As in version 1 tokens of Microsoft Entra ID, the issuer's host differs from the metadata's host.
    const ask = await serviceFor(provider, { tenants: [tenant] });
    const roles = ["DeviceManagementConfiguration.Read.All"];
    const key = first(provider);
    assert.equal((await ask(await sign(key, { iss: `https://sts.windows.net/${tenant}/`, roles }))).status, 200);
    assert.equal((await ask(await sign(key, { iss: `https://sts.windows.net/${randomUUID()}/`, roles }))).status, 401);
  });
  test("the service refuses to start with a multi-tenant issuer if AUTH_TENANTS is empty", async () => {
    const provider = await newProvider();
    provider.issuer = `${provider.url}/{tenantid}/v2.0`;
    await assert.rejects(
      serviceFor(provider),
      /issues tokens for every tenant\. List the tenants to accept in AUTH_TENANTS\./,
    );
  });
});

/** Answers with JSON. */
function answering(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_, response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

describe("an issuer with wrong metadata", () => {
  test("the service refuses to start if the issuer's metadata is wrong or unreachable", async () => {
    const provider = await newProvider();
    provider.issuer = "https://elsewhere.example";
    await assert.rejects(serviceFor(provider), {
      name: "StartRefused",
      message: /cannot be used: its metadata belongs to another issuer/,
    });
    provider.isDown = true;
    await assert.rejects(serviceFor(provider), { name: "StartRefused", message: /^The issuer \S+ cannot be used: / });
  });
  test("the service refuses to start if the issuer redirects, even to a good issuer", async () => {
    const [provider, good] = [await newProvider(), await newProvider()];
    provider.redirectTo = `${good.url}/.well-known/openid-configuration`;
    good.issuer = provider.url;
    await assert.rejects(serviceFor(provider), {
      name: "StartRefused",
      message: `The issuer ${provider.url} cannot be used: ${provider.url}/.well-known/openid-configuration redirects to another URL, and the service does not follow redirects.`,
    });
    assert.equal(good.keyRequests, 0);
  });
  test("the service refuses to start if the issuer never answers", async () => {
    const provider = await newProvider();
    provider.isSilent = true;
    await assert.rejects(serviceFor(provider, { timeout: 100 }), {
      name: "StartRefused",
      message: `The issuer ${provider.url} cannot be used: ${provider.url}/.well-known/openid-configuration did not answer within 100 ms.`,
    });
  });
  const metadataWith = (jwks_uri: unknown) => ({ metadata: answering(200, { issuer: "http://127.0.0.1", jwks_uri }) });
  const never: RequestListener = () => {};
  const wrong: readonly (readonly [what: string, instead: Provider["instead"], reason: RegExp])[] = [
    [
      "has metadata with status 500",
      { metadata: answering(500, { issuer: "x" }) },
      /configuration returned status 500\.$/,
    ],
    ["has metadata that is not an object", { metadata: answering(200, null) }, /its metadata must have an issuer/],
    ["has a jwks_uri with http on another machine", metadataWith("http://keys.example/k"), /starts with https:\/\/\.$/],
    ["has a jwks_uri that is not a URL", metadataWith("keys"), /starts with https:\/\/\.$/],
    ["has no jwks_uri", metadataWith(undefined), /starts with https:\/\/\.$/],
    ["answers 503 to the request for its keys", { keys: answering(503, { keys: [] }) }, /keys returned status 503\.$/],
    [
      "redirects the request for its keys",
      { keys: answering(307, {}, { location: "/elsewhere" }) },
      /keys redirects to another URL, and the service does not follow redirects\.$/,
    ],
    ["never answers the request for its keys", { keys: never }, /keys did not answer within 500 ms\.$/],
    [
      "sends only a part of its keys",
      { keys: (_, response) => void response.writeHead(200).write('{"keys":[') },
      /keys did not answer within 500 ms\.$/,
    ],
    [
      "has keys that are not a key set",
      { keys: answering(200, { keys: "none" }) },
      /keys does not return a JSON Web Key/,
    ],
  ];
  for (const [what, instead, reason] of wrong) {
    test(`the service refuses to start if the issuer ${what}`, async () => {
      const provider = await newProvider();
      Object.assign(provider.instead, instead);
      await assert.rejects(serviceFor(provider, { timeout: 500 }), { name: "StartRefused", message: reason });
    });
  }
});

describe("an issuer's keys", () => {
  const roles = ["DeviceManagementConfiguration.Read.All"];
  test("an issuer's keys can be rotated without a restart: a new key is accepted, and a removed key is refused", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider);
    const old = await sign(first(provider), { iss: provider.url, roles });
    assert.equal((await ask(old)).status, 200);
    const second = await newKey("second", "ES256");
    provider.keys.push(second);
    const next = await sign(second, { iss: provider.url, roles }, "ES256");
    await eventually(async () => (await ask(next)).status === 200);
    assert.equal((await ask(old)).status, 200);
    provider.keys.shift();
    await eventually(async () => (await ask(old)).status === 401);
    assert.match((await ask(old)).message, /signed with a key that its issuer does not publish/);
    assert.equal((await ask(next)).status, 200);
  });

  test("an issuer's keys are read from the cache while the issuer is down", async () => {
    const provider = await newProvider();
    const outages: unknown[] = [];
    const ask = await serviceFor(provider, { reportOutage: (error) => outages.push(error) });
    provider.isDown = true;
    await eventually(async () => outages.length > 1);
    assert.equal((await ask(await sign(first(provider), { iss: provider.url, roles }))).status, 200);
    const unknown = await sign(await newKey("unknown"), { iss: provider.url, roles });
    assert.equal((await ask(unknown)).status, 401);
  });

  for (const [what, keys] of [
    ["answers 500", answering(500, { keys: [] })],
    ["redirects", answering(302, {}, { location: "/elsewhere" })],
    ["returns something else", answering(200, { message: "maintenance" })],
  ] as const) {
    test(`an issuer's keys are read from the cache while the issuer ${what}`, async () => {
      const provider = await newProvider();
      const outages: unknown[] = [];
      const ask = await serviceFor(provider, { reportOutage: (error) => outages.push(error) });
      provider.instead.keys = keys;
      await eventually(async () => outages.length > 1);
      assert.equal((await ask(await sign(first(provider), { iss: provider.url, roles }))).status, 200);
    });
  }

  test("an issuer's new key is fetched for the first token that names it, if the last fetch was 30 seconds ago", async (t) => {
    t.after(() => mock.timers.reset());
    const provider = await newProvider();
    const outages: unknown[] = [];
    const ask = await serviceFor(provider, { refreshEvery: 60_000, reportOutage: (error) => outages.push(error) });
    const start = Date.now();
    const askAfter = async (milliseconds: number, key: Key) => {
      mock.timers.reset();
      mock.timers.enable({ apis: ["Date"], now: start + milliseconds });
      return (await ask(await sign(key, { iss: provider.url, roles, exp: Math.floor(start / 1000) + 600 }))).status;
    };
    const second = await newKey("second");
    provider.keys.push(second);
    assert.equal(await askAfter(20_000, second), 401);
    assert.equal(provider.keyRequests, 1);
    assert.equal(await askAfter(40_000, second), 200);
    assert.equal(provider.keyRequests, 2);
    provider.isDown = true;
    assert.equal(await askAfter(80_000, await newKey("third")), 401);
    assert.equal(outages.length, 1);
    assert.equal(await askAfter(80_000, second), 200);
  });

  test("an issuer's keys are not fetched again for every token that is signed with an unknown key", async () => {
    const provider = await newProvider();
    const ask = await serviceFor(provider, { refreshEvery: 60_000 });
    const unknown = await newKey("unknown");
    for (let index = 0; index < 20; index++) {
      assert.equal((await ask(await sign(unknown, { iss: provider.url, jti: String(index) }))).status, 401);
    }
    assert.equal(provider.keyRequests, 1);
  });
});

/** Changes a key's public part. A property that is undefined is left out. */
function changed({ jwk }: Key, properties: object): object {
  return { ...jwk, ...properties };
}

describe("an issuer's keys that cannot be used", () => {
  const roles = ["DeviceManagementConfiguration.Read.All"];
  const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA";

  const defects: readonly [what: string, make: (rsa: Key, ec: Key) => unknown, alg: string, defect: RegExp][] = [
    ["an unknown kty", (rsa) => changed(rsa, { kty: "X" }), "RS256", /^The key "bad" has a kty, crv, alg or key_ops/],
    ["an unknown crv", (_, ec) => changed(ec, { crv: "P-0" }), "ES256", /^The key "bad" has a kty, crv, alg/],
    ["an unknown alg", (rsa) => changed(rsa, { alg: "RS1" }), "RS256", /^The key "bad" has a kty, crv, alg/],
    ["a wrong key_ops", (rsa) => changed(rsa, { key_ops: "verify" }), "RS256", /^The key "bad" has a kty, crv, alg/],
    ["an empty modulus", (rsa) => changed(rsa, { n: "" }), "RS256", /^The key "bad" is /],
    ["a broken modulus", (rsa) => changed(rsa, { n: "!!" }), "RS256", /^The key "bad" is /],
    ["a modulus that is a number", (rsa) => changed(rsa, { n: 5 }), "RS256", /^The key "bad" is /],
    ["a short modulus", (rsa) => changed(rsa, { n: rsa.jwk.n?.slice(0, 171) }), "RS256", /fewer than 2048 bits\.$/],
    ["no modulus", (rsa) => changed(rsa, { n: undefined }), "RS256", /^The key "bad" is incomplete or damaged\.$/],
    ["no exponent", (rsa) => changed(rsa, { e: undefined }), "RS256", /^The key "bad" is incomplete or damaged\.$/],
    ["no y", (_, ec) => changed(ec, { y: undefined }), "ES256", /^The key "bad" is incomplete or damaged\.$/],
    ["a point off the curve", (_, ec) => changed(ec, { y: ec.jwk.x }), "ES256", /^The key "bad" is incomplete/],
    ["a symmetric key", () => ({ kty: "oct", k: secret, kid: "bad" }), "RS256", /^The key "bad" is symmetric\.$/],
    ["a private key", (rsa) => changed(rsa, { d: secret }), "RS256", /^The key "bad" is private\.$/],
    ["no kid and no kty", () => ({ n: secret }), "RS256", /^A key without kid has a kty/],
    ["a member that is not an object", () => null, "RS256", /^A key is not a JSON object\.$/],
  ];
  for (const [what, make, alg, defect] of defects) {
    test(`skips a key set's key with ${what}, reports it once, and refuses only the tokens that name it`, async () => {
      const provider = await newProvider();
      const [rsa, ec] = [await newKey("bad"), await newKey("bad", "ES256")];
      provider.others.push(make(rsa, ec));
      const reports: (readonly string[])[] = [];
      const reportUnusableKeys = (found: readonly string[]) => void reports.push(found);
      const ask = await serviceFor(provider, { refreshEvery: 60_000, reportUnusableKeys });
      const answer = await ask(await sign(alg === "ES256" ? ec : rsa, { iss: provider.url, roles }, alg));
      assert.equal(answer.status, 401);
      assert.equal(answer.message, "The access token is signed with a key that its issuer does not publish.");
      assert.equal((await ask(await sign(first(provider), { iss: provider.url, roles }))).status, 200);
      assert.equal(reports.length, 1);
      assert.equal(reports[0]?.length, 1);
      assert.match(reports[0]?.[0] ?? "", defect);
      assert.ok(!String(reports).includes(secret));
    });
  }

  test("reports unusable keys once after each refresh, and not for keys that are meant for encryption", async () => {
    const provider = await newProvider();
    const { jwk } = await newKey("encryption");
    provider.others.push({ ...jwk, use: "enc", alg: "RSA-OAEP" }, { ...jwk, use: undefined, key_ops: ["encrypt"] });
    const reports: (readonly string[])[] = [];
    await serviceFor(provider, { reportUnusableKeys: (found) => void reports.push(found) });
    await eventually(async () => provider.keyRequests > 2);
    assert.deepEqual(reports, []);
    provider.others.push({ kty: "oct", kid: "a" }, { kty: "oct", kid: "b" });
    const since = provider.keyRequests;
    await eventually(async () => reports.length > 1);
    assert.ok(reports.length <= provider.keyRequests - since);
    assert.deepEqual(reports[0], ['The key "a" is symmetric.', 'The key "b" is symmetric.']);
  });

  test("the service logs one warning about unusable keys when it starts, without key material", async () => {
    const provider = await newProvider();
    provider.others.push({ kty: "oct", k: secret, kid: "a" }, { kty: "oct", k: secret, kid: "b" });
    const dataDir = temporaryFolder();
    const env = { DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:", AUTH_AUDIENCE: audience };
    const service = await serve({ ...env, AUTH_ISSUER: provider.url, DEVELOPMENT_IDENTITY: "on" });
    const isWarned = () => service.printed().includes('"level":"warn"');
    await eventually(async () => isWarned());
    assert.equal(await service.stop("SIGTERM"), 0);
    rmSync(dataDir, { recursive: true });
    const warnings = service
      .printed()
      .split("\n")
      .filter((line) => line.includes('"level":"warn"'));
    assert.equal(warnings.length, 1);
    const { msg, cause } = JSON.parse(warnings[0] ?? "{}");
    assert.equal(msg, `The service skips 2 of the signing keys of ${provider.url}, because it cannot use them.`);
    assert.equal(cause, 'The key "a" is symmetric. The key "b" is symmetric.');
    assert.ok(!service.printed().includes(secret));
  });
});

describe("an issuer's keys with the same kid or without kid", () => {
  const roles = ["DeviceManagementConfiguration.Read.All"];

  test("tries all keys with the token's kid in turn", async () => {
    const provider = await newProvider();
    const [second, stranger] = [await newKey("first"), await newKey("first")];
    provider.keys.push(second);
    const ask = await serviceFor(provider);
    for (const key of provider.keys) {
      assert.equal((await ask(await sign(key, { iss: provider.url, roles }))).status, 200);
    }
    const forged = await ask(await sign(stranger, { iss: provider.url, roles }));
    assert.deepEqual([forged.status, forged.message], [401, "The access token's signature is not valid."]);
    const expired = await ask(await sign(second, { iss: provider.url, roles, exp: 1 }));
    assert.match(expired.message, /has expired/);
  });

  test("tries all keys without kid in turn, whether or not the token names a key", async () => {
    const provider = await newProvider();
    const keys = [await newKey("one"), await newKey("two"), await newKey("three")];
    provider.others.push(...keys.slice(0, 2).map((key) => changed(key, { kid: undefined })));
    const ask = await serviceFor(provider);
    for (const header of [{}, { kid: "other" }]) {
      const answers = await Promise.all(
        keys.map(async (key) => ask(await sign(key, { iss: provider.url, roles }, "RS256", header))),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 401],
      );
      assert.equal(answers[2]?.message, "The access token's signature is not valid.");
    }
    // A key with a kid does not verify a token that names another key.
    const named = await ask(await sign(first(provider), { iss: provider.url, roles }, "RS256", { kid: "other" }));
    assert.equal(named.status, 401);
    assert.equal((await ask(await sign(first(provider), { iss: provider.url, roles }))).status, 200);
  });

  test("skips an unusable key that has the same kid as a good key", async () => {
    const provider = await newProvider();
    provider.others.push(changed(first(provider), { n: "!!" }));
    const ask = await serviceFor(provider);
    assert.equal((await ask(await sign(first(provider), { iss: provider.url, roles }))).status, 200);
  });
});
