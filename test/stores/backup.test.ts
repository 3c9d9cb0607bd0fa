/** The commands `backup` and `restore`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createConnection, createServer } from "node:net";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { storedIdentity } from "../../server/auth/development.ts";
import { migrations } from "../../server/stores/sqlite/schema/migrations.ts";
import { applicationId } from "../../server/stores/sqlite/schema/schema.ts";
import { readQuietTenant } from "../faults/endpoint.ts";
import { eventually } from "../support/eventually.ts";
import { runCli, type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const keys = join(folder, "keys");
mkdirSync(keys);
const token = await (await storedIdentity(keys)).issueToken({});
let stores = 0;

/** Settings for a store that does not exist yet. */
function newStoreSettings() {
  const file = join(folder, `store-${stores++}`, "x.sqlite");
  return { file, env: { DATA_DIR: keys, DATABASE_URL: `sqlite:${file}` } };
}

const backUp = (env: Readonly<Record<string, string>>, file: string) => runCli(["backup", file], env);
const restore = (env: Readonly<Record<string, string>>, file: string, ...flags: readonly string[]) =>
  runCli(["restore", file, ...flags], env);

function clientOf({ url }: Served) {
  return createClient({ baseUrl: url, token, retries: 0 });
}

async function createProfile(service: Served, displayName: string): Promise<string> {
  const answer = await clientOf(service).createProfile({ body: { displayName } });
  assert.ok(answer.ok);
  return answer.data.id;
}

/** Starts several clients that write until `stop` is called. `answered` collects the assignments in their answers. */
function startLoad(service: Served, profileIds: readonly string[]) {
  const client = clientOf(service);
  const answered = new Map<string, string>();
  let isOver = false;
  let sent = 0;
  const writer = async (profileId: string, other: string) => {
    while (!isOver) {
      const groupId = `g${sent++}`;
      const target = { ...groupTarget(groupId), deviceAndAppManagementAssignmentFilterId: "f".repeat(256) };
      const answer = await client.updateAssignments({ path: { profileId }, body: { target } });
      assert.ok(answer.ok);
      answered.set(answer.data.id, groupId);
      const moved = await client.setPriority({
        path: { profileId: other },
        body: { priority: sent % profileIds.length },
      });
      assert.equal(moved.status, 204);
    }
  };
  const writers = Promise.all(profileIds.map((id, index) => writer(id, profileIds.at(index - 1) ?? id)));
  const stop = () => {
    isOver = true;
    return writers;
  };
  return { answered, stop, writers };
}

async function startWithProfile(settings = newStoreSettings()) {
  const service = await serve(settings.env);
  await createProfile(service, "the first one");
  return { ...settings, service };
}

/** Returns the names of all files whose names begin with this file's name. */
function filesNamed(file: string): readonly string[] {
  if (!existsSync(dirname(file))) return [];
  return readdirSync(dirname(file)).filter((name) => join(dirname(file), name).startsWith(file));
}

/** Adds so much data to a database that its backup takes many steps. */
function addPages(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000)
    INSERT INTO remembered (tenant, key, request, value, expires)
    SELECT 't', n, '', hex(randomblob(400)), 0 FROM counted`);
  database.close();
}

test("a backup under load contains every write that was answered before it, and does not interrupt the service", async () => {
  const { env } = newStoreSettings();
  const service = await serve(env);
  const profileIds = await Promise.all(Array.from({ length: 10 }, (_, index) => createProfile(service, `p${index}`)));
  const { answered, stop, writers } = startLoad(service, profileIds);
  const reach = async (count: number) => {
    while (answered.size < count) await Promise.race([writers, new Promise((resolve) => setTimeout(resolve, 10))]);
  };
  // Writes so much data that the backup needs several steps of 100 pages.
  await reach(800);
  const before = new Map(answered);
  const file = join(folder, "under-load.backup");
  const ended = await backUp(env, file);
  assert.deepEqual([ended.code, ended.stderr], [0, ""]);
  assert.match(
    ended.stdout,
    new RegExp(`^${file}: 10 profiles, \\d+ assignments, schema version \\d+; checked\\.\\n$`),
  );
  await reach(answered.size + 20);
  assert.ok(answered.size > before.size);
  await stop();
  assert.equal(await service.stop("SIGTERM"), 0);

  const other = newStoreSettings();
  assert.equal((await restore(other.env, file)).code, 0);
  const restored = await serve(other.env);
  const found = await readQuietTenant({ url: restored.url, token });
  const groups = new Map(
    found.flatMap(({ assignments }) => assignments.map(({ id, target }) => [id, String(Object(target).groupId)])),
  );
  for (const [id, groupId] of before) assert.equal(groups.get(id), groupId);
  assert.deepEqual(
    found.map(({ profile }) => profile["priority"]),
    found.map((_, index) => index),
  );
  assert.deepEqual(found.map(({ profile }) => profile.id).sort(), profileIds.toSorted());
  await createProfile(restored, "one more");
  assert.equal(await restored.stop("SIGTERM"), 0);
  const database = new DatabaseSync(other.file);
  assert.deepEqual(database.prepare("PRAGMA integrity_check").all().map(Object.values), [["ok"]]);
  database.close();
});

describe("backup", () => {
  test("works without a running service, and writes a file that only its owner can read", async () => {
    const { env, service } = await startWithProfile();
    await service.stop("SIGKILL");
    const file = join(folder, "idle.backup");
    assert.match((await backUp(env, file)).stdout, /: 1 profiles, 0 assignments/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!existsSync(`${file}-wal`));
  });
  test("only the owner can connect to the backup socket, and other files get their usual permissions", async () => {
    const { file, service } = await startWithProfile();
    const { mode } = statSync(`${file}-backup`);
    const umaskOf = (pid: number) => /^Umask:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const umask = umaskOf(service.pid);
    await service.stop("SIGTERM");
    assert.equal(mode & 0o777, 0o600);
    assert.equal(umask, umaskOf(process.pid));
    assert.ok(!existsSync(`${file}-backup`), "the socket is deleted when the service stops");
  });
  test("refuses to replace an existing file", async () => {
    const file = join(folder, "mine.txt");
    writeFileSync(file, "mine");
    const { env, service } = await startWithProfile();
    const ended = await backUp(env, file);
    assert.equal(ended.stderr, `${file} already exists: give the name of a new file.\n`);
    assert.equal(ended.code, 2);
    assert.equal(readFileSync(file, "utf8"), "mine");
    await service.stop("SIGTERM");
  });
  test("reports the reason why the service could not write the backup file", async () => {
    const { env, service } = await startWithProfile();
    const ended = await backUp(env, join(folder, "no such folder", "x"));
    assert.match(ended.stderr, /^The service could not write the backup: ENOENT.*\n$/);
    assert.equal(ended.code, 2);
    await service.stop("SIGTERM");
  });
  test("backup does not change a file that already has the path of the backup socket", async () => {
    const { file, env, service } = await startWithProfile();
    await service.stop("SIGTERM");
    const copy = `${file}-backup`;
    writeFileSync(copy, "my own copy");
    const again = await serve(env);
    await createProfile(again, "served without the socket");
    await again.stop("SIGTERM");
    assert.equal(readFileSync(copy, "utf8"), "my own copy");
  });
  test("works after the service was killed with SIGKILL", async () => {
    const { env, service } = await startWithProfile();
    await service.stop("SIGKILL");
    const again = await serve(env);
    const ended = await backUp(env, join(folder, "after-kill.backup"));
    assert.deepEqual([ended.code, ended.stderr], [0, ""]);
    await again.stop("SIGTERM");
  });
  test("backup does not delay the shutdown if a client stays connected to the backup socket", async () => {
    const { file, service } = await startWithProfile();
    const socket = createConnection(`${file}-backup`).on("error", () => {});
    await once(socket, "connect");
    const closed = once(socket, "close");
    assert.equal(await service.stop("SIGTERM"), 0);
    await closed;
  });
  for (const [ending, answer] of [
    ["without an answer", ""],
    ["with an error", "the disk failed"],
  ] as const) {
    test(`fails, and leaves no file, if the service ends the connection ${ending} after the file was written`, async () => {
      const { file, env, service } = await startWithProfile();
      await service.stop("SIGTERM");
      const dying = createServer((socket) => {
        socket.setEncoding("utf8").once("data", (draft: string) => {
          copyFileSync(file, draft.replaceAll("\0", ""));
          socket.end(answer);
        });
      }).listen(`${file}-backup`);
      await once(dying, "listening");
      const target = join(dirname(file), "x.backup");
      const ended = await backUp(env, target);
      dying.close();
      assert.match(
        ended.stderr,
        answer === ""
          ? /^The service stopped before it had answered, so there is no backup\./
          : /^The service could not write the backup: the disk failed\.\n$/,
      );
      assert.equal(ended.code, 2);
      assert.deepEqual(filesNamed(target), []);
    });
  }
  test("explains that it cannot find the file that the service has written", async () => {
    const { file, env, service } = await startWithProfile();
    await service.stop("SIGTERM");
    const elsewhere = createServer((socket) => socket.once("data", () => socket.end("written")));
    await once(elsewhere.listen(`${file}-backup`), "listening");
    const ended = await backUp(env, join(dirname(file), "x.backup"));
    elsewhere.close();
    assert.match(ended.stderr, /^The service has written the backup, but this command cannot find it at /);
    assert.equal(ended.code, 2);
  });
  for (const isServed of [true, false]) {
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      test(`leaves no file after ${signal} ${isServed ? "while the service copies" : "without a service"}`, async () => {
        const { file, env, service } = await startWithProfile();
        await service.stop("SIGTERM");
        addPages(file);
        const again = isServed ? await serve(env) : undefined;
        const target = join(dirname(file), "x.backup");
        const ended = await runCli(["backup", target], env, (child) => {
          void eventually(() => filesNamed(target).length > 0).then(() => child.kill(signal));
        });
        assert.deepEqual([ended.code, ended.stdout, ended.stderr], [code, "", "Interrupted. No backup was written.\n"]);
        assert.deepEqual(filesNamed(target), []);
        if (again) {
          await createProfile(again, "continues");
          await again.stop("SIGTERM");
        }
      });
    }
  }
  test("the service deletes its copy if the client has ended before the answer", async () => {
    const { file, env, service } = await startWithProfile();
    const draft = join(dirname(file), "draft");
    const socket = createConnection(`${file}-backup`);
    await once(socket, "connect");
    socket.end(`${draft}\0`);
    await once(socket.resume(), "close");
    assert.deepEqual(filesNamed(draft), []);
    assert.equal((await backUp(env, draft)).code, 0);
    await service.stop("SIGTERM");
  });
  for (const [url, message] of [
    ["postgres://me:secret@127.0.0.1/x", /^backup and restore support only SQLite: use pg_dump/],
    ["sqlite::memory:", /^A database in memory cannot be backed up/],
    ["sqlite:/nowhere/x.sqlite", /^The database \/nowhere\/x\.sqlite does not exist/],
  ] as const) {
    test(`backup of ${url.replace("secret", "…")} is refused with an error that explains why`, async () => {
      const ended = await backUp({ DATABASE_URL: url }, join(folder, "none.backup"));
      assert.match(ended.stderr, message);
      assert.equal(ended.code, 2);
    });
  }
});

describe("restore", async () => {
  const file = join(folder, "one.backup");
  const source = await startWithProfile();
  assert.equal((await backUp(source.env, file)).code, 0);
  await source.service.stop("SIGTERM");

  test("restore is refused while the service is running, even with --force", async () => {
    const { env, service } = await startWithProfile();
    const ended = await restore(env, file, "--force");
    assert.match(ended.stderr, /^The database .* is in use\. Stop the service first\.\n$/);
    assert.equal(ended.code, 2);
    await createProfile(service, "continues");
    assert.equal(await service.stop("SIGTERM"), 0);
  });
  test("replaces an existing store only with --force, and keeps the old file under another name", async () => {
    const { env, service } = await startWithProfile();
    await createProfile(service, "a second one");
    await service.stop("SIGKILL");
    assert.match((await restore(env, file)).stderr, /^The database .* already exists\. With --force it is replaced/);
    const { stdout } = await restore(env, file, "--force");
    const [, replaced = ""] = /^The previous database is now (.*)\.$/m.exec(stdout) ?? [];
    const old = new DatabaseSync(replaced);
    assert.deepEqual(old.prepare("SELECT count(*) FROM profiles").all().map(Object.values), [[2]]);
    old.close();
    const again = await serve(env);
    assert.equal((await readQuietTenant({ url: again.url, token })).length, 1);
    await again.stop("SIGTERM");
  });
  for (const isFileLeft of [false, true]) {
    test(`serves the backup if a log is left over ${isFileLeft ? "next to an empty database" : "without its database"}`, async () => {
      const { file: database, env, service } = await startWithProfile();
      await createProfile(service, "a second one");
      await service.stop("SIGKILL");
      assert.ok(statSync(`${database}-wal`).size > 0);
      rmSync(database);
      if (isFileLeft) writeFileSync(database, "");
      writeFileSync(`${database}-shm`, "left over");
      writeFileSync(`${database}-journal`, "left over");
      const { stdout, code } = await restore(env, file, ...(isFileLeft ? ["--force"] : []));
      assert.equal(code, 0);
      const [, log = ""] =
        /^Other files of the previous database are now (.*-wal), .*-shm, .*-journal\.$/m.exec(stdout) ?? [];
      assert.ok(statSync(log).size > 0);
      const again = await serve(env);
      const found = await readQuietTenant({ url: again.url, token });
      assert.deepEqual(
        found.map(({ profile }) => profile["displayName"]),
        ["the first one"],
      );
      await again.stop("SIGTERM");
    });
  }
  test("writes a database that only its owner can read, whatever the permissions of the backup are", async () => {
    const readable = join(folder, "readable.backup");
    copyFileSync(file, readable);
    chmodSync(readable, 0o644);
    const settings = newStoreSettings();
    assert.equal((await restore(settings.env, readable)).code, 0);
    assert.equal(statSync(settings.file).mode & 0o777, 0o600);
    assert.equal(statSync(readable).mode & 0o777, 0o644);
  });
  test("ignores the files that an interrupted restore has left", async () => {
    const { file: database, env } = newStoreSettings();
    const { file: other, service } = await startWithProfile();
    await createProfile(service, "a second one");
    await service.stop("SIGKILL");
    mkdirSync(dirname(database));
    copyFileSync(`${other}-wal`, `${database}.restoring-wal`);
    assert.match((await restore(env, file)).stdout, /: 1 profiles, /);
    assert.deepEqual(readdirSync(dirname(database)), ["x.sqlite"]);
  });
  for (const [what, sql, message] of [
    ["that lacks a table", "DROP TABLE remembered", /its table remembered is missing/],
    ["that lacks an index", "DROP INDEX profiles_by_rank", /its index profiles_by_rank is missing/],
    [
      "with another column",
      "ALTER TABLE profiles ADD COLUMN more TEXT",
      /its table profiles differs from schema version/,
    ],
    [
      "with another unique index",
      "CREATE UNIQUE INDEX more ON profiles (priority)",
      /its table profiles differs from schema version/,
    ],
    [
      "with a trigger",
      "CREATE TRIGGER t AFTER INSERT ON profiles BEGIN DELETE FROM assignments; END",
      /it has the trigger t, which is not part/,
    ],
    ["with a view", "CREATE VIEW v AS SELECT 1", /it has the view v, which is not part/],
    ["with schema version 0", "PRAGMA user_version = 0", /it has schema version 0, but this release supports only/],
    ["with a negative schema version", "PRAGMA user_version = -1", /it has schema version -1, but this release/],
    ["of a newer release", "PRAGMA user_version = 99", /it has schema version 99, but this release supports only/],
    ["of another program", "PRAGMA application_id = 1", /it is not a database of this program/],
    [
      "with an assignment without a profile",
      "PRAGMA foreign_keys = OFF; INSERT INTO assignments VALUES ('t', 'p', 'a', 'i', '{}', 1)",
      /it has assignments without a profile/,
    ],
  ] as const) {
    test(`refuses a database ${what}, and creates no file`, async () => {
      const wrong = join(folder, "wrong-content.backup");
      copyFileSync(file, wrong);
      const database = new DatabaseSync(wrong);
      database.exec(sql);
      database.close();
      const settings = newStoreSettings();
      const ended = await restore(settings.env, wrong);
      assert.match(ended.stderr, /^The backup cannot be used: /);
      assert.match(ended.stderr, message);
      assert.equal(ended.code, 2);
      assert.deepEqual(filesNamed(settings.file), []);
    });
  }
  test("refuses a database whose latest writes are in a journal next to it", async () => {
    const copy = join(folder, "in-use.sqlite");
    copyFileSync(file, copy);
    writeFileSync(`${copy}-journal`, "x");
    const ended = await restore(newStoreSettings().env, copy);
    assert.match(ended.stderr, /is not a backup but a database in use: its latest writes are in .*-journal\.\n$/);
    assert.equal(ended.code, 2);
  });
  test("accepts a backup of an older schema version", async () => {
    const old = join(folder, "old.backup");
    const database = new DatabaseSync(old);
    database.exec(`${migrations[0]}; PRAGMA user_version = 1; PRAGMA application_id = ${applicationId}`);
    database.close();
    const settings = newStoreSettings();
    assert.match((await restore(settings.env, old)).stdout, /: 0 profiles, 0 assignments, schema version 1; checked\./);
    const service = await serve(settings.env);
    await createProfile(service, "new");
    await service.stop("SIGTERM");
  });
  for (const [what, bytes, message] of [
    ["a file that is not a database", () => Buffer.from("x".repeat(8192)), /it is damaged or not a SQLite database/],
    ["an empty file", () => Buffer.alloc(0), /it is not a database of this program/],
    [
      "a damaged database",
      () => {
        const whole = readFileSync(file);
        return whole.fill(0xff, whole.length / 2);
      },
      /it is damaged/,
    ],
  ] as const) {
    test(`refuses ${what}, and creates no file`, async () => {
      const wrong = join(folder, "wrong.backup");
      writeFileSync(wrong, bytes());
      const settings = newStoreSettings();
      const ended = await restore(settings.env, wrong);
      assert.match(ended.stderr, /^The backup cannot be used: /);
      assert.match(ended.stderr, message);
      assert.equal(ended.code, 2);
      assert.ok(!existsSync(settings.file));
    });
  }
});
