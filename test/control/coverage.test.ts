/** Provokes each status that control.yaml declares, and checks that the answers match their declarations. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import contract from "../../generated/control.json" with { type: "json" };
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { declaredCells } from "../../verify/judging/coverage.ts";
import { failAsAsked, failureHeader } from "../support/faulty.ts";

const store = openSqliteStore(":memory:");
const identity = await ephemeralIdentity();
const app = buildApp({ store, verifyToken: identity.verifyToken, development: identity, control: true });
app.addHook("onRequest", async ({ headers }) => failAsAsked(headers[failureHeader]));
const origin = await app.listen({ host: "127.0.0.1", port: 0 });
after(async () => {
  await app.close();
  await store.close();
});

const token = await identity.issueToken({ tenant: randomUUID(), scopes: [] });

const ajv = new Ajv2020({ strict: false, validateFormats: false, discriminator: false });
ajv.addSchema({ $id: "control", components: contract.components });

const operations = Object.entries(contract.paths).map(([path, { post }]) => ({ path, ...post }));
const seen = new Set<string>();

interface Asked {
  readonly body?: string | undefined;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly id?: string;
}

const authorized = { authorization: `Bearer ${token}` };

/** Calls an operation, and checks the answer's headers and body against the declaration of its status. */
async function ask(
  operationId: string,
  { body, type = "application/json", headers = authorized, id = "none" }: Asked = {},
) {
  const operation = operations.find((one) => one.operationId === operationId);
  assert.ok(operation);
  const answer = await fetch(`${origin}/_control${operation.path.replace("{snapshotId}", id)}`, {
    method: "POST",
    headers: {
      ...headers,
      ...(body !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  const cell = `${operationId} ${answer.status}`;
  const declared = resolved(Object(operation.responses)[answer.status]);
  assert.ok(declared, `${cell} is not declared`);
  for (const [name, header] of Object.entries(Object(declared.headers))) {
    // Headers that are always present are declared with a $ref (openapi.yaml, components/headers), the others without.
    if ("$ref" in Object(header)) assert.ok(answer.headers.has(name), `${cell}: ${name}`);
  }
  const schema = declared.content?.["application/json"]?.schema;
  if (schema === undefined) assert.equal(text, "");
  else
    assert.ok(
      ajv.validate(JSON.parse(JSON.stringify(schema).replaceAll("#/", "control#/")), JSON.parse(text)),
      ajv.errorsText(),
    );
  seen.add(cell);
  return { status: answer.status, text };
}

function resolved(response: { readonly $ref?: string } | undefined) {
  const name = response?.$ref?.split("/").at(-1);
  return name === undefined ? Object(response) : Object(Object(contract.components.responses)[name]);
}

/** A valid body for each operation that needs a body. */
const bodies: Readonly<Record<string, string>> = {
  seed: '{"profiles": [{"displayName": "A", "assignments": [{"target": {"@odata.type": "#microsoft.graph.allDevicesAssignmentTarget"}}]}]}',
  failNext: '{"operation": "getProfile", "status": 429}',
};

describe("control.yaml", () => {
  for (const { operationId } of operations) {
    const body = bodies[operationId];
    const answers = async (asked: Asked, status: number) =>
      assert.equal((await ask(operationId, { body, ...asked })).status, status);

    test(`${operationId} answers 401 without a token`, async () => {
      await answers({ headers: {} }, 401);
    });
    test(`${operationId} answers 500 after an unexpected error and 503 if the store is unavailable`, async () => {
      await answers({ headers: { ...authorized, [failureHeader]: "fault" } }, 500);
      await answers({ headers: { ...authorized, [failureHeader]: "outage" } }, 503);
    });
    if (body !== undefined) {
      test(`${operationId} refuses a body that is invalid, too large or not JSON`, async () => {
        await answers({ body: "{}" }, 400);
        await answers({ body: " ".repeat(1_048_577) }, 413);
        await answers({ type: "text/plain" }, 415);
      });
    }
  }
  test("every control operation accepts a token without scopes", async () => {
    assert.equal((await ask("seed", { body: bodies["seed"] })).status, 200);
    const taken = await ask("takeSnapshot");
    assert.equal(taken.status, 201);
    assert.equal((await ask("reset")).status, 204);
    assert.equal((await ask("restoreSnapshot", { id: JSON.parse(taken.text).id })).status, 204);
    assert.equal((await ask("restoreSnapshot")).status, 404);
    assert.equal((await ask("failNext", { body: bodies["failNext"] })).status, 204);
  });
  test("control.yaml declares exactly the statuses that these tests have seen", () => {
    assert.deepEqual([...seen].sort(), declaredCells(contract).sort());
  });
});
