/** Repeatable requests, which are executed only once even if they are sent again (OASIS Repeatable Requests 1.0). */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, mock, test } from "node:test";
import { startEphemeralService } from "../../server/process/service.ts";
import { type Answered, type Call, enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";

const world = await enterWorld();

const hour = 60 * 60 * 1000;

function keyed(id: string = randomUUID(), sent = new Date()) {
  return { "Repeatability-Request-ID": id, "Repeatability-First-Sent": sent.toUTCString() };
}

function under(headers: Readonly<Record<string, string>>, call: Call): Call {
  return { ...call, headers: { ...call.headers, ...headers } };
}

/** The parts of an answer that must not change if the request is repeated. */
function repeatedParts({ status, headers, body }: Answered) {
  const said = ["etag", "location", "odata-entityid", "preference-applied", "repeatability-result"];
  return { status, body, headers: said.map((name) => headers.get(name)) };
}

interface Fixture {
  readonly tenant: Tenant;
  readonly profile: string;
  readonly assignment: string;
}

async function createFixture(): Promise<Fixture> {
  const tenant = await world.tenant();
  await tenant.profile({ displayName: "above" });
  const { id } = await tenant.profile();
  const assignment = await tenant.assignment(id, groupTarget("a"));
  return { tenant, profile: id, assignment: assignment.id };
}

const at = ({ profile }: Fixture) => `${profilesPath}/${profile}`;
const assignmentsAt = (fixture: Fixture) => `${at(fixture)}/assignments`;
const assignmentAt = (fixture: Fixture) => `${assignmentsAt(fixture)}/${fixture.assignment}`;
const create: Call = { method: "POST", path: profilesPath, body: { displayName: "once", priority: 0 } };

/** One or more requests of each operation that writes, some of them with a precondition. */
const writes: Readonly<Record<string, (fixture: Fixture) => Call>> = {
  createProfile: () => create,
  "createProfile with return=minimal": () => ({ ...create, headers: { Prefer: "return=minimal" } }),
  updateProfile: (fixture) => ({ method: "PATCH", path: at(fixture), body: { displayName: "new", priority: 0 } }),
  "updateProfile with If-Match": (fixture) => ({
    method: "PATCH",
    path: at(fixture),
    headers: { "If-Match": 'W/"1"' },
    body: { displayName: "new" },
  }),
  "updateProfile with an empty body": (fixture) => ({ method: "PATCH", path: at(fixture), body: {} }),
  setPriority: (fixture) => ({ method: "POST", path: `${at(fixture)}/setPriority`, body: { priority: 0 } }),
  deleteProfile: (fixture) => ({ method: "DELETE", path: at(fixture) }),
  createAssignment: (fixture) => ({
    method: "POST",
    path: assignmentsAt(fixture),
    body: { target: groupTarget("b") },
  }),
  updateAssignments: (fixture) => ({
    method: "PATCH",
    path: assignmentsAt(fixture),
    body: { target: groupTarget("b") },
  }),
  "updateAssignments with If-None-Match": (fixture) => ({
    method: "PATCH",
    path: assignmentsAt(fixture),
    headers: { "If-None-Match": "*" },
    body: { target: groupTarget("b") },
  }),
  "updateAssignments with a delta": (fixture) => ({
    method: "PATCH",
    path: assignmentsAt(fixture),
    body: {
      "@odata.context": "#$delta",
      value: [{ target: groupTarget("b") }, { "@removed": {}, id: fixture.assignment }],
    },
  }),
  updateAssignment: (fixture) => ({ method: "PATCH", path: assignmentAt(fixture), body: { target: groupTarget("c") } }),
  deleteAssignment: (fixture) => ({
    method: "DELETE",
    path: assignmentAt(fixture),
    headers: { "If-Match": 'W/"1"' },
  }),
};

/** Reads all profiles and assignments of the tenant. */
async function stateOf({ tenant }: Fixture): Promise<unknown> {
  const answer = await tenant.call({ method: "GET", path: `${profilesPath}?$expand=assignments` });
  return Object(answer.body).value;
}

/** Changes the tenant's first profile and deletes all others, so that a repeated request finds other content. */
async function disturb({ tenant }: Fixture): Promise<void> {
  const { client } = tenant;
  const list = await client.listProfiles();
  assert.ok(list.ok);
  const [first, ...others] = list.data.value;
  for (const { id } of others) await client.deleteProfile({ path: { profileId: id } });
  if (first) await client.updateProfile({ path: { profileId: first.id }, body: { displayName: "disturbed" } });
}

describe("a request that is repeated with the same repeatability id", () => {
  for (const [name, write] of Object.entries(writes)) {
    test(`gets its first answer again and changes nothing: ${name}`, async () => {
      const fixture = await createFixture();
      const call = under(keyed(), write(fixture));
      const first = await fixture.tenant.call(call);
      assert.ok(first.status < 300, JSON.stringify(first.body));
      assert.equal(first.headers.get("repeatability-result"), "accepted");
      const after = await stateOf(fixture);
      assert.deepEqual(repeatedParts(await fixture.tenant.call(call)), repeatedParts(first));
      assert.deepEqual(await stateOf(fixture), after);
      await disturb(fixture);
      const disturbed = await stateOf(fixture);
      assert.deepEqual(repeatedParts(await fixture.tenant.call(call)), repeatedParts(first));
      assert.deepEqual(await stateOf(fixture), disturbed);
    });
  }

  test("a repeated request is answered according to its own Prefer header", async () => {
    const { tenant } = await createFixture();
    const headers = keyed();
    const whole = await tenant.call(under(headers, create));
    const minimal = await tenant.call(under({ ...headers, Prefer: "return=minimal" }, create));
    assert.equal(minimal.status, 204);
    assert.equal(minimal.headers.get("location"), whole.headers.get("location"));
  });

  test("a repeated request may spell its path differently", async () => {
    const fixture = await createFixture();
    const call = under(keyed(), { method: "PATCH", path: at(fixture), body: { description: "x" } });
    const other = `${profilesPath}('${fixture.profile}')`;
    await fixture.tenant.call(call);
    const answer = await fixture.tenant.callDirectly({ ...call, path: other });
    assert.deepEqual([answer.status, answer.headers.get("etag")], [200, 'W/"2"']);
  });

  test("a repeated request is executed once even if it arrives a hundred times at the same time", async () => {
    for (const write of [writes["createProfile"], writes["createAssignment"], writes["deleteAssignment"]]) {
      const fixture = await createFixture();
      const call = under(keyed(), write?.(fixture) ?? create);
      const answers = await Promise.all(Array.from({ length: 100 }, () => fixture.tenant.callDirectly(call)));
      const [first] = answers;
      assert.ok(first && first.status < 300);
      for (const answer of answers) assert.deepEqual(repeatedParts(answer), repeatedParts(first));
    }
  });

  test("a repeated request is executed again if it was refused the first time, because it changed nothing then", async () => {
    const fixture = await createFixture();
    const call = under(keyed(), { method: "POST", path: assignmentsAt(fixture), body: { target: groupTarget("a") } });
    const refused = await fixture.tenant.call(call);
    assert.equal(refused.status, 409);
    assert.equal(refused.error.target, "target");
    assert.equal(refused.headers.get("repeatability-result"), "accepted");
    await fixture.tenant.call({ method: "DELETE", path: assignmentAt(fixture) });
    assert.equal((await fixture.tenant.call(call)).status, 201);
    assert.equal((await fixture.tenant.call(call)).status, 201);
  });
});

describe("a different request with the same repeatability id", () => {
  const base = (fixture: Fixture): Call => ({ method: "PATCH", path: at(fixture), body: { description: "x" } });
  const others: Readonly<Record<string, (fixture: Fixture) => Call>> = {
    "with a different body": (fixture) => ({ ...base(fixture), body: { description: "y" } }),
    "with a different path": (fixture) => ({ ...base(fixture), path: `${profilesPath}/${randomUUID()}` }),
    "with a different method": (fixture) => ({ method: "DELETE", path: at(fixture) }),
    "with a precondition": (fixture) => ({ ...base(fixture), headers: { "If-Match": "*" } }),
    "with another precondition": (fixture) => ({ ...base(fixture), headers: { "If-None-Match": 'W/"9"' } }),
    "with a different Repeatability-First-Sent": (fixture) => ({
      ...base(fixture),
      headers: { "Repeatability-First-Sent": new Date(Date.now() - hour).toUTCString() },
    }),
  };
  for (const [what, other] of Object.entries(others)) {
    test(`a request that reuses an id ${what} is refused with 409, and is not executed`, async () => {
      const fixture = await createFixture();
      const headers = keyed();
      await fixture.tenant.call(under(headers, base(fixture)));
      const before = await stateOf(fixture);
      const call = other(fixture);
      const answer = await fixture.tenant.call({ ...call, headers: { ...headers, ...call.headers } });
      assert.equal(answer.status, 409);
      assert.equal(answer.error.target, "Repeatability-Request-ID");
      assert.equal(answer.headers.get("repeatability-result"), "rejected");
      assert.deepEqual(await stateOf(fixture), before);
    });
  }
});

describe("a repeatability id", () => {
  const countOf = async (tenant: Tenant) => Object(await tenant.client.countProfiles()).data;

  test("a repeatability id can be used in two tenants independently", async () => {
    const headers = keyed();
    for (const tenant of [await world.tenant(), await world.tenant()]) {
      assert.equal((await tenant.call(under(headers, create))).status, 201);
      assert.equal(await countOf(tenant), "1");
    }
  });
  test("a repeatability id can be used by two applications independently, so that no application gets another's answer", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    await tenant.call(under(headers, create));
    const token = await world.token({ tenant: tenant.id, application: randomUUID() });
    const other = { ...create, body: { displayName: "other" }, token };
    assert.equal((await tenant.call(under(headers, other))).status, 201);
    assert.equal(await countOf(tenant), "2");
  });
  test("a repeatability id can be used by two clients of an application independently", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    for (const client of ["one", "two", "one"]) {
      await tenant.call(under({ ...headers, "Repeatability-Client-ID": client }, create));
    }
    assert.equal(await countOf(tenant), "2");
  });
  test("a repeatability id has no effect on GET, which is answered without Repeatability-Result, like a request without an id", async () => {
    const tenant = await world.tenant();
    for (const call of [under(keyed(), { method: "GET", path: profilesPath }), create]) {
      const answer = await tenant.call(call);
      assert.ok(answer.status < 300);
      assert.equal(answer.headers.get("repeatability-result"), null);
    }
  });
});

describe("a request with invalid repeatability headers", () => {
  const { "Repeatability-Request-ID": id, "Repeatability-First-Sent": sent } = keyed();
  const [named, dated] = ["Repeatability-Request-ID", "Repeatability-First-Sent"] as const;
  for (const [what, headers, status, blamed] of [
    ["an id without a first-sent date", { [named]: id }, 400, dated],
    ["a first-sent date without an id", { [dated]: sent }, 400, named],
    ["an empty id", { [named]: "", [dated]: sent }, 400, named],
    ["an id of 129 characters", { [named]: "x".repeat(129), [dated]: sent }, 400, named],
    ["an id of two words", { [named]: "a b", [dated]: sent }, 400, named],
    ["a client id of two words", { ...keyed(), "Repeatability-Client-ID": "a b" }, 400, "Repeatability-Client-ID"],
    ["a first-sent date in ISO 8601", { [named]: id, [dated]: new Date().toISOString() }, 400, dated],
    ["a first-sent date that does not exist", { [named]: id, [dated]: "Thu, 31 Feb 2026 12:00:00 GMT" }, 400, dated],
    [
      "a first-sent date with a wrong day of the week",
      { [named]: id, [dated]: "Mon, 24 Nov 2026 12:00:00 GMT" },
      400,
      dated,
    ],
    ["a first-sent date two days ago", keyed(id, new Date(Date.now() - 48 * hour)), 412, dated],
    ["a first-sent date two days in the future", keyed(id, new Date(Date.now() + 48 * hour)), 412, dated],
  ] as const) {
    test(`a repeatable request is refused with ${status} and changes nothing if it has ${what}`, async () => {
      const tenant = await world.tenant();
      const answer = await tenant.callDirectly(under(headers, create));
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.equal(answer.error.target, blamed);
      assert.match(answer.error.message, new RegExp(`^${blamed} `));
      assert.equal(answer.headers.get("repeatability-result"), "rejected");
      assert.equal(Object(await tenant.client.countProfiles()).data, "0");
    });
  }
  test("a repeatable request is accepted if only its clock is wrong by less than a day", async () => {
    const tenant = await world.tenant();
    for (const hours of [-23, 23]) {
      const headers = keyed(undefined, new Date(Date.now() + hours * hour));
      assert.equal((await tenant.call(under(headers, create))).status, 201);
    }
  });
});

test("a request that is repeated after more than a day is refused with 412 and not executed again", async (t) => {
  const service = await startEphemeralService();
  t.after(() => service.close());
  t.after(() => mock.timers.reset());
  const token = await service.identity.issueToken({ lifetime: 1_000_000 });
  const sent = new Date();
  const send = async () => {
    const { status } = await fetch(`${service.url}${profilesPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...keyed("once", sent) },
      body: JSON.stringify(create.body),
    });
    return status;
  };
  assert.equal(await send(), 201);
  for (const [hours, status] of [
    [23, 201],
    [25, 412],
  ] as const) {
    mock.timers.reset();
    mock.timers.enable({ apis: ["Date"], now: sent.valueOf() + hours * hour });
    assert.equal(await send(), status, `after ${hours} hours`);
  }
  const counted = await fetch(`${service.url}${profilesPath}/$count`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(await counted.text(), "1");
});

describe("a repeated batch", () => {
  const creation = (id: string, displayName: string) => ({
    id,
    method: "POST",
    url: profilesPath,
    headers: { "Content-Type": "application/json" },
    body: { displayName },
  });
  const batch = (...requests: object[]): Call => ({ method: "POST", path: "/$batch", body: { requests } });
  const responsesOf = ({ status, body }: Answered): { status: number; headers: object; body: unknown }[] => {
    assert.equal(status, 200);
    return Object(body).responses.map(({ headers, ...rest }: { headers: Record<string, string> }) => {
      const { "request-id": _, "client-request-id": __, ...others } = headers;
      return { ...rest, headers: others };
    });
  };

  test("a repeated batch can have a repeatability id for each of its requests", async () => {
    const tenant = await world.tenant();
    const request = creation("1", "once");
    const call = batch({ ...request, headers: { ...request.headers, ...keyed() } });
    const [first] = responsesOf(await tenant.call(call));
    assert.equal(Object(first?.headers)["Repeatability-Result"], "accepted");
    assert.deepEqual(responsesOf(await tenant.call(call)), [first]);
    assert.equal(Object(await tenant.client.countProfiles()).data, "1");
  });
  test("applies its repeatability id to each write: finished writes get their first answer, reads are executed again", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile();
    const call = under(
      keyed("x".repeat(128)),
      batch(
        creation("a", "once"),
        { id: "b", method: "DELETE", url: `${profilesPath}/${id}`, dependsOn: ["a"] },
        { id: "c", method: "GET", url: `${profilesPath}/$count`, dependsOn: ["b"] },
      ),
    );
    const first = await tenant.call(call);
    assert.equal(first.headers.get("repeatability-result"), "accepted");
    const answers = responsesOf(first);
    assert.deepEqual(
      answers.map(({ status, body }) => [status, typeof body === "string" ? body : ""]),
      [
        [201, ""],
        [204, ""],
        [200, "1"],
      ],
    );
    assert.deepEqual(responsesOf(await tenant.call(call)), answers);
    await tenant.profile();
    const [created, deleted, counted] = responsesOf(await tenant.call(call));
    assert.deepEqual([created, deleted, counted?.body], [answers[0], answers[1], "2"]);
  });
  test("in a repeated batch, refuses a write that has changed with 409, and returns the original answers to the unchanged writes", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    const [one] = responsesOf(await tenant.call(under(headers, batch(creation("1", "one"), creation("2", "two")))));
    const again = responsesOf(await tenant.call(under(headers, batch(creation("1", "one"), creation("2", "new")))));
    assert.deepEqual(again[0], one);
    assert.equal(again[1]?.status, 409);
    assert.equal(Object(await tenant.client.countProfiles()).data, "2");
  });
});
