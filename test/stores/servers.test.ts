/** Tests which PostgreSQL servers and poolers the store works with, and how it refuses the others. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, type TestContext, test } from "node:test";
import { createAssignment, deleteAssignment, updateAssignments } from "../../server/domain/commands/assignments.ts";
import { createProfile, deleteProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import type { Store } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { createPair } from "../support/certificates.ts";
import { eventually } from "../support/eventually.ts";
import { missingPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { query, startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";
import { describeStore } from "./suite.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
const secureFolder = temporaryFolder();
/** A server with TLS. */
const secure = await startPostgres(secureFolder);
const pooler = missingPgBouncer
  ? undefined
  : await startPgBouncer(postgres, folder, "transaction", ["default_pool_size = 2"]);
after(async () => {
  await pooler?.close();
  for (const server of [postgres, secure]) await server.close();
  for (const each of [folder, secureFolder]) rmSync(each, { recursive: true });
});

async function openStore(t: TestContext, url: string): Promise<Store> {
  const store = await openPostgresStore(url);
  t.after(() => store.close());
  return store;
}

const now = "2026-11-23T12:00:00.000Z";
const properties = newProperties({ displayName: "A profile" });

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Makes every kind of write. */
async function writeAll(store: Store): Promise<void> {
  const tenant = randomUUID();
  const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
  const filtered = { ...target, deviceAndAppManagementAssignmentFilterId: "f" };
  const outcomes = [
    await store.decide(tenant, createProfile({ properties, priority: undefined, newId: () => "p", now })),
    await store.decide(tenant, createProfile({ properties, priority: undefined, newId: () => "q", now })),
    await store.decide(tenant, setPriority({ profileId: "p", priority: 1, now })),
    await store.decide(tenant, createAssignment({ profileId: "p", target, newId: () => "a" })),
    await store.decide(
      tenant,
      updateAssignments({ profileId: "p", input: { id: "a", target: filtered }, preconditions: {}, newId: () => "-" }),
    ),
    await store.decide(tenant, deleteAssignment({ profileId: "p", assignmentId: "a", preconditions: {} })),
    await store.decide(tenant, deleteProfile({ profileId: "q", preconditions: {} })),
  ];
  assert.ok(outcomes.every(({ ok }) => ok));
}

/**
 * Turns synchronous commit off by default, and records the setting with which each transaction that has changed a row
 * commits.
 */
async function recordCommits(url: string): Promise<() => Promise<readonly unknown[]>> {
  await query(
    url,
    `ALTER DATABASE ${nameOf(url)} SET synchronous_commit = off;
    CREATE TABLE commits (setting text);
    CREATE FUNCTION record_commit() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO commits VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
    ${["tenants", "profiles", "assignments"]
      .map(
        (table) =>
          `CREATE CONSTRAINT TRIGGER record AFTER INSERT OR UPDATE OR DELETE ON apple_enrollment.${table}
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_commit();`,
      )
      .join("\n")}`,
  );
  // Existing sessions of the service and of a pooler do not have the new default.
  await query(
    url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  return () => query(url, "SELECT DISTINCT setting FROM commits");
}

test("every write is flushed to disk before it is answered, even if synchronous_commit is off by default", async (t) => {
  const url = await postgres.newDatabase();
  await (await openPostgresStore(url)).close();
  const commits = await recordCommits(url);
  const store = await openStore(t, url);
  await writeAll(store);
  assert.deepEqual(await commits(), [{ setting: "on" }]);
});

test("a stricter synchronous_commit of the server is kept", async (t) => {
  const url = await postgres.newDatabase();
  await (await openPostgresStore(url)).close();
  const commits = await recordCommits(url);
  await query(url, `ALTER DATABASE ${nameOf(url)} SET synchronous_commit = remote_apply`);
  const store = await openStore(t, url);
  await writeAll(store);
  assert.deepEqual(await commits(), [{ setting: "remote_apply" }]);
});

describe("PgBouncer", { skip: missingPgBouncer ?? false }, () => {
  const through = (url: string) => pooler?.through(url) ?? url;
  const startOther = async (t: TestContext, mode: "session" | "transaction" | "statement", ...options: string[]) => {
    const other = await startPgBouncer(postgres, folder, mode, options);
    t.after(() => other.close());
    return other;
  };

  describeStore("PostgreSQL behind PgBouncer in transaction mode", async () =>
    openPostgresStore(through(await postgres.newDatabase())),
  );

  test("in transaction mode: every write is flushed to disk, although server connections change", async (t) => {
    const url = await postgres.newDatabase();
    await (await openPostgresStore(url)).close();
    const commits = await recordCommits(url);
    const store = await openStore(t, through(url));
    await Promise.all(Array.from({ length: 20 }, () => writeAll(store)));
    assert.deepEqual(await commits(), [{ setting: "on" }]);
  });

  test("in transaction mode: the settings of the service do not affect other clients of the pooler", async (t) => {
    const single = await startOther(t, "transaction", "default_pool_size = 1");
    const url = single.through(await postgres.newDatabase());
    const names = ["enable_seqscan", "statement_timeout", "lock_timeout", "synchronous_commit"];
    const settings = () =>
      query(url, `SELECT pg_backend_pid(), ${names.map((name) => `current_setting('${name}') AS ${name}`).join(", ")}`);
    const before = await settings();
    const store = await openStore(t, url);
    await writeAll(store);
    assert.equal(await store.read.countProfiles("none"), 0);
    assert.deepEqual(await settings(), before, "the same session has the same settings");
  });

  test("in transaction mode: a slow statement is stopped by the server, as without a pooler", async (t) => {
    const url = await postgres.newDatabase();
    const store = await openStore(t, through(url));
    await query(
      url,
      "CREATE FUNCTION report() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the limit is %', current_setting('statement_timeout'); END $$",
    );
    await query(
      url,
      "CREATE TRIGGER report BEFORE INSERT ON apple_enrollment.profiles FOR EACH ROW EXECUTE FUNCTION report()",
    );
    await assert.rejects(
      store.decide(randomUUID(), createProfile({ properties, priority: undefined, newId: () => "p", now })),
      /the limit is 5s/,
    );
  });

  test("in session mode works", async (t) => {
    const session = await startOther(t, "session");
    const store = await openStore(t, session.through(await postgres.newDatabase()));
    await writeAll(store);
  });

  test("in statement mode is refused with a sentence that names the pooler and the remedy", async (t) => {
    const statement = await startOther(t, "statement");
    const url = statement.through(await postgres.newDatabase());
    await assert.rejects(openPostgresStore(url), {
      name: "StartRefused",
      message: /If DATABASE_URL leads to PgBouncer, set its pool_mode to transaction or session\.$/,
    });
  });
});

describe("a PostgreSQL server that the store cannot use is refused at the start:", () => {
  for (const encoding of ["LATIN1", "SQL_ASCII"]) {
    test(`a database with the encoding ${encoding}`, async () => {
      const url = await postgres.newDatabase(`ENCODING '${encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`);
      await assert.rejects(openPostgresStore(url), {
        name: "StartRefused",
        message: new RegExp(`: its encoding is ${encoding}, which cannot store all characters\\. Create a database`),
      });
    });
  }

  test("a read-only server", async () => {
    const url = await postgres.newDatabase();
    await (await openPostgresStore(url)).close();
    await query(url, `ALTER DATABASE ${nameOf(url)} SET default_transaction_read_only = on`);
    await assert.rejects(openPostgresStore(url), {
      name: "StartRefused",
      message: /: it is read-only\. Set DATABASE_URL to the primary server, not to a standby/,
    });
  });

  test("an sslmode that does not exist", async () => {
    await assert.rejects(openPostgresStore(`${await postgres.newDatabase()}?sslmode=verify_full`), {
      name: "StartRefused",
      message: /^DATABASE_URL has the sslmode 'verify_full'\. It must be one of disable, /,
    });
  });

  test("a server without TLS, if the URL asks for TLS", async () => {
    await assert.rejects(openPostgresStore(`${await postgres.newDatabase()}?sslmode=verify-full`), {
      name: "StartRefused",
      message: /The server does not support SSL connections\. Turn on TLS on the server, or set sslmode=disable/,
    });
  });

  test("a file in sslrootcert that does not exist", async () => {
    await assert.rejects(openPostgresStore(`${await postgres.newDatabase()}?sslrootcert=/nothing.pem`), {
      name: "StartRefused",
      message: /no such file.*Correct the paths in sslrootcert, sslcert and sslkey of DATABASE_URL/,
    });
  });
});

describe("a PostgreSQL server whose certificate a private CA has issued", async () => {
  const { ca, cert, key } = createPair(["127.0.0.1"]);
  const [caFile, certFile, keyFile] = ["ca.pem", "cert.pem", "key.pem"].map((name) => join(secureFolder, name));
  for (const [file = "", text] of [
    [caFile, ca],
    [certFile, cert],
    [keyFile, key],
  ] as const) {
    writeFileSync(file, text, { mode: 0o600 });
    if (file !== caFile) secure.own(file);
  }
  await secure.query(`ALTER SYSTEM SET ssl_cert_file = '${certFile}'`);
  await secure.query(`ALTER SYSTEM SET ssl_key_file = '${keyFile}'`);
  await secure.query("ALTER SYSTEM SET ssl = on");
  await secure.query("SELECT pg_reload_conf()");
  const url = await secure.newDatabase();
  await eventually(async () => {
    const [{ ssl } = {}] = await query(url, "SHOW ssl");
    return ssl === "on";
  });

  const isEncrypted = async (options: string) => {
    const store = await openPostgresStore(`${url}?${options}`);
    const [{ ssl } = {}] = await query(
      url,
      "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'apple-enrollment'",
    );
    await store.close();
    return ssl;
  };
  for (const mode of ["verify-full", "verify-ca", "require", "prefer", "allow"]) {
    test(`sslmode=${mode} verifies the certificate with the CA in sslrootcert`, async () => {
      assert.equal(await isEncrypted(`sslmode=${mode}&sslrootcert=${caFile}`), true);
    });
    test(`sslmode=${mode} without the CA is refused, with the option that is missing`, async () => {
      await assert.rejects(openPostgresStore(`${url}?sslmode=${mode}`), {
        name: "StartRefused",
        message: /Add the certificate of its CA to DATABASE_URL: sslrootcert=<file>/,
      });
    });
  }
  test("sslmode=no-verify encrypts without verification, and sslmode=disable does not encrypt", async () => {
    assert.equal(await isEncrypted("sslmode=no-verify"), true);
    assert.equal(await isEncrypted("sslmode=disable"), false);
  });
  test("sslmode=verify-full refuses a host name that is not in the certificate", async () => {
    const other = Object.assign(new URL(`${url}?sslmode=verify-full&sslrootcert=${caFile}`), { hostname: "localhost" });
    await assert.rejects(openPostgresStore(other.href), {
      name: "StartRefused",
      message: /Use a host name that is in the certificate of the server/,
    });
  });
});
