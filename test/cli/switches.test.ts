/** Tests the settings STRICT and TRUST_PROXY, which change the service's answers. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { get } from "node:http";
import { after, describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { storedIdentity } from "../../server/auth/development.ts";
import { assertGraphError } from "../support/graphError.ts";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";

async function start(settings: Readonly<Record<string, string>>) {
  const dataDir = temporaryFolder();
  const service = await serve({ DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:", ...settings });
  after(async () => {
    await service.stop("SIGTERM");
    rmSync(dataDir, { recursive: true });
  });
  const token = await (await storedIdentity(dataDir)).issueToken({});
  const ask = async (path: string, { body, headers = {}, method = "GET" }: Asked = {}) => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: Object(await answer.json()) };
  };
  return { url: service.url, ask, client: createClient({ baseUrl: service.url, token }) };
}

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function profileIn({ client }: Awaited<ReturnType<typeof start>>): Promise<string> {
  const created = await client.createProfile({ body: { displayName: "A profile" } });
  assert.ok(created.ok);
  return created.data.id;
}

test("STRICT=1 turns on strict mode, which refuses the collection PATCH and leaves out entity tags", async () => {
  const service = await start({ STRICT: "1" });
  const profileId = await profileIn(service);
  const assignments = `${profilesPath}/${profileId}/assignments`;
  const target = { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" };
  const answer = await service.ask(assignments, { method: "PATCH", body: { target } });
  assert.equal(answer.status, 400);
  assertGraphError(answer);
  assert.equal(answer.body.error.code, "No method match route template");
  const created = await service.ask(assignments, { method: "POST", body: { target: groupTarget(randomUUID()) } });
  assert.deepEqual(Object.keys(created.body), ["@odata.context", "id", "target"]);
});

/** Sends a request without a token, but with a Host header, which fetch cannot set. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}${profilesPath}`, { headers }, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
}

test("a host in ALLOWED_HOSTS is accepted in any case and with any port, but not as a part of another name", async () => {
  const { url } = await start({ ALLOWED_HOSTS: "Graph.example" });
  for (const [host, status] of [
    ["graph.example", 401],
    ["GRAPH.Example:8443", 401],
    ["LOCALHOST", 401],
    ["api.graph.example", 421],
    ["graph.example.evil.example", 421],
    ["xlocalhost", 421],
  ] as const) {
    assert.equal(await statusOf(url, { host }), status, host);
  }
});

describe("a proxy's X-Forwarded-Host and X-Forwarded-Proto", () => {
  const headers = { "x-forwarded-host": "graph.example:8443", "x-forwarded-proto": "https" };
  const context = async (
    settings: Readonly<Record<string, string>>,
    sent: Readonly<Record<string, string>> = headers,
  ) => String((await (await start(settings)).ask(profilesPath, { headers: sent })).body["@odata.context"]);
  const hosts = { ALLOWED_HOSTS: "graph.example" };

  test("X-Forwarded-Host and -Proto are used if the proxy is trusted", async () => {
    assert.match(
      await context({ TRUST_PROXY: "10.0.0.0/8, loopback", ...hosts }),
      /^https:\/\/graph\.example:8443\/beta\//,
    );
  });
  test("X-Forwarded-Host and -Proto are ignored if the client is not a trusted proxy", async () => {
    assert.match(await context(hosts), /^http:\/\/127\.0\.0\.1:\d+\/beta\//);
    assert.match(await context({ TRUST_PROXY: "10.0.0.0/8", ...hosts }), /^http:\/\/127\.0\.0\.1:\d+\/beta\//);
  });
  test("X-Forwarded headers of a batch apply to its requests, whose own X-Forwarded headers are ignored", async () => {
    const service = await start({ TRUST_PROXY: "loopback", ...hosts });
    const requests = [{ id: "1", method: "GET", url: profilesPath, headers: { "X-Forwarded-Host": "localhost:1" } }];
    const { body } = await service.ask("/$batch", { method: "POST", headers, body: { requests } });
    assert.match(body.responses[0].body["@odata.context"], /^https:\/\/graph\.example:8443\/beta\//);
  });
  test("X-Forwarded headers of a request in a batch are ignored, also if the batch has no such headers", async () => {
    const service = await start({ TRUST_PROXY: "loopback", ...hosts });
    const requests = [
      { id: "1", method: "GET", url: profilesPath, headers },
      { id: "2", method: "GET", url: profilesPath, headers: { "x-forwarded-host": "evil.example" } },
      { id: "3", method: "GET", url: profilesPath, headers: { "x-forwarded-for": "8.8.8.8", ...headers } },
    ];
    const { body } = await service.ask("/$batch", { method: "POST", body: { requests } });
    for (const answer of body.responses) {
      assert.equal(answer.status, 200);
      assert.ok(answer.body["@odata.context"].startsWith(`${service.url}/$metadata#`), answer.body["@odata.context"]);
    }
  });
  test("X-Forwarded-Host does not make the service accept a foreign Host header", async () => {
    const service = await start({ TRUST_PROXY: "loopback" });
    assert.equal(await statusOf(service.url, { host: "evil.example", "x-forwarded-host": "localhost" }), 421);
  });
  test("an invalid X-Forwarded-Host is refused with 400, and an invalid X-Forwarded-Proto is ignored", async () => {
    const service = await start({ TRUST_PROXY: "loopback", ...hosts });
    for (const host of ["graph.example/evil", "a b", '"><script>']) {
      assert.equal((await service.ask(profilesPath, { headers: { "x-forwarded-host": host } })).status, 400);
    }
    const answer = await service.ask(profilesPath, { headers: { "x-forwarded-proto": "javascript" } });
    assert.match(String(answer.body["@odata.context"]), /^http:/);
  });
});
