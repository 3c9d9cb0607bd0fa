import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Served } from "../support/process.ts";
import { type Call, groupTarget, profilesPath } from "../support/tenant.ts";
import { ask, type Endpoint, entityOf, readQuietTenant } from "./endpoint.ts";
import { enterPostgres, onPostgres, sqlite } from "./fixtures.ts";
import { withTolerance } from "./plan.ts";

const postgres = await enterPostgres();

/** The time in milliseconds in which a stopping service must answer all requests in flight and end. */
const stopping = 5000;

interface PlannedRequest {
  readonly call: Call;
  readonly status: number;
}

/** Two hundred requests with their expected statuses. They are writes and several kinds of refused requests. */
function planRequests(profileId: string): readonly PlannedRequest[] {
  const path = `${profilesPath}/${profileId}`;
  return Array.from({ length: 40 }, (_, index): readonly PlannedRequest[] => [
    { call: { method: "POST", path: profilesPath, body: { displayName: `p${index}` } }, status: 201 },
    { call: { method: "PATCH", path: `${path}/assignments`, body: { target: groupTarget(`g${index}`) } }, status: 200 },
    { call: { method: "PATCH", path: `${path}/assignments`, body: {} }, status: 400 },
    { call: { method: "PATCH", path: `${path}x`, body: {} }, status: 404 },
    { call: { method: "PATCH", path, body: {}, headers: { "If-Match": 'W/"0"' } }, status: 412 },
  ]).flat();
}

/** Asserts that the tenant has exactly the content that the requests of `planRequests` write. */
async function assertWritten(endpoint: Endpoint): Promise<void> {
  const found = await readQuietTenant(endpoint);
  const names = found.map(({ profile }) => profile["displayName"]);
  assert.deepEqual(names.slice(1).sort(), Array.from({ length: 40 }, (_, index) => `p${index}`).sort());
  assert.equal(found[0]?.assignments.length, 40);
}

interface PartialRequest {
  /** Sends the rest of the request. @returns the status of the answer. */
  finish(): Promise<number>;
}

/** Sends the first part of a request. It ends in the middle of the headers or of the body. */
function sendPart({ url, token }: Endpoint, { method, path, headers, body }: Call, part: number): PartialRequest {
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

/** Sends SIGTERM, and asserts that the service ends in time with exit code 0. */
async function assertStops(service: Served): Promise<void> {
  const started = Date.now();
  assert.equal(await service.stop("SIGTERM"), 0);
  const passed = Date.now() - started;
  assert.ok(passed < withTolerance(stopping), `the service needed ${passed} ms to stop`);
}

async function newProfileId(endpoint: Endpoint): Promise<string> {
  return entityOf((await ask(endpoint, { method: "POST", path: profilesPath, body: { displayName: "first" } })).body)
    .id;
}

describe("a service that gets SIGTERM", () => {
  for (const kind of [sqlite, onPostgres(postgres, { processes: 2 })]) {
    test(`answers all 200 requests that it is still receiving, and exits with code 0, on ${kind.name}`, async (t) => {
      const fixture = await kind.createFixture(t);
      const service = await fixture.serve();
      const endpoint = { url: service.url, token: await fixture.token() };
      const plan = planRequests(await newProfileId(endpoint));
      const partial = plan.map(({ call }, index) => sendPart(endpoint, call, (index + 1) / (plan.length + 1)));
      // Connections are accepted in the order of their arrival, so this answer shows that all earlier ones were accepted.
      await ask(endpoint, { method: "GET", path: profilesPath });
      const stops = assertStops(service);
      await sleep(200);
      const statuses = await Promise.all(partial.map(({ finish }) => finish()));
      assert.deepEqual(
        statuses,
        plan.map(({ status }) => status),
      );
      await stops;
      await assertWritten({ ...endpoint, url: (await fixture.serve()).url });
    });
  }

  test("answers all 200 requests that are waiting for PostgreSQL, and exits with code 0", async (t) => {
    const fixture = await onPostgres(postgres).createFixture(t);
    const service = await fixture.serve();
    const endpoint = { url: service.url, token: await fixture.token() };
    const plan = planRequests(await newProfileId(endpoint));
    const locked = fixture.query(lockAll);
    await sleep(100);
    const answers = Promise.all(plan.map(({ call }) => ask(endpoint, call)));
    // After this time all requests have arrived, and those that need the database are waiting for it.
    await sleep(500);
    const stops = assertStops(service);
    assert.deepEqual(
      (await answers).map(({ status }) => status),
      plan.map(({ status }) => status),
    );
    await Promise.all([stops, locked]);
    await assertWritten({ ...endpoint, url: (await fixture.serve()).url });
  });
});

/** Blocks all reads and writes for less than the time that the service waits for PostgreSQL. */
const lockAll = `
  BEGIN;
  LOCK TABLE apple_enrollment.profiles, apple_enrollment.assignments, apple_enrollment.tenants;
  SELECT pg_sleep(1.2);
  COMMIT`;
