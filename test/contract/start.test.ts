import assert from "node:assert/strict";
import { describe, test } from "node:test";
import contract from "../../generated/openapi.json" with { type: "json" };
import type { ContractDocument } from "../../server/api/operations.ts";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { profilesPath } from "../support/tenant.ts";

const identity = await ephemeralIdentity();

/** Starts the service with a contract in which the profiles' path has an additional PUT operation. */
async function startWith(operation: object): Promise<void> {
  const document: ContractDocument = structuredClone(contract);
  const put = { responses: {}, ...operation };
  Object.assign(Object(document.paths[profilesPath]), { put });
  const store = openSqliteStore(":memory:");
  try {
    await buildApp({ store, verifyToken: identity.verifyToken, document }).ready();
  } finally {
    await store.close();
  }
}

describe("the service refuses to start", () => {
  test("the service refuses to start if an operation has no handler", async () => {
    const operation = { operationId: "replaceProfiles", security: [] };
    await assert.rejects(startWith(operation), {
      message: "Operation replaceProfiles of the contract has no handler.",
    });
  });
  test("the service refuses to start if an operationId is the name of an object member, such as constructor", async () => {
    await assert.rejects(startWith({ operationId: "constructor", security: [] }), /constructor .* has no handler/);
  });
  test("the service refuses to start if an operation has no security", async () => {
    await assert.rejects(startWith({ operationId: "listProfiles" }), {
      message: 'Operation listProfiles has no security in the contract; write "security: []" if it is public.',
    });
  });
  test("the service refuses to start if it cannot check an operation's security", async () => {
    for (const security of [[{}], [{ apiKey: [] }], [{ bearer: ["x"], apiKey: [] }]]) {
      await assert.rejects(startWith({ operationId: "listProfiles", security }), /no check for it exists/);
    }
  });
  test("the service refuses to start if it cannot mount an operation's method, such as HEAD", async () => {
    const document: ContractDocument = structuredClone(contract);
    Object.assign(Object(document.paths[profilesPath]), { head: { operationId: "listProfiles", security: [] } });
    const store = openSqliteStore(":memory:");
    assert.throws(() => buildApp({ store, verifyToken: identity.verifyToken, document }), {
      message: `HEAD ${profilesPath} is in the contract, but the service cannot mount it.`,
    });
    await store.close();
  });
  test("the service refuses to start if an operation's body is not JSON with an inline schema", async () => {
    for (const requestBody of [{ $ref: "#/x" }, { content: { "text/plain": { schema: {} } } }]) {
      const operation = { operationId: "listProfiles", security: [], requestBody };
      await assert.rejects(startWith(operation), /Operation listProfiles has a body that is not application\/json/);
    }
  });
  test("the service refuses to start if an operation has no operationId", async () => {
    await assert.rejects(startWith({ security: [] }), {
      message: `PUT ${profilesPath} has no operationId in the contract.`,
    });
  });
});

describe("an operation with security: []", () => {
  test("an operation with security: [] needs no token", async () => {
    const document: ContractDocument = structuredClone(contract);
    Object.assign(Object(document.paths[profilesPath]?.get), { security: [] });
    const store = openSqliteStore(":memory:");
    const app = buildApp({ store, verifyToken: identity.verifyToken, document });
    assert.equal((await app.inject({ url: `/beta${profilesPath}` })).statusCode, 200);
    assert.equal((await app.inject({ url: `/beta${profilesPath}/$count` })).statusCode, 401);
    await store.close();
  });
});

describe("an operation with security: [{ bearer: [] }]", () => {
  test("an operation with security: [{ bearer: [] }] accepts a token with any scopes, but needs a token", async () => {
    const document: ContractDocument = structuredClone(contract);
    Object.assign(Object(document.paths[profilesPath]?.get), { security: [{ bearer: [] }] });
    const store = openSqliteStore(":memory:");
    const app = buildApp({ store, verifyToken: identity.verifyToken, document });
    const authorization = `Bearer ${await identity.issueToken({ scopes: ["User.Read"] })}`;
    assert.equal((await app.inject({ url: `/beta${profilesPath}` })).statusCode, 401);
    assert.equal((await app.inject({ url: `/beta${profilesPath}`, headers: { authorization } })).statusCode, 200);
    await store.close();
  });
});
