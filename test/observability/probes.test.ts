import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { after, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { eventually } from "../support/eventually.ts";
import { assertGraphError } from "../support/graphError.ts";
import { startPostgres } from "../support/postgres.ts";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

const probes = ["/livez", "/readyz"] as const;

async function ask(url: string, path: string, method = "GET") {
  const answer = await fetch(new URL(path, url), { method });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** An answer to bytes, as they come. */
function exchange(url: string, request: string): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write(request)).setEncoding("utf8");
    socket.on("data", (part) => {
      text += part;
    });
    socket.on("end", () => resolve(text)).on("error", reject);
  });
}

describe("the probes of a service that is well", async () => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:" });
  after(() => service.stop("SIGTERM"));
  for (const path of probes) {
    test(`${path} is a 200 without a token, also to HEAD and with a query`, async () => {
      const { status, body, headers } = await ask(service.url, path);
      assert.deepEqual([status, body], [200, { status: path === "/livez" ? "alive" : "ready" }]);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal((await ask(service.url, path, "HEAD")).status, 200);
      assert.equal((await ask(service.url, `${path}?verbose`)).status, 200);
    });
    test(`${path} refuses other methods with a 405 that names those that would do`, async () => {
      const answer = await ask(service.url, path, "POST");
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get("allow"), "GET, HEAD");
      assertGraphError(answer);
      assert.equal((await ask(service.url, path, "OPTIONS")).status, 204);
    });
    test(`${path} answers at whatever Host it is asked for, as nothing else does`, async () => {
      const at = (target: string) =>
        exchange(service.url, `GET ${target} HTTP/1.1\r\nHost: 10.1.2.3\r\nConnection: close\r\n\r\n`);
      assert.match(await at(path), /^HTTP\/1\.1 200 /);
      assert.match(await at("/docs"), /^HTTP\/1\.1 421 /);
    });
  }
  test("are no lines of the log at info", () => assert.doesNotMatch(service.printed(), /livez|readyz/));
});

test("/readyz is a 503 while the database is gone, and a 200 when it is back; /livez is a 200 all the time", async () => {
  const below = temporaryFolder();
  after(() => rmSync(below, { recursive: true }));
  const postgres = await startPostgres(below);
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: await postgres.newDatabase() });
  assert.equal((await ask(service.url, "/readyz")).status, 200);
  await postgres.stop("immediate");
  const { status, body } = await ask(service.url, "/readyz");
  assert.deepEqual([status, body], [503, { status: "not ready", reason: "The store cannot answer." }]);
  assert.equal((await ask(service.url, "/livez")).status, 200);
  await postgres.start();
  await eventually(async () => (await ask(service.url, "/readyz")).status === 200);
  // A server that is frozen answers nothing at all.
  postgres.freeze();
  assert.equal((await ask(service.url, "/readyz")).status, 503);
  postgres.thaw();
  await service.stop("SIGTERM");
  await postgres.close();
});

test("/readyz is a 503 after a flush of the disk that failed, for good", async () => {
  const { verifyToken } = await ephemeralIdentity();
  const store = openSqliteStore(`${folder}/flush.sqlite`, { flush: (_file, done) => done(new Error("EIO")) });
  const app = buildApp({ store, verifyToken, docs: false });
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  after(async () => {
    await app.close();
    await store.close();
  });
  assert.equal((await ask(origin, "/readyz")).status, 200);
  await assert.rejects(
    store.decide("t", {
      loads: { order: true },
      decide: () => ({ outcome: { ok: true, value: 1 }, changes: [{ kind: "deleteProfiles" }] }),
    }),
  );
  assert.equal((await ask(origin, "/readyz")).status, 503);
});

test("at SIGTERM /readyz turns to 503 while the service still listens and answers; a second one ends it at once", async () => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:", DRAIN_SECONDS: "600" });
  const ended = service.stop("SIGTERM");
  for (;;) {
    // Each on a connection of its own: it listens still.
    const answer = await exchange(service.url, "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    if (answer.startsWith("HTTP/1.1 503 ")) break;
    assert.match(answer, /^HTTP\/1\.1 200 /);
  }
  assert.equal((await ask(service.url, "/openapi.yaml", "HEAD")).status, 200);
  process.kill(service.pid, "SIGTERM");
  assert.equal(await ended, null);
});
