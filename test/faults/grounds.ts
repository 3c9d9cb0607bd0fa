/** Where faults are played: a service as a process of its own, on a store of each kind. */
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
import { announce, isLong, patience, promised } from "./plan.ts";

/** A kind of store, and how many processes serve it. */
export interface Kind {
  readonly name: string;
  /** A new store; with the test go its data and whatever process still runs on it. */
  lay(t: TestContext): Promise<Ground>;
}

export interface Ground {
  /** Starts a service on the store. */
  serve(): Promise<Served>;
  /** A token of the tenant, by default a new one. */
  token(tenant?: string): Promise<string>;
  /** Resolves when nothing that a service asked of the store is under way any more, also if that service is dead. */
  settled(): Promise<void>;
  /** Asserts that the store finds nothing wrong in itself. No service may run on a SQLite file. */
  check(): Promise<void>;
  /** Asks the database; not for SQLite. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export const sqlite: Kind = sqliteIn();

/** @param folder of the database file; by default, the service's own. */
export function sqliteIn(folder?: string): Kind {
  const env = folder === undefined ? {} : { DATABASE_URL: `sqlite:${join(folder, databaseName)}` };
  return {
    name: "SQLite",
    lay: (t) =>
      layGround(t, env, [], (dataDir) => ({
        settled: async () => {},
        check: async () => checkCopy(folder ?? dataDir, join(dataDir, "copy")),
        query: async () => assert.fail("A SQLite file belongs to its service."),
      })),
  };
}

/** Called once at the top of a test file: starts a PostgreSQL for it. */
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
  /** Connections of each process, at most. */
  readonly poolSize?: number;
  /** Makes another URL of the database's, such as one that leads through a proxy. */
  readonly urlOf?: (url: string) => string;
  /** What the database is created with. */
  readonly options?: string;
}

export function onPostgres(
  postgres: Postgres,
  { processes = 1, poolSize = 10, urlOf = (url) => url, options }: PostgresKindOptions = {},
): Kind {
  return {
    name: processes > 1 ? `PostgreSQL, ${processes} processes` : "PostgreSQL",
    lay: async (t) => {
      const url = await postgres.newDatabase(options);
      // Not any free port: should all processes be gone for a moment, their successors would choose another.
      const args = processes > 1 ? ["--processes", String(processes), "--port", String(await freePort())] : [];
      const env = { DATABASE_URL: urlOf(url), DATABASE_POOL_SIZE: String(poolSize) };
      return layGround(t, env, args, () => ({
        settled: async () => {
          const limit = Date.now() + promised(patience);
          while ((await query(url, busySessions)).length > 0) {
            assert.ok(Date.now() < limit, "PostgreSQL ends what was begun");
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

/** The kinds on which clients compete. Two processes do all that one does and more: the short run makes do with them. */
export function competingKinds(postgres: Postgres): readonly Kind[] {
  const two = onPostgres(postgres, { processes: 2 });
  return isLong ? [sqlite, onPostgres(postgres), two] : [sqlite, two];
}

/** Those of a dead service as well: until PostgreSQL finds out, they go on with what they were sent. */
const busySessions =
  "SELECT FROM pg_stat_activity WHERE application_name = 'apple-enrollment' AND datname = current_database() AND state <> 'idle'";

/** Every index holds exactly the rows of its table; every row can be read. */
const checkTables = `
  CREATE EXTENSION IF NOT EXISTS amcheck;
  SELECT bt_index_parent_check(indexrelid, true) FROM pg_index WHERE indrelid::regclass::text LIKE 'apple_enrollment.%';
  DO $$ BEGIN
    IF EXISTS (SELECT FROM unnest(ARRAY['profiles', 'assignments', 'tenants']) AS name,
      verify_heapam(('apple_enrollment.' || name)::regclass)) THEN RAISE 'a table is damaged';
    END IF;
  END $$`;

type Rest = Pick<Ground, "settled" | "check" | "query">;

async function layGround(
  t: TestContext,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  restOf: (dataDir: string) => Rest,
): Promise<Ground> {
  announce(t);
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
          // Its pid may be another process's from now on.
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

/** A copy, because looking at the file itself would mend what the next service is to mend. */
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
