/**
 * Measures how long one tenant's requests keep another tenant waiting. A thread sends one GET after the other in one tenant,
 * while each of the disturbances below runs in another tenant. Options: `--store sqlite|postgres`, `--times`.
 */
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { storedIdentity } from "../../server/auth/development.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { fillTenant } from "../../test/support/bigTenant.ts";
import { sendRequest } from "../http.ts";
import { describeMachine, machineText } from "../machine.ts";
import { freePort, start } from "../processes.ts";
import { number, table } from "../report/text.ts";
import { postgresServer } from "../stores/postgres.ts";
import { resetPeak, usageOf } from "../usage.ts";
import { clearWorkplace, openWorkplace, type Workplace } from "../workplace.ts";
import type { Delays, Probe } from "./prober.ts";

const { values } = parseArgs({
  options: { store: { type: "string", default: "sqlite" }, times: { type: "string", default: "3" } },
});
const times = Number(values.times);

const [busy, quiet] = ["aaaabbbb-0000-cccc-1111-dddd2222eeee", "bbbbbbbb-0000-cccc-1111-dddd2222eeee"];
const profiles = "/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** The profiles of the busy tenant, and the assignments of its first profile. */
const size = { profiles: 20_000, assignments: 100_000 };

const filter = (property: string) =>
  `?$filter=${encodeURIComponent(Array.from({ length: 100 }, (_, n) => `contains(${property},'nothing ${n}')`).join(" or "))}`;

interface Service {
  readonly port: number;
  readonly pid: number;
  /** Tokens by tenant. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** Sends requests in the busy tenant. @returns what was answered. */
type Disturb = (
  send: (method: string, path: string, body?: unknown) => Promise<string>,
  service: Service,
) => Promise<string>;

const batchOf = (method: string, url: string, body?: unknown) => ({
  requests: Array.from({ length: 20 }, (_, n) => ({
    id: String(n),
    method,
    url: url.replace("/beta", ""),
    ...(body !== undefined && { body, headers: { "Content-Type": "application/json" } }),
  })),
});

const disturbances: Readonly<Record<string, Disturb>> = {
  "nothing else": async () => {
    await wait(1_000);
    return "";
  },
  "a filter of 100 terms on profiles": (send) => send("GET", `${profiles}${filter("description")}`),
  "a batch of 20 of them": (send) =>
    send("POST", "/beta/$batch", batchOf("GET", `${profiles}${filter("description")}`)),
  "a filter of 100 terms on assignments": (send) =>
    send("GET", `${profiles}/p0/assignments${filter("target/groupId")}`),
  "a sorted list of assignments": (send) => send("GET", `${profiles}/p0/assignments?$orderby=target/groupId`),
  "a batch of 20 of them ": (send) =>
    send("POST", "/beta/$batch", batchOf("GET", `${profiles}/p0/assignments?$orderby=target/groupId`)),
  "a batch of 20 lists of profiles": (send) => send("POST", "/beta/$batch", batchOf("GET", profiles)),
  "a batch of 20 counts of assignments": (send) =>
    send("POST", "/beta/$batch", batchOf("GET", `${profiles}/p0/assignments/$count`)),
  "$skip=99000 of assignments": (send) => send("GET", `${profiles}/p0/assignments?$skip=99000`),
  "$expand=assignments": (send) => send("GET", `${profiles}?$expand=assignments`),
  "a profile that is created at the first priority": (send) =>
    send("POST", profiles, { displayName: "x", priority: 0 }),
  "a batch of 20 moves past all profiles": (send) =>
    send("POST", "/beta/$batch", batchOf("POST", `${profiles}/p19000/setPriority`, { priority: 0 })),
  "80 pipelined lists on each of 20 connections that do not read": pipeline,
  "the profile with 100,000 assignments is deleted": (send) => send("DELETE", `${profiles}/p0`),
};

async function pipeline(_send: unknown, { port, tokens }: Service): Promise<string> {
  const request = `GET ${profiles} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokens.get(busy)}\r\n\r\n`;
  const sockets: Socket[] = [];
  for (let count = 0; count < 20; count++) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.pause().write(request.repeat(80));
    sockets.push(socket);
  }
  await wait(10_000);
  const open = sockets.filter(({ destroyed }) => !destroyed).length;
  for (const socket of sockets) socket.destroy();
  return `${open} open`;
}

async function prepareStore({ folder }: Workplace): Promise<string> {
  const file = join(folder, "stalls.sqlite");
  const url =
    values.store === "postgres" ? await (await postgresServer(join(folder, "postgres"))).create() : `sqlite:${file}`;
  const store = values.store === "postgres" ? await openPostgresStore(url) : openSqliteStore(file);
  await fillTenant(store, quiet, { profiles: 1, assignments: 1 });
  // In several commands, because PostgreSQL limits the time of each.
  await fillTenant(store, busy, size);
  await store.close();
  return url;
}

async function startService({ folder, dataDir }: Workplace, databaseUrl: string): Promise<Service> {
  const port = await freePort();
  const args = [fileURLToPath(new URL("../../server/cli/cli.ts", import.meta.url)), "serve"];
  const env = { PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LOG_LEVEL: "error" };
  const running = start({ args, env, hasChannel: false }, join(folder, "service.log"));
  while (!(await sendRequest({ port, method: "GET", path: "/readyz" }).catch(() => undefined))) {
    if (running.ended() !== undefined) throw new Error(running.printed());
    await wait(50);
  }
  const identity = await storedIdentity(dataDir);
  const tokens = await Promise.all(
    [busy, quiet].map(async (tenant) => [tenant, await identity.issueToken({ tenant, lifetime: 86_400 })] as const),
  );
  return { port, pid: running.pid, tokens: new Map(tokens) };
}

/** Measures the answers to another tenant while `work` runs. */
async function probe<Value>({ port, tokens }: Service, work: () => Promise<Value>): Promise<[Delays, Value]> {
  const workerData: Probe = { port, path: `${profiles}/p0`, token: tokens.get(quiet) ?? "" };
  const worker = new Worker(new URL("prober.ts", import.meta.url), { workerData });
  const delays = new Promise<Delays>((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await wait(500);
  const value = await work();
  worker.postMessage("stop");
  return [await delays, value];
}

function sender({ port, tokens }: Service) {
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(busy)}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (path !== "/beta/$batch") return String(answer.status);
    const statuses: number[] = JSON.parse(text).responses.map(({ status }: { status: number }) => status);
    return [...Map.groupBy(statuses, (status) => status)].map(([status, all]) => `${all.length}×${status}`).join(" ");
  };
}

function row(
  name: string,
  delays: Delays,
  time: number,
  answered: string,
  peak: number | undefined,
): readonly string[] {
  const sorted = delays.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const memory = number(peak && peak / 1_048_576);
  return [name, answered, number(time), number(at(0.5), 1), number(at(0.99), 1), number(sorted.at(-1), 1), memory];
}

const workplace = await openWorkplace();
try {
  const service = await startService(workplace, await prepareStore(workplace));
  const rows: (readonly string[])[] = [];
  for (const [name, disturb] of Object.entries(disturbances)) {
    for (let time = 0; time < (name.includes("deleted") ? 1 : times); time++) {
      resetPeak(service.pid);
      const begun = performance.now();
      const [delays, answered] = await probe(service, () => disturb(sender(service), service));
      rows.push(row(name, delays, performance.now() - begun - 500, answered, usageOf(service.pid)?.peak));
      await wait(500);
    }
  }
  process.stdout.write(`${machineText(describeMachine())}\n\n`);
  process.stdout.write(`${table(["", "answered", "ms", "other's p50 ms", "p99", "most", "peak MB"], rows)}\n`);
} finally {
  await clearWorkplace();
}
