/** Tests the development identity's endpoints as client libraries use them, and the Host headers that they refuse. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { request } from "node:http";
import { after, describe, test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const dataDir = temporaryFolder();
const service = await serve({ DATA_DIR: dataDir, ALLOWED_HOSTS: "enrollment.test" });
const { origin, port } = new URL(service.url);
after(async () => {
  await service.stop("SIGTERM");
  rmSync(dataDir, { recursive: true });
});

const tenant = "11111111-2222-4333-8444-555555555555";
const good = {
  grant_type: "client_credentials",
  client_id: "my-app",
  client_secret: "any",
  scope: "https://graph.microsoft.com/.default",
};

async function askForToken(form: Readonly<Record<string, string>>, headers = {}, path = `${tenant}/oauth2/v2.0/token`) {
  const answer = await fetch(`${origin}/${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
  return { status: answer.status, headers: answer.headers, body: Object(await answer.json()) };
}

describe("the development identity", () => {
  test("publishes metadata and keys with which a client can verify its tokens", async () => {
    const metadata = Object(await (await fetch(`${origin}/${tenant}/v2.0/.well-known/openid-configuration`)).json());
    assert.equal(metadata.issuer, `${origin}/${tenant}/v2.0`);
    assert.equal(metadata.token_endpoint, `${origin}/${tenant}/oauth2/v2.0/token`);
    const { body } = await askForToken(good);
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
    const expected = { issuer: metadata.issuer, audience: "https://graph.microsoft.com" };
    const { payload } = await jwtVerify(body.access_token, keys, expected);
    assert.equal(payload["tid"], tenant);
    assert.equal(payload["appid"], "my-app");
  });

  test("accepts its own token for a tenant whose id was in capitals in the URL of the token endpoint", async () => {
    const id = "ABCDEF01-2222-4333-8444-555555555555";
    const { body } = await askForToken(good, {}, `${id}/oauth2/v2.0/token`);
    const headers = { authorization: `Bearer ${body.access_token}` };
    assert.equal((await fetch(`${service.url}${profilesPath}`, { headers })).status, 200);
  });

  test("issues a token that is valid for an hour, for credentials in the form or in Basic authentication", async () => {
    const { client_id, client_secret, ...rest } = good;
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`;
    for (const answer of [await askForToken(good), await askForToken(rest, { authorization: basic })]) {
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.equal(answer.body.token_type, "Bearer");
      assert.equal(answer.body.expires_in, 3600);
      const headers = { authorization: `Bearer ${answer.body.access_token}` };
      assert.equal((await fetch(`${service.url}${profilesPath}`, { headers })).status, 200);
    }
  });

  test("accepts colons in the secret of Basic authentication, and needs at least one character after the first colon", async () => {
    const { client_id, client_secret: _, ...rest } = good;
    for (const [secret, status] of [
      [":", 200],
      ["a:b", 200],
      ["", 401],
    ] as const) {
      const authorization = `Basic ${Buffer.from(`${client_id}:${secret}`).toString("base64")}`;
      assert.equal((await askForToken(rest, { authorization })).status, status, secret);
    }
  });

  const { client_secret: _, ...withoutSecret } = good;
  const wrong: readonly [what: string, form: Readonly<Record<string, string>>, status: number, error: string][] = [
    ["another grant type", { ...good, grant_type: "password" }, 400, "unsupported_grant_type"],
    ["no grant type", {}, 400, "invalid_request"],
    ["no secret", withoutSecret, 401, "invalid_client"],
    ["a scope of another resource", { ...good, scope: "https://vault.azure.net/.default" }, 400, "invalid_scope"],
  ];
  for (const [what, form, status, error] of wrong) {
    test(`refuses a token request with ${what} with the OAuth 2.0 error ${error}`, async () => {
      const answer = await askForToken(form);
      assert.equal(answer.status, status);
      assert.equal(answer.body.error, error);
      assert.ok(answer.body.error_description.length > 0);
    });
  }

  test("refuses a token request for a tenant that is not a UUID", async () => {
    assert.equal((await askForToken(good, {}, "contoso/oauth2/v2.0/token")).body.error, "invalid_request");
  });

  test("refuses a token request whose body is not a form", async () => {
    const headers = { "content-type": "application/json" };
    assert.equal((await askForToken(good, headers)).body.error, "invalid_request");
  });
});

/** The status of the answer to a request with this Host header. */
function statusFor(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the Host header with the development identity", () => {
  for (const host of [
    "localhost",
    "127.0.0.1",
    "127.0.0.2:80",
    "[::1]:3000",
    "my.localhost",
    "enrollment.test",
    "ENROLLMENT.test",
  ]) {
    test(`accepts the Host ${host}`, async () => assert.equal(await statusFor(host, "/openapi.json"), 200));
  }
  for (const host of [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "10.0.0.1",
    "enrollment.test.evil.example",
  ]) {
    test(`refuses the Host ${host} with 421 for every path`, async () => {
      for (const path of [
        "/openapi.json",
        "/docs",
        `/beta${profilesPath}`,
        "/nothing",
        `/${tenant}/discovery/v2.0/keys`,
      ]) {
        assert.equal(await statusFor(host, path), 421);
      }
    });
  }
});

describe("a service that other machines can reach", () => {
  test("a service that other machines can reach has a development identity only with DEVELOPMENT_IDENTITY=on, and then warns", async () => {
    const folder = temporaryFolder();
    const open = await serve({ DATA_DIR: folder, HOST: "0.0.0.0", DEVELOPMENT_IDENTITY: "on" });
    assert.match(open.printed(), /issues a token to every caller that can connect to 0\.0\.0\.0/);
    await open.stop("SIGTERM");
    rmSync(folder, { recursive: true });
  });
});
