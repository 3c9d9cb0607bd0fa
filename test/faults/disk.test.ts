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
import { ask, type Door, type Entity, entityOf, readQuietTenant, send } from "./door.ts";
import { enterPostgres, onPostgres, sqliteIn } from "./grounds.ts";
import { announce, promised } from "./plan.ts";
import { type SmallDisk, withSmallDisk } from "./smallDisk.ts";

const postgres = await enterPostgres();

/** Fills a profile with assignments, a new one with each request, and knows which were answered. */
async function filler(door: Door) {
  const created = await ask(door, { method: "POST", path: profilesPath, body: { displayName: "A profile" } });
  const path = `${profilesPath}/${entityOf(created.body).id}/assignments`;
  const written: Entity[] = [];
  let sent = 0;
  const call = (): Call => {
    const target = { ...groupTarget(`g${sent++}`), deviceAndAppManagementAssignmentFilterId: "f".repeat(256) };
    return { method: "PATCH", path, body: { target } };
  };
  const write = async (): Promise<number | undefined> => {
    const answer = await send(door, call());
    if (answer?.status === 200) written.push(entityOf(answer.body));
    return answer?.status;
  };
  return { write, written };
}

/** What is promised of a store whose disk is full. */
async function playFullDisk(door: Door, { fill, free }: Pick<SmallDisk, "fill" | "free">): Promise<void> {
  const { write, written } = await filler(door);
  const writeAtOnce = () => Promise.all(Array.from({ length: 50 }, write));
  const assertAllIsThere = async () => {
    const [found] = await readQuietTenant(door);
    assert.deepEqual(found?.assignments.toSorted(byId), written.toSorted(byId));
  };
  assert.deepEqual(new Set(await writeAtOnce()), new Set([200]));

  fill();
  // What room was left inside the files is used up first.
  for (let times = 0; !(await writeAtOnce()).includes(503); times++) assert.ok(times < 100, "the disk gets full");
  for (let times = 0; times < 3; times++) {
    for (const status of await writeAtOnce()) assert.ok(status === 503 || status === 200, String(status));
    await assertAllIsThere();
  }

  free();
  const limit = Date.now() + promised(2000);
  while ((await write()) !== 200) {
    assert.ok(Date.now() < limit, "writes resume when space returns");
    await sleep(50);
  }
  assert.deepEqual(new Set(await writeAtOnce()), new Set([200]));
  await assertAllIsThere();
}

function byId(one: Entity, other: Entity): number {
  return one.id < other.id ? -1 : 1;
}

describe("a full disk: writes are 503 and not done by half, reads go on, and writes resume when space returns", () => {
  test("under a SQLite file", async (t) => {
    const isMounted = await withSmallDisk(2, async (disk) => {
      const ground = await sqliteIn(disk.folder).lay(t);
      const service = await ground.serve();
      const door = { url: service.url, token: await ground.token() };
      await playFullDisk(door, disk);
      const before = await readQuietTenant(door);
      assert.equal(await service.stop("SIGTERM"), 0);
      await ground.check();
      assert.deepEqual(await readQuietTenant({ ...door, url: (await ground.serve()).url }), before);
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });

  test("that is a SQLite file's limit of pages", async (t) => {
    announce(t);
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
    // A limit below the present size means the present size.
    await playFullDisk({ url, token: await issueToken({}) }, { fill: () => limitTo(1), free: () => limitTo(2 ** 30) });
  });

  test("under a PostgreSQL database", async (t) => {
    const isMounted = await withSmallDisk(24, async (disk) => {
      postgres.own(disk.folder);
      await postgres.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
      const ground = await onPostgres(postgres, { options: "TABLESPACE small" }).lay(t);
      const service = await ground.serve();
      const [database] = await ground.query("SELECT current_database() AS name");
      try {
        await playFullDisk({ url: service.url, token: await ground.token() }, disk);
        await ground.check();
        assert.equal(await service.stop("SIGTERM"), 0);
      } finally {
        // Without their disk, the server could not end in order.
        await postgres.query(`DROP DATABASE ${database?.["name"]} WITH (FORCE)`);
        await postgres.query("DROP TABLESPACE small");
      }
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });
});
