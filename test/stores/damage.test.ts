/** A SQLite database that is damaged, or that the service may not write, while the service runs. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity, storedIdentity } from "../../server/auth/development.ts";
import { explainError } from "../../server/observability/causes.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

const readinessOf = async (url: string) => (await fetch(new URL("/readyz", url))).status;

describe("a damaged database", async () => {
  const file = join(folder, "damaged.sqlite");
  const env = { DATA_DIR: folder, DATABASE_URL: `sqlite:${file}` };
  const token = await (await storedIdentity(folder)).issueToken({});
  const clientOf = ({ url }: Served) => createClient({ baseUrl: url, token, retries: 0 });
  const whole = await serve(env);
  const body = { displayName: "A profile", description: "x".repeat(1000) };
  for (let count = 0; count < 200; count++) assert.ok((await clientOf(whole).createProfile({ body })).ok);
  await whole.stop("SIGTERM");
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, bytes.length / 2));

  test("causes 503 for every request and makes /readyz not ready, and the log says to restore a backup", async () => {
    const service = await serve(env);
    assert.equal(await readinessOf(service.url), 200);
    const list = await clientOf(service).listProfiles();
    assert.equal(list.status, 503);
    assert.equal(await readinessOf(service.url), 503);
    assert.equal((await clientOf(service).createProfile({ body })).status, 503);
    assert.equal((await fetch(new URL("/livez", service.url))).status, 200);
    await service.stop("SIGTERM");
    assert.match(service.printed(), /it is damaged or not a SQLite database/);
    assert.match(service.printed(), /restore a backup with apple-enrollment restore --force/);
    assert.doesNotMatch(service.printed(), /This is a bug/);
  });
});

test("a database that cannot be written causes 503 for writes and makes /readyz not ready, until it can be written", async (t) => {
  let database: DatabaseSync | undefined;
  const store = openSqliteStore(join(folder, "unwritable.sqlite"), { inspect: (opened) => (database = opened) });
  const { verifyToken, issueToken } = await ephemeralIdentity();
  const errors: Error[] = [];
  const app = buildApp({ store, verifyToken, reportError: (error) => errors.push(error) });
  t.after(async () => {
    await app.close();
    await store.close();
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const client = createClient({ baseUrl: `${url}/beta`, token: await issueToken({}), retries: 0 });
  const body = { displayName: "A profile" };
  assert.ok((await client.createProfile({ body })).ok);
  assert.equal(await readinessOf(url), 200);

  // SQLite then refuses writes with SQLITE_READONLY.
  database?.exec("PRAGMA query_only = ON");
  assert.equal((await client.createProfile({ body })).status, 503);
  assert.equal((await client.listProfiles()).status, 200);
  // A command that changes nothing needs no write, so it does not show that the database can be written again.
  assert.equal((await client.deleteProfile({ path: { profileId: "none" } })).status, 404);
  assert.equal(await readinessOf(url), 503);
  assert.deepEqual(
    errors.map(explainError),
    Array.from({ length: 2 }, () => ({
      cause: "SQLite: it is read-only.",
      remedy: "Make the database file and its folder writable for the service's user.",
    })),
  );

  database?.exec("PRAGMA query_only = OFF");
  assert.equal(await readinessOf(url), 200);
  assert.equal((await client.createProfile({ body })).status, 201);
});
