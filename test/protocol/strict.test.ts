/** In strict mode, the service answers like the recorded answers of similar Intune resources (docs/fidelity.md). */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { type Answered, enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";

const world = await enterWorld("strict");
const tenant = await world.tenant();

const allUsers = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
const type = (name: string) => `#microsoft.graph.${name}AssignmentTarget`;
const exclusionOf = (groupId: string) => ({ "@odata.type": type("exclusionGroup"), groupId });

const { id: profileId } = await tenant.profile();
const assignmentsPath = `${profilesPath}/${profileId}/assignments`;
const bodyOf = ({ body }: Answered) => Object(body);

/** Sends a request without Prism, which answers requests for unknown routes itself. */
function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
  return tenant.callDirectly({ method, path, headers, ...(body !== undefined && { body }) });
}

async function assign(target: unknown, path = assignmentsPath): Promise<string> {
  const answer = await call("POST", path, { target });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return bodyOf(answer).id;
}

/** The sentence in the JSON that Intune writes as the message of an error. */
function sentenceOf({ body }: Answered): string {
  const { message } = Object(body).error;
  assert.match(message, /^\{\r\n {2}"_version": 3,\r\n/);
  const { Message, ...others } = JSON.parse(message);
  const rest = { _version: 3, CustomApiErrorPhrase: "", RetryAfter: null, ErrorSourceService: "", HttpHeaders: "{}" };
  assert.deepEqual(others, rest);
  return Message;
}

describe("an entity in strict mode", () => {
  test("does not have an entity tag and a type name, and its dates have seven digits of fractions", async () => {
    const created = await call("POST", profilesPath, { displayName: "Strict" });
    const { id } = bodyOf(created);
    const path = `${profilesPath}/${id}`;
    await assign(groupTarget(randomUUID()), `${path}/assignments`);
    const answers = [
      created,
      await call("GET", path),
      await call("PATCH", path, { description: "changed" }),
      await call("GET", `${path}?$expand=assignments`),
      await call("GET", profilesPath),
      await call("GET", `${path}/assignments`),
      await call("GET", `${path}?$select=createdDateTime`),
    ];
    for (const { status, headers, body } of answers) {
      assert.ok(status === 200 || status === 201);
      assert.equal(headers.get("etag"), null);
      const text = JSON.stringify(body);
      assert.doesNotMatch(text, /@odata\.etag|#microsoft\.graph\.apple/);
      for (const [, digits] of text.matchAll(/DateTime":"[^"]*?(\.\d+)?Z"/g)) assert.equal(digits?.length, 8, text);
    }
    assert.match(JSON.stringify(bodyOf(await call("GET", `${path}/assignments`))), /"#microsoft\.graph\.group/);
  });
  test("has the same form in the answer to a batch", async () => {
    const requests = [{ id: "1", method: "GET", url: `${profilesPath}/${profileId}` }];
    const [answer] = bodyOf(await call("POST", "/$batch", { requests })).responses;
    assert.equal(answer.headers.ETag, undefined);
    assert.deepEqual(answer.body, bodyOf(await call("GET", `${profilesPath}/${profileId}`)));
  });
});

describe("the id of an assignment in strict mode", () => {
  test("consists of the profile's id and the group's id", async () => {
    const groupId = randomUUID();
    const created = await call("POST", assignmentsPath, { target: groupTarget(groupId) });
    const id = `${profileId}_${groupId}`;
    assert.equal(bodyOf(created).id, id);
    assert.ok(created.headers.get("location")?.endsWith(`${assignmentsPath}/${id}`));
    const read = await call("GET", `${assignmentsPath}/${id}`);
    assert.deepEqual(read.body, created.body);
  });
  test("contains the well-known id of all users if the target is all users", async () => {
    assert.equal(await assign({ "@odata.type": type("allLicensedUsers") }), `${profileId}_${allUsers}`);
    assert.equal((await call("DELETE", `${assignmentsPath}/${profileId}_${allUsers}`)).status, 204);
    assert.equal((await call("GET", `${assignmentsPath}/${profileId}_${allUsers}`)).status, 404);
  });
  test("follows the target if a PATCH changes it", async () => {
    const [before, later] = [randomUUID(), randomUUID()];
    const id = await assign(groupTarget(before));
    const changed = await call("PATCH", `${assignmentsPath}/${id}`, { target: groupTarget(later) });
    assert.equal(bodyOf(changed).id, `${profileId}_${later}`);
    assert.equal((await call("GET", `${assignmentsPath}/${id}`)).status, 404);
    assert.equal((await call("GET", `${assignmentsPath}/${profileId}_${later}`)).status, 200);
  });
  test("is unknown in another profile and in another spelling", async () => {
    const id = await assign(groupTarget(randomUUID()));
    const other = await tenant.profile();
    for (const path of [
      `${profilesPath}/${other.id}/assignments/${id}`,
      `${assignmentsPath}/${id.toUpperCase()}`,
      `${assignmentsPath}/${id}_0`,
      `${assignmentsPath}/${profileId}_`,
    ]) {
      const answer = await call("GET", path);
      assert.equal(answer.status, 404, path);
      assert.match(sentenceOf(answer), /^There is no assignment with the id /);
    }
  });
  test("cannot be filtered and sorted by", async () => {
    for (const query of [`$filter=id eq '${profileId}_x'`, "$orderby=id"]) {
      const answer = await call("GET", `${assignmentsPath}?${query.replaceAll(" ", "%20")}`);
      assert.equal(answer.status, 400);
      assert.match(sentenceOf(answer), /target\/groupId/);
    }
    const count = await call("GET", `${assignmentsPath}/$count?$filter=id%20eq%20'x'`);
    assert.equal(count.status, 400);
  });
});

describe("the targets of strict mode", () => {
  test("a profile cannot include and exclude the same group, in any spelling", async () => {
    const groupId = randomUUID();
    const id = await assign(groupTarget(groupId));
    const refused = await call("POST", assignmentsPath, { target: exclusionOf(groupId.toUpperCase()) });
    assert.equal(refused.status, 409);
    assert.match(sentenceOf(refused), new RegExp(`^The assignment '${id}' of this profile already has this `));
    const other = await assign(groupTarget(randomUUID()));
    const moved = await call("PATCH", `${assignmentsPath}/${other}`, { target: exclusionOf(groupId) });
    assert.equal(moved.status, 409);
    const turned = await call("PATCH", `${assignmentsPath}/${id}`, { target: exclusionOf(groupId) });
    assert.deepEqual([turned.status, bodyOf(turned).id], [200, id]);
  });
  for (const [what, target, says] of [
    ["a group id that is not a GUID", groupTarget("sales"), /target\.groupId is "sales".* it must be a GUID/],
    ["all devices", { "@odata.type": type("allDevices") }, /it must be one of #microsoft\.graph\.allLicensedUsers/],
    ["the base type", { "@odata.type": type("deviceAndAppManagement") }, /it must be one of /],
    [
      "a collection",
      { "@odata.type": type("configurationManagerCollection"), collectionId: "SMS00001" },
      /it must be one of /,
    ],
  ] as const) {
    test(`${what} is refused with a 400 that says what is accepted`, async () => {
      const answer = await call("POST", assignmentsPath, { target });
      assert.equal(answer.status, 400);
      assert.match(sentenceOf(answer), says);
    });
  }
});

describe("a request without a route in strict mode", () => {
  for (const [path, segment] of [
    ["/deviceManagement/depOnboardingSettings", "depOnboardingSettings"],
    ["/users", "users"],
    [`${profilesPath}/x/targets`, "targets"],
    [`${profilesPath}/x/assignments/y/target`, "target"],
    [`${profilesPath}/`, ""],
  ] as const) {
    test(`GET ${path} is answered with a 400 that names the segment '${segment}'`, async () => {
      const answer = await call("GET", path);
      assert.equal(answer.status, 400);
      const { code, message } = answer.error;
      assert.deepEqual([code, message], ["BadRequest", `Resource not found for the segment '${segment}'.`]);
    });
  }
  for (const [method, path, template] of [
    ["DELETE", profilesPath, "~/singleton/navigation"],
    ["PUT", `${profilesPath}/x`, "~/singleton/navigation/key"],
    ["PATCH", `${profilesPath}/x/assignments`, "~/singleton/navigation/key/navigation"],
    ["POST", `${profilesPath}/x/assignments/y`, "~/singleton/navigation/key/navigation/key"],
    ["GET", `${profilesPath}/x/setPriority`, "~/singleton/navigation/key/action"],
    ["POST", `${profilesPath}/$count`, "~/singleton/navigation/$count"],
    ["GET", "/deviceManagement", "~/singleton"],
  ] as const) {
    test(`${method} ${path} is answered with the recorded sentence for verbs without a route`, async () => {
      const answer = await call(method, path, method === "GET" ? undefined : {});
      assert.equal(answer.status, 400);
      assert.equal(answer.error.code, "No method match route template");
      assert.equal(
        answer.error.message,
        `No OData route exists that match template ${template} with http verb ${method} for request /DeviceEnrollmentFE_2305/StatelessDeviceEnrollmentFEService${path}.`,
      );
    });
  }
  test("is a 405 for a path that Microsoft Graph answers itself", async () => {
    assert.equal((await call("GET", "/$batch")).status, 405);
  });
  test("needs a token", async () => {
    const answer = await tenant.callDirectly({ method: "GET", path: "/users", token: null });
    assert.equal(answer.status, 401);
  });
});

describe("an error in strict mode", () => {
  test("has a message with the JSON that Intune writes, and does not name the wrong part", async () => {
    const answer = await call("POST", profilesPath, { displayName: 5 });
    assert.deepEqual(Object.keys(answer.error), ["code", "message", "innerError"]);
    const requestId = answer.headers.get("request-id");
    assert.equal(
      sentenceOf(answer),
      `displayName must be a string, not 5. - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${requestId} - Url: https://fef.example.manage.microsoft.com/DeviceEnrollmentFE_2305/StatelessDeviceEnrollmentFEService${profilesPath}?api-version=2023-05-24`,
    );
  });
  test("has a plain message if it is answered before Intune", async () => {
    const answers = [
      await tenant.callDirectly({ method: "GET", path: profilesPath, token: "nonsense" }),
      await call("POST", profilesPath, "x", { "content-type": "text/plain" }),
      await call("POST", profilesPath, "x".repeat(2 ** 20 + 1)),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 415, 413],
    );
    for (const { error } of answers) assert.doesNotMatch(error.message, /_version/);
  });
});

describe("a query option and a condition in strict mode", () => {
  test("$expand is refused in the list, and works for one profile", async () => {
    const list = await call("GET", `${profilesPath}?$expand=assignments`);
    assert.equal(list.status, 400);
    assert.match(sentenceOf(list), /^The query option \$expand is not supported here/);
    assert.equal((await call("GET", `${profilesPath}/${profileId}?$expand=assignments`)).status, 200);
  });
  test("an entity tag matches nothing, because entities have none, and * matches every entity", async () => {
    const path = `${profilesPath}/${profileId}`;
    const patch = (tag: string) => call("PATCH", path, {}, { "if-match": tag });
    assert.equal((await patch('W/"1"')).status, 412);
    assert.equal((await patch("*")).status, 200);
    const target = await assign(groupTarget(randomUUID()));
    for (const entity of [path, `${assignmentsPath}/${target}`]) {
      const deleted = await tenant.call({ method: "DELETE", path: entity, headers: { "if-match": 'W/"1"' } });
      assert.equal(deleted.status, 412);
    }
    for (const tag of ["*", 'W/"1"']) {
      assert.equal((await call("GET", path, undefined, { "if-none-match": tag })).status, 200);
    }
  });
});

test("the service serves the contract of strict mode, as JSON and as YAML", async () => {
  const origin = new URL(world.direct).origin;
  const document = Object(await (await fetch(`${origin}/openapi.json`)).json());
  assert.deepEqual(parse(await (await fetch(`${origin}/openapi.yaml`)).text()), document);
  const { paths, components } = document;
  assert.deepEqual(Object.keys(paths[`${profilesPath}/{profileId}/assignments`]), ["get", "post"]);
  assert.equal(components.headers.ETag, undefined);
  assert.ok(!JSON.stringify(components.schemas).includes("@odata.etag"));
  assert.ok(!JSON.stringify(document).includes('"x-strict"'));
});

test("one store can be served in both modes: entities that were stored in the other mode can be read and deleted", async (t) => {
  const store = openSqliteStore(":memory:");
  const identity = await ephemeralIdentity();
  const [open, strict] = [false, true].map((isStrict) =>
    buildApp({ store, verifyToken: identity.verifyToken, docs: false, strict: isStrict }),
  );
  assert.ok(open && strict);
  t.after(async () => {
    await Promise.all([open.close(), strict.close()]);
    await store.close();
  });
  const headers = { authorization: `Bearer ${await identity.issueToken({})}` };
  const send = async (app: typeof open, method: "GET" | "POST" | "DELETE", path: string, payload?: object) => {
    const answer = await app.inject({ method, url: `/beta${path}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
  };
  const profile = (await send(open, "POST", profilesPath, { displayName: "Shared" })).body;
  const path = `${profilesPath}/${profile.id}/assignments`;
  const groupId = randomUUID();
  const stored: string[] = [];
  for (const target of [
    groupTarget(groupId),
    exclusionOf(groupId),
    { "@odata.type": type("allDevices") },
    { "@odata.type": type("configurationManagerCollection"), collectionId: "SMS00001" },
    { "@odata.type": type("deviceAndAppManagement") },
  ]) {
    stored.push((await send(open, "POST", path, { target })).body.id);
  }
  const shown: readonly string[] = (await send(strict, "GET", path)).body.value.map(({ id }: { id: string }) => id);
  const derived = [groupId, groupId, "adadadad-808e-44e2-905a-0b7873a8a531", "SMS00001"];
  assert.deepEqual(shown, [...derived.map((key) => `${profile.id}_${key}`), stored.at(-1)]);
  assert.equal((await send(strict, "GET", `${path}/${stored[0]}`)).status, 404);
  const first = (await send(strict, "GET", `${path}/${shown[0]}`)).body;
  assert.equal(first.target["@odata.type"], type("group"), "the id stands for the older assignment");
  for (const id of shown) assert.equal((await send(strict, "DELETE", `${path}/${id}`)).status, 204, id);
  assert.deepEqual((await send(open, "GET", path)).body.value, []);
});
