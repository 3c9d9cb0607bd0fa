/** Clients that send many requests on a connection, or that do not read the answers. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, describe, type TestContext, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { defaultTenant, ephemeralIdentity } from "../../server/auth/development.ts";
import { createProfile } from "../../server/domain/commands/profiles.ts";
import type { Store } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { pipelining, times, unreadAnswers } from "../../server/shared/limits.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { eventually } from "../support/eventually.ts";
import { profilesPath } from "../support/tenant.ts";
import { exchange } from "./wire.ts";

const sqlite = openSqliteStore(":memory:");
/** The least number of bytes of the answer with all profiles of a tenant. */
const pageSize = 1_000_000;
const otherTenant = randomUUID();
for (const tenant of [defaultTenant, otherTenant]) await fill(tenant);

async function fill(tenant: string): Promise<void> {
  const properties = newProperties({ displayName: "A profile", description: "x".repeat(1000) });
  const created = Array.from({ length: 1000 }, () =>
    sqlite.decide(
      tenant,
      createProfile({ properties, priority: undefined, newId: randomUUID, now: "2026-01-01T00:00:00.000Z" }),
    ),
  );
  await Promise.all(created);
}

let [lists, running, mostRunning] = [0, 0, 0];
/** Counts the lists, and how many of them run at the same time. */
const store: Store = {
  ...sqlite,
  read: {
    ...sqlite.read,
    async profiles(tenant, list) {
      [lists, running] = [lists + 1, running + 1];
      mostRunning = Math.max(mostRunning, running);
      const profiles = await sqlite.read.profiles(tenant, list);
      running -= 1;
      return profiles;
    },
  },
};
const identity = await ephemeralIdentity();
const app = buildApp({ store, verifyToken: identity.verifyToken });
const port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
after(async () => {
  await app.close();
  await sqlite.close();
});
const listOf = async (tenant: string) =>
  `GET /beta${profilesPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await identity.issueToken({ tenant })}\r\n\r\n`;
const list = await listOf(defaultTenant);
const otherList = await listOf(otherTenant);
/** The number of connections that the service has open. */
const open = () => new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
const pageOf = (request: string) => request.replace(profilesPath, `${profilesPath}?$top=1`).slice(0, -"\r\n".length);
const [page, otherPage] = [pageOf(list), pageOf(otherList)];

/** A request that is refused without a token. */
const short = "GET /x HTTP/1.1\r\nHost:x\r\n\r\n";

async function openConnection(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Opens a connection, and sends a request for more lists than the operating system's buffers take, but does not read yet. */
async function openSlowClient(t: TestContext, request: string) {
  const count = 20;
  const socket = await openConnection();
  t.after(() => socket.destroy());
  const closed = once(socket, "close");
  socket.pause().write(`${request.repeat(count - 1)}${request.trimEnd()}\r\nConnection: close\r\n\r\n`);
  return {
    async assertReadsAll() {
      let bytes = 0;
      socket.on("data", (part) => {
        bytes += part.length;
      });
      socket.resume();
      await closed;
      assert.ok(bytes > count * pageSize, `${bytes} bytes of the slow client's answers have arrived`);
    },
  };
}

/** Asserts that the service answers a caller of another tenant. */
async function assertServed(): Promise<void> {
  const [answer] = await exchange(port, `${otherPage}Connection: close\r\n\r\n`);
  assert.equal(answer?.status, 200);
}

describe("a connection with pipelined requests", () => {
  test("begins one request at a time, and answers all of them in order", async () => {
    mostRunning = 0;
    const answers = await exchange(port, `${`${page}\r\n`.repeat(20)}${page}Connection: close\r\n\r\n`);
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(21).fill(200),
    );
    assert.equal(mostRunning, 1);
  });
  test("makes the service collect no answers if the client does not read them", async () => {
    lists = 0;
    const socket = await openConnection();
    socket.pause().write(list.repeat(80));
    await eventually(() => lists > 0);
    for (let count = 0; count < 10; count++) await assertServed();
    // The operating system's buffers take the first few answers.
    assert.ok(lists - 10 < 40, `${lists - 10} of 80 lists have begun`);
    socket.destroy();
    await assertServed();
  });
  test("is answered if as many requests wait as the limit allows", async () => {
    const requests = short.repeat(pipelining.perConnection);
    const answers = await exchange(port, `${requests}${short.trimEnd()}\r\nConnection: close\r\n\r\n`);
    assert.equal(answers.length, pipelining.perConnection + 1);
  });
  test("is closed if more requests wait than the limit, and its requests no longer count for other connections", async () => {
    for (let waiting = 0; waiting <= pipelining.perProcess; waiting += pipelining.perConnection) {
      const socket = await openConnection();
      const closed = once(socket, "close");
      socket.resume().write(short.repeat(pipelining.perConnection + 10));
      await closed;
    }
    const answers = await exchange(port, `${short.repeat(10)}${short.trimEnd()}\r\nConnection: close\r\n\r\n`);
    assert.equal(answers.length, 11);
  });
});

test("a connection is closed when its client has not read an answer for the time limit", async (t) => {
  assert.equal(app.server.timeout, times.silence);
  app.server.timeout = 300;
  t.after(() => {
    app.server.timeout = times.silence;
  });
  await eventually(async () => (await open()) === 0);
  const socket = await openConnection();
  t.after(() => socket.destroy());
  socket.pause().write(list.repeat(20));
  await eventually(async () => (await open()) === 1);
  await eventually(async () => (await open()) === 0);
});

test("if unread answers need too much memory, only connections of the tenant with most of them are closed", async (t) => {
  const slow = await openSlowClient(t, otherList);
  const count = Math.ceil(unreadAnswers.perProcess / pageSize) + 20;
  const flood = await Promise.all(Array.from({ length: count }, () => openConnection()));
  t.after(() => {
    for (const socket of flood) socket.destroy();
  });
  for (const socket of flood) socket.pause().write(list.repeat(10));
  await eventually(async () => (await open()) <= count);
  await assertServed();
  await slow.assertReadsAll();
});

test("unread answers whose clients have left do not close the connections of the tenant's other clients", async (t) => {
  await eventually(async () => (await open()) === 0);
  const slow = await openSlowClient(t, list);
  // More than the operating system's buffers take, so that an answer of each connection stays unread.
  const count = Math.ceil(unreadAnswers.perProcess / pageSize) + 20;
  for (let left = 0; left < count; ) {
    lists = 0;
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openConnection()));
    for (const socket of sockets) socket.pause().write(list.repeat(10));
    let before = -1;
    // No further list begins when all connections have an unread answer.
    await eventually(async () => {
      for (let turn = 0; turn < 5; turn++) await assertServed();
      const isQuiet = lists > sockets.length && lists - 5 === before;
      before = lists;
      return isQuiet;
    });
    for (const socket of sockets) socket.destroy();
    await eventually(async () => (await open()) <= 1);
    left += sockets.length;
  }
  await slow.assertReadsAll();
});
