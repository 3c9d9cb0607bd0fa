/** Too many connections, and connections that never send a complete request. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { connections, times } from "../../server/shared/limits.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { profilesPath } from "../support/tenant.ts";

const store = openSqliteStore(":memory:");
const identity = await ephemeralIdentity();
after(() => store.close());
const head = `GET /beta${profilesPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await identity.issueToken()}\r\n`;

async function start() {
  const app = buildApp({ store, verifyToken: identity.verifyToken });
  const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  return { app, port: Number(port) };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket.on("error", () => {}).setEncoding("utf8");
}

async function ask(socket: Socket): Promise<string> {
  socket.write(`${head}\r\n`);
  const [answer] = await Promise.race([once(socket, "data"), once(socket, "close").then(() => ["closed"])]);
  return String(answer).split("\r\n")[0] ?? "";
}

describe("connection limits", () => {
  test("closes connections beyond the limit without an answer, until another connection is closed", async () => {
    const { app, port } = await start();
    assert.equal(app.server.maxConnections, connections);
    app.server.maxConnections = 3;
    const sockets = await Promise.all([open(port), open(port), open(port)]);
    for (const socket of sockets) assert.equal(await ask(socket), "HTTP/1.1 200 OK");
    assert.equal(await ask(await open(port)), "closed");
    for (const socket of sockets) assert.equal(await ask(socket), "HTTP/1.1 200 OK");
    const [leaving] = sockets;
    leaving?.destroy();
    let answer = "";
    for (let tries = 0; tries < 50 && answer !== "HTTP/1.1 200 OK"; tries++) {
      await wait(20);
      answer = await ask(await open(port));
    }
    assert.equal(answer, "HTTP/1.1 200 OK");
    await app.close();
  });
  test("closes connections that send headers byte by byte after the time-out, and meanwhile answers a normal client", async () => {
    const { app, port } = await start();
    // The machine may be busy, so the test allows three times the service's time-out.
    const end = Date.now() + 3 * (times.headers + times.check);
    const slow = await Promise.all(Array.from({ length: 1000 }, () => open(port)));
    for (const socket of slow) socket.write(`${head}X: `);
    const normal = await open(port);
    while (slow.some((socket) => !socket.closed)) {
      assert.ok(Date.now() < end, "the slow connections are closed in time");
      for (const socket of slow) if (socket.writable) socket.resume().write("x");
      for (let times = 0; times < 20; times++) assert.equal(await ask(normal), "HTTP/1.1 200 OK");
      await wait(500);
    }
    normal.destroy();
    await app.close();
  });
});
