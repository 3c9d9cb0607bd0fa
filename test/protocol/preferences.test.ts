/** Tests the request headers Prefer and Accept, and the response header Preference-Applied. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { followLink, list, pagesFrom, pathWithQuery, valuesOf } from "./collections.ts";

const world = await enterWorld();
const tenant = await world.tenant();
const beyond = "windowsMobileApplicationManagement";
const sentinel = "unknownFutureValue";
const { id } = await tenant.profile({ platform: beyond });
await tenant.profile({ platform: sentinel });
await tenant.profile({ platform: "iOS" });
const profile = `${profilesPath}/${id}`;
const assignments = `${profile}/assignments`;
for (const groupId of ["g1", "g2", "g3"]) await tenant.assignment(id, groupTarget(groupId));
const applied = (headers: Headers) => headers.get("preference-applied");

describe("Prefer: odata.maxpagesize", () => {
  for (const path of [profilesPath, assignments]) {
    test(`sets the size of every page of ${path === assignments ? "assignments" : "profiles"}, even after a next link`, async () => {
      const prefer = { prefer: "odata.maxpagesize=2" };
      const page = await list(tenant, path, {}, prefer);
      assert.equal(applied(page.headers), "odata.maxpagesize=2");
      const next = await followLink(tenant, page.nextLink ?? "");
      assert.equal(applied(next.headers), null);
      assert.deepEqual([page.value.length, next.value.length, next.nextLink], [2, 1, undefined]);
    });
    test(`limits each page of ${path === assignments ? "assignments" : "profiles"} together with $top: the smaller number wins`, async () => {
      for (const [$top, size] of [
        [3, 1],
        [1, 3],
      ] as const) {
        const first = await list(tenant, path, { $top }, { prefer: `odata.maxpagesize=${size}` });
        const pages = await pagesFrom(tenant, first);
        assert.deepEqual(
          valuesOf(
            pages.map(({ value }) => ({ id: "", size: value.length })),
            "size",
          ),
          [1, 1, 1],
        );
      }
    });
  }
  test("odata.maxpagesize can be changed by the request for a later page, from that page on", async () => {
    const page = await list(tenant, assignments, {}, { prefer: "odata.maxpagesize=1" });
    const path = page.nextLink?.replace(/^.*\/beta/, "") ?? "";
    const { body } = await tenant.call({ method: "GET", path, headers: { prefer: "odata.maxpagesize=9" } });
    assert.equal(Object(body).value.length, 2);
  });
});

describe("Preference-Applied", () => {
  const write = { path: profile, body: {} };
  const create = { method: "POST", path: profilesPath, body: { displayName: "x" } };
  for (const [what, call, prefer, expected] of [
    [
      "a list",
      { path: profilesPath },
      "Odata.MaxPageSize=2, Include-Unknown-Enum-Members",
      "odata.maxpagesize=2, include-unknown-enum-members",
    ],
    ["a list", { path: profilesPath }, "odata.include-unknown-enum-members;x=1", "include-unknown-enum-members"],
    ["a list", { path: profilesPath }, 'maxpagesize="3"; wait', "odata.maxpagesize=3"],
    ["a list", { path: profilesPath }, "odata.maxpagesize=2, maxpagesize=3", "odata.maxpagesize=2"],
    ["a list", { path: profilesPath }, "return=minimal, respond-async", null],
    ["a list", { path: assignments }, "include-unknown-enum-members", null],
    ...["0", "-1", "x", "1.5", "", "99999999999"].map(
      (size) => ["a list", { path: profilesPath }, `odata.maxpagesize=${size}`, null] as const,
    ),
    [
      "one profile",
      { path: profile },
      "include-unknown-enum-members, odata.maxpagesize=2",
      "include-unknown-enum-members",
    ],
    ["a PATCH", { method: "PATCH", ...write }, "return=minimal, include-unknown-enum-members", "return=minimal"],
    ["a PATCH", { method: "PATCH", ...write }, "return=representation", "return=representation"],
    ["a PATCH", { method: "PATCH", ...write }, "return=Minimal", null],
    ["a PATCH", { method: "PATCH", ...write }, "return=nothing", null],
    [
      "a PATCH",
      { method: "PATCH", ...write },
      'x="a, return=minimal, b", return = representation',
      "return=representation",
    ],
    ["a PATCH", { method: "PATCH", ...write }, 'x="a\\", return=minimal', null],
    [
      "a POST",
      create,
      "return=representation,include-unknown-enum-members",
      "return=representation, include-unknown-enum-members",
    ],
    ["a POST", create, "return=minimal", "return=minimal"],
    ["a POST", create, ", ,;=,,", null],
  ] as const) {
    test(`Preference-Applied in the answer to ${what} with Prefer: ${prefer} is ${expected ?? "absent"}`, async () => {
      const own = call === create ? await world.tenant() : tenant;
      const { status, headers } = await own.call({ method: "GET", ...call, headers: { prefer } });
      assert.equal(applied(headers), expected);
      assert.equal(status === 204, expected?.startsWith("return=minimal") ?? false);
    });
  }
});

describe("an enumeration member after the sentinel unknownFutureValue", () => {
  const prefer = { prefer: "include-unknown-enum-members" };
  for (const [what, headers, platform] of [
    ["as unknownFutureValue by default", {}, sentinel],
    ["by its name if Prefer has include-unknown-enum-members", prefer, beyond],
  ] as const) {
    test(`a member after the sentinel is returned ${what} by every operation`, async () => {
      const page = await list(tenant, profilesPath, {}, headers);
      assert.deepEqual(valuesOf(page.value, "platform"), [platform, sentinel, "iOS"]);
      const ofOne = async (call: object) =>
        Object((await tenant.call({ method: "GET", path: profile, headers, ...call })).body).platform;
      assert.equal(await ofOne({}), platform);
      assert.equal(await ofOne({ path: pathWithQuery(profile, { $select: "platform" }) }), platform);
      assert.equal(await ofOne({ method: "PATCH", body: {} }), platform);
      assert.equal(await ofOne({ method: "PATCH", body: { platform: beyond } }), platform);
      const created = await (await world.tenant()).call({
        method: "POST",
        path: profilesPath,
        headers,
        body: { displayName: "x", platform: beyond },
      });
      assert.equal(Object(created.body).platform, platform);
    });
  }
  for (const [filter, priorities] of [
    ["platform eq 'unknownFutureValue'", [0, 1]],
    ["'unknownFutureValue' eq Platform", [0, 1]],
    ["platform eq microsoft.graph.devicePlatformType'unknownFutureValue'", [0, 1]],
    ["platform ne 'unknownFutureValue'", [2]],
    ["not (platform eq 'unknownFutureValue')", [2]],
    ["(platform eq 'unknownFutureValue') eq false", [2]],
    ["platform in ('unknownFutureValue')", [0, 1]],
    ["platform in ('iOS','unknownFutureValue')", [0, 1, 2]],
    ["not (platform in ('iOS','unknownFutureValue'))", []],
    [`platform eq '${beyond}'`, [0]],
    [`platform ne '${beyond}'`, [1, 2]],
    ["displayName eq 'unknownFutureValue'", []],
    ["defaultEnrollmentType eq 'unknownFutureValue'", []],
  ] as const) {
    test(`matches the same $filter with and without Prefer: ${filter}`, async () => {
      for (const headers of [{}, prefer]) {
        const page = await list(tenant, profilesPath, { $filter: filter, $count: "true" }, headers);
        assert.deepEqual(valuesOf(page.value, "priority"), priorities);
        assert.equal(page.count, priorities.length);
      }
      const path = pathWithQuery(`${profilesPath}/$count`, { $filter: filter });
      assert.equal((await tenant.call({ method: "GET", path })).body, String(priorities.length));
    });
  }
});

describe("Accept with odata.metadata=none", () => {
  const accept = { accept: "application/json;odata.metadata=none" };
  const names = (value: unknown) => Object.keys(Object(value)).filter((name) => name.includes("@"));
  test("removes neither next links nor counts nor target types, and sets the media type", async () => {
    const options = { $expand: "assignments", $top: 1, $count: "true" };
    const { body, headers } = await tenant.call({
      method: "GET",
      path: pathWithQuery(profilesPath, options),
      headers: accept,
    });
    assert.deepEqual(names(body).sort(), ["@odata.count", "@odata.nextLink"]);
    const [entity] = Object(body).value;
    assert.deepEqual([names(entity), names(entity.assignments[0])], [[], []]);
    assert.deepEqual(names(entity.assignments[0].target), ["@odata.type"]);
    assert.match(headers.get("content-type") ?? "", /^application\/json;odata\.metadata=none;/);
  });
  test("removes neither the ETag header nor any property that is not an annotation", async () => {
    const bare = await tenant.call({ method: "GET", path: profile, headers: accept });
    const { body, headers } = await tenant.call({ method: "GET", path: profile });
    const properties = Object.entries(Object(body)).filter(([name]) => !name.includes("@"));
    assert.deepEqual(bare.body, Object.fromEntries(properties));
    assert.equal(bare.headers.get("etag"), headers.get("etag"));
  });
  for (const other of [
    "application/json;odata.metadata=full",
    "application/json;odata.metadata=nonesuch",
    "application/json",
    "*/*",
  ]) {
    test(`odata.metadata=none is not assumed for Accept: ${other}, which is answered with minimal metadata`, async () => {
      const { body, headers } = await tenant.call({ method: "GET", path: profile, headers: { accept: other } });
      assert.deepEqual(names(body), ["@odata.context", "@odata.type", "@odata.etag"]);
      assert.match(headers.get("content-type") ?? "", /;odata\.metadata=minimal;/);
    });
  }
  test("odata.metadata=none does not remove the annotations from the answer to a write", async () => {
    const { body } = await tenant.call({ method: "PATCH", path: profile, headers: accept, body: {} });
    assert.deepEqual(names(body), ["@odata.context", "@odata.type", "@odata.etag"]);
  });
});
