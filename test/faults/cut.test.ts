import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { profilesPath } from "../support/tenant.ts";
import { ask, assertUnavailable, type Door, type Entity, entityOf, readQuietTenant, send } from "./door.ts";
import { enterPostgres, onPostgres, sqlite } from "./grounds.ts";
import { type Judge, startProxy, type TcpProxy } from "./proxy.ts";

const postgres = await enterPostgres();

async function proxyTo(t: TestContext, port: number): Promise<TcpProxy> {
  const proxy = await startProxy(port);
  t.after(() => proxy.close());
  return proxy;
}

/** The URL, led through the proxy. */
function through(url: string, { port }: TcpProxy): string {
  const led = new URL(url);
  led.port = String(port);
  return led.href;
}

/** The request this API began with, which can be repeated, in a profile of its own. */
async function theRequest(door: Door) {
  const profile = await ask(door, { method: "POST", path: profilesPath, body: { displayName: "A profile" } });
  return {
    method: "PATCH",
    path: `${profilesPath}/${entityOf(profile.body).id}/assignments`,
    body: { target: { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" } },
  };
}

async function assignmentsOf(door: Door): Promise<readonly Entity[] | undefined> {
  return (await readQuietTenant(door))[0]?.assignments;
}

/** Cuts before the first bytes that hold the text. */
function before(text: string): Judge {
  return (bytes) => (bytes.includes(text) ? "cut" : "pass");
}

describe("a connection cut between the commit and the answer: a repeat leaves one object", () => {
  for (const kind of [sqlite, onPostgres(postgres)]) {
    test(`between the client and the service, on ${kind.name}`, async (t) => {
      const ground = await kind.lay(t);
      const { url } = await ground.serve();
      const proxy = await proxyTo(t, Number(new URL(url).port));
      const door = { url: through(url, proxy), token: await ground.token() };
      const patch = await theRequest(door);
      proxy.arm({ ofServer: before("HTTP/1.1 200") });
      assert.equal(await send(door, patch), undefined);
      proxy.disarm();
      const done = await assignmentsOf(door);
      assert.equal(done?.length, 1);
      const repeated = await ask(door, patch);
      assert.equal(repeated.status, 200);
      assert.deepEqual([entityOf(repeated.body)], done);
      assert.deepEqual(await assignmentsOf(door), done);
    });
  }

  // The one write of the request is a transaction by itself: its statement's name on the way there, its tag on the way back.
  for (const [what, judges, count] of [
    ["before the commit arrives", { ofClient: before("insert-assignments") }, 0],
    ["after the commit is done", { ofServer: before("INSERT 0 1") }, 1],
  ] as const) {
    test(`between the service and PostgreSQL, ${what}: the answer is a 503`, async (t) => {
      const proxy = await proxyTo(t, postgres.port);
      const ground = await onPostgres(postgres, { urlOf: (url) => through(url, proxy) }).lay(t);
      const door = { url: (await ground.serve()).url, token: await ground.token() };
      const patch = await theRequest(door);
      proxy.arm(judges);
      const answer = await send(door, patch);
      assert.ok(answer);
      assertUnavailable(answer);
      proxy.disarm();
      const done = await assignmentsOf(door);
      assert.equal(done?.length, count);
      const repeated = entityOf((await ask(door, patch)).body);
      assert.deepEqual(await assignmentsOf(door), [repeated]);
      if (count > 0) assert.deepEqual([repeated], done);
    });
  }
});
