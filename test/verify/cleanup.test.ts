/** The checker deletes the profiles that it has created, and nothing else, even if the server answers wrongly. */
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { everything } from "../../verify/playing/selection.ts";
import { run } from "../../verify/run.ts";
import type { Target } from "../../verify/server/target.ts";
import { type Outgoing, startCheckedService } from "./service.ts";

type Change = (request: Request, next: Target["fetch"]) => Promise<Response>;

/** Runs one scenario that creates a profile, in a tenant that has two profiles. @param change changes the exchanges. */
async function check(t: TestContext, change: Change, spoil?: (answer: Outgoing) => void) {
  const store = openSqliteStore(":memory:");
  const { target, close } = await startCheckedService(store, spoil);
  t.after(async () => {
    await close();
    await store.close();
  });
  const client = createClient({ baseUrl: target.baseUrl, token: target.tokens.full ?? "" });
  const others = ["first", "second"];
  for (const displayName of others) await client.createProfile({ body: { displayName } });
  const selection = { ...everything, include: ["createProfile 201"] };
  const { left } = await run({ ...target, fetch: (request) => change(request, fetch) }, { selection });
  const list = await client.listProfiles();
  assert.ok(list.ok);
  const names = list.data.value.map(({ displayName }) => displayName);
  assert.deepEqual(names.slice(0, 2).sort(), others);
  return { left, created: list.data.value.slice(2).map(({ id }) => id) };
}

/** Makes the server send pages of one entity. */
const inPages: Change = (request, next) => {
  if (request.method === "GET") request.headers.set("prefer", "odata.maxpagesize=1");
  return next(request);
};

describe("the profiles that a run has created", () => {
  test("are deleted, even if the server hides them in its answers and sends short pages", async (t) => {
    const hideCreated = (answer: Outgoing) => {
      if (answer.method === "POST" && answer.status === 201) [answer.status, answer.body] = [500, "{}"];
    };
    assert.deepEqual(await check(t, inPages, hideCreated), { left: [], created: [] });
  });
  test("count as deleted if the server does not find them any more", async (t) => {
    const gone: Change = async (request, next) => {
      const answer = await next(request);
      return request.method === "DELETE" ? new Response(null, { status: 404 }) : answer;
    };
    assert.deepEqual(await check(t, gone), { left: [], created: [] });
  });
  test("are reported with their ids if the server refuses to delete them", async (t) => {
    const refuse: Change = async (request, next) =>
      request.method === "DELETE" ? new Response(null, { status: 403 }) : next(request);
    const { left, created } = await check(t, refuse);
    assert.ok(created.length > 0);
    assert.deepEqual(left.toSorted(), created.toSorted());
  });
  test("are searched only once on each page, even if the last page leads back to the first one", {
    timeout: 60_000,
  }, async (t) => {
    let pages = 0;
    const circle: Change = async (request, next) => {
      const answer = await next(request);
      if (request.method !== "GET") return answer;
      pages++;
      const body = JSON.stringify({ ...Object(await answer.json()), "@odata.nextLink": request.url });
      return new Response(body, { status: answer.status, headers: { "content-type": "application/json" } });
    };
    await check(t, circle);
    assert.ok(pages > 0);
  });
});
