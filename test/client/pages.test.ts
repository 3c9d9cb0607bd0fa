/** Tests `client.pages`, which iterates over all entities of a collection. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { enterWorld, groupTarget } from "../support/tenant.ts";
import { failing, json, type Line, scripted } from "./fetch.ts";

const world = await enterWorld();
const root = "https://graph.example/beta";
const profiles = `${root}/deviceManagement/appleUserInitiatedEnrollmentProfiles`;

function clientOf(...lines: readonly Line[]) {
  const { fetch, requests } = scripted(...lines);
  return { client: createClient({ baseUrl: root, token: "secret", fetch, retries: { base: 0 } }), requests };
}

/** The client calls the service directly instead of through Prism, because next links have the service's origin. */
async function tenant() {
  const own = await world.tenant();
  return { ...own, client: createClient({ baseUrl: world.direct, token: own.token }) };
}

async function idsOf(entities: AsyncIterable<{ readonly id?: string }>): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { id } of entities) ids.push(id);
  return ids;
}

describe("pages of the service", () => {
  test("the iteration yields every profile once in list order, and applies the query options to each page", async () => {
    const { client, profile } = await tenant();
    const created: string[] = [];
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      const { id } = await profile({ displayName: number === 4 ? "other" : `profile ${number}` });
      if (number !== 4) created.unshift(id);
    }
    const query = { $top: 2, $filter: "startswith(displayName,'profile')", $orderby: "displayName desc" };
    assert.deepEqual(await idsOf(client.pages.listProfiles({ query })), created);
    const shown: object[] = [];
    for await (const each of client.shaped.pages.listProfiles({ query: { ...query, $select: "id" } })) shown.push(each);
    assert.deepEqual(
      shown.map((each) => Object.keys(each).sort()),
      created.map(() => ["@odata.etag", "@odata.type", "id"]),
    );
  });

  test("the iteration yields every assignment once, even if Prefer: odata.maxpagesize splits the list", async () => {
    const { client, profile, assignment } = await tenant();
    const path = { profileId: (await profile()).id };
    const created: string[] = [];
    for (const groupId of ["a", "b", "c", "d", "e"]) {
      created.push((await assignment(path.profileId, groupTarget(groupId))).id);
    }
    assert.deepEqual(await idsOf(client.pages.listAssignments({ path })), created);
    const headers = { Prefer: "odata.maxpagesize=2" };
    assert.deepEqual(await idsOf(client.shaped.pages.listAssignments({ path, headers })), created);
  });

  test("the iteration yields nothing if the collection is empty", async () => {
    const { client } = await tenant();
    assert.deepEqual(await idsOf(client.pages.listProfiles()), []);
  });

  test("the iteration rejects with the GraphError of a page that fails", async () => {
    const { client } = await tenant();
    await assert.rejects(idsOf(client.pages.listAssignments({ path: { profileId: "missing" } })), {
      name: "GraphError",
      status: 404,
    });
  });
});

describe("next links", () => {
  const page = (ids: readonly string[], link?: string) =>
    json(200, { value: ids.map((id) => ({ id })), ...(link && { "@odata.nextLink": link }) });

  test("the client follows a next link unchanged, with the same headers and a token", async () => {
    const link = `${profiles}?$top=1&$skiptoken=a%2Fb+c/`;
    const { client, requests } = clientOf(page(["1"], link), page(["2"]));
    const headers = { Prefer: "include-unknown-enum-members" };
    const input = { query: { $top: 1 }, headers };
    assert.deepEqual(await idsOf(client.shaped.pages.listProfiles(input)), ["1", "2"]);
    assert.deepEqual(
      requests.map(({ url }) => url),
      [`${profiles}?$top=1`, link],
    );
    for (const each of requests) {
      assert.equal(each.headers.get("Prefer"), headers.Prefer);
      assert.equal(each.headers.get("Authorization"), "Bearer secret");
    }
  });

  test("the client requests a next link only after all entities of the previous page were consumed", async () => {
    const { client, requests } = clientOf(page(["1", "2"], `${profiles}?$skiptoken=x`), page(["3"]));
    for await (const { id } of client.pages.listProfiles()) if (id === "2") break;
    assert.equal(requests.length, 1);
  });

  test("the client retries a next link like any other request", async () => {
    const lines = [page(["1"], `${profiles}?$skiptoken=x`), new TypeError("cut"), failing(503), page(["2"])];
    const { client } = clientOf(...lines);
    assert.deepEqual(await idsOf(client.pages.listProfiles()), ["1", "2"]);
  });

  for (const [title, link] of [
    ["to another host", "https://evil.example/beta/next"],
    ["to another port", "https://graph.example:8443/beta/next"],
    ["without TLS", "http://graph.example/beta/next"],
    ["that hides the host after a user name", "https://graph.example@evil.example/beta/next"],
    ["without a host", "/beta/next"],
    ["that is a script", "javascript:alert(1)"],
  ] as const) {
    test(`the client does not send its token to a next link ${title}`, async () => {
      const { client, requests } = clientOf(page(["1"], link), page(["2"]));
      const seen: unknown[] = [];
      const loop = async () => {
        for await (const { id } of client.pages.listProfiles()) seen.push(id);
      };
      await assert.rejects(loop(), { name: "GraphError", code: "InvalidRequest", target: "@odata.nextLink" });
      assert.deepEqual([seen, requests.length], [["1"], 1]);
    });
  }

  test("the client does not follow a next link that points to its own page", async () => {
    const { client, requests } = clientOf(page(["1"], `${profiles}?$skiptoken=x`));
    await assert.rejects(idsOf(client.pages.listProfiles()), { name: "GraphError", code: "InvalidRequest" });
    assert.equal(requests.length, 2);
  });

  test("the iteration rejects if an answer is not a collection", async () => {
    const { client } = clientOf(json(200, { value: {} }));
    await assert.rejects(idsOf(client.pages.listProfiles()), { name: "GraphError", code: "UnexpectedResponse" });
  });
});
