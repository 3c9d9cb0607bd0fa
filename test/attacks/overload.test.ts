/** Under overload, the service answers every request but refuses some. Afterwards it works as before. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { assertGraphError } from "../support/graphError.ts";
import { profilesPath } from "../support/tenant.ts";

const store = openSqliteStore(":memory:");
const identity = await ephemeralIdentity();
const app = buildApp({ store, verifyToken: identity.verifyToken });
const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
after(async () => {
  await app.close();
  await store.close();
});
/** A request that needs some time in each turn of the event loop, so that 2,000 of them overload even a fast machine. */
const $filter = Array(99).fill("priority eq 1").join(" or ");
const request = `GET /beta${profilesPath}?$filter=${encodeURIComponent($filter)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await identity.issueToken()}\r\n`;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Connections that are opened at once. The operating system's queue of a listening socket holds 511 (Node's default). */
const opened = 200;

/** Opens connections and sends a request on each. All answers show that the service has accepted every connection. */
async function openConnections(times: number): Promise<Socket[]> {
  const all: Socket[] = [];
  while (all.length < times) {
    const sockets = Array.from({ length: Math.min(opened, times - all.length) }, () =>
      connect(Number(port), "127.0.0.1").setEncoding("utf8"),
    );
    for (const socket of sockets) socket.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    await Promise.all(sockets.map((socket) => once(socket, "data")));
    all.push(...sockets);
  }
  return all;
}

/** Sends several requests and then a probe at once. @returns all answers. */
async function ask(socket: Socket, times: number): Promise<Answer[]> {
  socket.write(`${`${request}\r\n`.repeat(times)}GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text
    .split(/HTTP\/1\.1 (?=\d{3} )/)
    .slice(1)
    .map(parseAnswer);
}

function parseAnswer(text: string): Answer {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const [status = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: Number(status.split(" ")[0]), headers: new Headers(headers), body: JSON.parse(body) };
}

/** Lists the profiles on 2,000 connections at once. A connection starts one request at a time, so more on each would wait. */
async function overload() {
  const sockets = await openConnections(2000);
  const answers = await Promise.all(sockets.map((socket) => ask(socket, 1)));
  return { answers: answers.flatMap((list) => list.slice(0, -1)), probes: answers.flatMap((list) => list.slice(-1)) };
}

describe("2,000 lists at once", () => {
  test("the service answers all 2,000 requests, some with 503 and Retry-After and the others with success", async () => {
    const { answers } = await overload();
    assert.equal(answers.length, 2000);
    const refused = answers.filter(({ status }) => status === 503);
    assert.ok(refused.length > 0, "some requests are refused");
    for (const answer of refused) {
      assertGraphError(answer);
      assert.equal(answer.headers.get("retry-after"), "1");
      assert.match(Object(answer.body).error.message, /is overloaded/);
    }
    const done = answers.filter(({ status }) => status === 200);
    assert.ok(done.length >= 64, "some requests succeed");
    assert.equal(done.length + refused.length, 2000, "each answer is a success or a refusal");
  });
  test("the service never refuses a health probe, even during the overload", async () => {
    const { answers, probes } = await overload();
    assert.ok(answers.some(({ status }) => status === 503));
    const alive = probes.filter(({ status, body }) => status === 200 && Object(body).status === "alive");
    assert.equal(alive.length, 2000);
  });
  test("the service refuses no request after the time in Retry-After", async () => {
    await overload();
    await wait(1000);
    const [answers = []] = await Promise.all((await openConnections(1)).map((socket) => ask(socket, 64)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(65).fill(200),
    );
  });
});
