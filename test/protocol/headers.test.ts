import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operationRoutes } from "../../generated/operations.ts";
import { enterWorld, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();

describe("client-request-id", () => {
  test("client-request-id is repeated in the answer if it is valid", async () => {
    const headers = { "client-request-id": "my-own_id:1" };
    const answer = await (await world.tenant()).callDirectly({ method: "GET", path: profilesPath, headers });
    assert.equal(answer.headers.get("client-request-id"), "my-own_id:1");
    assert.notEqual(answer.headers.get("request-id"), "my-own_id:1");
  });
  test("client-request-id may have 128 characters", async () => {
    const headers = { "client-request-id": "x".repeat(128) };
    const answer = await (await world.tenant()).callDirectly({ method: "GET", path: profilesPath, headers });
    assert.equal(answer.headers.get("client-request-id"), headers["client-request-id"]);
  });
  for (const [what, value] of [
    ["too long", "x".repeat(129)],
    ["not visible ASCII", "caf\xe9"],
    ["more than one word", "a b"],
  ] as const) {
    test(`client-request-id is replaced by the request-id if the caller's value is ${what}`, async () => {
      const headers = { "client-request-id": value };
      const answer = await (await world.tenant()).callDirectly({ method: "GET", path: profilesPath, headers });
      assert.equal(answer.headers.get("client-request-id"), answer.headers.get("request-id"));
    });
  }
});

describe("HEAD", () => {
  for (const [operationId, { method, path }] of Object.entries(operationRoutes)) {
    if (method !== "get") continue;
    test(`${operationId} answers HEAD like GET, but without the body`, async () => {
      const tenant = await world.tenant();
      const { id: profileId } = await tenant.profile();
      const { id: assignmentId } = await tenant.assignment(profileId);
      const at = path.replace("{profileId}", profileId).replace("{assignmentId}", assignmentId);
      for (const [path, status] of [
        [at, 200],
        [`${at}?$search=x`, 400],
      ] as const) {
        const send = async (method: string) =>
          fetch(`${world.direct}${path}`, { method, headers: { authorization: `Bearer ${tenant.token}` } });
        const [head, get] = [await send("HEAD"), await send("GET")];
        assert.equal(head.status, status);
        assert.equal(await head.text(), "");
        assert.equal(Number(head.headers.get("content-length")), (await get.arrayBuffer()).byteLength);
        for (const name of ["etag", "content-type", "odata-version"]) {
          assert.equal(head.headers.get(name), get.headers.get(name), name);
        }
      }
    });
  }
});

describe("Content-Encoding", () => {
  test("Content-Encoding may say that the body is not encoded, in any case", async () => {
    const tenant = await world.tenant();
    for (const encoding of ["identity", "Identity"]) {
      const headers = { "content-encoding": encoding };
      const call = { method: "POST", path: profilesPath, headers, body: { displayName: "x" } };
      assert.equal((await tenant.callDirectly(call)).status, 201);
    }
  });
  test("Content-Encoding is ignored by operations that take no body", async () => {
    const call = { method: "GET", path: profilesPath, headers: { "content-encoding": "gzip" } };
    assert.equal((await (await world.tenant()).callDirectly(call)).status, 200);
  });
});

describe("a media type with parameters", () => {
  for (const type of [
    "application/json; charset=utf-8",
    "application/json;odata.metadata=minimal;IEEE754Compatible=false",
    "APPLICATION/JSON",
  ]) {
    test(`${type} is accepted as a media type for JSON`, async () => {
      const call = {
        method: "POST",
        path: profilesPath,
        headers: { "content-type": type },
        body: { displayName: "x" },
      };
      assert.equal((await (await world.tenant()).callDirectly(call)).status, 201);
    });
  }
});

describe("Location and context URLs", () => {
  test("start with the origin to which the caller sent the request", async () => {
    const tenant = await world.tenant();
    const { port } = new URL(world.direct);
    const response = await fetch(`http://localhost:${port}/beta${profilesPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.token}`, "content-type": "application/json" },
      body: JSON.stringify({ displayName: "x" }),
    });
    const body = Object(await response.json());
    assert.ok(response.headers.get("location")?.startsWith(`http://localhost:${port}/beta${profilesPath}/`));
    assert.ok(body["@odata.context"].startsWith(`http://localhost:${port}/beta/$metadata#`));
  });
});
