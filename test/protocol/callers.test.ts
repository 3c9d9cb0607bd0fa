/** The service accepts what public scripts and SDKs send (docs/fidelity.md). */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";

const world = await enterWorld();

/** Sends a body as it is. */
async function send(
  tenant: Tenant,
  body: Uint8Array<ArrayBuffer> | string,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await fetch(`${world.direct}${profilesPath}`, {
    method: "POST",
    headers: { authorization: `Bearer ${tenant.token}`, "content-type": "application/json", ...headers },
    body,
  });
  return { status: answer.status, body: Object(await answer.json()) };
}

describe("the case of letters", () => {
  const origin = new URL(world.direct).origin;
  for (const path of [
    "/Beta/DeviceManagement/AppleUserInitiatedEnrollmentProfiles",
    "/BETA/devicemanagement/appleuserinitiatedenrollmentprofiles/$COUNT",
    "/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/{id}/Assignments",
    "/beta/deviceManagement/AppleUserInitiatedEnrollmentProfiles('{id}')/Assignments/%24Count",
    "/Beta/$Metadata",
  ]) {
    test(`makes no difference in the path ${path}`, async () => {
      const tenant = await world.tenant();
      const { id } = await tenant.profile();
      const answer = await fetch(origin + path.replace("{id}", id), {
        headers: { authorization: `Bearer ${tenant.token}` },
      });
      assert.equal(answer.status, 200);
      assert.doesNotMatch(await answer.text(), /\/Beta\/|\/Assignments/);
    });
  }
  test("makes no difference in the name of an action, also in a batch and with its namespace", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile();
    const url = `/DeviceManagement/AppleUserInitiatedEnrollmentProfiles/${id}`;
    const headers = { "Content-Type": "application/json" };
    const requests = ["SetPriority", "Microsoft.Graph.SetPriority"].map((action) => {
      return { id: action, method: "POST", url: `${url}/${action}`, headers, body: { Priority: 0 } };
    });
    const answer = await tenant.callDirectly({ method: "POST", path: "/$Batch", body: { requests } });
    const statuses = Object(answer.body).responses.map(({ status }: { status: number }) => status);
    assert.deepEqual(statuses, [204, 204]);
  });
  test("matters in an id", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile();
    const other = await tenant.call({ method: "GET", path: `${profilesPath}/${id.toUpperCase()}` });
    assert.equal(other.status, /[a-f]/.test(id) ? 404 : 200);
  });
  test("makes no difference in the names and enumeration members of a body", async () => {
    const tenant = await world.tenant();
    const created = await send(
      tenant,
      JSON.stringify({
        DisplayName: "Any case",
        PLATFORM: "MacOS",
        AvailableEnrollmentTypeOptions: [{ OwnerType: "Personal", enrollmenttype: "USER" }],
      }),
    );
    assert.equal(created.status, 201);
    const { displayName, platform, availableEnrollmentTypeOptions } = created.body;
    assert.deepEqual([displayName, platform], ["Any case", "macOS"]);
    assert.deepEqual(availableEnrollmentTypeOptions, [{ ownerType: "personal", enrollmentType: "user" }]);
    const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", GroupID: "g" };
    const path = `${profilesPath}/${created.body.id}/assignments`;
    const updated = await tenant.callDirectly({ method: "PATCH", path, body: { Target: target } });
    assert.equal(Object(updated.body).target.groupId, "g");
  });
  test("makes no difference in the enumeration members of a filter", async () => {
    const tenant = await world.tenant();
    await tenant.profile({ platform: "macOS" });
    await tenant.profile();
    for (const $filter of [
      "Platform eq 'MACOS'",
      "platform in ('MacOS')",
      "microsoft.graph.DevicePlatformType'MACOS' eq platform",
    ]) {
      const path = `${profilesPath}/$count?$filter=${encodeURIComponent($filter)}`;
      assert.equal((await tenant.callDirectly({ method: "GET", path })).body, "1", $filter);
    }
  });
  test("two spellings of a property in one object are refused with a 400 that names both", async () => {
    const tenant = await world.tenant();
    const { status, body } = await send(tenant, '{"displayName":"a","DisplayName":"b"}');
    assert.equal(status, 400);
    assert.equal(body.error.target, "displayName");
    assert.equal(body.error.message, "displayName is sent twice, as displayName and as DisplayName.");
  });
  test("a request is the same repeatable request in another case of its path", async () => {
    const tenant = await world.tenant();
    const headers = {
      authorization: `Bearer ${tenant.token}`,
      "content-type": "application/json",
      "repeatability-request-id": randomUUID(),
      "repeatability-first-sent": new Date().toUTCString(),
    };
    const ids = new Set<string>();
    for (const path of [profilesPath, profilesPath.toUpperCase()]) {
      const answer = await fetch(world.direct + path, { method: "POST", headers, body: '{"displayName":"once"}' });
      assert.equal(answer.status, 201);
      ids.add(Object(await answer.json()).id);
    }
    assert.equal(ids.size, 1);
  });
});

describe("a request body", () => {
  test("may start with a byte-order mark", async () => {
    assert.equal((await send(await world.tenant(), '\uFEFF{"displayName":"BOM"}')).status, 201);
  });
  test("may be compressed with gzip", async () => {
    const tenant = await world.tenant();
    for (const encoding of ["gzip", "GZIP", "x-gzip"]) {
      const { status, body } = await send(tenant, gzipSync('{"displayName":"Zipped"}'), {
        "content-encoding": encoding,
      });
      assert.deepEqual([status, body.displayName], [201, "Zipped"]);
    }
  });
  test("that is a compression bomb is refused with 413 before it is decompressed", async () => {
    const tenant = await world.tenant();
    const bomb = gzipSync(Buffer.alloc(512 * 2 ** 20, " "));
    assert.ok(bomb.length < 2 ** 20, "the body itself is not too large");
    const before = process.memoryUsage.rss();
    const { status, body } = await send(tenant, bomb, { "content-encoding": "gzip" });
    assert.equal(status, 413);
    assert.equal(body.error.message, "The decompressed request body is larger than 1048576 bytes.");
    assert.ok(process.memoryUsage.rss() - before < 256 * 2 ** 20);
  });
  for (const [what, body] of [
    ["text", '{"displayName":"x"}'],
    ["a cut stream", gzipSync('{"displayName":"x"}').subarray(0, 20)],
  ] as const) {
    test(`with Content-Encoding gzip that contains ${what} is refused with 400`, async () => {
      const answer = await send(await world.tenant(), body, { "content-encoding": "gzip" });
      assert.equal(answer.status, 400);
      assert.match(answer.body.error.message, /^The request body is not valid gzip/);
    });
  }
  test("that is empty is refused like an empty body without compression", async () => {
    const tenant = await world.tenant();
    const [plain, zipped] = [await send(tenant, ""), await send(tenant, "", { "content-encoding": "gzip" })];
    assert.deepEqual([plain.status, zipped.status], [400, 400]);
    assert.equal(zipped.body.error.message, plain.body.error.message);
  });
  for (const encoding of ["br", "deflate", "gzip, gzip"]) {
    test(`with Content-Encoding ${encoding} is refused with a 415 that names gzip`, async () => {
      const { status, body } = await send(await world.tenant(), "x", { "content-encoding": encoding });
      assert.equal(status, 415);
      assert.match(body.error.message, /it must be gzip, or the body must not be encoded\.$/);
    });
  }
  for (const name of ["assignments@odata.bind", "target@OData.Bind", "assignments@bind", "assignments@delta"]) {
    test(`with a reference to another entity, ${name}, is refused with a 400 that names it`, async () => {
      const { status, body } = await send(await world.tenant(), JSON.stringify({ displayName: "x", [name]: ["y"] }));
      assert.equal(status, 400);
      assert.equal(body.error.target, name);
      assert.match(body.error.message, /send a POST to the profile's \/assignments/);
    });
  }
});

test("a removal in another spelling is refused with a 400, because ignoring it would delete nothing", async () => {
  const tenant = await world.tenant();
  const { id: profileId } = await tenant.profile();
  const { id } = await tenant.assignment(profileId);
  for (const name of ["@odata.removed", "@Removed"]) {
    const body = { "@odata.context": "#$delta", value: [{ id, [name]: {} }] };
    const answer = await tenant.callDirectly({
      method: "PATCH",
      path: `${profilesPath}/${profileId}/assignments`,
      body,
    });
    assert.equal(answer.status, 400);
    assert.equal(answer.error.message, `value[0].${name} must be spelled @removed.`);
  }
});

describe("a query", () => {
  for (const name of ["`$filter", "x$filter", "$$filter", "filter$"]) {
    test(`with an option name that contains a $, ${name}, is refused with a 400 that names it`, async () => {
      const path = `${profilesPath}?${encodeURIComponent(name)}=displayName%20eq%20'x'`;
      const answer = await (await world.tenant()).callDirectly({ method: "GET", path });
      assert.equal(answer.status, 400);
      assert.equal(answer.error.target, name);
    });
  }
  test("may contain a date without a time, which means its start in UTC", async () => {
    const tenant = await world.tenant();
    await tenant.profile();
    for (const [$filter, count] of [
      ["createdDateTime ge 2026-11-23", "1"],
      ["createdDateTime lt 2026-11-23", "0"],
      ["createdDateTime ge 9999-12-31", "0"],
    ] as const) {
      const path = `${profilesPath}/$count?$filter=${encodeURIComponent($filter)}`;
      assert.equal((await tenant.callDirectly({ method: "GET", path })).body, count, $filter);
    }
  });
});

describe("a request in a batch", () => {
  test("may have unknown members, as those of Microsoft's Python SDK do", async () => {
    const tenant = await world.tenant();
    const requests = [{ id: "1", method: "GET", url: profilesPath, depends_on: [], comment: null }];
    const answer = await tenant.callDirectly({ method: "POST", path: "/$batch", body: { requests } });
    assert.equal(Object(answer.body).responses[0].status, 200);
  });
  test("with a depends_on that is not empty is refused, because ignoring it would change the order", async () => {
    const requests = [
      { id: "1", method: "GET", url: profilesPath },
      { id: "2", method: "GET", url: profilesPath, depends_on: ["1"] },
    ];
    const answer = await (await world.tenant()).callDirectly({ method: "POST", path: "/$batch", body: { requests } });
    assert.equal(answer.status, 400);
    assert.equal(answer.error.message, "requests[1].depends_on is not supported; write dependsOn.");
  });
  test("with an atomicityGroup is refused, because a batch is not atomic", async () => {
    const requests = [{ id: "1", method: "GET", url: profilesPath, atomicityGroup: "a" }];
    const answer = await (await world.tenant()).callDirectly({ method: "POST", path: "/$batch", body: { requests } });
    assert.equal(answer.status, 400);
    assert.equal(answer.error.target, "requests[0].atomicityGroup");
  });
});

describe("a stored member after unknownFutureValue", () => {
  const known = "include-unknown-enum-members";
  test("survives a PATCH that writes back the unknownFutureValue that was read", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile({ platform: "windowsMobileApplicationManagement" });
    const path = `${profilesPath}/${id}`;
    const read = await tenant.call({ method: "GET", path });
    assert.equal(Object(read.body).platform, "unknownFutureValue");
    const body = { platform: "unknownFutureValue", description: "changed" };
    assert.equal((await tenant.call({ method: "PATCH", path, body })).status, 200);
    const kept = await tenant.call({ method: "GET", path, headers: { prefer: known } });
    assert.equal(Object(kept.body).platform, "windowsMobileApplicationManagement");
  });
  test("is replaced if the PATCH has the preference include-unknown-enum-members", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile({ platform: "windowsMobileApplicationManagement" });
    const path = `${profilesPath}/${id}`;
    const headers = { prefer: known };
    const body = { platform: "unknownFutureValue" };
    assert.equal((await tenant.call({ method: "PATCH", path, headers, body })).status, 200);
    const read = await tenant.call({ method: "GET", path, headers });
    assert.equal(Object(read.body).platform, "unknownFutureValue");
  });
  test("keeps the entity tag if the PATCH changes nothing else", async () => {
    const tenant = await world.tenant();
    const { id, "@odata.etag": tag } = await tenant.profile({ platform: "windowsMobileApplicationManagement" });
    const path = `${profilesPath}/${id}`;
    const answer = await tenant.call({ method: "PATCH", path, body: { platform: "unknownFutureValue" } });
    assert.equal(Object(answer.body)["@odata.etag"], tag);
  });
});

test("a target may be written with properties in any case by the collection PATCH of another tool", async () => {
  const tenant = await world.tenant();
  const { id } = await tenant.profile();
  const path = `${profilesPath}/${id}/assignments`;
  const target = { ...groupTarget("g"), DeviceAndAppManagementAssignmentFilterType: "NONE" };
  const answer = await tenant.callDirectly({ method: "PATCH", path, body: { target } });
  assert.equal(Object(answer.body).target.deviceAndAppManagementAssignmentFilterType, "none");
});
