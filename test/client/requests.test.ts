/** What the client sends. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { answering } from "./fetch.ts";

const baseUrl = "https://graph.example/beta";
const profiles = `${baseUrl}/deviceManagement/appleUserInitiatedEnrollmentProfiles`;

describe("a request", () => {
  test("goes to the operation's route under the base URL, with or without its trailing slash", async () => {
    for (const root of [baseUrl, `${baseUrl}/`]) {
      const { fetch, requests } = answering("{}");
      await createClient({ baseUrl: root, token: "t", fetch }).getProfile({ path: { profileId: "p" } });
      assert.deepEqual(
        requests.map(({ method, url }) => ({ method, url })),
        [{ method: "GET", url: `${profiles}/p` }],
      );
    }
  });

  test("carries the token and the client's own headers", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    await createClient({ baseUrl, token: "secret", fetch, headers: { "client-request-id": "nonce" } }).listProfiles();
    assert.deepEqual(Object.fromEntries(requests[0]?.headers ?? []), {
      authorization: "Bearer secret",
      "client-request-id": "nonce",
    });
  });

  test("carries the operation's headers by the contract's names, and none that is undefined", async () => {
    const { fetch, requests } = answering(null, { status: 204 });
    const client = createClient({ baseUrl, token: "t", fetch });
    await client.deleteProfile({ path: { profileId: "p" }, headers: { "If-Match": 'W/"1"' } });
    assert.equal(requests[0]?.headers.get("If-Match"), 'W/"1"');
    assert.equal(requests[0]?.headers.has("If-None-Match"), false);
  });

  test("sends its body as JSON, and no Content-Type when it has none", async () => {
    const { fetch, requests } = answering("{}", { status: 201 });
    const client = createClient({ baseUrl, token: "t", fetch });
    await client.createProfile({ body: { displayName: "Personal iPhones" } });
    await client.getProfile({ path: { profileId: "p" } });
    assert.equal(requests[0]?.headers.get("Content-Type"), "application/json");
    assert.deepEqual(await requests[0]?.json(), { displayName: "Personal iPhones" });
    assert.equal(requests[1]?.headers.has("Content-Type"), false);
  });

  test("is sent by the raw client with the same headers", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    const client = createClient({ baseUrl, token: "secret", fetch });
    const { data } = await client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
    assert.deepEqual(data, { value: [] });
    assert.equal(requests[0]?.headers.get("Authorization"), "Bearer secret");
  });
});

describe("a token function", () => {
  test("is awaited on each call", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    let calls = 0;
    const client = createClient({ baseUrl, fetch, token: async () => `token-${++calls}` });
    await client.listProfiles();
    await client.listProfiles();
    assert.deepEqual(
      requests.map(({ headers }) => headers.get("Authorization")),
      ["Bearer token-1", "Bearer token-2"],
    );
  });

  test("that fails rejects the call with its error, and nothing is sent", async () => {
    const { fetch, requests } = answering("{}");
    const failure = new Error("no token");
    const client = createClient({ baseUrl, fetch, token: () => Promise.reject(failure) });
    await assert.rejects(client.listProfiles(), failure);
    assert.equal(requests.length, 0);
  });
});

describe("a path parameter", () => {
  for (const [profileId, encoded] of [
    ["c0f04fbd_52e8", "c0f04fbd_52e8"],
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["50%", "50%25"],
    ["$count", "%24count"],
    ["{profileId}", "%7BprofileId%7D"],
    ["$&", "%24%26"],
    ["ü 😀", "%C3%BC%20%F0%9F%98%80"],
  ] as const) {
    test(`is percent-encoded: ${profileId}`, async () => {
      const { fetch, requests } = answering('{"value":[]}');
      await createClient({ baseUrl, token: "t", fetch }).listAssignments({ path: { profileId } });
      assert.equal(requests[0]?.url, `${profiles}/${encoded}/assignments`);
    });
  }

  for (const profileId of ["", ".", ".."]) {
    test(`that would lead to another route is refused before anything is sent: "${profileId}"`, async () => {
      const { fetch, requests } = answering(null, { status: 204 });
      const client = createClient({ baseUrl, token: "t", fetch });
      await assert.rejects(client.deleteProfile({ path: { profileId } }), TypeError);
      assert.equal(requests.length, 0);
    });
  }
});
