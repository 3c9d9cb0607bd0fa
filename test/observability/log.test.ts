import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { openSync, readFileSync, rmSync } from "node:fs";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { storedIdentity } from "../../server/auth/development.ts";
import { StoreUnavailable } from "../../server/domain/store.ts";
import { openLog, openPrettyOutput } from "../../server/observability/log.ts";
import { withSmallDisk } from "../faults/smallDisk.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres } from "../support/postgres.ts";
import { type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const tenant = randomUUID();
const identity = await storedIdentity(folder);
const token = await identity.issueToken({ tenant });

type Line = Readonly<Record<string, unknown>>;

function linesOf(text: string): readonly Line[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

/** Waits for a matching line, because the log is written after the answer. @returns all matching lines. */
async function waitForLines(
  service: Pick<Served, "printed">,
  matches: (line: Line) => boolean,
): Promise<readonly Line[]> {
  return eventually(
    () => {
      const found = linesOf(service.printed()).filter(matches);
      return found.length > 0 && found;
    },
    () => `no such line: ${service.printed()}`,
  );
}

function ask({ url }: Pick<Served, "url">, path = profilesPath, body?: unknown): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const memory = { DATA_DIR: folder, DATABASE_URL: "sqlite::memory:" };

describe("the log of a service", () => {
  test("the log has a line for each request, with its operation and status but without any text from the caller", async () => {
    const service = await serve(memory);
    const answer = await ask(service, `${profilesPath}?$filter=displayName eq 'confidential'`);
    const [line] = await waitForLines(service, ({ msg }) => msg === "request");
    const { time, pid, hostname, durationMs, ...rest } = line ?? {};
    const requestId = answer.headers.get("request-id");
    assert.deepEqual(rest, {
      level: "info",
      "request-id": requestId,
      tenant,
      operationId: "listProfiles",
      method: "GET",
      status: 200,
      msg: "request",
    });
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Number(durationMs) > 0);
    assert.equal(await service.stop("SIGTERM"), 0);
    assert.doesNotMatch(service.printed(), /confidential/);
  });

  test("the log has a line for each request in a batch and for an unknown route, without any text from the caller", async () => {
    const service = await serve(memory);
    const requests = ["a", "b"].map((id) => ({ id, method: "GET", url: profilesPath }));
    await ask(service, "/$batch", { requests });
    await ask(service, "/confidential");
    const lines = await waitForLines(service, ({ msg }) => msg === "request");
    await service.stop("SIGTERM");
    const names = linesOf(service.printed()).map(({ operationId, route }) => operationId ?? route);
    assert.deepEqual(names.sort(), ["batch", "listProfiles", "listProfiles", "unknown"]);
    assert.ok(lines.length > 0);
    assert.doesNotMatch(service.printed(), /confidential/);
  });

  for (const level of ["warn", "silent"]) {
    test(`the log has no line for a successful request if LOG_LEVEL is ${level}`, async () => {
      const service = await serve({ ...memory, LOG_LEVEL: level });
      assert.equal((await ask(service)).status, 200);
      await service.stop("SIGTERM");
      assert.deepEqual(service.printed().trimEnd().split("\n"), service.lines);
    });
  }

  for (const level of ["debug", "trace"]) {
    test(`the log has a line for each request, and for each probe, if LOG_LEVEL is ${level}`, async () => {
      const service = await serve({ ...memory, LOG_LEVEL: level });
      assert.equal((await ask(service)).status, 200);
      assert.equal((await fetch(new URL("/livez", service.url))).status, 200);
      await service.stop("SIGTERM");
      const requests = linesOf(service.printed()).filter(({ msg }) => msg === "request");
      assert.deepEqual(
        requests.map(({ level, operationId, route }) => [level, operationId ?? route]),
        [
          ["info", "listProfiles"],
          ["debug", "/livez"],
        ],
      );
    });
  }

  test("the log has been written completely when the service has stopped", async () => {
    const service = await serve(memory);
    await Promise.all(Array.from({ length: 100 }, () => ask(service)));
    await service.stop("SIGTERM");
    assert.equal(linesOf(service.printed()).length, 100);
  });
});

/** Opens a log that writes to an array. @returns the log and the array of lines. */
async function openTestLog(level: "info" | "debug") {
  const lines: string[] = [];
  const log = await openLog({ level, database: "db.example/x", stream: { write: (line) => void lines.push(line) } });
  return { log, lines };
}

describe("the log line for an error", () => {
  const secrets = `Bearer ${token} of postgres://me:hunter22@db/x: -----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----`;

  test("hides tokens, keys and passwords in the error's message, and has no stack trace at level info", async () => {
    const { log, lines } = await openTestLog("info");
    log.error(new TypeError(secrets), "an-id");
    const [line = ""] = lines;
    assert.equal(lines.length, 1);
    assert.doesNotMatch(line, /eyJ|hunter22|MIIB|\\n\s+at /);
    const { cause, remedy, at } = JSON.parse(line);
    assert.equal(cause, "TypeError: Bearer [token] of postgres://me:[password]@db/x: [key]");
    assert.match(remedy, /LOG_LEVEL=debug/);
    assert.equal(at, undefined, "this test is not code of the service");
  });
  test("hides tokens that are not JWTs, and the passwords of Basic authentication", async () => {
    const { log, lines } = await openTestLog("info");
    log.error(new Error("got bearer opaque-1 and Basic dXNlcjpwYXNz from http://me:hunter22@proxy"), "an-id");
    const { cause } = JSON.parse(lines[0] ?? "{}");
    assert.equal(cause, "Error: got bearer [token] and Basic [token] from http://me:[password]@proxy");
  });
  test("the log line for an error is followed by a line with the stack trace, without secrets, at level debug", async () => {
    const { log, lines } = await openTestLog("debug");
    log.error(new Error(secrets, { cause: new Error("behind it") }), "an-id");
    const { stack } = JSON.parse(lines[1] ?? "{}");
    assert.match(stack, /\n\s+at .*\ncaused by Error: behind it/s);
    assert.doesNotMatch(stack, /eyJ|hunter22|MIIB/);
  });
  test("the log line for an error has the cause, the remedy and the database of a store error", async () => {
    const { log, lines } = await openTestLog("info");
    log.error(new StoreUnavailable("SQLite: the disk is full.", { retryAfter: 1, remedy: "Make room." }), "an-id");
    const { cause, remedy, database, at } = JSON.parse(lines[0] ?? "{}");
    assert.deepEqual(
      [cause, remedy, database, at],
      ["SQLite: the disk is full.", "Make room.", "db.example/x", undefined],
    );
  });
});

test("the log line for a request begins like every other line, and escapes the tenant and the route", async () => {
  const { log, lines } = await openTestLog("debug");
  log.warn("A warning.", new Error("why"), "Nothing.");
  const seen = { requestId: "an-id", operationId: undefined, method: "GET", status: 200, milliseconds: 1.234 };
  log.request({ ...seen, route: '/"quoted\\path', tenant: 'Contoso "beta"\n' });
  log.request({ ...seen, route: "/livez", tenant: undefined });
  const [warning, request, probe] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(Object.keys(request).slice(0, 4), Object.keys(warning).slice(0, 4));
  assert.deepEqual([request.pid, request.hostname], [warning.pid, warning.hostname]);
  assert.deepEqual([request.route, request.tenant, request.durationMs], ['/"quoted\\path', 'Contoso "beta"\n', 1.23]);
  assert.deepEqual([request.level, probe.level, "tenant" in probe], ["info", "debug", false]);
});

test("on a terminal, the log is readable text with the status of each request and the remedy of each error", async () => {
  const printed: string[] = [];
  const stream = await openPrettyOutput((text) => printed.push(text));
  const log = await openLog({ level: "info", database: "x.sqlite", stream });
  const seen = { requestId: "an-id", route: "/", method: "GET", status: 200, milliseconds: 1.234, tenant: undefined };
  log.request({ ...seen, operationId: "listProfiles" });
  log.error(new StoreUnavailable("The disk is full.", { retryAfter: 1, remedy: "Make room." }), "an-id");
  const [request = "", failed = ""] = printed;
  assert.match(request, /^\[\d\d:\d\d:\d\d\] INFO: 200 GET listProfiles in 1\.23 ms \{"request-id":"an-id"\}\n$/);
  assert.match(failed, /ERROR: A request failed\. The disk is full\. Make room\. \{.*"database":"x\.sqlite"/);
});

describe("the log of a service with a failure", () => {
  test("the log has cause, remedy, host and port, but no password, when PostgreSQL is down", async () => {
    const postgres = await startPostgres(removedFolder());
    const url = await postgres.newDatabase();
    const service = await serve({ DATA_DIR: folder, DATABASE_URL: url });
    await postgres.stop("immediate");
    for (let times = 0; times < 3; times++) assert.equal((await ask(service)).status, 503);
    const lines = await waitForLines(service, ({ cause }) =>
      String(cause).includes("no server listens at this address"),
    );
    await service.stop("SIGTERM");
    await postgres.close();
    assert.equal(lines[0]?.["remedy"], "Start PostgreSQL, or correct the host and port in DATABASE_URL.");
    assert.equal(lines[0]?.["database"], new URL(url).host + new URL(url).pathname);
    assert.doesNotMatch(service.printed(), /postgres:postgres/);
  });

  test("the log has cause, remedy and file name when the disk of the database is full", async (t) => {
    const isMounted = await withSmallDisk(2, async (disk) => {
      const file = `${disk.folder}/x.sqlite`;
      const service = await serve({ DATA_DIR: folder, DATABASE_URL: `sqlite:${file}` });
      disk.fill();
      const body = { displayName: "x", description: "x".repeat(1000) };
      for (let times = 0; (await ask(service, profilesPath, body)).status !== 503; times++) assert.ok(times < 3000);
      const [line] = await waitForLines(service, ({ level }) => level === "error");
      disk.free();
      await service.stop("SIGTERM");
      assert.equal(line?.["cause"], "SQLite: the disk is full.");
      assert.match(String(line?.["remedy"]), /^Free space on the database's disk/);
      assert.equal(line?.["database"], file);
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });

  test("the service continues without a log when the disk of the log is full", async (t) => {
    const isMounted = await withSmallDisk(1, async (disk) => {
      const log = `${disk.folder}/log`;
      const cli = fileURLToPath(new URL("../../server/cli/cli.ts", import.meta.url));
      const service = spawn(process.execPath, [cli, "serve", "--port", "0"], {
        env: memory,
        stdio: ["ignore", openSync(log, "a"), "inherit"],
      });
      const ended = once(service, "close");
      const lines = () => readFileSync(log, "utf8").split("\n");
      await eventually(() => lines().some((line) => line.startsWith("Token")));
      const [, url = ""] = /(http:\S+)/.exec(lines()[0] ?? "") ?? [];
      disk.fill();
      for (let times = 0; times < 100; times++) assert.equal((await ask({ url })).status, 200);
      disk.free();
      assert.equal((await ask({ url })).status, 200);
      service.kill("SIGTERM");
      assert.deepEqual(await ended, [0, null]);
    });
    if (!isMounted) t.skip("this user may not mount a file system");
  });
});

function removedFolder(): string {
  const created = temporaryFolder();
  after(() => rmSync(created, { recursive: true }));
  return created;
}
