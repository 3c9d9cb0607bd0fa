/** Tests that the client behaves the same with undici (apple-enrollment-client/node) as with the global fetch. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Agent } from "undici";
import { type ClientOptions, createClient, type EndedAttempt, type Fetch } from "../../client/index.ts";
import { undiciFetch } from "../../client/node.ts";
import { enterWorld } from "../support/tenant.ts";

type Line = (response: ServerResponse) => void;

/** The server's reactions to the next requests, one each. The last line is used for all further requests. */
let lines: readonly Line[] = [];
let seen: IncomingMessage[] = [];
const server = createServer(async (request, response) => {
  const line = lines[Math.min(seen.length, lines.length - 1)];
  seen.push(request);
  request.resume();
  line?.(response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
after(() => server.closeAllConnections());
afterEach(() => {
  seen = [];
});
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`;

const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string | string[]>> = {}): Line =>
  (response) =>
    void response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
const ok = json(200, { value: [] }, { "request-id": "r", Vary: ["a", "b"] });
const unavailable = json(503, { error: { code: "ServiceUnavailable", message: "later" } }, { "Retry-After": "0" });
const drop: Line = (response) => void response.destroy();
const cut: Line = (response) => {
  response.writeHead(200, { "Content-Length": "100" });
  response.write("{", () => response.destroy());
};
const silent: Line = () => {};
const halfSilent: Line = (response) => void response.writeHead(200).write("{");

const own = undiciFetch();
after(() => own.close());
const hook = { onResponse: () => {} };
const ways: readonly (readonly [string, { readonly fetch?: Fetch } & Partial<ClientOptions>])[] = [
  ["the global fetch", {}],
  ["the global fetch, with a hook", hook],
  ["undici", { fetch: own }],
  ["undici, with a hook", { fetch: own, ...hook }],
];

const world = await enterWorld();

test("undiciFetch does not send the fragment of a URL", async () => {
  lines = [ok];
  await own(new Request(`${baseUrl}/x?y=1#z`));
  assert.deepEqual(
    seen.map(({ url }) => url),
    ["/beta/x?y=1"],
  );
});

test("undiciFetch does not send a request that was aborted while it waited for a connection", async (t) => {
  const narrow = undiciFetch(new Agent({ connections: 1 }));
  t.after(() => narrow.close());
  const client = createClient({ baseUrl, token: "t", retries: 0, fetch: narrow });
  const arrived = Promise.withResolvers<ServerResponse>();
  lines = [arrived.resolve, ok];
  const first = client.listProfiles();
  const response = await arrived.promise;
  const controller = new AbortController();
  const reason = new Error("no longer needed");
  const aborted = client.setPriority({ path: { profileId: "p" }, body: { priority: 0 }, signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(aborted, reason);
  ok(response);
  for (const answer of [await first, await client.listProfiles()]) assert.equal(answer.status, 200);
  assert.deepEqual(
    seen.map(({ method }) => method),
    ["GET", "GET"],
  );
});

for (const [name, way] of ways) {
  describe(`with ${name}`, { timeout: 120_000 }, () => {
    const client = createClient({ baseUrl, token: "t", retries: { base: 0 }, ...way });
    const hasty = createClient({ baseUrl, token: "t", timeout: 300, retries: 0, ...way });

    test("calls return the data, headers and errors that the service sent", async () => {
      const { token } = await world.tenant();
      const real = createClient({ baseUrl: world.direct, token, ...way });
      const created = await real.createProfile({ body: { displayName: "ü 😀" } });
      assert.ok(created.ok && created.status === 201);
      assert.equal(created.response.status, 201);
      assert.match(created.headers.get("Location") ?? "", new RegExp(created.data.id));
      const path = { profileId: created.data.id };
      const read = await real.getProfile({ path });
      assert.equal(read.ok && read.data.displayName, "ü 😀");
      const deleted = await real.deleteProfile({ path });
      assert.deepEqual([deleted.status, deleted.ok && deleted.data], [204, undefined]);
      const gone = await real.getProfile({ path });
      assert.ok(!gone.ok);
      assert.deepEqual([gone.status, gone.code, gone.response.status], [404, "ResourceNotFound", 404]);
      assert.match(gone.requestId ?? "", /./);
    });
    test("the client retries after a dropped connection, a response that is cut short, and a 503", async () => {
      lines = [drop, cut, unavailable, ok];
      const answer = await client.updateProfile({ path: { profileId: "p" }, body: { displayName: "x" } });
      assert.equal(answer.status, 200);
      assert.equal(seen.length, 4);
      assert.equal(new Set(seen.map(({ headers }) => headers["client-request-id"])).size, 1);
      for (const { headers } of seen) {
        assert.equal(headers.authorization, "Bearer t");
        assert.equal(headers["content-type"], "application/json");
        assert.equal(headers["content-length"], '{"displayName":"x"}'.length.toString());
      }
    });
    test("an answer has all headers", async () => {
      lines = [ok];
      const { headers, response } = await client.listProfiles();
      assert.deepEqual([headers.get("request-id"), headers.get("vary")], ["r", "a, b"]);
      assert.ok(response instanceof Response);
    });
    test("a refused connection rejects with ConnectionFailed", async () => {
      const refused = createClient({ baseUrl: "http://127.0.0.1:1/beta", token: "t", retries: 0, ...way });
      await assert.rejects(refused.listProfiles(), { name: "GraphError", status: 0, code: "ConnectionFailed" });
    });
    for (const [when, line] of [
      ["before the response", silent],
      ["in the response", halfSilent],
    ] as const) {
      test(`a server that stalls ${when} makes the call reject with TimedOut and closes the connection`, async () => {
        lines = [line];
        await assert.rejects(hasty.listProfiles(), { name: "GraphError", code: "TimedOut" });
        await closed();
      });
      test(`the caller's signal ends a call ${when} with the abort reason and closes the connection`, async () => {
        const reason = new Error("no longer needed");
        const controller = new AbortController();
        lines = [
          (response) => {
            line(response);
            setTimeout(() => controller.abort(reason), 10);
          },
        ];
        await assert.rejects(client.listProfiles({ signal: controller.signal }), reason);
        assert.equal(seen.length, 1);
        await closed();
      });
    }
    test("nothing is sent if the signal has already been aborted", async () => {
      const reason = new Error("no longer needed");
      await assert.rejects(client.listProfiles({ signal: AbortSignal.abort(reason) }), reason);
      assert.equal(seen.length, 0);
    });
    test("middleware and hooks get a Request and a Response whose bodies they can read", async () => {
      lines = [ok];
      const ended: EndedAttempt[] = [];
      const shown = createClient({ baseUrl, token: "t", ...way, onResponse: (attempt) => void ended.push(attempt) });
      const bodies: string[] = [];
      shown.raw.use({
        onRequest: ({ request }) => {
          request.headers.set("traceparent", "00-1-2-01");
          return request;
        },
        onResponse: async ({ response }) => void bodies.push(await response.clone().text()),
      });
      assert.ok((await shown.listProfiles()).ok);
      assert.equal(seen[0]?.headers["traceparent"], "00-1-2-01");
      assert.ok(ended[0]?.request instanceof Request && ended[0].response instanceof Response);
      assert.deepEqual(bodies, ['{"value":[]}']);
      const { data } = await shown.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
      assert.deepEqual(data, { value: [] });
    });
  });
}

/** Resolves when the connection of the last request is closed. */
async function closed(): Promise<void> {
  const socket = seen.at(-1)?.socket;
  assert.ok(socket);
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
}

describe("undiciFetch", { timeout: 120_000 }, () => {
  test("undiciFetch reuses its connections, and close() closes them", async () => {
    lines = [ok];
    const fetch = undiciFetch();
    const client = createClient({ baseUrl, token: "t", fetch });
    for (let call = 0; call < 10; call++) await client.listProfiles();
    // The next call may start before the connection is free again, so a second connection is allowed.
    assert.ok(new Set(seen.map(({ socket }) => socket)).size <= 2);
    await fetch.close();
    await closed();
    await assert.rejects(client.listProfiles(), { code: "ConnectionFailed" });
  });
  test("undiciFetch says which package to install if undici is missing", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "no-undici-"));
    try {
      copyFileSync(fileURLToPath(new URL("../../client/node.ts", import.meta.url)), join(elsewhere, "node.mts"));
      const program =
        'import("./node.mts").then(({ undiciFetch }) => undiciFetch()).catch((e) => console.log(e.message))';
      const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { cwd: elsewhere });
      assert.equal(stdout.trim(), "apple-enrollment-client/node needs the package undici: npm install undici");
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
