/** Requests that are carried out once, however often they come (OASIS, Repeatable Requests 1.0). */
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

/** What of an answer has to be the same when the request is repeated. */
function essence({ status, headers, body }: Answered) {
  const said = ["etag", "location", "odata-entityid", "preference-applied", "repeatability-result"];
  return { status, body, headers: said.map((name) => headers.get(name)) };
}

interface Ground {
  readonly tenant: Tenant;
  readonly profile: string;
  readonly assignment: string;
}

async function newGround(): Promise<Ground> {
  const tenant = await world.tenant();
  await tenant.profile({ displayName: "above" });
  const { id } = await tenant.profile();
  const assignment = await tenant.assignment(id, groupTarget("a"));
  return { tenant, profile: id, assignment: assignment.id };
}

const at = ({ profile }: Ground) => `${profilesPath}/${profile}`;
const assignmentsAt = (ground: Ground) => `${at(ground)}/assignments`;
const assignmentAt = (ground: Ground) => `${assignmentsAt(ground)}/${ground.assignment}`;
const create: Call = { method: "POST", path: profilesPath, body: { displayName: "once", priority: 0 } };

/** A request of each operation, with and without a condition. */
const writes: Readonly<Record<string, (ground: Ground) => Call>> = {
  createProfile: () => create,
  "createProfile with return=minimal": () => ({ ...create, headers: { Prefer: "return=minimal" } }),
  updateProfile: (ground) => ({ method: "PATCH", path: at(ground), body: { displayName: "new", priority: 0 } }),
  "updateProfile with If-Match": (ground) => ({
    method: "PATCH",
    path: at(ground),
    headers: { "If-Match": 'W/"1"' },
    body: { displayName: "new" },
  }),
  "updateProfile of nothing": (ground) => ({ method: "PATCH", path: at(ground), body: {} }),
  setPriority: (ground) => ({ method: "POST", path: `${at(ground)}/setPriority`, body: { priority: 0 } }),
  deleteProfile: (ground) => ({ method: "DELETE", path: at(ground) }),
  createAssignment: (ground) => ({
    method: "POST",
    path: assignmentsAt(ground),
    body: { target: groupTarget("b") },
  }),
  updateAssignments: (ground) => ({ method: "PATCH", path: assignmentsAt(ground), body: { target: groupTarget("b") } }),
  "updateAssignments with If-None-Match": (ground) => ({
    method: "PATCH",
    path: assignmentsAt(ground),
    headers: { "If-None-Match": "*" },
    body: { target: groupTarget("b") },
  }),
  "updateAssignments with a delta": (ground) => ({
    method: "PATCH",
    path: assignmentsAt(ground),
    body: {
      "@odata.context": "#$delta",
      value: [{ target: groupTarget("b") }, { "@removed": {}, id: ground.assignment }],
    },
  }),
  updateAssignment: (ground) => ({ method: "PATCH", path: assignmentAt(ground), body: { target: groupTarget("c") } }),
  deleteAssignment: (ground) => ({
    method: "DELETE",
    path: assignmentAt(ground),
    headers: { "If-Match": 'W/"1"' },
  }),
};

/** All that the tenant has. */
async function stateOf({ tenant }: Ground): Promise<unknown> {
  const answer = await tenant.call({ method: "GET", path: `${profilesPath}?$expand=assignments` });
  return Object(answer.body).value;
}

/** What else may happen before a request is repeated: everything is another than it was, or gone. */
async function disturb({ tenant }: Ground): Promise<void> {
  const { client } = tenant;
  const list = await client.listProfiles();
  assert.ok(list.ok);
  const [first, ...others] = list.data.value;
  for (const { id } of others) await client.deleteProfile({ path: { profileId: id } });
  if (first) await client.updateProfile({ path: { profileId: first.id }, body: { displayName: "disturbed" } });
}

describe("a request that is repeated under its id", () => {
  for (const [name, write] of Object.entries(writes)) {
    test(`${name}: is answered as it was, whatever has happened since, and changes nothing`, async () => {
      const ground = await newGround();
      const call = under(keyed(), write(ground));
      const first = await ground.tenant.call(call);
      assert.ok(first.status < 300, JSON.stringify(first.body));
      assert.equal(first.headers.get("repeatability-result"), "accepted");
      const done = await stateOf(ground);
      assert.deepEqual(essence(await ground.tenant.call(call)), essence(first));
      assert.deepEqual(await stateOf(ground), done);
      await disturb(ground);
      const disturbed = await stateOf(ground);
      assert.deepEqual(essence(await ground.tenant.call(call)), essence(first));
      assert.deepEqual(await stateOf(ground), disturbed);
    });
  }

  test("is answered in the form that it asks for", async () => {
    const { tenant } = await newGround();
    const headers = keyed();
    const whole = await tenant.call(under(headers, create));
    const minimal = await tenant.call(under({ ...headers, Prefer: "return=minimal" }, create));
    assert.equal(minimal.status, 204);
    assert.equal(minimal.headers.get("location"), whole.headers.get("location"));
  });

  test("may spell its path in another way", async () => {
    const ground = await newGround();
    const call = under(keyed(), { method: "PATCH", path: at(ground), body: { description: "x" } });
    const other = `${profilesPath}('${ground.profile}')`;
    await ground.tenant.call(call);
    const answer = await ground.tenant.callDirectly({ ...call, path: other });
    assert.deepEqual([answer.status, answer.headers.get("etag")], [200, 'W/"2"']);
  });

  test("is carried out once also if a hundred come together", async () => {
    for (const write of [writes["createProfile"], writes["createAssignment"], writes["deleteAssignment"]]) {
      const ground = await newGround();
      const call = under(keyed(), write?.(ground) ?? create);
      const answers = await Promise.all(Array.from({ length: 100 }, () => ground.tenant.callDirectly(call)));
      const [first] = answers;
      assert.ok(first && first.status < 300);
      for (const answer of answers) assert.deepEqual(essence(answer), essence(first));
    }
  });

  test("and was refused is judged anew: it had changed nothing", async () => {
    const ground = await newGround();
    const call = under(keyed(), { method: "POST", path: assignmentsAt(ground), body: { target: groupTarget("a") } });
    const refused = await ground.tenant.call(call);
    assert.equal(refused.status, 409);
    assert.equal(refused.error.target, "target");
    assert.equal(refused.headers.get("repeatability-result"), "accepted");
    await ground.tenant.call({ method: "DELETE", path: assignmentAt(ground) });
    assert.equal((await ground.tenant.call(call)).status, 201);
    assert.equal((await ground.tenant.call(call)).status, 201);
  });
});

describe("another request under the same id", () => {
  const base = (ground: Ground): Call => ({ method: "PATCH", path: at(ground), body: { description: "x" } });
  const others: Readonly<Record<string, (ground: Ground) => Call>> = {
    "with another body": (ground) => ({ ...base(ground), body: { description: "y" } }),
    "at another place": (ground) => ({ ...base(ground), path: `${profilesPath}/${randomUUID()}` }),
    "with another method": (ground) => ({ method: "DELETE", path: at(ground) }),
    "with a condition": (ground) => ({ ...base(ground), headers: { "If-Match": "*" } }),
    "that was sent at another time": (ground) => ({
      ...base(ground),
      headers: { "Repeatability-First-Sent": new Date(Date.now() - hour).toUTCString() },
    }),
  };
  for (const [what, other] of Object.entries(others)) {
    test(`${what} is a 409, and not carried out`, async () => {
      const ground = await newGround();
      const headers = keyed();
      await ground.tenant.call(under(headers, base(ground)));
      const before = await stateOf(ground);
      const call = other(ground);
      const answer = await ground.tenant.call({ ...call, headers: { ...headers, ...call.headers } });
      assert.equal(answer.status, 409);
      assert.equal(answer.error.target, "Repeatability-Request-ID");
      assert.equal(answer.headers.get("repeatability-result"), "rejected");
      assert.deepEqual(await stateOf(ground), before);
    });
  }
});

describe("an id", () => {
  const countOf = async (tenant: Tenant) => Object(await tenant.client.countProfiles()).data;

  test("is another one in another tenant", async () => {
    const headers = keyed();
    for (const tenant of [await world.tenant(), await world.tenant()]) {
      assert.equal((await tenant.call(under(headers, create))).status, 201);
      assert.equal(await countOf(tenant), "1");
    }
  });
  test("is another one of another application: it reads no other's answers", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    await tenant.call(under(headers, create));
    const token = await world.token({ tenant: tenant.id, application: randomUUID() });
    const other = { ...create, body: { displayName: "other" }, token };
    assert.equal((await tenant.call(under(headers, other))).status, 201);
    assert.equal(await countOf(tenant), "2");
  });
  test("is another one of another client of the application", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    for (const client of ["one", "two", "one"]) {
      await tenant.call(under({ ...headers, "Repeatability-Client-ID": client }, create));
    }
    assert.equal(await countOf(tenant), "2");
  });
  test("means nothing to a GET, and without one no answer says of it", async () => {
    const tenant = await world.tenant();
    for (const call of [under(keyed(), { method: "GET", path: profilesPath }), create]) {
      const answer = await tenant.call(call);
      assert.ok(answer.status < 300);
      assert.equal(answer.headers.get("repeatability-result"), null);
    }
  });
});

describe("headers that can't be", () => {
  const { "Repeatability-Request-ID": id, "Repeatability-First-Sent": sent } = keyed();
  const [named, dated] = ["Repeatability-Request-ID", "Repeatability-First-Sent"] as const;
  for (const [what, headers, status, blamed] of [
    ["an id without a date", { [named]: id }, 400, dated],
    ["a date without an id", { [dated]: sent }, 400, named],
    ["an empty id", { [named]: "", [dated]: sent }, 400, named],
    ["an id of 129 characters", { [named]: "x".repeat(129), [dated]: sent }, 400, named],
    ["an id of two words", { [named]: "a b", [dated]: sent }, 400, named],
    ["a client id of two words", { ...keyed(), "Repeatability-Client-ID": "a b" }, 400, "Repeatability-Client-ID"],
    ["a date in ISO 8601", { [named]: id, [dated]: new Date().toISOString() }, 400, dated],
    ["a date that is none", { [named]: id, [dated]: "Thu, 31 Feb 2026 12:00:00 GMT" }, 400, dated],
    ["a date on another day of the week", { [named]: id, [dated]: "Mon, 24 Nov 2026 12:00:00 GMT" }, 400, dated],
    ["a date two days ago", keyed(id, new Date(Date.now() - 48 * hour)), 412, dated],
    ["a date in two days", keyed(id, new Date(Date.now() + 48 * hour)), 412, dated],
  ] as const) {
    test(`${what}: ${status}, and nothing is done`, async () => {
      const tenant = await world.tenant();
      const answer = await tenant.callDirectly(under(headers, create));
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.equal(answer.error.target, blamed);
      assert.match(answer.error.message, new RegExp(`^${blamed} `));
      assert.equal(answer.headers.get("repeatability-result"), "rejected");
      assert.equal(Object(await tenant.client.countProfiles()).data, "0");
    });
  }
  test("are told from a clock that is some hours wrong", async () => {
    const tenant = await world.tenant();
    for (const hours of [-23, 23]) {
      const headers = keyed(undefined, new Date(Date.now() + hours * hour));
      assert.equal((await tenant.call(under(headers, create))).status, 201);
    }
  });
});

test("after a day nobody is answered as if it were the first time: a 412 says that it isn't known any more", async (t) => {
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

describe("in a batch", () => {
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

  test("a request may have an id of its own", async () => {
    const tenant = await world.tenant();
    const request = creation("1", "once");
    const call = batch({ ...request, headers: { ...request.headers, ...keyed() } });
    const [first] = responsesOf(await tenant.call(call));
    assert.equal(Object(first?.headers)["Repeatability-Result"], "accepted");
    assert.deepEqual(responsesOf(await tenant.call(call)), [first]);
    assert.equal(Object(await tenant.client.countProfiles()).data, "1");
  });
  test("the id of the whole stands for one of each write: done ones are answered again, reads are done", async () => {
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
  test("a write that is another under the id of the whole is a 409, the others are answered again", async () => {
    const tenant = await world.tenant();
    const headers = keyed();
    const [one] = responsesOf(await tenant.call(under(headers, batch(creation("1", "one"), creation("2", "two")))));
    const again = responsesOf(await tenant.call(under(headers, batch(creation("1", "one"), creation("2", "new")))));
    assert.deepEqual(again[0], one);
    assert.equal(again[1]?.status, 409);
    assert.equal(Object(await tenant.client.countProfiles()).data, "2");
  });
});
