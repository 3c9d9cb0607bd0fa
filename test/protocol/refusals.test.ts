/** Requests that match no operation, or that Prism would answer itself. The tests send them directly to the service. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { assertGraphError } from "../support/graphError.ts";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();

interface Case {
  readonly method?: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly allow?: string;
}

const assignments = `${profilesPath}/x/assignments`;

const cases: readonly Case[] = [
  { path: "/nothing", status: 404, code: "ResourceNotFound" },
  { path: "", status: 404, code: "ResourceNotFound" },
  { path: `${profilesPath}/`, status: 404, code: "ResourceNotFound" },
  { path: `${profilesPath}/x/`, status: 404, code: "ResourceNotFound" },
  { path: `${assignments}/`, status: 404, code: "ResourceNotFound" },
  { path: `${profilesPath}//assignments`, status: 404, code: "ResourceNotFound" },
  { method: "PATCH", path: `${profilesPath}//assignments`, status: 404, code: "ResourceNotFound" },
  { method: "DELETE", path: `${profilesPath}/`, status: 404, code: "ResourceNotFound" },
  { method: "DELETE", path: `${assignments}/`, status: 404, code: "ResourceNotFound" },
  { method: "DELETE", path: `${profilesPath}//assignments/x`, status: 404, code: "ResourceNotFound" },
  { method: "POST", path: `${profilesPath}//setPriority`, status: 404, code: "ResourceNotFound" },
  { method: "DELETE", path: profilesPath, status: 405, code: "MethodNotAllowed", allow: "GET, HEAD, POST, OPTIONS" },
  { method: "PUT", path: profilesPath, status: 405, code: "MethodNotAllowed", allow: "GET, HEAD, POST, OPTIONS" },
  {
    method: "POST",
    path: `${profilesPath}/x`,
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, PATCH, DELETE, OPTIONS",
  },
  {
    method: "DELETE",
    path: assignments,
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, POST, PATCH, OPTIONS",
  },
  {
    method: "DELETE",
    path: `${profilesPath}/$count`,
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, OPTIONS",
  },
  {
    method: "DELETE",
    path: `${assignments}/$count`,
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, OPTIONS",
  },
  {
    method: "GET",
    path: `${profilesPath}/x/setPriority`,
    status: 405,
    code: "MethodNotAllowed",
    allow: "POST, OPTIONS",
  },
  {
    method: "DELETE",
    path: profilesPath.replace("apple", "%61pple"),
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, POST, OPTIONS",
  },
  { method: "PROPFIND", path: profilesPath, status: 405, code: "MethodNotAllowed", allow: "GET, HEAD, POST, OPTIONS" },
  { path: `${profilesPath}/${"a".repeat(10_000)}`, status: 414, code: "UriTooLong" },
  { path: `${profilesPath}/%FF`, status: 404, code: "ResourceNotFound" },
  { path: `${profilesPath}/%zz`, status: 404, code: "ResourceNotFound" },
  { path: "/%zz", status: 404, code: "ResourceNotFound" },
  {
    method: "DELETE",
    path: `${profilesPath}/%24count`,
    status: 405,
    code: "MethodNotAllowed",
    allow: "GET, HEAD, OPTIONS",
  },
  { path: `${profilesPath}/$x`, status: 404, code: "ResourceNotFound" },
  { path: `${profilesPath}/%24x/assignments`, status: 404, code: "ResourceNotFound" },
  { path: "/", status: 404, code: "ResourceNotFound" },
  { method: "DELETE", path: "/", status: 404, code: "ResourceNotFound" },
  { method: "GET", path: "/$batch", status: 405, code: "MethodNotAllowed", allow: "POST, OPTIONS" },
  { method: "POST", path: "/$metadata", status: 405, code: "MethodNotAllowed", allow: "GET, HEAD, OPTIONS" },
  { method: "OPTIONS", path: "/nothing", status: 404, code: "ResourceNotFound" },
  { method: "OPTIONS", path: `${profilesPath}/`, status: 404, code: "ResourceNotFound" },
];

describe("a request that matches no operation", () => {
  for (const { method = "GET", path, status, code, allow } of cases) {
    const shown = path.length > 120 ? `${path.slice(0, 60)}… (${path.length} characters)` : path;
    test(`${method} ${shown} is refused with ${status} ${code}${allow ? ` and Allow: ${allow}` : ""}`, async () => {
      const answer = await (await world.tenant()).callDirectly({ method, path });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assertGraphError(answer);
      assert.equal(answer.error.code, code);
      assert.equal(answer.headers.get("allow"), allow ?? null);
    });
  }
  test("headers of more than 16 KiB are refused with 431 RequestHeaderFieldsTooLarge", async () => {
    const answer = await (await world.tenant()).callDirectly({
      method: "GET",
      path: profilesPath,
      headers: { "x-large": "a".repeat(17_000) },
    });
    assert.equal(answer.status, 431);
    assertGraphError(answer);
    assert.equal(answer.error.code, "RequestHeaderFieldsTooLarge");
  });
  for (const [what, body] of [
    ["broken JSON", "{"],
    ["JSON with __proto__", '{"__proto__":{}}'],
    ["2 MiB", "a".repeat(2 ** 21)],
  ] as const) {
    test(`a body of ${what} does not change a refusal with 404 or 405`, async () => {
      const tenant = await world.tenant();
      for (const [method, path, status] of [
        ["POST", "/nothing", 404],
        ["PUT", profilesPath, 405],
        ["DELETE", profilesPath, 405],
      ] as const) {
        const answer = await tenant.callDirectly({ method, path, body });
        assert.equal(answer.status, status);
        assertGraphError(answer);
      }
    });
  }
  test("a malformed Content-Type does not change the answer if the operation has no request body", async () => {
    const headers = { "content-type": "nonsense" };
    const tenant = await world.tenant();
    assert.equal((await tenant.callDirectly({ method: "DELETE", path: `${profilesPath}/x`, headers })).status, 404);
    assert.equal((await tenant.callDirectly({ method: "POST", path: "/nothing", headers })).status, 404);
  });
  test("a path that leads out of the docs folder is refused with 404", async () => {
    const { status, body } = await raw("GET /docs/static/%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: x\r\n");
    assert.equal(status, 404);
    assert.equal(body.error.code, "ResourceNotFound");
  });
  test("a request without Host is refused with 400, and the error names the header", async () => {
    const { status, body } = await raw(`GET /beta${profilesPath} HTTP/1.1\r\n`);
    assert.equal(status, 400);
    assert.match(body.error.message, /no Host header/);
  });
  for (const host of ["a b", '"><script>', "[::1", "a?b#c", "x:99999999", ""]) {
    test(`a request with the Host '${host}', which is not valid in a URL, is refused with 400`, async () => {
      const { status, body } = await raw(`GET /beta${profilesPath} HTTP/1.1\r\nHost: ${host}\r\n`);
      assert.equal(status, 400);
      assert.match(body.error.message, /Host header/);
    });
  }
  test("a complete request is answered even if garbage follows it", async () => {
    const tenant = await world.tenant();
    const { hostname, port } = new URL(world.direct);
    const socket = connect(Number(port), hostname).setEncoding("utf8");
    const head = `POST /beta${profilesPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tenant.token}`;
    const body = '{"displayName":"x"}';
    socket.write(
      `${head}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}GARBAGE\r\n\r\n`,
    );
    let text = "";
    for await (const chunk of socket) text += chunk;
    assert.match(text, /^HTTP\/1\.1 201 Created/);
    assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
  });
  test("an Expect header with a value other than 100-continue is ignored", async () => {
    assert.equal((await raw(`GET /beta${profilesPath} HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n`)).status, 401);
  });
  test("a request target in absolute form is reduced to its path", async () => {
    assert.equal((await raw(`GET ${world.direct}${profilesPath} HTTP/1.1\r\nHost: x\r\n`)).status, 401);
    assert.equal((await raw(`GET ${new URL(world.direct).origin}?x HTTP/1.1\r\nHost: x\r\n`)).status, 200);
    assert.equal((await raw(`GET http://elsewhere/openapi.yaml HTTP/1.1\r\nHost: x\r\n`)).status, 200);
  });
  test("a request that is not HTTP is refused with 400", async () => {
    const { status, body } = await raw("NONSENSE\r\n");
    assert.equal(status, 400);
    assert.equal(body.error.message, "The request is not valid HTTP.");
  });
  test("an unknown path outside the service root is refused with 404", async () => {
    const response = await fetch(new URL("/nothing", world.direct));
    assert.equal(response.status, 404);
    assertGraphError({ headers: response.headers, body: await response.json() });
  });
  test("an updateAssignments request with an empty profile id in its path changes nothing", async () => {
    const tenant = await world.tenant();
    const { id: profileId } = await tenant.profile();
    const path = `${profilesPath}//assignments`;
    const answer = await tenant.callDirectly({ method: "PATCH", path, body: { target: groupTarget("g") } });
    assert.equal(answer.status, 404);
    const count = await tenant.client.countAssignments({ path: { profileId } });
    assert.ok(count.ok);
    assert.equal(count.data, "0");
  });
});

/** Sends a request head as raw text, because HTTP libraries refuse to send it. */
async function raw(head: string): Promise<{ status: number; body: { error: { code: string; message: string } } }> {
  const { hostname, port } = new URL(world.direct);
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  socket.write(`${head}Connection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += chunk;
  const [top = "", ...rest] = text.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  return { status: Number(top.split(" ")[1]), body: body.startsWith("{") ? JSON.parse(body) : { error: {} } };
}

describe("OPTIONS", () => {
  for (const [path, allow] of [
    [profilesPath, "GET, HEAD, POST, OPTIONS"],
    [`${profilesPath}/x`, "GET, HEAD, PATCH, DELETE, OPTIONS"],
    [`${profilesPath}('x')/assignments('y')`, "GET, HEAD, PATCH, DELETE, OPTIONS"],
    [`${profilesPath}/x/setPriority`, "POST, OPTIONS"],
    ["/$batch", "POST, OPTIONS"],
    ["/$metadata", "GET, HEAD, OPTIONS"],
  ] as const) {
    test(`OPTIONS for ${path} is answered with 204 and Allow: ${allow}`, async () => {
      const tenant = await world.tenant();
      for (const body of [undefined, "{"]) {
        const answer = await tenant.callDirectly({ method: "OPTIONS", path, body, headers: { origin: "https://x" } });
        assert.equal(answer.status, 204);
        assert.equal(answer.body, "");
        assert.equal(answer.headers.get("allow"), allow);
        assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f-]{36}$/);
        assert.equal(answer.headers.get("access-control-allow-origin"), null);
      }
    });
  }
  test("OPTIONS for * is answered with 204, but * is not a path for other methods", async () => {
    assert.equal((await raw("OPTIONS * HTTP/1.1\r\nHost: x\r\n")).status, 204);
    assert.equal((await raw("GET * HTTP/1.1\r\nHost: x\r\n")).status, 404);
    assert.equal((await raw("OPTIONS /* HTTP/1.1\r\nHost: x\r\n")).status, 404);
  });
});

describe("the order of errors", () => {
  const long = { "content-type": "text/plain" };
  const huge = "a".repeat(2 ** 21);
  const readOnly = { scopes: ["DeviceManagementConfiguration.Read.All"] };
  const steps: readonly [string, number, object][] = [
    ["a missing token is reported before an unknown route", 401, { path: "/nothing", token: null }],
    ["a missing token is reported before a wrong method", 401, { method: "DELETE", path: profilesPath, token: null }],
    [
      "a missing token is reported before OPTIONS is answered",
      401,
      { method: "OPTIONS", path: profilesPath, token: null },
    ],
    [
      "a missing token is reported before invalid percent-encoding in the path",
      401,
      { path: `${profilesPath}/%zz`, token: null },
    ],
    ["a wrong method is reported before missing scopes", 405, { method: "DELETE", path: assignments, token: readOnly }],
    ["missing scopes are reported before a wrong media type", 403, { headers: long, body: huge, token: readOnly }],
    ["a wrong media type is reported before an oversized body", 415, { headers: long, body: huge }],
    [
      "an unsupported content encoding is reported before an oversized body",
      415,
      { headers: { "content-encoding": "br" }, body: huge },
    ],
    ["an oversized body is reported before invalid JSON", 413, { body: `{${huge}` }],
    ["an invalid body is reported before an unknown profile", 400, { body: "{}" }],
    ["a malformed precondition is reported before an unknown profile", 400, { headers: { "if-match": "x" } }],
    ["an unknown profile is reported before a failed precondition", 404, { headers: { "if-match": "*" } }],
  ];
  for (const [what, status, special] of steps) {
    test(`${what} (${status})`, async () => {
      const tenant = await world.tenant();
      const { token, ...call } = {
        method: "PATCH",
        path: assignments,
        body: { target: groupTarget("g") },
        token: tenant.token,
        ...special,
      };
      const bearer =
        typeof token === "object" && token !== null ? await world.token({ tenant: tenant.id, ...readOnly }) : token;
      assert.equal((await tenant.callDirectly({ ...call, token: bearer })).status, status);
    });
  }
});

describe("the order of errors that depend on stored entities", () => {
  const stale = { "if-match": 'W/"9"' };
  const createAssigned = async () => {
    const tenant = await world.tenant();
    const { id: profileId } = await tenant.profile();
    const filter = { deviceAndAppManagementAssignmentFilterId: "f" } as const;
    const target = { ...groupTarget("a"), ...filter, deviceAndAppManagementAssignmentFilterType: "include" } as const;
    const { id } = await tenant.assignment(profileId, target);
    await tenant.assignment(profileId, groupTarget("b"));
    const profile = `${profilesPath}/${profileId}`;
    return { tenant, id, profile, list: `${profile}/assignments`, one: `${profile}/assignments/${id}` };
  };
  const withoutId = { target: { ...groupTarget("a"), deviceAndAppManagementAssignmentFilterId: null } };
  type Assigned = Awaited<ReturnType<typeof createAssigned>>;
  const cases: readonly [what: string, status: number, request: (found: Assigned) => readonly [string, object]][] = [
    ["a filter type without the stored filter id before a failed precondition", 400, ({ one }) => [one, withoutId]],
    [
      "a filter type without the stored filter id before a failed precondition, without an id in the body",
      400,
      ({ list }) => [list, withoutId],
    ],
    [
      "a priority beyond the last profile before a failed precondition",
      400,
      ({ profile }) => [profile, { priority: 1 }],
    ],
    ["an unknown id in the body before a failed precondition", 404, ({ list }) => [list, { id: "none" }]],
    [
      "a failed precondition before another assignment with the target",
      412,
      ({ one }) => [one, { target: groupTarget("b") }],
    ],
    [
      "a failed precondition before another assignment with the target, with an id in the body",
      412,
      ({ list, id }) => [list, { id, target: groupTarget("b") }],
    ],
  ];
  for (const [what, status, request] of cases) {
    test(`${what} is reported (${status}), and nothing is changed`, async () => {
      const found = await createAssigned();
      const read = async () =>
        Object((await found.tenant.call({ method: "GET", path: `${profilesPath}?$expand=assignments` })).body).value;
      const before = await read();
      const [path, body] = request(found);
      assert.equal((await found.tenant.call({ method: "PATCH", path, body, headers: stale })).status, status);
      assert.deepEqual(await read(), before);
    });
  }
});

describe("a request body", () => {
  const cases: readonly [string, string, string | undefined, RegExp][] = [
    ["broken JSON", '{"displayName": ', undefined, /is not valid JSON: .*/],
    ["text after the JSON", '{"displayName":"x"} x', undefined, /is not valid JSON: .*position 20/],
    ["a number", "5", undefined, /must be an object, not 5/],
    ["null", "null", undefined, /must be an object, not null/],
    ["JSON of 1,000 levels", `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`, undefined, /nested deeper than 32 levels/],
    ["JSON of 100,000 levels", "[".repeat(100_000) + "]".repeat(100_000), undefined, /nested deeper than 32 levels/],
    [
      "a property __proto__",
      '{"displayName":"x","__proto__":{"admin":true}}',
      "__proto__",
      /__proto__ is not a property/,
    ],
    [
      "a nested property __proto__",
      '{"availableEnrollmentTypeOptions":[{"__proto__":1}]}',
      "availableEnrollmentTypeOptions[0].__proto__",
      /__proto__/,
    ],
    [
      "a property constructor",
      '{"displayName":"x","constructor":{"prototype":{}}}',
      "constructor",
      /constructor is not a property/,
    ],
    ["NUL in a string", '{"displayName":"a\\u0000b"}', "displayName", /displayName contains a NUL character/],
    ["NUL in a property name", '{"a\\u0000b":1}', "a\\u0000b", /contains a NUL character/],
    [
      "NUL in a property name that the message cuts in the middle of a character",
      `{"${"a".repeat(255)}😀\\u0000":1}`,
      `${"a".repeat(255)}\ufffd`,
      /a NUL/,
    ],
    ["an unpaired surrogate in a string", '{"displayName":"a\\ud800b"}', "displayName", /unpaired surrogate/],
    ["a number that is too large", '{"displayName":"x","priority":1e400}', "priority", /^priority .*Infinity/],
    [
      "a property with an empty name",
      '{"displayName":"x","":1}',
      '""',
      /^"" is not a property here: the properties are/,
    ],
    [
      "a property that every JavaScript object inherits",
      '{"displayName":"x","toString":1}',
      "toString",
      /the properties are @odata\.type, id/,
    ],
  ];
  for (const [what, body, target, message] of cases) {
    test(`a request body that has ${what} is refused with 400 and the reason`, async () => {
      const tenant = await world.tenant();
      const answer = await tenant.callDirectly({ method: "POST", path: profilesPath, body });
      assert.equal(answer.status, 400);
      assertGraphError(answer);
      assert.match(answer.error.message, message);
      assert.equal(answer.error.target, target);
      assert.equal((await tenant.call({ method: "GET", path: `${profilesPath}/$count` })).body, "0");
    });
  }
  test("a request body that is not UTF-8 is refused with 400", async () => {
    const tenant = await world.tenant();
    const response = await fetch(`${world.direct}${profilesPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${tenant.token}`, "content-type": "application/json" },
      body: Buffer.from('{"displayName":"caf\xe9"}', "latin1"),
    });
    assert.equal(response.status, 400);
    const answer = { headers: response.headers, body: await response.json() };
    assertGraphError(answer);
  });
  test("a request body that is empty is refused with 400 and the reason", async () => {
    const answer = await (await world.tenant()).callDirectly({ method: "POST", path: profilesPath, body: "" });
    assert.equal(answer.status, 400);
    assert.match(answer.error.message, /The request body is empty/);
  });
});
