import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { get } from "node:http";
import { connect, createServer } from "node:net";
import { after, describe, test } from "node:test";
import { storedIdentity } from "../../server/auth/development.ts";
import { openMetricsListener } from "../../server/observability/metricsListener.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres } from "../support/postgres.ts";
import { runCli, type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const token = await (await storedIdentity(folder)).issueToken({});

function metricsOf({ lines }: Served): string {
  return lines.find((line) => line.startsWith("Metrics "))?.slice("Metrics ".length) ?? "";
}

/**
 * Waits for a sample whose name begins with `expected`, because requests are counted after they are answered.
 * @param value the value of the sample. Default: any value. @returns all samples, by name with labels.
 */
async function waitForSample(url: string, expected: string, value?: number): Promise<ReadonlyMap<string, number>> {
  let text = "";
  return eventually(
    async () => {
      text = await (await fetch(url)).text();
      const found = [...text.matchAll(/^(\w\S*(?:\{[^}]*\})?) (\S+)$/gm)].map(
        ([, name = "", sample]) => [name, Number(sample)] as const,
      );
      return (
        found.some(([name, sample]) => name.startsWith(expected) && (value === undefined || sample === value)) &&
        new Map(found)
      );
    },
    () => `no ${expected} ${value ?? ""} in ${text}`,
  );
}

const counted = (labels: string) => `http_server_request_duration_seconds_count{${labels}}`;

async function ask(service: Served, method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", connection: "close" };
  const answer = await fetch(`${service.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return Object(await answer.json());
}

describe("a service with METRICS_PORT", async () => {
  const env = { DATA_DIR: folder, DATABASE_URL: "sqlite::memory:", METRICS_PORT: "0" };
  const service = await serve(env);
  after(() => service.stop("SIGTERM"));
  const url = metricsOf(service);

  test("Prometheus gets metrics of requests, commits and the event loop, without any text from callers", async () => {
    const { id } = await ask(service, "POST", profilesPath, { displayName: "x" });
    const path = `${profilesPath}/${id}/assignments`;
    for (let times = 0; times < 3; times++) await ask(service, "PATCH", path, { target: groupTarget(`g${times}`) });
    await ask(service, "GET", "/confidential");
    const found = await waitForSample(url, counted('operation="unknown"').slice(0, -1));
    assert.equal(found.get(counted('operation="createProfile",method="POST",status="201"')), 1);
    assert.equal(found.get(counted('operation="updateAssignments",method="PATCH",status="200"')), 3);
    assert.equal(found.get(counted('operation="unknown",method="GET",status="404"')), 1);
    assert.equal(found.get("store_commit_decisions_sum"), 4);
    assert.ok(found.has("nodejs_eventloop_lag_p99_seconds"));
    assert.doesNotMatch(await (await fetch(url)).text(), new RegExp(`confidential|${id}`));
  });
  test("the API port does not return metrics", async () => {
    assert.equal((await fetch(new URL("/metrics", service.url))).status, 404);
  });
  test("the metrics port refuses other paths, other methods and foreign host names", async () => {
    assert.equal((await fetch(new URL("/beta", url))).status, 404);
    assert.equal((await fetch(url, { method: "POST" })).status, 405);
    assert.equal((await fetch(url, { method: "HEAD" })).status, 200);
    assert.equal((await fetch(`${url}?format=text`)).status, 200);
    const status = await new Promise((resolve, reject) => {
      get(url, { headers: { host: "evil.example" } }, (answer) => resolve(answer.resume().statusCode)).on(
        "error",
        reject,
      );
    });
    assert.equal(status, 421);
  });
});

test("clients that send nothing, or do not read the answer, delay Prometheus by a few seconds at most", async (t) => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:", METRICS_PORT: "0" });
  t.after(() => service.stop("SIGTERM"));
  const { hostname, port } = new URL(metricsOf(service));
  const sockets = Array.from({ length: 105 }, (_, index) => {
    const socket = connect(Number(port), hostname).on("error", () => {});
    if (index % 2 === 0) socket.write(`GET /metrics HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`.repeat(2000));
    return socket.pause();
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  await eventually(async () => (await fetch(metricsOf(service)).catch(() => undefined))?.ok);
});

test("the metrics port answers to any host name if its address is not one of the loopback names", async (t) => {
  // This spelling of 127.0.0.1 does not count as a loopback name, so the test need not listen on a public address.
  const listener = await openMetricsListener({ host: "::ffff:127.0.0.1", port: 0 }, async () => "some_metric 1\n");
  t.after(() => listener.close());
  const { port } = new URL(listener.url);
  const status = await new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/metrics", headers: { host: "metrics.example" } };
    get(options, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
  assert.equal(status, 200);
});

test("the metrics port answers 503 with the reason while the metrics cannot be read, and works again afterwards", async (t) => {
  let failure: Error | undefined = new Error("a process did not answer");
  const listener = await openMetricsListener({ host: "127.0.0.1", port: 0 }, async () => {
    if (failure) throw failure;
    return "some_metric 1\n";
  });
  t.after(() => listener.close());
  const failed = await fetch(listener.url);
  assert.deepEqual([failed.status, await failed.text()], [503, "a process did not answer"]);
  failure = undefined;
  assert.equal(await (await fetch(listener.url)).text(), "some_metric 1\n");
});

test("the service has no metrics port if METRICS_PORT is not set", async () => {
  const service = await serve({ DATA_DIR: folder, DATABASE_URL: "sqlite::memory:" });
  assert.equal(metricsOf(service), "");
  await service.stop("SIGTERM");
});

test("serve prints one sentence and exits with code 2 if the metrics port is in use", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = Object(other.address());
  const env = { DATA_DIR: folder, DATABASE_URL: "sqlite::memory:", PORT: "0", METRICS_PORT: String(port) };
  const ended = await runCli(["serve"], env);
  other.close();
  assert.equal(ended.stderr, `Port ${port} of 127.0.0.1 is in use: set METRICS_PORT to another port.\n`);
  assert.equal(ended.code, 2);
});

test("the metrics port adds up the metrics of all processes, including their connection pools", async () => {
  const postgresFolder = temporaryFolder();
  const postgres = await startPostgres(postgresFolder);
  const env = { DATA_DIR: folder, DATABASE_URL: await postgres.newDatabase(), METRICS_PORT: "0" };
  const service = await serve(env, ["--processes", "2"]);
  for (let times = 0; times < 10; times++) await ask(service, "GET", profilesPath);
  const name = counted('operation="listProfiles",method="GET",status="200"');
  const found = await waitForSample(metricsOf(service), name, 10);
  assert.ok(Number(found.get('store_pool_connections{state="idle"}')) >= 2);
  assert.equal(found.get("store_pool_waiting"), 0);
  assert.equal(await service.stop("SIGTERM"), 0);
  await postgres.close();
  rmSync(postgresFolder, { recursive: true });
});
