/** Clients that send slowly, do not read the answers, or disconnect in the middle of a request. */
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertMemoryReleased, residentMemory } from "./memory.ts";
import { assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId } = await target.seed(token);
const path = `${profilesUrl}/${profileId}`;
const bearer = `Host: localhost\r\nAuthorization: Bearer ${token}\r\n`;

/** Opens connections and sends the start of a request on each. */
function open(count: number, start: string | Buffer): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port: target.port, host: "127.0.0.1" });
          socket.once("error", reject);
          socket.write(start, () => {
            socket.off("error", reject).on("error", () => {});
            resolve(socket);
          });
        }),
    ),
  );
}

async function disconnect(sockets: readonly Socket[]): Promise<void> {
  const left = sockets.map((socket) => new Promise<unknown>((resolve) => socket.once("close", resolve)));
  for (const socket of sockets) socket.destroy();
  await Promise.all(left);
}

/** The time limit for a normal answer in milliseconds. It is shorter than the time-outs that end the attacks. */
const answerLimit = 8000;

/** Asserts that a normal client gets its answer within `answerLimit`. */
async function assertServed(): Promise<void> {
  const started = Date.now();
  assert.equal((await target.shoot({ target: path, token })).status, 200);
  assert.ok(Date.now() - started < answerLimit, `a normal request took ${Date.now() - started} ms`);
}

/** Sends a text byte by byte on each connection, and meanwhile checks that a normal client is answered. */
async function sendSlowly(sockets: readonly Socket[], text: string): Promise<void> {
  for (const byte of text) {
    for (const socket of sockets) socket.write(byte);
    await assertServed();
    await sleep(20);
  }
}

/** Requests pages without reading the answers. The unread answers must not fill the service's memory. */
function requestUnread(count: number, page: string): readonly [what: string, attack: () => Promise<void>] {
  return [
    `${count} sockets that request ${page} 500 times each and do not read the answers`,
    async () => {
      const sockets = await open(count, `GET ${page} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(500));
      const before = residentMemory(target.pid) ?? 0;
      await assertServed();
      const grown = (residentMemory(target.pid) ?? 0) - before;
      await disconnect(sockets);
      assert.ok(grown < 200 * 2 ** 20, `the memory grew by ${grown} bytes`);
    },
  ];
}

describe("slow and silent clients", () => {
  const attacks: readonly (readonly [what: string, attack: () => Promise<void>])[] = [
    [
      "1,000 sockets whose headers never end",
      async () => {
        const sockets = await open(1000, `GET ${path} HTTP/1.1\r\n${bearer}X: `);
        await sendSlowly(sockets, "slow");
        await disconnect(sockets);
      },
    ],
    [
      "1,000 sockets whose body never ends",
      async () => {
        const type = "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
        const sockets = await open(1000, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}{`);
        await sendSlowly(sockets, '"dis');
        await disconnect(sockets);
      },
    ],
    [
      "1,000 sockets whose chunks never end",
      async () => {
        const type = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        const sockets = await open(1000, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}`);
        await sendSlowly(sockets, "1;x=");
        await disconnect(sockets);
      },
    ],
    [
      "1,000 sockets that send nothing",
      async () => {
        const sockets = await open(1000, "");
        await assertServed();
        await disconnect(sockets);
      },
    ],
    [
      "200 uploads of 1 MiB that end too early",
      async () => {
        const type = "Content-Type: application/json\r\nContent-Length: 1048576\r\n\r\n";
        const body = `{"description":"${"a".repeat(1_000_000)}`;
        const sockets = await open(200, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}${body}`);
        await assertServed();
        await disconnect(sockets);
      },
    ],
    [
      "20 bodies of 1 MiB with 500,000 items",
      async () => {
        const body = `[${"0,".repeat(500_000)}0]`;
        const shot = { method: "PATCH", target: path, token, body };
        for (const answer of await Promise.all(Array.from({ length: 20 }, () => target.shoot(shot)))) {
          assertRefused(answer, 400);
        }
        await assertServed();
      },
    ],
    ...["/openapi.json", "/docs/json", "/docs/yaml", "/docs/"].map((page) => requestUnread(10, page)),
    [
      "500 sockets that disconnect at once",
      async () => {
        const sockets = await open(500, `DELETE ${path}/assignments/x HTTP/1.1\r\n${bearer}\r\n`);
        for (const socket of sockets) socket.resetAndDestroy();
        await assertServed();
      },
    ],
  ];
  for (const [what, attack] of attacks) {
    test(`answers other clients and releases its memory after ${what}`, async (t) => {
      await assertMemoryReleased(t, target.pid, attack);
      await assertServed();
      assert.equal(Object((await target.shoot({ target: path, token })).body).displayName, "A profile");
    });
  }
});
