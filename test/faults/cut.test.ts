import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { profilesPath } from "../support/tenant.ts";
import { ask, assertUnavailable, type Endpoint, type Entity, entityOf, readQuietTenant, send } from "./endpoint.ts";
import { enterPostgres, onPostgres, sqlite } from "./fixtures.ts";
import { type Filter, startProxy, type TcpProxy } from "./proxy.ts";

const postgres = await enterPostgres();

async function proxyTo(t: TestContext, port: number): Promise<TcpProxy> {
  const proxy = await startProxy(port);
  t.after(() => proxy.close());
  return proxy;
}

/** Replaces the port in a URL by the port of the proxy. */
function through(url: string, { port }: TcpProxy): string {
  const proxied = new URL(url);
  proxied.port = String(port);
  return proxied.href;
}

/** Creates a profile. @returns a repeatable request that adds an assignment to the profile. */
async function createRepeatablePatch(endpoint: Endpoint) {
  const profile = await ask(endpoint, { method: "POST", path: profilesPath, body: { displayName: "A profile" } });
  return {
    method: "PATCH",
    path: `${profilesPath}/${entityOf(profile.body).id}/assignments`,
    body: { target: { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" } },
  };
}

async function assignmentsOf(endpoint: Endpoint): Promise<readonly Entity[] | undefined> {
  return (await readQuietTenant(endpoint))[0]?.assignments;
}

/** Returns a filter that closes both connections instead of passing on bytes that contain the text. */
function cutBefore(text: string): Filter {
  return (bytes) => (bytes.includes(text) ? "cut" : "pass");
}

describe("a cut connection", () => {
  for (const kind of [sqlite, onPostgres(postgres)]) {
    test(`a repeated request creates one assignment if the client is cut off, on ${kind.name}`, async (t) => {
      const fixture = await kind.createFixture(t);
      const { url } = await fixture.serve();
      const proxy = await proxyTo(t, Number(new URL(url).port));
      const endpoint = { url: through(url, proxy), token: await fixture.token() };
      const patch = await createRepeatablePatch(endpoint);
      proxy.arm({ fromServer: cutBefore("HTTP/1.1 200") });
      assert.equal(await send(endpoint, patch), undefined);
      proxy.disarm();
      const done = await assignmentsOf(endpoint);
      assert.equal(done?.length, 1);
      const repeated = await ask(endpoint, patch);
      assert.equal(repeated.status, 200);
      assert.deepEqual([entityOf(repeated.body)], done);
      assert.deepEqual(await assignmentsOf(endpoint), done);
    });
  }

  // The proxy recognizes the request's INSERT by the name of the statement, and the commit by its command tag.
  for (const [what, filters, count] of [
    ["before the commit", { fromClient: cutBefore("insert-assignments") }, 0],
    ["after the commit", { fromServer: cutBefore("COMMIT") }, 1],
  ] as const) {
    test(`a repeated request creates one assignment if the connection to PostgreSQL is cut ${what}`, async (t) => {
      const proxy = await proxyTo(t, postgres.port);
      const fixture = await onPostgres(postgres, { urlOf: (url) => through(url, proxy) }).createFixture(t);
      const endpoint = { url: (await fixture.serve()).url, token: await fixture.token() };
      const patch = await createRepeatablePatch(endpoint);
      proxy.arm(filters);
      const answer = await send(endpoint, patch);
      assert.ok(answer);
      assertUnavailable(answer);
      proxy.disarm();
      const done = await assignmentsOf(endpoint);
      assert.equal(done?.length, count);
      const repeated = entityOf((await ask(endpoint, patch)).body);
      assert.deepEqual(await assignmentsOf(endpoint), [repeated]);
      if (count > 0) assert.deepEqual([repeated], done);
    });
  }
});
