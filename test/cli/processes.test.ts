/** `serve --processes`: several processes on one port and one PostgreSQL database. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { connect } from "node:tls";
import { eventually } from "../support/eventually.ts";
import { startPostgres } from "../support/postgres.ts";
import { childrenOf, isRunning, runCli, serve, signalAll } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});
const env = { DATA_DIR: folder, DATABASE_URL: await postgres.newDatabase() };
const authorization = `Bearer ${(await runCli(["token"], env)).stdout.trim()}`;

async function isServed(url: string): Promise<boolean> {
  const answer = await fetch(`${url}${profilesPath}`, { headers: { authorization, connection: "close" } }).catch(
    () => undefined,
  );
  return answer?.status === 200;
}

describe("serve --processes 2", () => {
  test("listens on one port with two processes, stops both on SIGTERM and exits with 0", async () => {
    const service = await serve(env, ["--processes", "2"]);
    const workers = childrenOf(service.pid);
    assert.equal(workers.length, 2);
    assert.equal(service.lines.length, 3);
    for (let count = 0; count < 10; count++) assert.ok(await isServed(service.url));
    assert.equal(await service.stop("SIGTERM"), 0);
    assert.deepEqual(workers.filter(isRunning), []);
  });

  test("uses the same TLS certificate in both processes", async () => {
    const service = await serve(env, ["--processes", "2", "--tls"]);
    assert.match(service.lines[3] ?? "", /^Trust /);
    const ca = readFileSync(join(folder, "tls", "ca.pem"), "utf8");
    const serials = new Set<string>();
    for (let count = 0; count < 6; count++) {
      const socket = connect({ port: Number(new URL(service.url).port), host: "127.0.0.1", ca });
      await once(socket, "secureConnect");
      serials.add(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    }
    assert.equal(serials.size, 1);
    assert.equal(await service.stop("SIGTERM"), 0);
  });

  test("replaces a worker process that was killed, and its replacement as well", async (t) => {
    const service = await serve(env, ["--processes", "2"]);
    let isStopped = false;
    t.after(() => {
      if (!isStopped) signalAll([service.pid, ...childrenOf(service.pid)], "SIGKILL");
    });
    let [killed = 0, other] = childrenOf(service.pid);
    for (let times = 0; times < 2; times++) {
      process.kill(killed, "SIGKILL");
      const replacement = () => childrenOf(service.pid).find((pid) => pid !== other && pid !== killed);
      killed = await eventually(replacement);
      await eventually(() => isServed(service.url));
    }
    await eventually(() => childrenOf(service.pid).length === 2);
    assert.equal(await service.stop("SIGTERM"), 0);
    isStopped = true;
  });

  test("does not replace a worker that was killed directly before SIGTERM", async (t) => {
    const service = await serve(env, ["--processes", "2"]);
    let isStopped = false;
    t.after(() => {
      if (!isStopped) signalAll([service.pid, ...childrenOf(service.pid)], "SIGKILL");
    });
    const [killed = 0] = childrenOf(service.pid);
    process.kill(killed, "SIGKILL");
    await eventually(() => service.printed().includes("starting another process"));
    // The replacement would start a second after the end of the worker.
    const code = await Promise.race([service.stop("SIGTERM"), wait(30_000, "still running", { ref: false })]);
    assert.equal(code, 0);
    isStopped = true;
  });

  test("stops all worker processes if the primary process is killed", async () => {
    const service = await serve(env, ["--processes", "2"]);
    const workers = childrenOf(service.pid);
    await service.stop("SIGKILL");
    await eventually(() => !workers.some(isRunning));
  });

  test("prints the reason only once if it cannot start, and exits with 2", async () => {
    const url = new URL(env.DATABASE_URL);
    url.password = "wrong";
    const ended = await runCli(["serve", "--processes", "3"], { ...env, DATABASE_URL: url.href });
    assert.match(
      ended.stderr,
      /^The database \S+ cannot be used: it refuses the user or the password\. Correct the user and password in DATABASE_URL\.\n$/,
    );
    assert.equal(ended.code, 2);
    assert.equal(ended.stdout, "");
  });

  test("refuses several processes on a SQLite database with one sentence and exit code 2", async () => {
    const ended = await runCli(["serve", "--processes", "2"], { DATA_DIR: folder });
    assert.match(ended.stderr, /^--processes is 2, but a SQLite database serves only one process: .*\n$/);
    assert.equal(ended.code, 2);
  });
});
