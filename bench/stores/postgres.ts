/** Creates PostgreSQL databases with a fixture. The PostgreSQL server is started when the first database is created. */
import { chmodSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { defaultTenant } from "../../server/auth/development.ts";
import { assignmentBody, assignmentCounts, type Fixture, filterId, groupId } from "../fixture.ts";
import { freePort, type Running, start } from "../processes.ts";
import { assignmentRows, profileRows, type Versions, versionsQuery } from "./rows.ts";

export interface PostgresServer {
  readonly pid: number;
  /** Creates a database and returns its URL. */
  create(): Promise<string>;
}

let server: Promise<PostgresServer> | undefined;

/** @param folder the folder for the data and the log. The system user `postgres` must have access to it. */
export function postgresServer(folder: string): Promise<PostgresServer> {
  server ??= startServer(folder);
  return server;
}

async function startServer(folder: string): Promise<PostgresServer> {
  mkdirSync(folder, { recursive: true });
  // initdb runs as a different system user, who needs access to these folders.
  for (const each of [folder, dirname(folder), dirname(dirname(folder))]) chmodSync(each, 0o755);
  const port = await freePort();
  const script = fileURLToPath(new URL("postgresServer.ts", import.meta.url));
  const env = { DATA_DIR: join(folder, "data"), PORT: String(port) };
  const process = start({ args: [script], env, hasChannel: true }, join(folder, "log"));
  const url = (database: string) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  await untilReady(process, url("postgres"));
  let count = 0;
  return {
    pid: process.pid,
    async create() {
      const name = `bench_${++count}`;
      await query(url("postgres"), `CREATE DATABASE ${name}`);
      return url(name);
    },
  };
}

async function untilReady(process: Running, url: string): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (process.ended() !== undefined) break;
    try {
      await query(url, "SELECT 1");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`PostgreSQL did not start within 30 seconds, or ended. Its output: ${process.printed()}`);
}

/** Fills a database that has this service's schema. */
export function fill(url: string, fixture: Fixture): Promise<void> {
  return withClient(url, async (client) => {
    await client.query("BEGIN");
    await insert(client, "tenants (tenant)", [[defaultTenant]]);
    await insert(client, "profiles (tenant, id, priority, rank, version, properties)", profileRows(fixture));
    await insert(
      client,
      "assignments (tenant, profile_id, id, target_identity, target, version)",
      assignmentRows(fixture),
    );
    await client.query("COMMIT");
    await client.query("VACUUM ANALYZE");
  });
}

/** Creates and fills a table with a primary key and two columns, for the contender that does not use this service's schema. */
export function fillPlain(url: string, fixture: Fixture): Promise<void> {
  return withClient(url, async (client) => {
    // The views have the names of this service's tables, so that the same query counts the changes.
    await client.query(`CREATE TABLE plain (id text PRIMARY KEY, target text NOT NULL, version integer NOT NULL);
      CREATE VIEW assignments AS SELECT version FROM plain;
      CREATE VIEW profiles AS SELECT version FROM plain WHERE false`);
    await insert(client, "plain (id, target, version)", plainRows(fixture));
    await client.query("VACUUM ANALYZE plain");
  });
}

function* plainRows(fixture: Fixture): Generator<SqlRow> {
  for (const [profile, count] of assignmentCounts(fixture).entries()) {
    for (let assignment = 0; assignment < count; assignment++) {
      const group = groupId(profile, assignment);
      yield [group, JSON.stringify(assignmentBody(group, filterId(0, 0, 0)).target), 1];
    }
  }
}

type SqlRow = readonly (string | number)[];

/** Inserts rows in bulk. Uses one parameter per value and not arrays, so that PostgreSQL infers the column types. */
async function insert(client: pg.Client, into: string, rows: Iterable<SqlRow>): Promise<void> {
  for (const batch of batches(rows)) {
    let count = 0;
    const values = batch.map((row) => `(${row.map(() => `$${++count}`).join(", ")})`);
    await client.query(`INSERT INTO ${into} VALUES ${values.join(", ")}`, batch.flat());
  }
}

function* batches(rows: Iterable<SqlRow>): Generator<SqlRow[]> {
  let batch: SqlRow[] = [];
  for (const row of rows) {
    if (batch.push(row) < 1_000) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export async function postgresVersions(url: string): Promise<Versions> {
  const row = await query(url, versionsQuery);
  const { commits } = await query(
    url,
    "SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()",
  );
  return { assignments: Number(row["assignments"]), profiles: Number(row["profiles"]), commits: Number(commits) };
}

function query(url: string, text: string): Promise<Record<string, unknown>> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows[0] ?? {});
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // `apple_enrollment` is the schema of the service's tables.
  await client.query("SET search_path TO apple_enrollment, public");
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
