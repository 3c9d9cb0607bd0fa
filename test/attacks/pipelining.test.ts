/** Clients that send many requests on a connection and do not read the answers. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { buildApp } from "../../server/app.ts";
import { defaultTenant, ephemeralIdentity } from "../../server/auth/development.ts";
import { createProfile } from "../../server/domain/profiles.ts";
import type { Store } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { pipelining, unreadAnswers } from "../../server/shared/limits.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { eventually } from "../support/eventually.ts";
import { profilesPath } from "../support/tenant.ts";
import { exchange } from "./wire.ts";

const sqlite = openSqliteStore(":memory:");
/** Bytes of the answer with all profiles, at least. */
const pageSize = 1_000_000;
for (let count = 0; count < 1000; count++) {
  const properties = newProperties({ displayName: "A profile", description: "x".repeat(1000) });
  const command = createProfile({
    properties,
    priority: undefined,
    newId: randomUUID,
    now: "2026-01-01T00:00:00.000Z",
  });
  await sqlite.decide(defaultTenant, command);
}

let [lists, running, mostRunning] = [0, 0, 0];
/** What each list waits for before it reads. */
let mayRead: Promise<void> = Promise.resolve();
/** Counts the lists, and how many of them run at the same time. */
const store: Store = {
  ...sqlite,
  read: {
    ...sqlite.read,
    async profiles(tenant, list) {
      [lists, running] = [lists + 1, running + 1];
      mostRunning = Math.max(mostRunning, running);
      await mayRead;
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
const authorization = `Authorization: Bearer ${await identity.issueToken()}`;
const list = `GET /beta${profilesPath} HTTP/1.1\r\nHost: x\r\n${authorization}\r\n\r\n`;
const page = `GET /beta${profilesPath}?$top=1 HTTP/1.1\r\nHost: x\r\n${authorization}\r\n`;

async function openConnection(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** The value when it has not changed for a while. */
async function settled(value: () => number): Promise<number> {
  for (let last = -1; ; ) {
    await delay(300);
    if (value() === last) return last;
    last = value();
  }
}

async function assertServed(): Promise<void> {
  const [answer] = await exchange(port, `${page}Connection: close\r\n\r\n`);
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
  test("is closed if more requests wait than the limit", async () => {
    const socket = await openConnection();
    const closed = once(socket, "close");
    socket.resume().write("GET /x HTTP/1.1\r\nHost:x\r\n\r\n".repeat(pipelining.perConnection + 10));
    await closed;
    await assertServed();
  });
});

test("the oldest connections with unread answers are closed when all of them exceed the limit of the process", async () => {
  const count = Math.ceil(unreadAnswers.perProcess / pageSize) + 20;
  const sockets = await Promise.all(Array.from({ length: count }, () => openConnection()));
  const open = () => new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  for (const socket of sockets) socket.pause().write(list.repeat(10));
  await eventually(async () => (await open()) < count);
  await assertServed();
  for (const socket of sockets) socket.destroy();
});

test("an answer whose client has left no longer counts, so that slow clients keep their connections", async (t) => {
  const slow = await openConnection();
  t.after(() => slow.destroy());
  const closed = once(slow, "close");
  // More than the operating system's buffers take.
  const slowLists = 40;
  slow.pause().write(`${list.repeat(slowLists - 1)}${list.trimEnd()}\r\nConnection: close\r\n\r\n`);
  const begun = await settled(() => lists);
  const { promise, resolve } = Promise.withResolvers<void>();
  mayRead = promise;
  const count = Math.ceil(unreadAnswers.perProcess / pageSize) + 20;
  const leaving = await Promise.all(Array.from({ length: count }, () => openConnection()));
  for (const socket of leaving) socket.write(list);
  await eventually(() => lists >= begun + count);
  for (const socket of leaving) socket.resetAndDestroy();
  const open = () => new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await eventually(async () => (await open()) === 1);
  resolve();
  await eventually(() => running === 0);
  await assertServed();
  let bytes = 0;
  slow.on("data", (part) => {
    bytes += part.length;
  });
  slow.resume();
  await closed;
  assert.ok(bytes > slowLists * pageSize, `${bytes} bytes of the answer have arrived`);
});
