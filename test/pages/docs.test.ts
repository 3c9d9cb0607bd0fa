import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { startEphemeralService } from "../../server/process/service.ts";

const service = await startEphemeralService();
after(() => service.close());

const get = (path: string) => fetch(`${service.origin}${path}`, { redirect: "manual" });
const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));

describe("the contract", () => {
  test("is served as the hand-written YAML, byte for byte", async () => {
    const served = Buffer.from(await (await get("/openapi.yaml")).arrayBuffer());
    assert.ok(served.equals(file("openapi.yaml")));
  });
  const contract = JSON.parse(file("generated/openapi.json").toString());
  test("is served as JSON, unchanged", async () => {
    assert.deepEqual(await (await get("/openapi.json")).json(), contract);
  });
  test("is shown in Swagger UI without the ids of its examples, which nothing has", async () => {
    const shown = Object(await (await get("/docs/json")).json());
    assert.equal(shown.components.parameters.profileId.example, undefined);
    assert.deepEqual(shown.paths, contract.paths);
    assert.deepEqual(shown.components.schemas, contract.components.schemas);
  });
});

describe("the docs", () => {
  test("are as wide as the screen they are on, with a slash at the end or a query as well", async () => {
    for (const path of ["/docs", "/docs/", "/docs?x=1"]) {
      assert.match(await (await get(path)).text(), /<meta name="viewport" content="width=device-width/);
    }
  });
  test("may load from the service alone", async () => {
    for (const path of ["/docs", "/docs/static/swagger-initializer.js"]) {
      const policy = (await get(path)).headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'self';/);
      assert.doesNotMatch(policy, /https?:|unsafe|script-src|style-src/);
    }
  });
});
