/**
 * Measures the overhead of the contract checker: sends generated requests with the checker and then the same requests
 * without it, and also measures the memory of the checker. It starts a service with SQLite in memory. The command is `npx
 * node bench/verify.ts [requests] [rounds]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { run } from "../verify/run.ts";
import { fetchDevelopmentTokens } from "../verify/server/callers.ts";

const requests = Number(process.argv[2] ?? 10_000);
const rounds = Number(process.argv[3] ?? 3);
const [port, seed] = [3999, 1];
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** The id of the entity that the request created; undefined if it did not create an entity. */
  readonly id: string | undefined;
}

const folder = mkdtempSync(join(tmpdir(), "verify-"));
const env = {
  ...process.env,
  PORT: String(port),
  DATA_DIR: folder,
  DATABASE_URL: "sqlite::memory:",
  LOG_LEVEL: "silent",
};
const service = spawn(process.execPath, ["server/cli/cli.ts", "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
await once(service.stdout, "data");
const baseUrl = `http://127.0.0.1:${port}/beta`;

async function sendChecked(send: (request: Request) => Promise<Response>, onVerdict = () => {}) {
  const tokens = (await fetchDevelopmentTokens(baseUrl, fetch, 10_000)) ?? {};
  const target = {
    baseUrl,
    roots: [baseUrl],
    tokens,
    provoke: undefined,
    timeout: 30_000,
    isOwnTenant: true,
    fetch: send,
  };
  const { violations } = await run(target, { plays: [], generation: { requests, seed }, onVerdict });
  if (violations.length > 0)
    throw new Error(`The service must have no violations, but the checker found ${violations.length}.`);
}

async function record(): Promise<readonly RecordedRequest[]> {
  const recorded: RecordedRequest[] = [];
  await sendChecked(async (request) => {
    const { method, url, headers } = request;
    const body = request.body === null ? undefined : await request.clone().text();
    const response = await fetch(request);
    const { id } = response.status === 201 ? Object(await response.clone().json()) : {};
    recorded.push({ method, url, headers, body, id });
    return response;
  });
  return recorded;
}

/** Sends the recorded requests again, with the ids of the recorded entities replaced by those of the new entities. */
async function sendUnchecked(recorded: readonly RecordedRequest[]): Promise<void> {
  const now = new Map<string, string>();
  const renewed = (text: string) =>
    text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => now.get(id) ?? id);
  for (const { method, url, headers, body, id } of recorded) {
    const response = await fetch(renewed(url), { method, headers, ...(body !== undefined && { body: renewed(body) }) });
    const text = await response.text();
    if (id !== undefined && response.status === 201) now.set(id, JSON.parse(text).id);
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

try {
  const recorded = await record();
  for (let round = 1; round <= rounds; round += 1) {
    const plain = await secondsOf(() => sendUnchecked(recorded));
    const whole = await secondsOf(() => sendChecked(fetch));
    console.log(
      `${requests} generated requests (${recorded.length} in all): ${plain.toFixed(1)} s unchecked, ${whole.toFixed(1)} s checked, ${(whole / plain).toFixed(2)} times`,
    );
  }
  const heaps: number[] = [];
  await sendChecked(fetch, () => {
    collectGarbage();
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
  });
  console.log(`heap in MiB after the requests of each operation: ${heaps.map((heap) => heap.toFixed(1)).join(", ")}`);
} finally {
  service.kill();
  rmSync(folder, { recursive: true });
}
