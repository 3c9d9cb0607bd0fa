/** Tests the client's batches: `newBatch()` and `send()`. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { enterWorld, groupTarget } from "../support/tenant.ts";
import { answering, failing, json, type Line, scripted } from "./fetch.ts";

const world = await enterWorld();
const target = groupTarget("g");
const invalid = (place: string) => ({ name: "GraphError", code: "InvalidRequest", status: 0, target: place });

function clientOf(...lines: readonly Line[]) {
  const { fetch, requests } = scripted(...lines);
  const headers = { Prefer: "include-unknown-enum-members" };
  const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, headers });
  return { client, requests };
}

describe("a batch", () => {
  test("the Content-Type among the client's headers replaces that of the requests in a batch", async () => {
    const { fetch, requests } = scripted(json(200, { responses: [] }));
    const headers = { "Content-Type": "application/json;IEEE754Compatible=false" };
    const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch, headers });
    const batch = client.newBatch();
    batch.createProfile({ body: { displayName: "x" } });
    await batch.send();
    const [sent] = Object(await requests[0]?.json()).requests;
    assert.equal(sent.headers["content-type"], headers["Content-Type"]);
  });
  test("a batch returns the same answer to each request as a single call", async () => {
    const { client, profile } = await world.tenant();
    const path = { profileId: (await profile({ displayName: "Ü?&#%" })).id };
    const batch = client.newBatch();
    const read = batch.getProfile({ path });
    const write = batch.updateAssignments({ path, body: { target } });
    const count = batch.countAssignments({ path }, { dependsOn: [write] });
    const found = batch.listProfiles({ query: { $filter: "displayName eq 'Ü?&#%'", $top: 1 } });
    const selected = batch.shaped.listProfiles({ query: { $select: "id" } });
    const missing = batch.getProfile({ path: { profileId: "no/body" } });
    const after = batch.countProfiles({}, { dependsOn: [missing] });
    const answers = await batch.send();
    assert.ok(answers.ok);

    const [profileRead, written, counted] = [answers.to(read), answers.to(write), answers.to(count)];
    assert.ok(profileRead.ok && written.ok && counted.ok);
    assert.equal(profileRead.data.displayName, "Ü?&#%");
    assert.equal(profileRead.headers.get("ETag"), profileRead.data["@odata.etag"]);
    assert.equal(Object(written.data.target).groupId, "g");
    assert.equal(counted.data, "1");

    const list = answers.to(found);
    assert.ok(list.ok);
    assert.deepEqual(
      list.data.value.map(({ id }) => id),
      [path.profileId],
    );
    const ids = answers.to(selected);
    assert.ok(ids.ok && ids.status === 200);
    assert.deepEqual(Object.keys(Object(ids.data.value[0])).sort(), ["@odata.etag", "@odata.type", "id"]);

    const notFound = answers.to(missing);
    assert.equal(notFound.status, 404);
    assert.deepEqual([notFound.code, notFound.target], ["ResourceNotFound", "profileId"]);
    assert.match(notFound.message, /no\/body/);
    assert.match(notFound.requestId ?? "", /^[\da-f-]{36}$/);
    const skipped = answers.to(after);
    assert.equal(skipped.status, 424);
    assert.equal(skipped.code, "FailedDependency");
  });

  test("a batch can update and delete, and its answer to a DELETE is a 204 without data", async () => {
    const { client, profile } = await world.tenant();
    const kept = await profile();
    const gone = await profile();
    const batch = client.newBatch();
    const update = batch.updateProfile({
      path: { profileId: kept.id },
      headers: { "If-Match": kept["@odata.etag"] },
      body: { displayName: "New" },
    });
    const remove = batch.deleteProfile({ path: { profileId: gone.id } }, { dependsOn: [update] });
    const answers = await batch.send();
    assert.ok(answers.ok);
    const removed = answers.to(remove);
    assert.deepEqual([answers.to(update).status, removed.status, removed.ok && removed.data], [200, 204, undefined]);
    assert.equal((await client.countProfiles()).ok, true);
  });

  test("send() resolves to a GraphError if the service refuses the whole batch", async () => {
    const { client } = clientOf(failing(400));
    const batch = client.newBatch();
    batch.listProfiles();
    const answers = await batch.send();
    assert.ok(!answers.ok);
    assert.equal(answers.status, 400);
  });

  test("a batch sends the client's headers with each request, unless the request overrides them", async () => {
    const { client, requests } = clientOf(json(200, { responses: [] }));
    const batch = client.newBatch();
    batch.listProfiles();
    const headers = { Prefer: "return=minimal", "If-Match": "*" };
    batch.shaped.updateProfile({ path: { profileId: "p" }, headers, body: {} });
    await batch.send();
    const { requests: sent } = Object(await requests[0]?.json());
    assert.deepEqual(sent, [
      {
        id: "1",
        method: "GET",
        url: "/deviceManagement/appleUserInitiatedEnrollmentProfiles",
        headers: { prefer: "include-unknown-enum-members" },
      },
      {
        id: "2",
        method: "PATCH",
        url: "/deviceManagement/appleUserInitiatedEnrollmentProfiles/p",
        headers: { "content-type": "application/json", "if-match": "*", prefer: "return=minimal" },
        body: {},
      },
    ]);
  });

  test("a batch of more than 20 requests is refused and not split", () => {
    const { client } = clientOf(failing(500));
    const batch = client.newBatch();
    for (let number = 0; number < 20; number++) batch.listProfiles();
    assert.throws(() => batch.listProfiles(), invalid("requests"));
  });

  test("a batch of 20 requests is sent as a single batch", async () => {
    const { client, profile } = await world.tenant();
    await profile();
    const batch = client.newBatch();
    const all = Array.from({ length: 20 }, () => batch.countProfiles());
    const answers = await batch.send();
    assert.ok(answers.ok);
    for (const each of all) assert.equal(answers.to(each).status, 200);
  });

  test("a batch refuses an invalid path parameter, and a dependency on a request from another batch", () => {
    const { fetch, requests } = answering("{}");
    const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch });
    const batch = client.newBatch();
    assert.throws(() => batch.getProfile({ path: { profileId: "" } }), invalid("profileId"));
    const stranger = client.newBatch().listProfiles();
    assert.throws(() => batch.countProfiles({}, { dependsOn: [stranger] }), invalid("dependsOn"));
    assert.equal(requests.length, 0);
  });

  test("to() throws for a request from another batch and for a request without an answer", async () => {
    const { client } = clientOf(json(200, { responses: [] }));
    const batch = client.newBatch();
    const one = batch.countProfiles();
    const answers = await batch.send();
    assert.ok(answers.ok);
    const unexpected = { name: "GraphError", code: "UnexpectedResponse" };
    assert.throws(() => answers.to(one), unexpected);
    assert.throws(() => answers.to(client.newBatch().countProfiles()), unexpected);
  });
});
