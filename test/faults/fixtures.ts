/** Fixtures for the fault tests. They start services in separate processes, on each kind of store. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { storedIdentity } from "../../server/auth/development.ts";
import { compileCache } from "../support/compileCache.ts";
import { freePort, type Postgres, query, startPostgres } from "../support/postgres.ts";
import { childrenOf, isRunning, type Served, serve, signalAll } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { isLong, patience, printSeed, withTolerance } from "./plan.ts";

/** A kind of store, together with the number of service processes. */
export interface StoreKind {
  readonly name: string;
  /** Creates a store. At the end of the test, its data is deleted, and service processes that are still running are killed. */
  createFixture(t: TestContext): Promise<Fixture>;
}

export interface Fixture {
  /** Starts a service on the store. */
  serve(): Promise<Served>;
  /** Issues a token for a tenant, by default a new one. */
  token(tenant?: string): Promise<string>;
  /** Waits until the store has finished all work, including the work for a killed service. */
  settled(): Promise<void>;
  /** Asserts that the database is consistent. A SQLite file must not be in use by a service. */
  check(): Promise<void>;
  /** Queries the database. Supported only for PostgreSQL. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export const sqlite: StoreKind = sqliteIn();

/** @param folder the folder of the database file. Default: the data folder of the service. */
export function sqliteIn(folder?: string): StoreKind {
  const env = folder === undefined ? {} : { DATABASE_URL: `sqlite:${join(folder, databaseName)}` };
  return {
    name: "SQLite",
    createFixture: (t) =>
      createFixture(t, env, [], (dataDir) => ({
        settled: async () => {},
        check: async () => checkCopy(folder ?? dataDir, join(dataDir, "copy")),
        query: async () => assert.fail("A SQLite file cannot be queried while its service runs."),
      })),
  };
}

/** Starts a PostgreSQL server for a test file, and stops it after the tests. To be called once, at the top of the file. */
export async function enterPostgres(): Promise<Postgres> {
  const folder = temporaryFolder();
  const postgres = await startPostgres(folder);
  after(async () => {
    await postgres.close();
    rmSync(folder, { recursive: true });
  });
  return postgres;
}

export interface PostgresKindOptions {
  readonly processes?: number;
  /** The largest number of connections of each process. */
  readonly poolSize?: number;
  /** Changes the database URL, for example to use a proxy. */
  readonly urlOf?: (url: string) => string;
  /** SQL options of `CREATE DATABASE`. */
  readonly options?: string;
}

export function onPostgres(
  postgres: Postgres,
  { processes = 1, poolSize = 10, urlOf = (url) => url, options }: PostgresKindOptions = {},
): StoreKind {
  return {
    name: processes > 1 ? `PostgreSQL, ${processes} processes` : "PostgreSQL",
    createFixture: async (t) => {
      const url = await postgres.newDatabase(options);
      // The port is fixed, because processes that are restarted must listen on the same port as before.
      const args = processes > 1 ? ["--processes", String(processes), "--port", String(await freePort())] : [];
      const env = { DATABASE_URL: urlOf(url), DATABASE_POOL_SIZE: String(poolSize) };
      return createFixture(t, env, args, () => ({
        settled: async () => {
          const limit = Date.now() + withTolerance(patience);
          while ((await query(url, busySessions)).length > 0) {
            assert.ok(Date.now() < limit, "PostgreSQL must finish its work in time");
            await sleep(10);
          }
        },
        check: async () => {
          await query(url, checkTables);
        },
        query: (sql) => query(url, sql),
      }));
    },
  };
}

/** The kinds of store for tests with competing clients. The short run omits PostgreSQL with a single process. */
export function competingKinds(postgres: Postgres): readonly StoreKind[] {
  const two = onPostgres(postgres, { processes: 2 });
  return isLong ? [sqlite, onPostgres(postgres), two] : [sqlite, two];
}

/** Includes the sessions of a killed service, which PostgreSQL continues until it notices the closed connection. */
const busySessions =
  "SELECT FROM pg_stat_activity WHERE application_name = 'apple-enrollment' AND datname = current_database() AND state <> 'idle'";

/** Checks that every index matches its table and that every row can be read. */
const checkTables = `
  CREATE EXTENSION IF NOT EXISTS amcheck;
  SELECT bt_index_parent_check(indexrelid, true) FROM pg_index WHERE indrelid::regclass::text LIKE 'apple_enrollment.%';
  DO $$ BEGIN
    IF EXISTS (SELECT FROM unnest(ARRAY['profiles', 'assignments', 'tenants']) AS name,
      verify_heapam(('apple_enrollment.' || name)::regclass)) THEN RAISE 'a table is damaged';
    END IF;
  END $$`;

type Rest = Pick<Fixture, "settled" | "check" | "query">;

async function createFixture(
  t: TestContext,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  restOf: (dataDir: string) => Rest,
): Promise<Fixture> {
  printSeed(t);
  const dataDir = temporaryFolder();
  const started = new Set<Served>();
  t.after(async () => {
    const alive = [...started].map(({ pid }) => pid).filter(isRunning);
    signalAll([...alive, ...alive.flatMap(childrenOf)], "SIGKILL");
    await Promise.all([...started].map((service) => service.stop("SIGKILL")));
    rmSync(dataDir, { recursive: true });
  });
  const identity = await storedIdentity(dataDir);
  return {
    serve: async () => {
      const service = await serve({ DATA_DIR: dataDir, NODE_COMPILE_CACHE: compileCache, ...env }, args);
      started.add(service);
      return {
        ...service,
        stop: async (signal) => {
          const code = await service.stop(signal);
          // From now on the pid may belong to another process, which must not be killed.
          started.delete(service);
          return code;
        },
      };
    },
    token: (tenant = randomUUID()) => identity.issueToken({ tenant }),
    ...restOf(dataDir),
  };
}

const databaseName = "apple-enrollment.sqlite";

/** Checks a copy of the database, because opening the original would do the recovery that the next service must do. */
function checkCopy(folder: string, copy: string): void {
  mkdirSync(copy);
  for (const name of [databaseName, `${databaseName}-wal`]) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
  }
  const database = new DatabaseSync(join(copy, databaseName));
  assert.deepEqual(database.prepare("PRAGMA integrity_check").all().map(Object.values), [["ok"]]);
  assert.deepEqual(database.prepare("PRAGMA foreign_key_check").all(), []);
  database.close();
  rmSync(copy, { recursive: true });
}
