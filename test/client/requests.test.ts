/** Tests the URL, headers and body of the requests that the client sends. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { answering } from "./fetch.ts";

const baseUrl = "https://graph.example/beta";
const profiles = `${baseUrl}/deviceManagement/appleUserInitiatedEnrollmentProfiles`;

describe("requests", () => {
  test("the URL is the base URL, with or without a trailing slash, plus the operation's route", async () => {
    for (const root of [baseUrl, `${baseUrl}/`]) {
      const { fetch, requests } = answering("{}");
      await createClient({ baseUrl: root, token: "t", fetch }).getProfile({ path: { profileId: "p" } });
      assert.deepEqual(
        requests.map(({ method, url }) => ({ method, url })),
        [{ method: "GET", url: `${profiles}/p` }],
      );
    }
  });

  test("requests have the client's token and headers", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    await createClient({ baseUrl, token: "secret", fetch, headers: { "client-request-id": "nonce" } }).listProfiles();
    assert.deepEqual(Object.fromEntries(requests[0]?.headers ?? []), {
      authorization: "Bearer secret",
      "client-request-id": "nonce",
    });
  });

  test("requests have the headers of the call, except those whose value is undefined", async () => {
    const { fetch, requests } = answering(null, { status: 204 });
    const client = createClient({ baseUrl, token: "t", fetch });
    await client.deleteProfile({ path: { profileId: "p" }, headers: { "If-Match": 'W/"1"' } });
    assert.equal(requests[0]?.headers.get("If-Match"), 'W/"1"');
    assert.equal(requests[0]?.headers.has("If-None-Match"), false);
  });

  test("requests with a body send JSON, and requests without a body have no Content-Type", async () => {
    const { fetch, requests } = answering("{}", { status: 201 });
    const client = createClient({ baseUrl, token: "t", fetch });
    await client.createProfile({ body: { displayName: "Personal iPhones" } });
    await client.getProfile({ path: { profileId: "p" } });
    assert.equal(requests[0]?.headers.get("Content-Type"), "application/json");
    assert.deepEqual(await requests[0]?.json(), { displayName: "Personal iPhones" });
    assert.equal(requests[1]?.headers.has("Content-Type"), false);
  });

  test("requests of the raw client have the same headers", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    const client = createClient({ baseUrl, token: "secret", fetch });
    const { data } = await client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles");
    assert.deepEqual(data, { value: [] });
    assert.equal(requests[0]?.headers.get("Authorization"), "Bearer secret");
  });

  const begins = "https://graph.example";
  for (const other of ["https://evil.example", `${begins}.evil.example`, `${begins}:8443`]) {
    test(`the raw client does not send its token to another origin: ${other}`, async () => {
      const { fetch, requests } = answering('{"value":[]}');
      const client = createClient({ baseUrl, token: "secret", fetch });
      const sent = client.raw.GET("/deviceManagement/appleUserInitiatedEnrollmentProfiles", {
        baseUrl: `${other}/beta`,
      });
      await assert.rejects(sent, { name: "GraphError", code: "InvalidRequest", status: 0 });
      assert.equal(requests.length, 0);
    });
  }

  test("each call sends a new client-request-id", async () => {
    const { fetch, requests } = answering('{"value":[]}');
    const client = createClient({ baseUrl, token: "secret", fetch });
    await client.listProfiles();
    await client.listProfiles();
    const ids = requests.map(({ headers }) => headers.get("client-request-id") ?? "");
    assert.equal(new Set(ids).size, 2);
    for (const id of ids) assert.match(id, /^[\da-f-]{36}$/);
  });
});

describe("createClient", () => {
  for (const [name, wrong] of [
    ["timeout", { timeout: -1 }],
    ["timeout", { timeout: Number.NaN }],
    ["timeout", { timeout: 2 ** 31 }],
    ["retries.times", { retries: -1 }],
    ["retries.base", { retries: { base: Number.POSITIVE_INFINITY } }],
    ["retries.longest", { retries: { longest: -1 } }],
    ["retries.budget", { retries: { budget: Number.NaN } }],
  ] as const) {
    test(`createClient refuses the options ${JSON.stringify(wrong)} with an error that names ${name}`, () => {
      const refused = { name: "RangeError", message: new RegExp(`^The option ${name} must be a number from 0 to `) };
      assert.throws(() => createClient({ baseUrl, token: "t", ...wrong }), refused);
    });
  }

  test("createClient refuses a base URL that is not a URL", () => {
    assert.throws(() => createClient({ baseUrl: "graph.example/beta", token: "t" }), TypeError);
  });
});

describe("the token function", () => {
  test("the token function is called before each attempt", async () => {
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

  test("an error thrown by the token function makes the call reject before anything is sent", async () => {
    const { fetch, requests } = answering("{}");
    const failure = new Error("no token");
    const client = createClient({ baseUrl, fetch, token: () => Promise.reject(failure) });
    await assert.rejects(client.listProfiles(), failure);
    assert.equal(requests.length, 0);
  });
});

describe("path parameters", () => {
  for (const [profileId, encoded] of [
    ["c0f04fbd_52e8", "c0f04fbd_52e8"],
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["50%", "50%25"],
    ["$count", "%24count"],
    ["{profileId}", "%7BprofileId%7D"],
    ["$&", "%24%26"],
    ["ü 😀", "%C3%BC%20%F0%9F%98%80"],
  ] as const) {
    test(`the path parameter ${profileId} is percent-encoded`, async () => {
      const { fetch, requests } = answering('{"value":[]}');
      await createClient({ baseUrl, token: "t", fetch }).listAssignments({ path: { profileId } });
      assert.equal(requests[0]?.url, `${profiles}/${encoded}/assignments`);
    });
  }

  for (const profileId of ["", ".", ".."]) {
    test(`the path parameter "${profileId}", which would select another route, is refused before anything is sent`, async () => {
      const { fetch, requests } = answering(null, { status: 204 });
      const client = createClient({ baseUrl, token: "t", fetch });
      const refused = { name: "GraphError", status: 0, code: "InvalidRequest", target: "profileId" };
      await assert.rejects(client.deleteProfile({ path: { profileId } }), refused);
      assert.equal(requests.length, 0);
    });
  }
});
