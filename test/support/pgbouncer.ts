/** Starts PgBouncer in front of a PostgreSQL server of the tests. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { eventually } from "./eventually.ts";
import { freePort, type Postgres } from "./postgres.ts";

export interface PgBouncer {
  /** Returns the URL of a database for connections through PgBouncer. */
  through(url: string): string;
  close(): Promise<void>;
}

/** The program, if it is installed. Debian installs it in /usr/sbin, which is not in the PATH of every user. */
const program = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"]
  .map((folder) => join(folder, "pgbouncer"))
  .find(isExecutable);

/** The reason why tests with PgBouncer are skipped. Undefined if it is installed. */
export const missingPgBouncer = program ? undefined : "PgBouncer is not installed (apt-get install pgbouncer).";

/**
 * @param mode the `pool_mode`: when a connection to the server may be given to another client.
 * @param options other lines of its configuration.
 */
export async function startPgBouncer(
  postgres: Postgres,
  folder: string,
  mode: "session" | "transaction" | "statement",
  options: readonly string[] = [],
): Promise<PgBouncer> {
  const port = await freePort();
  const own = mkdtempSync(join(folder, "pgbouncer-"));
  const users = join(own, "users.txt");
  const configuration = join(own, "pgbouncer.ini");
  writeFileSync(users, '"postgres" "postgres"\n');
  writeFileSync(
    configuration,
    `[databases]
* = host=127.0.0.1 port=${postgres.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = ${mode}
${options.join("\n")}
`,
  );
  for (const path of [own, users, configuration]) postgres.own(path);
  // PgBouncer refuses to run as root.
  const { uid, gid } = statSync(own);
  const child = spawn(program ?? "pgbouncer", ["-q", configuration], { uid, gid, stdio: "ignore" });
  const closed = once(child, "close");
  await eventually(() => accepts(port));
  return {
    through: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    close: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    }).on("error", () => resolve(false));
  });
}
