/** Clients that hold on to what they have taken: slow senders, slow readers, and those who leave in the middle. */
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assertMemoryReturns, residentMemory } from "./memory.ts";
import { assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId } = await target.seed(token);
const path = `${profilesUrl}/${profileId}`;
const bearer = `Host: localhost\r\nAuthorization: Bearer ${token}\r\n`;

/** Sockets that are connected and have sent what they begin with. */
function open(count: number, begin: string | Buffer): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port: target.port, host: "127.0.0.1" });
          socket.once("error", reject);
          socket.write(begin, () => {
            socket.off("error", reject).on("error", () => {});
            resolve(socket);
          });
        }),
    ),
  );
}

async function leave(sockets: readonly Socket[]): Promise<void> {
  const left = sockets.map((socket) => new Promise<unknown>((resolve) => socket.once("close", resolve)));
  for (const socket of sockets) socket.destroy();
  await Promise.all(left);
}

/** Milliseconds: much more than a turn, and less than it takes until time-outs free the service. */
const patience = 8000;

/** An honest client's request, which no attack may keep waiting. */
async function honest(): Promise<void> {
  const begun = Date.now();
  assert.equal((await target.shoot({ target: path, token })).status, 200);
  assert.ok(Date.now() - begun < patience, `an honest request took ${Date.now() - begun} ms`);
}

/** One byte after the other from each, while an honest client asks. */
async function drip(sockets: readonly Socket[], text: string): Promise<void> {
  for (const byte of text) {
    for (const socket of sockets) socket.write(byte);
    await honest();
    await sleep(20);
  }
}

/** Answers that nobody reads must not fill the memory. */
function unread(count: number, page: string): readonly [what: string, attack: () => Promise<void>] {
  return [
    `${count} sockets that ask for ${page} 500 times each and read nothing`,
    async () => {
      const sockets = await open(count, `GET ${page} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(500));
      const before = residentMemory(target.pid) ?? 0;
      await honest();
      const grown = (residentMemory(target.pid) ?? 0) - before;
      await leave(sockets);
      assert.ok(grown < 200 * 2 ** 20, `it took ${grown} bytes`);
    },
  ];
}

describe("the service answers others, and its memory returns, after", () => {
  const attacks: readonly (readonly [what: string, attack: () => Promise<void>])[] = [
    [
      "1,000 sockets whose head never ends",
      async () => {
        const sockets = await open(1000, `GET ${path} HTTP/1.1\r\n${bearer}X: `);
        await drip(sockets, "slow");
        await leave(sockets);
      },
    ],
    [
      "1,000 sockets whose body never ends",
      async () => {
        const type = "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
        const sockets = await open(1000, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}{`);
        await drip(sockets, '"dis');
        await leave(sockets);
      },
    ],
    [
      "1,000 sockets whose chunks never end",
      async () => {
        const type = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        const sockets = await open(1000, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}`);
        await drip(sockets, "1;x=");
        await leave(sockets);
      },
    ],
    [
      "1,000 sockets that say nothing",
      async () => {
        const sockets = await open(1000, "");
        await honest();
        await leave(sockets);
      },
    ],
    [
      "200 uploads of 1 MiB, broken off before their end",
      async () => {
        const type = "Content-Type: application/json\r\nContent-Length: 1048576\r\n\r\n";
        const body = `{"description":"${"a".repeat(1_000_000)}`;
        const sockets = await open(200, `PATCH ${path} HTTP/1.1\r\n${bearer}${type}${body}`);
        await honest();
        await leave(sockets);
      },
    ],
    [
      "20 bodies of 1 MiB in 500,000 pieces",
      async () => {
        const body = `[${"0,".repeat(500_000)}0]`;
        const shot = { method: "PATCH", target: path, token, body };
        for (const answer of await Promise.all(Array.from({ length: 20 }, () => target.shoot(shot)))) {
          assertRefused(answer, 400);
        }
        await honest();
      },
    ],
    ...["/openapi.json", "/docs/json", "/docs/yaml", "/docs/"].map((page) => unread(10, page)),
    [
      "500 sockets that leave at once",
      async () => {
        const sockets = await open(500, `DELETE ${path}/assignments/x HTTP/1.1\r\n${bearer}\r\n`);
        for (const socket of sockets) socket.resetAndDestroy();
        await honest();
      },
    ],
  ];
  for (const [what, attack] of attacks) {
    test(what, async (t) => {
      await assertMemoryReturns(t, target.pid, attack);
      await honest();
      assert.equal(Object((await target.shoot({ target: path, token })).body).displayName, "A profile");
    });
  }
});
