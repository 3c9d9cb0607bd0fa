/** The service answers an incomplete request with 400 and closes the connection. The tests shorten the time-outs. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { assertRefused, profilesUrl, toBytes } from "./target.ts";
import { exchange } from "./wire.ts";

const store = openSqliteStore(":memory:");
const identity = await ephemeralIdentity();
const app = buildApp({ store, verifyToken: identity.verifyToken });
assert.ok(app.server.requestTimeout > 0 && app.server.headersTimeout > 0, "the service has time-outs");
[app.server.headersTimeout, app.server.requestTimeout] = [100, 100];
const port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
after(async () => {
  await app.close();
  await store.close();
});

const token = await identity.issueToken();
const whole = toBytes({ method: "POST", token, body: '{"displayName":"x"}' });

describe("incomplete requests", { concurrency: true }, () => {
  for (const [what, bytes] of [
    ["a line", Buffer.from(`GET ${profilesUrl}`)],
    ["a head", whole.subarray(0, 60)],
    ["a body", whole.subarray(0, -1)],
    [
      "a chunk",
      Buffer.from(
        whole
          .toString()
          .replace(/Content-Length: \d+/, "Transfer-Encoding: chunked")
          .slice(0, -19),
      ),
    ],
  ] as const) {
    test(`refuses a request that ends in the middle of ${what} with 400 and the reason`, async () => {
      const [answer, ...more] = await exchange(port, bytes);
      assert.ok(answer);
      assert.deepEqual(more, []);
      assert.equal(assertRefused(answer, 400).message, "The request did not arrive in time.");
      assert.equal(answer.headers.get("connection"), "close");
    });
  }
});
