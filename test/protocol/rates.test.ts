/** RATE_LIMIT and RATE_BURST, which limit the requests that an application can send in a tenant. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { importJWK, SignJWT } from "jose";
import { rateLimiter } from "../../server/api/rateLimit.ts";
import { completeIdentityConfig } from "../../server/auth/identityConfig.ts";
import { startService } from "../../server/process/service.ts";
import { bucketsKept } from "../../server/shared/limits.ts";
import { assertGraphError } from "../support/graphError.ts";
import { runCli, serve } from "../support/process.ts";
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
  rateLimit: { perSecond: 1, burst: 3 },
});
after(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});
const key = await importJWK(JSON.parse(readFileSync(join(dataDir, "development-key.json"), "utf8")), "ES256");

function tokenOf(claims: { tid: string; azp?: string; appid?: string }): Promise<string> {
  return new SignJWT({ scp: "DeviceManagementConfiguration.Read.All", ...claims })
    .setProtectedHeader({ alg: "ES256" })
    .setIssuer("urn:apple-enrollment:development")
    .setAudience("https://graph.microsoft.com")
    .setExpirationTime("1 minute")
    .sign(key);
}

async function ask(token: string, path = profilesPath): Promise<Response> {
  return fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function statuses(token: string, times: number): Promise<number[]> {
  const answers: number[] = [];
  for (let time = 0; time < times; time++) answers.push((await ask(token)).status);
  return answers;
}

describe("an application with RATE_LIMIT=1 and RATE_BURST=3", () => {
  test("an application can send three requests at once, then gets a 429 with Retry-After, and can send again after that time", async () => {
    const token = await tokenOf({ tid: randomUUID(), azp: "one" });
    assert.deepEqual(await statuses(token, 3), [200, 200, 200]);
    const refused = await ask(token);
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("retry-after"), "1");
    const body = await refused.json();
    assertGraphError({ headers: refused.headers, body });
    assert.match(Object(body).error.message, /may send 1 request per second in this tenant/);
    await wait(1000);
    assert.equal((await ask(token)).status, 200);
  });
  test("an application has one token bucket per tenant, whether the claim azp or appid names the application", async () => {
    const tid = randomUUID();
    assert.deepEqual(await statuses(await tokenOf({ tid, azp: "one" }), 4), [200, 200, 200, 429]);
    assert.equal((await ask(await tokenOf({ tid, azp: "one", appid: "two" }))).status, 429);
    assert.equal((await ask(await tokenOf({ tid, appid: "one" }))).status, 429);
    for (const claims of [{ tid, appid: "two" }, { tid }, { tid: randomUUID(), azp: "one" }]) {
      assert.equal((await ask(await tokenOf(claims))).status, 200);
    }
  });
  test("an application is charged for a batch itself and for each request in it", async () => {
    const send = async (token: string) => {
      const requests = [1, 2, 3].map((n) => ({ id: `${n}`, method: "GET", url: profilesPath }));
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const body = JSON.stringify({ requests });
      return fetch(`${service.url}/$batch`, { method: "POST", headers, body });
    };
    const token = await tokenOf({ tid: randomUUID() });
    const responses: { status: number; headers: Record<string, string> }[] = Object(
      await (await send(token)).json(),
    ).responses;
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.equal(responses[2]?.headers["Retry-After"], "1");
    assert.equal((await send(token)).status, 429);
  });
  test("an application above its limit can still read $metadata, which needs no token and has no limit", async () => {
    const token = await tokenOf({ tid: randomUUID() });
    assert.deepEqual(await statuses(token, 4), [200, 200, 200, 429]);
    for (let time = 0; time < 5; time++) assert.equal((await ask(token, "/$metadata")).status, 200);
  });
  test("gets 401 for a bad token even above the limit, and 429 rather than 404 for an unknown route", async () => {
    const token = await tokenOf({ tid: randomUUID() });
    assert.deepEqual(await statuses(token, 4), [200, 200, 200, 429]);
    assert.equal((await ask(`${token}x`)).status, 401);
    assert.equal((await ask(token, "/nothing")).status, 429);
  });
});

test("the rate limiter forgets the application that has been idle the longest if there are more than 10,000", () => {
  const limit = rateLimiter({ perSecond: 0.001, burst: 1 });
  const principal = (application: string) => ({ tenant: "t", application, scopes: new Set<string>() });
  for (let index = 0; index < bucketsKept; index++) limit(principal(String(index)));
  assert.throws(() => limit(principal("0")), { status: 429 });
  limit(principal("one more"));
  assert.throws(() => limit(principal("1")), { status: 429 });
  limit(principal("0"));
});

describe("RATE_LIMIT and RATE_BURST", () => {
  test("limit requests only if they are set", async (t) => {
    for (const [env, last] of [
      [{}, 200],
      [{ RATE_LIMIT: "1", RATE_BURST: "2" }, 429],
    ] as const) {
      const variables = { ...env, DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:" };
      const limited = await serve(variables);
      t.after(() => limited.stop("SIGTERM"));
      const authorization = `Bearer ${(await runCli(["token"], variables)).stdout.trim()}`;
      const answers: number[] = [];
      for (let time = 0; time < 3; time++) {
        answers.push((await fetch(`${limited.url}${profilesPath}`, { headers: { authorization } })).status);
      }
      assert.deepEqual(answers, [200, 200, last]);
    }
  });
  for (const [name, value] of [
    ["RATE_LIMIT", "fast"],
    ["RATE_BURST", "0"],
  ] as const) {
    test(`${name}=${value} is refused with one sentence and exit code 2`, async () => {
      const { code, stderr } = await runCli(["serve"], { [name]: value, DATA_DIR: dataDir });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`^${name} is '${value}'; it must be a whole number from`));
    });
  }
});
