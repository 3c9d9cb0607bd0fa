import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Served } from "../support/process.ts";
import { type Call, groupTarget, profilesPath } from "../support/tenant.ts";
import { ask, type Door, entityOf, readQuietTenant } from "./door.ts";
import { enterPostgres, onPostgres, sqlite } from "./grounds.ts";
import { promised } from "./plan.ts";

const postgres = await enterPostgres();

/** Milliseconds in which a service that is told to stop answers what is under way, and ends. */
const stopping = 5000;

interface Planned {
  readonly call: Call;
  readonly status: number;
}

/** Two hundred requests with their right answers: writes, and refusals of every kind. */
function planned(profileId: string): readonly Planned[] {
  const path = `${profilesPath}/${profileId}`;
  return Array.from({ length: 40 }, (_, index): readonly Planned[] => [
    { call: { method: "POST", path: profilesPath, body: { displayName: `p${index}` } }, status: 201 },
    { call: { method: "PATCH", path: `${path}/assignments`, body: { target: groupTarget(`g${index}`) } }, status: 200 },
    { call: { method: "PATCH", path: `${path}/assignments`, body: {} }, status: 400 },
    { call: { method: "PATCH", path: `${path}x`, body: {} }, status: 404 },
    { call: { method: "PATCH", path, body: {}, headers: { "If-Match": 'W/"0"' } }, status: 412 },
  ]).flat();
}

/** Asserts that what `planned` writes is there, and nothing else. */
async function assertWritten(door: Door): Promise<void> {
  const found = await readQuietTenant(door);
  const names = found.map(({ profile }) => profile["displayName"]);
  assert.deepEqual(names.slice(1).sort(), Array.from({ length: 40 }, (_, index) => `p${index}`).sort());
  assert.equal(found[0]?.assignments.length, 40);
}

interface Begun {
  /** Sends the rest. @returns the status. */
  finish(): Promise<number>;
}

/** Sends the first part of a request: of its head, or of its body. */
function begin({ url, token }: Door, { method, path, headers, body }: Call, part: number): Begun {
  const { hostname, port, pathname } = new URL(url);
  const text = JSON.stringify(body);
  const fields = {
    host: hostname,
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const whole = `${method} ${pathname}${path} HTTP/1.1\r\n${head.join("")}connection: close\r\n\r\n${text}`;
  const middle = Math.ceil(whole.length * part);
  const socket = connect(Number(port), hostname).setEncoding("latin1");
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes;
  });
  const ended = once(socket, "close");
  socket.write(whole.slice(0, middle));
  return {
    finish: async () => {
      socket.write(whole.slice(middle));
      await ended;
      return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]);
    },
  };
}

/** Tells the service to stop, and asserts that it does, with exit code 0 and in time. */
async function assertStops(service: Served): Promise<void> {
  const begun = Date.now();
  assert.equal(await service.stop("SIGTERM"), 0);
  const passed = Date.now() - begun;
  assert.ok(passed < promised(stopping), `it stopped in ${passed} ms`);
}

async function newProfileId(door: Door): Promise<string> {
  return entityOf((await ask(door, { method: "POST", path: profilesPath, body: { displayName: "first" } })).body).id;
}

describe("SIGTERM with 200 requests in flight: each gets its right answer, and the service ends with 0", () => {
  for (const kind of [sqlite, onPostgres(postgres, { processes: 2 })]) {
    test(`while it still receives them, on ${kind.name}`, async (t) => {
      const ground = await kind.lay(t);
      const service = await ground.serve();
      const door = { url: service.url, token: await ground.token() };
      const plan = planned(await newProfileId(door));
      const begun = plan.map(({ call }, index) => begin(door, call, (index + 1) / (plan.length + 1)));
      // Connections are accepted in their order: when this one's answer is there, those before it have been.
      await ask(door, { method: "GET", path: profilesPath });
      const stops = assertStops(service);
      await sleep(200);
      const statuses = await Promise.all(begun.map(({ finish }) => finish()));
      assert.deepEqual(
        statuses,
        plan.map(({ status }) => status),
      );
      await stops;
      await assertWritten({ ...door, url: (await ground.serve()).url });
    });
  }

  test("while it waits for the database, on PostgreSQL", async (t) => {
    const ground = await onPostgres(postgres).lay(t);
    const service = await ground.serve();
    const door = { url: service.url, token: await ground.token() };
    const plan = planned(await newProfileId(door));
    const held = ground.query(holdAll);
    await sleep(100);
    const answers = Promise.all(plan.map(({ call }) => ask(door, call)));
    // All have arrived by then, and those that need the database wait for it.
    await sleep(500);
    const stops = assertStops(service);
    assert.deepEqual(
      (await answers).map(({ status }) => status),
      plan.map(({ status }) => status),
    );
    await Promise.all([stops, held]);
    await assertWritten({ ...door, url: (await ground.serve()).url });
  });
});

/** Nobody reads or writes for a while, a shorter one than the service's patience. */
const holdAll = `
  BEGIN;
  LOCK TABLE apple_enrollment.profiles, apple_enrollment.assignments, apple_enrollment.tenants;
  SELECT pg_sleep(1.2);
  COMMIT`;
