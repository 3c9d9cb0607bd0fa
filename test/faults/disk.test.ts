import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { temporaryFolder } from "../support/setting.ts";
import { type Call, groupTarget, profilesPath } from "../support/tenant.ts";
import { ask, type Endpoint, type Entity, entityOf, readQuietTenant, send } from "./endpoint.ts";
import { enterPostgres, onPostgres, sqliteIn } from "./fixtures.ts";
import { printSeed, withTolerance } from "./plan.ts";
import { type SmallDisk, withSmallDisk } from "./smallDisk.ts";

const postgres = await enterPostgres();

/** Creates a profile, to which each `write` adds an assignment. `written` collects the assignments in successful answers. */
async function createWriter(endpoint: Endpoint) {
  const created = await ask(endpoint, { method: "POST", path: profilesPath, body: { displayName: "A profile" } });
  const path = `${profilesPath}/${entityOf(created.body).id}/assignments`;
  const written: Entity[] = [];
  let sent = 0;
  const call = (): Call => {
    const target = { ...groupTarget(`g${sent++}`), deviceAndAppManagementAssignmentFilterId: "f".repeat(256) };
    return { method: "PATCH", path, body: { target } };
  };
  const write = async (): Promise<number | undefined> => {
    const answer = await send(endpoint, call());
    if (answer?.status === 200) written.push(entityOf(answer.body));
    return answer?.status;
  };
  return { write, written };
}

/** Asserts that a service whose disk is full answers 503 to writes, continues to read, and recovers when space is freed. */
async function testFullDisk(endpoint: Endpoint, { fill, free }: Pick<SmallDisk, "fill" | "free">): Promise<void> {
  const { write, written } = await createWriter(endpoint);
  const writeAtOnce = () => Promise.all(Array.from({ length: 50 }, write));
  const assertNothingIsLost = async () => {
    const [found] = await readQuietTenant(endpoint);
    assert.deepEqual(found?.assignments.toSorted(byId), written.toSorted(byId));
  };
  assert.deepEqual(new Set(await writeAtOnce()), new Set([200]));

  fill();
  // The first writes still succeed, because they use free space inside the database files.
  for (let times = 0; !(await writeAtOnce()).includes(503); times++)
    assert.ok(times < 100, "the disk must become full");
  for (let times = 0; times < 3; times++) {
    for (const status of await writeAtOnce()) assert.ok(status === 503 || status === 200, String(status));
    await assertNothingIsLost();
  }

  free();
  const limit = Date.now() + withTolerance(2000);
  while ((await write()) !== 200) {
    assert.ok(Date.now() < limit, "writes must succeed again after space was freed");
    await sleep(50);
  }
  assert.deepEqual(new Set(await writeAtOnce()), new Set([200]));
  await assertNothingIsLost();
}

function byId(a: Entity, b: Entity): number {
  return a.id < b.id ? -1 : 1;
}

describe("a full disk", () => {
  test("causes 503 for writes only, until space is freed, with SQLite on a small file system that is full", async (t) => {
    const isMounted = await withSmallDisk(2, async (disk) => {
      const fixture = await sqliteIn(disk.folder).createFixture(t);
      const service = await fixture.serve();
      const endpoint = { url: service.url, token: await fixture.token() };
      await testFullDisk(endpoint, disk);
      const before = await readQuietTenant(endpoint);
      assert.equal(await service.stop("SIGTERM"), 0);
      await fixture.check();
      assert.deepEqual(await readQuietTenant({ ...endpoint, url: (await fixture.serve()).url }), before);
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });

  test("causes 503 for writes only, until space is freed, with SQLite and a limit on the pages of its file", async (t) => {
    printSeed(t);
    const folder = temporaryFolder();
    let database: DatabaseSync | undefined;
    const store = openSqliteStore(join(folder, "x.sqlite"), { inspect: (opened) => (database = opened) });
    const { verifyToken, issueToken } = await ephemeralIdentity();
    const app = buildApp({ store, verifyToken });
    t.after(async () => {
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const limitTo = (pages: number) => database?.exec(`PRAGMA max_page_count = ${pages}`);
    const url = `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`;
    // If the limit is lower than the current size, SQLite uses the current size as the limit.
    await testFullDisk({ url, token: await issueToken({}) }, { fill: () => limitTo(1), free: () => limitTo(2 ** 30) });
  });

  test("causes 503 for writes only, until space is freed, with PostgreSQL on a small file system that is full", async (t) => {
    const isMounted = await withSmallDisk(24, async (disk) => {
      postgres.own(disk.folder);
      await postgres.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
      const fixture = await onPostgres(postgres, { options: "TABLESPACE small" }).createFixture(t);
      const service = await fixture.serve();
      const [database] = await fixture.query("SELECT current_database() AS name");
      try {
        await testFullDisk({ url: service.url, token: await fixture.token() }, disk);
        await fixture.check();
        assert.equal(await service.stop("SIGTERM"), 0);
      } finally {
        // Otherwise the PostgreSQL server could not shut down after the disk is removed.
        await postgres.query(`DROP DATABASE ${database?.["name"]} WITH (FORCE)`);
        await postgres.query("DROP TABLESPACE small");
      }
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });
});
