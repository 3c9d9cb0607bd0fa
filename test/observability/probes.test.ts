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

/** Sends a request as raw text, and returns the raw answer. */
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

describe("the probes of a healthy service", async () => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:" });
  after(() => service.stop("SIGTERM"));
  for (const path of probes) {
    test(`${path} answers 200 without a token, even to HEAD and with a query`, async () => {
      const { status, body, headers } = await ask(service.url, path);
      assert.deepEqual([status, body], [200, { status: path === "/livez" ? "alive" : "ready" }]);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal((await ask(service.url, path, "HEAD")).status, 200);
      assert.equal((await ask(service.url, `${path}?verbose`)).status, 200);
    });
    test(`${path} refuses other methods with a 405 that lists the allowed ones`, async () => {
      const answer = await ask(service.url, path, "POST");
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get("allow"), "GET, HEAD");
      assertGraphError(answer);
      assert.equal((await ask(service.url, path, "OPTIONS")).status, 204);
    });
    test(`${path} answers with any Host header, unlike all other paths`, async () => {
      const at = (target: string) =>
        exchange(service.url, `GET ${target} HTTP/1.1\r\nHost: 10.1.2.3\r\nConnection: close\r\n\r\n`);
      assert.match(await at(path), /^HTTP\/1\.1 200 /);
      assert.match(await at(`${path}?verbose`), /^HTTP\/1\.1 200 /);
      assert.match(await at(`${path}z`), /^HTTP\/1\.1 421 /);
      assert.match(await at("/docs"), /^HTTP\/1\.1 421 /);
    });
  }
  test("the probes are not logged at level info", () => assert.doesNotMatch(service.printed(), /livez|readyz/));
});

test("/readyz answers 503 only while the database is down; /livez always answers 200", async () => {
  const postgresFolder = temporaryFolder();
  after(() => rmSync(postgresFolder, { recursive: true }));
  const postgres = await startPostgres(postgresFolder);
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: await postgres.newDatabase() });
  assert.equal((await ask(service.url, "/readyz")).status, 200);
  await postgres.stop("immediate");
  const { status, body } = await ask(service.url, "/readyz");
  assert.deepEqual([status, body], [503, { status: "not ready", reason: "The store cannot answer." }]);
  assert.equal((await ask(service.url, "/livez")).status, 200);
  await postgres.start();
  await eventually(async () => (await ask(service.url, "/readyz")).status === 200);
  // A frozen database server does not answer at all.
  postgres.freeze();
  assert.equal((await ask(service.url, "/readyz")).status, 503);
  postgres.thaw();
  await service.stop("SIGTERM");
  await postgres.close();
});

test("/readyz answers 503 permanently after a failed flush to disk", async () => {
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

test("after SIGTERM, /readyz answers 503 while other requests succeed; a second SIGTERM ends the service", async () => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:", DRAIN_SECONDS: "600" });
  const ended = service.stop("SIGTERM");
  for (;;) {
    // Each request uses a new connection. If it succeeds, the service is still listening.
    const answer = await exchange(service.url, "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    if (answer.startsWith("HTTP/1.1 503 ")) break;
    assert.match(answer, /^HTTP\/1\.1 200 /);
  }
  assert.equal((await ask(service.url, "/openapi.yaml", "HEAD")).status, 200);
  process.kill(service.pid, "SIGTERM");
  assert.equal(await ended, null);
});
