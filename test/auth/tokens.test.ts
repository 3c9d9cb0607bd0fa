import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { ephemeralIdentity, storedIdentity } from "../../server/auth/development.ts";
import { completeIdentityConfig } from "../../server/auth/identityConfig.ts";
import { startService } from "../../server/process/service.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const dataDir = temporaryFolder();
const service = await startService({
  host: "127.0.0.1",
  port: 0,
  dataDir,
  database: { kind: "sqlite", file: ":memory:" },
  processes: 1,
  identity: completeIdentityConfig("127.0.0.1"),
});
after(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});

const jwk = JSON.parse(readFileSync(join(dataDir, "development-key.json"), "utf8"));
const key = await importJWK(jwk, "ES256");
const good = {
  iss: "urn:apple-enrollment:development",
  aud: "https://graph.microsoft.com",
  tid: randomUUID(),
  scp: "DeviceManagementConfiguration.Read.All",
  exp: Math.floor(Date.now() / 1000) + 60,
};

function signed(claims: JWTPayload, header: object = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "ES256", ...header }).sign(key);
}

async function answerTo(authorization: string): Promise<{ status: number; message: string | undefined }> {
  const response = await fetch(`${service.url}${profilesPath}`, { headers: { authorization } });
  return { status: response.status, message: Object(await response.json()).error?.message };
}

describe("access tokens", () => {
  test("accepts a token that is signed, unexpired and issued for this service", async () => {
    assert.equal((await answerTo(`Bearer ${await signed(good)}`)).status, 200);
  });
  test("accepts a token with the scheme bearer in lower case", async () => {
    assert.equal((await answerTo(`bearer ${await signed(good)}`)).status, 200);
  });
  test("accepts a token with application permissions in roles", async () => {
    const { scp: _, ...rest } = good;
    assert.equal((await answerTo(`Bearer ${await signed({ ...rest, roles: [good.scp] })}`)).status, 200);
    assert.equal((await answerTo(`Bearer ${await signed({ ...rest, roles: good.scp })}`)).status, 403);
  });

  const wrong: readonly [string, () => Promise<string>, RegExp][] = [
    ["of another issuer", () => signed({ ...good, iss: "https://sts.windows.net/x/" }), /iss claim/],
    ["for another audience", () => signed({ ...good, aud: "https://management.azure.com" }), /aud claim/],
    ["that has expired", () => signed({ ...good, exp: good.exp - 3600 }), /expired/],
    ["that is not valid yet", () => signed({ ...good, nbf: good.exp + 60 }), /not valid yet/],
    ["that was issued in the future", () => signed({ ...good, iat: good.exp + 60 }), /issued in the future/],
    [
      "without an exp claim",
      async () => {
        const { exp: _, ...rest } = good;
        return signed(rest);
      },
      /no exp claim/,
    ],
    [
      "without a tid claim",
      async () => {
        const { tid: _, ...rest } = good;
        return signed(rest);
      },
      /no tid claim/,
    ],
    ["with a tenant that is not a UUID", () => signed({ ...good, tid: "contoso" }), /tid claim must be/],
    ["with alg none", async () => new UnsecuredJWT(good).encode(), /algorithm is not accepted|not a valid JWT/],
    [
      "with the public key as an HMAC secret",
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify({ ...jwk, d: undefined }));
        return new SignJWT(good).setProtectedHeader({ alg: "HS256" }).sign(secret);
      },
      /algorithm is not accepted/,
    ],
    [
      "signed with another key that its header contains",
      async () => {
        const pair = await generateKeyPair("ES256", { extractable: true });
        const header = { alg: "ES256", jwk: await exportJWK(pair.publicKey) };
        return new SignJWT(good).setProtectedHeader(header).sign(pair.privateKey);
      },
      /signature is not valid/,
    ],
    [
      "whose claims were changed",
      async () => {
        const [header, , signature] = (await signed(good)).split(".");
        const claims = Buffer.from(JSON.stringify({ ...good, tid: randomUUID() })).toString("base64url");
        return `${header}.${claims}.${signature}`;
      },
      /signature is not valid/,
    ],
    ["without its signature", async () => (await signed(good)).replace(/[^.]*$/, ""), /signature is not valid/],
  ];
  for (const [what, make, message] of wrong) {
    test(`refuses a token ${what} with 401 and the reason`, async () => {
      const answer = await answerTo(`Bearer ${await make()}`);
      assert.equal(answer.status, 401);
      assert.match(answer.message ?? "", message);
    });
  }
  for (const [claim, seconds, text] of [
    ["exp", -120, "has expired"],
    ["nbf", 120, "is not valid yet"],
    ["iat", 120, "was issued in the future"],
  ] as const) {
    test(`names the time of ${claim} and the service's time if it refuses a token because of ${claim}`, async () => {
      const before = Math.floor(Date.now() / 1000);
      const time = before + seconds;
      const { message = "" } = await answerTo(`Bearer ${await signed({ ...good, [claim]: time })}`);
      const [, start, tokenTime, serviceTime = ""] =
        /^The access token (.+): its \w+ claim is (\S+Z), and the service's time is (\d{4}-\d\d-\d\dT[\d:]{8}Z)\.$/.exec(
          message,
        ) ?? [];
      assert.equal(start, text, message);
      assert.equal(tokenTime, new Date(time * 1000).toISOString().replace(".000", ""));
      const age = Date.parse(serviceTime) / 1000 - before;
      assert.ok(age >= 0 && age < 30, message);
    });
  }
  test("verifies an expired token during the leeway only, whether or not it is cached", async (t) => {
    const identity = await ephemeralIdentity();
    const start = 1_900_000_000_000;
    t.mock.timers.enable({ apis: ["Date"], now: start });
    const [cached, fresh] = [await identity.issueToken({ lifetime: 10 }), await identity.issueToken({ lifetime: 10 })];
    await identity.verifyToken(cached);
    t.mock.timers.setTime(start + 69_999);
    await identity.verifyToken(cached);
    await identity.verifyToken(fresh);
    t.mock.timers.setTime(start + 70_000);
    for (const token of [cached, fresh]) await assert.rejects(async () => identity.verifyToken(token), /has expired/);
  });
  test("accepts tokens from the first second of the leeway before nbf and iat", async (t) => {
    const identity = await ephemeralIdentity();
    const start = 1_900_000_000_000;
    t.mock.timers.enable({ apis: ["Date"], now: start });
    const token = await identity.issueToken();
    t.mock.timers.setTime(start - 60_001);
    await assert.rejects(async () => identity.verifyToken(token), /is not valid yet/);
    t.mock.timers.setTime(start - 60_000);
    await identity.verifyToken(token);
  });
  for (const authorization of ["Basic YTpi", "Bearer", "Bearer a b", "Bearer,x"]) {
    test(`asks for an access token if Authorization is '${authorization}'`, async () => {
      assert.deepEqual(await answerTo(authorization), {
        status: 401,
        message: "An access token is required: send it as Authorization: Bearer <token>.",
      });
    });
  }
});

describe("the development key", () => {
  test("the development key is stored in a file that only its owner can read", () => {
    assert.equal(statSync(join(dataDir, "development-key.json")).mode & 0o777, 0o600);
  });
  test("the development key is stored in a folder that only its owner can open, whose parents are created in the same way", async () => {
    const folder = temporaryFolder();
    await storedIdentity(join(folder, "new", "data"));
    for (const name of ["new", "new/data"]) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o700);
    rmSync(folder, { recursive: true });
  });
  test("the development key is created only once if several processes start in a new folder at the same time", async () => {
    const folder = temporaryFolder();
    const identities = await Promise.all(Array.from({ length: 8 }, () => storedIdentity(join(folder, "new"))));
    const [first] = identities;
    for (const identity of identities) await first?.verifyToken(await identity.issueToken());
    assert.deepEqual(readdirSync(join(folder, "new")), ["development-key.json"]);
    rmSync(folder, { recursive: true });
  });
  test("the development key is rejected with a clear error if its file is damaged", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "development-key.json"), "{}");
    await assert.rejects(storedIdentity(folder), /The development key .* cannot be read or created/);
    rmSync(folder, { recursive: true });
  });
});
