/** The requests in a batch use the origin of the batch, and are answered even if the service has started to stop. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { enterWorld, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();
const json = { "content-type": "application/json" };

describe("a request in a batch", () => {
  test("a request in a batch is answered with URLs that have the host in the batch's Host header", async () => {
    const tenant = await world.tenant();
    const { port } = new URL(world.direct);
    const requests = [{ id: "1", method: "POST", url: profilesPath, headers: json, body: { displayName: "x" } }];
    const response = await fetch(`http://localhost:${port}/beta/$batch`, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${tenant.token}` },
      body: JSON.stringify({ requests }),
    });
    const [answer] = Object(await response.json()).responses;
    assert.equal(answer.status, 201);
    assert.ok(answer.headers.Location.startsWith(`http://localhost:${port}/beta${profilesPath}/`));
    assert.ok(answer.body["@odata.context"].startsWith(`http://localhost:${port}/beta/$metadata#`));
  });

  test("a request in a batch is answered with URLs that have the local address if the batch was sent by HTTP/1.0 without Host", async () => {
    const tenant = await world.tenant();
    const { hostname, port } = new URL(world.direct);
    const body = JSON.stringify({ requests: [{ id: "1", method: "GET", url: profilesPath }] });
    const head = [
      "POST /beta/$batch HTTP/1.0",
      `Authorization: Bearer ${tenant.token}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    ];
    const socket = connect(Number(port), hostname).setEncoding("utf8");
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
    let text = "";
    for await (const chunk of socket) text += chunk;
    assert.ok(text.includes(`"@odata.context":"http://127.0.0.1:${port}/beta/$metadata#`), text);
  });

  test("a request in a batch is answered even if the service starts to stop while the batch is running", async () => {
    const identity = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: Store = {
      ...store,
      read: {
        ...store.read,
        countProfiles: async (tenant) => {
          asked.resolve();
          await goOn.promise;
          return store.read.countProfiles(tenant);
        },
      },
    };
    const app = buildApp({ store: slow, verifyToken: identity.verifyToken });
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    const requests = [
      { id: "1", method: "GET", url: `${profilesPath}/$count` },
      { id: "2", method: "GET", url: profilesPath, dependsOn: ["1"] },
    ];
    const answer = fetch(`${origin}/beta/$batch`, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${await identity.issueToken({})}` },
      body: JSON.stringify({ requests }),
    });
    await asked.promise;
    const closed = app.close();
    // A closed port shows that the service has started to stop.
    await assert.rejects(fetch(origin));
    goOn.resolve();
    const { responses }: { responses: { status: number }[] } = Object(await (await answer).json());
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200],
    );
    // fetch would keep the connection open for further requests.
    app.server.closeAllConnections();
    await closed;
    await store.close();
  });
});
