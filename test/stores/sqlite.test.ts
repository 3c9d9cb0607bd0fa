import assert from "node:assert/strict";
import { readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createProfile } from "../../server/domain/commands/profiles.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import type { Flush } from "../../server/stores/sqlite/flushes.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/setting.ts";
import { describeStore } from "./suite.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}.sqlite`);

describeStore("SQLite in memory", async () => openSqliteStore(":memory:"));
describeStore("SQLite in a file", async () => openSqliteStore(newFile()));

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const request = {
  properties: newProperties({ displayName: "A profile" }),
  priority: undefined,
  now: "2026-11-23T12:00:00.000Z",
} as const;
const aProfile = createProfile({ ...request, newId: () => "p" });

/** A simulated disk. The test decides when a flush ends. */
class Disk {
  file = "";
  #asked = 0;
  #done: ((error: Error | null) => void) | undefined;

  readonly flush: Flush = (descriptor, done) => {
    this.file = readlinkSync(`/proc/self/fd/${descriptor}`);
    this.#asked++;
    this.#done = done;
  };

  /** Resolves when the given number of flushes have started. */
  async asked(times: number): Promise<void> {
    await eventually(() => this.#asked >= times);
  }

  /** Ends the flush that is running, with or without an error. */
  finish(error: Error | null = null): void {
    this.#done?.(error);
  }
}

describe("a SQLite file", () => {
  test("keeps its content when it is opened again", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.decide(tenant, aProfile);
    const [before] = await store.read.profiles(tenant);
    await store.close();
    const again = openSqliteStore(file);
    assert.deepEqual(await again.read.profiles(tenant), [before]);
    await again.close();
  });

  test("uses a write-ahead log, flushes around checkpoints, and enforces foreign keys", async () => {
    const pragmas: Record<string, unknown> = {};
    const file = newFile();
    const store = openSqliteStore(file, {
      inspect: (database) => {
        for (const name of ["journal_mode", "synchronous", "foreign_keys"]) {
          Object.assign(pragmas, database.prepare(`PRAGMA ${name}`).get());
        }
      },
    });
    await store.close();
    assert.deepEqual({ ...pragmas }, { journal_mode: "wal", synchronous: 1, foreign_keys: 1 });
  });

  test("answers a write, and reads that return its data, only after the log has been flushed", async () => {
    const disk = new Disk();
    const store = openSqliteStore(newFile(), { flush: disk.flush });
    const answers: string[] = [];
    const tell = (answer: string) => () => answers.push(answer);
    const write = store.decide(tenant, aProfile).then(tell("write"));
    await disk.asked(1);
    const read = store.read.profiles(tenant).then(tell("read"));
    await sleep(20);
    assert.deepEqual(answers, []);
    assert.ok(disk.file.endsWith("-wal"), `flushed: ${disk.file}`);
    disk.finish();
    await Promise.all([write, read]);
    assert.deepEqual(answers, ["write", "read"]);
    await store.close();
  });

  test("answers writes that arrive during a flush only after the next flush", async () => {
    const disk = new Disk();
    const store = openSqliteStore(newFile(), { flush: disk.flush });
    const ids = Array.from({ length: 50 }, (_, index) => `p${index}`);
    const first = store.decide(tenant, createProfile({ ...request, newId: () => "p" }));
    await disk.asked(1);
    let answered = 0;
    const others = ids.map(async (id) => {
      await store.decide(tenant, createProfile({ ...request, newId: () => id }));
      answered++;
    });
    await sleep(20);
    disk.finish();
    await first;
    await disk.asked(2);
    await sleep(20);
    assert.equal(answered, 0);
    disk.finish();
    await Promise.all(others);
    await store.close();
  });

  test("refuses all reads and writes after a failed flush, because the kernel may have discarded data", async () => {
    const disk = new Disk();
    const store = openSqliteStore(newFile(), { flush: disk.flush });
    const write = store.decide(tenant, aProfile);
    await disk.asked(1);
    disk.finish(new Error("EIO: i/o error, fdatasync"));
    await assert.rejects(write, { name: "StoreUnavailable" });
    await assert.rejects(store.read.profiles(tenant), { name: "StoreUnavailable" });
    const another = store.decide(tenant, createProfile({ ...request, newId: () => "q" }));
    await disk.asked(2);
    disk.finish();
    await assert.rejects(another, { name: "StoreUnavailable" });
    await store.close();
  });

  test("refuses the writes that have waited for a flush that fails", async () => {
    const disk = new Disk();
    const store = openSqliteStore(newFile(), { flush: disk.flush });
    const first = store.decide(tenant, aProfile);
    await disk.asked(1);
    const waiting = store.decide(tenant, createProfile({ ...request, newId: () => "q" }));
    // The write joins the queue in the next turn of the event loop.
    await sleep(20);
    disk.finish(new Error("EIO: i/o error, fdatasync"));
    await assert.rejects(first, { name: "StoreUnavailable" });
    await disk.asked(2);
    disk.finish();
    await assert.rejects(waiting, { name: "StoreUnavailable" });
    await store.close();
  });

  test("a SQLite file is refused with an explanation if another process has opened it", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} cannot be used: another process is using it. Stop the other program that has the database open, or set DATA_DIR to another folder.`,
    });
    await store.close();
  });

  test("a SQLite file of another program is refused with an explanation, and is not changed", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE profiles (name TEXT); PRAGMA user_version = 1");
    database.close();
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} belongs to another program. Use another file.`,
    });
    const after = new DatabaseSync(file);
    assert.equal(after.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"], 1);
    after.close();
  });

  test("a SQLite file that is empty but has a version from another program is refused with an explanation", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 1");
    database.close();
    assert.throws(() => openSqliteStore(file), /belongs to another program/);
  });

  test("a SQLite file of a newer release is refused with an explanation, and is not changed", async () => {
    const file = newFile();
    await openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(
      () => openSqliteStore(file),
      /has schema version 99, but this release supports only versions up to \d+\. Use a newer/,
    );
    const after = new DatabaseSync(file);
    assert.equal(after.prepare("PRAGMA user_version").get()?.["user_version"], 99);
    after.close();
  });

  test("a SQLite file is refused with an explanation, and is not changed, if it is not a SQLite database", () => {
    const file = newFile();
    const text = "This is not a database. ".repeat(100);
    writeFileSync(file, text);
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} cannot be used: it is damaged or not a SQLite database. Restore a backup, or set DATABASE_URL to another file.`,
    });
    assert.equal(readFileSync(file, "utf8"), text);
  });

  test("a SQLite file in a folder that cannot be created is refused with an explanation", () => {
    const file = newFile();
    writeFileSync(file, "");
    const below = join(file, "folder", "x.sqlite");
    assert.throws(() => openSqliteStore(below), {
      name: "StartRefused",
      message: `The database ${below} cannot be used: its folder cannot be created (ENOTDIR). Set DATA_DIR to a folder that can be created.`,
    });
  });
});
