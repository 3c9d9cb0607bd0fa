import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { createProfile } from "../../server/domain/profiles.ts";
import { openSqliteStore } from "../../server/stores/sqlite.ts";
import { temporaryFolder } from "../setting.ts";
import { describeStore } from "./suite.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${files++}.sqlite`);

describeStore("SQLite in memory", async () => openSqliteStore(":memory:"));
describeStore("SQLite in a file", async () => openSqliteStore(newFile()));

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const aProfile = createProfile({
  properties: {
    displayName: "A profile",
    description: null,
    platform: "iOS",
    defaultEnrollmentType: "unknown",
    availableEnrollmentTypeOptions: [],
  },
  priority: undefined,
  newId: () => "p",
  now: "2026-11-23T12:00:00.000Z",
});

describe("a SQLite file", () => {
  test("has its content when it is opened again", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.decide(tenant, aProfile);
    const [before] = await store.read.profiles(tenant);
    await store.close();
    const again = openSqliteStore(file);
    assert.deepEqual(await again.read.profiles(tenant), [before]);
    await again.close();
  });

  test("is a WAL database whose commits are on disk when they return (synchronous=FULL), with sound keys", async () => {
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
    assert.deepEqual({ ...pragmas }, { journal_mode: "wal", synchronous: 2, foreign_keys: 1 });
  });

  test("refuses a second opener with a sentence", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} can't be used: another process is using it.`,
    });
    await store.close();
  });

  test("of another program is refused with a sentence and left as it is", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE profiles (name TEXT); PRAGMA user_version = 1");
    database.close();
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} belongs to another program: name another file.`,
    });
    const after = new DatabaseSync(file);
    assert.equal(after.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"], 1);
    after.close();
  });

  test("that is empty but has another program's version is refused with a sentence", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 1");
    database.close();
    assert.throws(() => openSqliteStore(file), /belongs to another program/);
  });

  test("of a newer release is refused with a sentence and left as it is", async () => {
    const file = newFile();
    await openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(
      () => openSqliteStore(file),
      /has schema version 99, but this release knows only up to \d+: use a newer/,
    );
    const after = new DatabaseSync(file);
    assert.equal(after.prepare("PRAGMA user_version").get()?.["user_version"], 99);
    after.close();
  });

  test("that is none is refused with a sentence and left as it is", () => {
    const file = newFile();
    const text = "This is not a database. ".repeat(100);
    writeFileSync(file, text);
    assert.throws(() => openSqliteStore(file), {
      name: "StartRefused",
      message: `The database ${file} can't be used: it is damaged or not a SQLite database.`,
    });
    assert.equal(readFileSync(file, "utf8"), text);
  });

  test("in a folder that can't be made is refused with a sentence", () => {
    const file = newFile();
    writeFileSync(file, "");
    const below = join(file, "folder", "x.sqlite");
    assert.throws(() => openSqliteStore(below), {
      name: "StartRefused",
      message: `The database ${below} can't be used: its folder can't be made (ENOTDIR).`,
    });
  });
});
