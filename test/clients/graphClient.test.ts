/**
 * Calls every operation with @microsoft/microsoft-graph-client 3.x as its documentation shows, including its PageIterator and
 * batches, over TLS with `customHosts`. The last tests show why the client does not work over plain http and needs `--tls`.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  type GraphRequest,
  type Middleware,
  PageIterator,
} from "@microsoft/microsoft-graph-client";
import { type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";

const dataDir = temporaryFolder();
after(() => rmSync(dataDir, { recursive: true }));
let service: Served;
before(async () => {
  service = await serve({ DATA_DIR: dataDir }, ["--tls"]);
  // NODE_EXTRA_CA_CERTS would have the same effect, but Node reads it only when a process starts.
  const ca = readFileSync(join(dataDir, "tls", "ca.pem"), "utf8");
  setDefaultCACertificates([...getCACertificates("default"), ca]);
});
after(() => service.stop("SIGTERM"));

/** Creates a Graph client for a new tenant. */
async function newClient(): Promise<Client> {
  const { origin, hostname } = new URL(service.url);
  const form = {
    grant_type: "client_credentials",
    client_id: "my-app",
    client_secret: "any",
    scope: "https://graph.microsoft.com/.default",
  };
  const tokens = `${origin}/${randomUUID()}/oauth2/v2.0/token`;
  const answer = await fetch(tokens, { method: "POST", body: new URLSearchParams(form) });
  const { access_token: token } = Object(await answer.json());
  return Client.init({
    baseUrl: origin,
    defaultVersion: "beta",
    customHosts: new Set([hostname]),
    authProvider: (done) => done(null, token),
  });
}

async function fails(promise: Promise<unknown>): Promise<GraphError> {
  const error = await promise.then(
    () => assert.fail("The call succeeded, but it should have failed."),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof GraphError);
  return error;
}

describe("@microsoft/microsoft-graph-client, over TLS with customHosts", () => {
  test("the Graph client calls every operation of profiles", async () => {
    const client = await newClient();
    const first = await client.api(profilesPath).post({ displayName: "Personal iPhones" });
    const second = await client.api(profilesPath).post({ displayName: "Company iPads" });
    const { value } = await client.api(profilesPath).get();
    assert.deepEqual(
      value.map(({ id }: { id: string }) => id),
      [first.id, second.id],
    );
    assert.equal(await client.api(`${profilesPath}/$count`).get(), "2");
    assert.equal(await client.api(`${profilesPath}/${second.id}/setPriority`).post({ priority: 0 }), undefined);
    const moved = await client.api(`${profilesPath}/${second.id}`).get();
    assert.equal(moved.priority, 0);
    const renamed = await client.api(`${profilesPath}/${second.id}`).update({ displayName: "All iPads" });
    assert.equal(renamed.displayName, "All iPads");
    await client.api(`${profilesPath}/${first.id}`).delete();
    const gone = await fails(client.api(`${profilesPath}/${first.id}`).get());
    assert.deepEqual([gone.statusCode, gone.code], [404, "ResourceNotFound"]);
    assert.match(gone.requestId ?? "", /^[\da-f-]{36}$/);
  });

  test("the Graph client calls every operation of assignments", async () => {
    const client = await newClient();
    const profile = await client.api(profilesPath).post({ displayName: "Personal iPhones" });
    const path = `${profilesPath}/${profile.id}/assignments`;
    const target = groupTarget("35d09841-af73-43e6-a59f-024fef1b6b95");
    const created = await client.api(path).post({ target });
    const repeated = await client.api(path).patch({ target });
    assert.equal(repeated.id, created.id);
    const filter = {
      deviceAndAppManagementAssignmentFilterId: "f",
      deviceAndAppManagementAssignmentFilterType: "include",
    };
    const updated = await client.api(`${path}/${created.id}`).patch({ target: { ...target, ...filter } });
    assert.equal(updated.target.deviceAndAppManagementAssignmentFilterType, "include");
    assert.deepEqual((await client.api(`${path}/${created.id}`).get()).target, updated.target);
    assert.equal(await client.api(`${path}/$count`).get(), "1");
    const stale = client.api(`${path}/${created.id}`).header("If-Match", created["@odata.etag"]);
    assert.equal((await fails(stale.delete())).statusCode, 412);
    await client.api(`${path}/${created.id}`).header("If-Match", updated["@odata.etag"]).delete();
    assert.deepEqual((await client.api(path).get()).value, []);
  });

  test("the Graph client sends query options", async () => {
    const client = await newClient();
    for (const displayName of ["B", "A", "C"]) await client.api(profilesPath).post({ displayName });
    const namesOf = async (request: GraphRequest) =>
      (await request.get()).value.map((profile: { displayName: string }) => profile.displayName);
    assert.deepEqual(await namesOf(client.api(profilesPath).orderby("displayName desc")), ["C", "B", "A"]);
    assert.deepEqual(await namesOf(client.api(profilesPath).filter("displayName eq 'A' or priority eq 2")), ["A", "C"]);
    assert.deepEqual(await namesOf(client.api(profilesPath).skip(1).top(1)), ["A"]);
    const counted = await client.api(profilesPath).count(true).select("displayName").top(1).get();
    assert.equal(counted["@odata.count"], 3);
    assert.equal(counted.value[0].priority, undefined);
    const [{ assignments }] = (await client.api(profilesPath).expand("assignments").get()).value;
    assert.deepEqual(assignments, []);
  });

  test("the Graph client reads all pages with its PageIterator", async () => {
    const client = await newClient();
    const names = ["one", "two", "three", "four", "five"];
    for (const displayName of names) await client.api(profilesPath).post({ displayName });
    const seen: string[] = [];
    const iterator = new PageIterator(client, await client.api(profilesPath).top(2).get(), ({ displayName }) => {
      seen.push(displayName);
      return true;
    });
    await iterator.iterate();
    assert.deepEqual(seen, names);
    assert.ok(iterator.isComplete());
  });

  test("the Graph client sends a batch and reads its answers as Responses", async () => {
    const client = await newClient();
    const profile = await client.api(profilesPath).post({ displayName: "Personal iPhones" });
    // The URLs are absolute, as in the client's documentation. The client removes the host from each of them.
    const url = `https://graph.microsoft.com${profilesPath}/${profile.id}`;
    const json = { "Content-Type": "application/json" };
    const rename = new Request(url, { method: "PATCH", headers: json, body: JSON.stringify({ displayName: "All" }) });
    const batch = new BatchRequestContent([
      { id: "rename", request: rename },
      { id: "read", request: new Request(url), dependsOn: ["rename"] },
      { id: "delete", request: new Request(url, { method: "DELETE" }), dependsOn: ["read"] },
      { id: "gone", request: new Request(url), dependsOn: ["delete"] },
    ]);
    const answers = new BatchResponseContent(await client.api("/$batch").post(await batch.getContent()));
    assert.equal(Object(await answers.getResponseById("read").json()).displayName, "All");
    assert.equal(answers.getResponseById("delete").status, 204);
    const gone = answers.getResponseById("gone");
    assert.equal(gone.status, 404);
    assert.equal(Object(await gone.json()).error.code, "ResourceNotFound");
  });
});

describe("@microsoft/microsoft-graph-client, over plain http (a documented limit)", () => {
  test("the Graph client requests no token over plain http, whatever customHosts contains, and gets 401", async (t) => {
    const plainFolder = temporaryFolder();
    t.after(() => rmSync(plainFolder, { recursive: true }));
    const plain = await serve({ DATA_DIR: plainFolder });
    t.after(() => plain.stop("SIGTERM"));
    let asked = false;
    const client = Client.init({
      baseUrl: new URL(plain.url).origin,
      defaultVersion: "beta",
      customHosts: new Set(["127.0.0.1", new URL(plain.url).host]),
      authProvider: (done) => {
        asked = true;
        done(null, "a token");
      },
    });
    const ownHeader = client.api(profilesPath).header("Authorization", "Bearer x");
    assert.equal((await fails(client.api(profilesPath).get())).statusCode, 401);
    // The client also removes an Authorization header that the caller sets.
    assert.match((await fails(ownHeader.get())).message, /^An access token is required/);
    assert.equal(asked, false);
  });

  test("the Graph client builds a wrong URL from an absolute http URL, such as a next link", async () => {
    let requested = "";
    const capture: Middleware = {
      execute: async (context) => {
        requested = String(context.request);
        context.response = Response.json({});
      },
    };
    const client = Client.initWithMiddleware({
      baseUrl: "http://127.0.0.1:3000",
      defaultVersion: "beta",
      middleware: capture,
    });
    const link = `http://127.0.0.1:3000/beta${profilesPath}?$skiptoken=x`;
    await client.api(link).get();
    assert.equal(requested, `http://127.0.0.1:3000/beta/${link}`);
  });
});
