/** Answers have a limited length: the rest is at the next link, or is sent in another request. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { IncomingMessage, ServerResponse } from "node:http";
import { connect, Socket } from "node:net";
import { after, describe, test } from "node:test";
import { type Client, createClient } from "../../client/index.ts";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { holdMemory, isMemoryUsedUp } from "../../server/http/load/heldMemory.ts";
import { answers, heldMemory, sizes } from "../../server/shared/limits.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { fillTenant } from "../support/bigTenant.ts";
import { profilesPath } from "../support/tenant.ts";
import { exchange } from "./wire.ts";

const store = openSqliteStore(":memory:", { scanLimits: { slice: 1, budget: 1 } });
const identity = await ephemeralIdentity();
const app = buildApp({ store, verifyToken: identity.verifyToken });
const origin = await app.listen({ host: "127.0.0.1", port: 0 });
const port = Number(new URL(origin).port);
after(async () => {
  await app.close();
  await store.close();
});

const clientOf = async (tenant: string): Promise<Client> =>
  createClient({ baseUrl: `${origin}/beta`, token: await identity.issueToken({ tenant }), retries: 0 });

/** A tenant with 2,500 assignments in its first profile. */
const wide = randomUUID();
await fillTenant(store, wide, { profiles: 150, assignments: 2500 });
/** A tenant whose 1,000 profiles are longer than a page. Each character of a description is six in JSON. */
const long = randomUUID();
await fillTenant(store, long, { profiles: 1000, description: "\u{1}".repeat(1000) });
const [wideClient, longClient] = [await clientOf(wide), await clientOf(long)];

type Page = { readonly "@odata.nextLink"?: string; readonly value: readonly { readonly id?: string }[] };

async function get(client: Client, path: string): Promise<{ readonly page: Page; readonly length: number }> {
  const token = await identity.issueToken({ tenant: client === longClient ? long : wide });
  const answer = await fetch(new URL(path, origin), { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  const text = await answer.text();
  return { page: JSON.parse(text), length: text.length };
}

/** Follows the next links. @returns the pages and the largest length of a page. */
async function follow(client: Client, path: string) {
  const pages: Page[] = [];
  let longest = 0;
  for (let next: string | undefined = path; next !== undefined; ) {
    const { page, length } = await get(client, next);
    pages.push(page);
    longest = Math.max(longest, length);
    next = page["@odata.nextLink"];
  }
  return { pages, longest };
}

const idsOf = (pages: readonly Page[]) => pages.flatMap(({ value }) => value.map(({ id }) => id));
const assignmentIds = Array.from({ length: 2500 }, (_, index) => `a${String(index).padStart(5, "0")}`);
const base = `/beta${profilesPath}`;

describe("a list", () => {
  test("of assignments has pages of at most 1,000, whatever $top and odata.maxpagesize ask for", async () => {
    for (const path of [`${base}/p0/assignments`, `${base}/p0/assignments?$top=100000`]) {
      const { pages } = await follow(wideClient, path);
      assert.deepEqual(
        pages.map(({ value }) => value.length),
        [1000, 1000, 500],
      );
      assert.deepEqual(idsOf(pages), assignmentIds);
    }
  });
  test("of long entities has shorter pages, so that no answer is much longer than the limit", async () => {
    const { pages, longest } = await follow(longClient, base);
    assert.ok(pages.length > 1, "there are several pages");
    assert.ok(longest < answers.page + 1000, `the longest page has ${longest} characters`);
    assert.deepEqual(
      idsOf(pages),
      Array.from({ length: 1000 }, (_, priority) => `p${priority}`),
    );
  });
});

describe("$expand", () => {
  test("shows 1,000 assignments of a profile, and its next link leads to the others", async () => {
    for (const path of [`${base}/p0?$expand=assignments`, `${base}?$expand=assignments&$top=1`]) {
      const { page } = await get(wideClient, path);
      const [profile] = "value" in page ? page.value : [page];
      const { assignments, "assignments@odata.nextLink": next } = Object(profile);
      assert.equal(assignments.length, answers.entities);
      const { pages } = await follow(wideClient, next);
      assert.deepEqual([...assignments.map(({ id }: { id: string }) => id), ...idsOf(pages)], assignmentIds);
    }
  });
  test("shows no next link of a profile whose assignments are all shown", async () => {
    const { page } = await get(wideClient, `${base}/p1?$expand=assignments`);
    assert.deepEqual(Object(page).assignments, []);
    assert.ok(!("assignments@odata.nextLink" in page));
  });
  test("has pages of at most 100 profiles", async () => {
    const { pages } = await follow(wideClient, `${base}?$expand=assignments`);
    assert.deepEqual(
      pages.map(({ value }) => value.length),
      [100, 50],
    );
  });
  test("keeps the next link of the assignments without other control information if the caller wants none", async () => {
    const answer = await fetch(`${origin}${base}/p0?$expand=assignments`, {
      headers: {
        authorization: `Bearer ${await identity.issueToken({ tenant: wide })}`,
        accept: "application/json;odata.metadata=none",
      },
    });
    const names = Object.keys(Object(await answer.json())).filter((name) => name.includes("@"));
    assert.deepEqual(names, ["assignments@odata.nextLink"]);
  });
});

describe("a batch", () => {
  test("whose answers are too long together gets 503 for the rest, which can be sent in another batch", async () => {
    const batch = longClient.newBatch();
    const requests = Array.from({ length: 20 }, () => batch.listProfiles());
    const all = await batch.send();
    assert.ok(all.ok);
    const got = requests.map((request) => all.to(request));
    const refused = got.filter(({ ok }) => !ok);
    assert.ok(refused.length >= 20 - 4 - 4, `${refused.length} requests were refused`);
    assert.ok(got.slice(0, 4).every(({ ok }) => ok));
    for (const answer of refused) {
      assert.ok(!answer.ok);
      assert.deepEqual([answer.status, answer.retryAfter], [503, 1]);
      assert.match(answer.message, /the answers before it have more than 8388608 characters.*another batch/);
    }
  });
});

test("a request of another tenant is answered before a batch of 20 lists that was sent earlier", async () => {
  const batch = longClient.newBatch();
  for (let count = 0; count < 20; count++) batch.listProfiles({ query: { $top: 100 } });
  const order: string[] = [];
  await Promise.all([
    batch.send().then(() => order.push("batch")),
    wideClient.getProfile({ path: { profileId: "p1" } }).then(() => order.push("request")),
  ]);
  assert.deepEqual(order, ["request", "batch"]);
});

describe("a query that needs too much time", () => {
  test("is answered with 503, a Retry-After of several seconds, and advice", async () => {
    const term = (index: number) => `contains(description,'nothing ${index}')`;
    const $filter = Array.from({ length: 99 }, (_, index) => term(index)).join(" or ");
    const answer = await longClient.listProfiles({ query: { $filter } });
    assert.ok(!answer.ok);
    assert.deepEqual([answer.status, answer.retryAfter], [503, 10]);
    assert.match(answer.message, /Use fewer terms in \$filter/);
  });
});

describe("long request bodies that arrive at the same time", () => {
  const bodies = [
    ["with a length", `Content-Length: ${sizes.body}`],
    ["in chunks", "Transfer-Encoding: chunked"],
  ] as const;
  for (const [what, header] of bodies) {
    test(`are refused with 503 when a tenant has sent too many ${what}, while another tenant can still send one`, async (t) => {
      const sockets: Socket[] = [];
      t.after(() => {
        for (const socket of sockets) socket.destroy();
      });
      const head = async (tenant: string) =>
        `POST ${base} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await identity.issueToken({ tenant })}\r\nContent-Type: application/json\r\n`;
      const [greedy, modest] = [await head(randomUUID()), await head(randomUUID())];
      const most = heldMemory.perProcess / 2 / sizes.body;
      for (let count = 0; count < most; count++) {
        const socket = connect(port, "127.0.0.1").on("error", () => {});
        sockets.push(socket);
        await once(socket, "connect");
        socket.write(`${greedy}${header}\r\nExpect: 100-continue\r\n\r\n`);
        // The service asks for the body after it has checked the headers.
        await once(socket, "data");
      }
      const body = JSON.stringify({ displayName: "x", description: " ".repeat(heldMemory.counted) });
      const post = (to: string) =>
        exchange(port, `${to}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
      const [[refused], [other]] = await Promise.all([post(greedy), post(modest)]);
      assert.deepEqual([refused?.status, refused?.headers.get("retry-after")], [503, "1"]);
      assert.match(refused?.text ?? "", /Too many long request bodies/);
      assert.equal(other?.status, 400);
      for (const socket of sockets) socket.destroy();
      await once(sockets[0] ?? app.server, "close");
      const small = `${greedy}Content-Length: 19\r\nConnection: close\r\n\r\n{"displayName":"x"}`;
      assert.equal((await exchange(port, `${small} `))[0]?.status, 201);
    });
  }
});

test("answers that are collected for a client that has left need no memory", () => {
  const [tenant, answer] = [randomUUID(), new ServerResponse(new IncomingMessage(new Socket()))];
  answer.destroy();
  holdMemory(answer, tenant, heldMemory.perProcess);
  assert.equal(isMemoryUsedUp(tenant), false);
});
