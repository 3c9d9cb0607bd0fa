/** What a query option selects, expands, filters and sorts, on every operation that takes it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";
import { asked, list, namesOf, type Options, shown } from "./asking.ts";

const world = await enterWorld();
const metadata = `${world.direct}/$metadata#${profilesPath.slice(1)}`;

interface Places {
  readonly tenant: Tenant;
  readonly profileId: string;
  readonly profiles: string;
  readonly profile: string;
  readonly assignments: string;
  readonly assignment: string;
}

/** A tenant with three profiles, a (without description, macOS), B and c; the first has two assignments. */
async function populated(): Promise<Places> {
  const tenant = await world.tenant();
  const { id } = await tenant.profile({ displayName: "a", platform: "macOS" });
  await tenant.profile({ displayName: "B", description: "y" });
  await tenant.profile({ displayName: "c", description: "x" });
  const profile = `${profilesPath}/${id}`;
  const { id: assignmentId } = await tenant.assignment(id, groupTarget("g1"));
  await tenant.assignment(id, { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" });
  const assignments = `${profile}/assignments`;
  return {
    tenant,
    profileId: id,
    profiles: profilesPath,
    profile,
    assignments,
    assignment: `${assignments}/${assignmentId}`,
  };
}

const places = await populated();
const { tenant, profileId } = places;
const get = (path: string, options: Options) => tenant.call({ method: "GET", path: asked(path, options) });

describe("$select", () => {
  const described = ["@odata.etag", "@odata.type"];
  for (const [text, names, context] of [
    ["id", ["id"], "(id)"],
    ["DISPLAYNAME,Id", ["displayName", "id"], "(displayName,id)"],
    [" id ,\tpriority ", ["id", "priority"], "(id,priority)"],
    ["id,ID,id", ["id"], "(id)"],
    ["availableEnrollmentTypeOptions", ["availableEnrollmentTypeOptions"], "(availableEnrollmentTypeOptions)"],
  ] as const) {
    test(`${JSON.stringify(text)} shows just that, of many and of one, and the context says so`, async () => {
      const page = await list(tenant, places.profiles, { $select: text });
      assert.equal(page.context, `${metadata}${context}`);
      for (const entity of page.value)
        assert.deepEqual(Object.keys(Object(entity)).sort(), [...described, ...names].sort());
      const { body, headers } = await get(places.profile, { $select: text });
      const { "@odata.context": own, ...entity } = Object(body);
      assert.equal(own, `${metadata}${context}/$entity`);
      assert.deepEqual(entity, page.value[0]);
      assert.equal(headers.get("etag"), Object(body)["@odata.etag"]);
    });
  }
  test("* shows all, alone and beside others", async () => {
    const { value } = await list(tenant, places.profiles);
    for (const $select of ["*", "id,*"]) {
      const page = await list(tenant, places.profiles, { $select });
      assert.equal(page.context, metadata);
      assert.deepEqual(page.value, value);
    }
  });
  test("shows of assignments the target or the id", async () => {
    const page = await list(tenant, places.assignments, { $select: "Target" });
    assert.equal(page.context, `${metadata}('${profileId}')/assignments(target)`);
    assert.deepEqual(Object.keys(Object(page.value[0])).sort(), [...described, "target"]);
    const { body } = await get(places.assignment, { $select: "id" });
    assert.equal(Object(body)["@odata.context"], `${metadata}('${profileId}')/assignments(id)/$entity`);
    assert.deepEqual(Object.keys(Object(body)).sort(), ["@odata.context", ...described, "id"]);
  });
});

describe("$expand=assignments", () => {
  test("shows each profile's as their own list does, and [] where there are none", async () => {
    const own = await list(tenant, places.assignments);
    const page = await list(tenant, places.profiles, { $expand: "assignments" });
    assert.equal(page.context, `${metadata}(assignments())`);
    assert.deepEqual(shown(page.value, "assignments"), [own.value, [], []]);
    assert.equal(page.value[0]?.["assignments@odata.context"], own.context);
    const { body } = await get(places.profile, { $expand: "Assignments" });
    assert.deepEqual(Object(body).assignments, own.value);
    assert.equal(Object(body)["@odata.context"], `${metadata}(assignments())/$entity`);
  });
  test("stands beside what is selected, and may be named there as well", async () => {
    for (const $select of ["displayName", "displayName,assignments"]) {
      const page = await list(tenant, places.profiles, { $select, $expand: "assignments" });
      assert.equal(page.context, `${metadata}(${$select},assignments())`);
      assert.equal(page.value[0]?.id, undefined);
      assert.deepEqual(shown(page.value, "displayName"), ["a", "B", "c"]);
      assert.equal(Object(page.value[0]).assignments.length, 2);
    }
  });
  test("is never a 304: the entity tag says nothing of assignments", async () => {
    const headers = { "if-none-match": "*" };
    const path = asked(places.profile, { $expand: "assignments" });
    assert.equal((await tenant.call({ method: "GET", path, headers })).status, 200);
    assert.equal((await tenant.call({ method: "GET", path: places.profile, headers })).status, 304);
  });
});

describe("$filter", () => {
  for (const [filter, names] of [
    ["contains(DisplayName,'B') or PRIORITY eq 2", "B c"],
    ["displayName eq 'b'", ""],
    ["tolower(displayName) eq 'b'", "B"],
    ["description eq null", "a"],
    ["not (description ne null)", "a"],
    ["platform in ('macOS')", "a"],
    ["priority ge 1 and startswith(description,'x')", "c"],
    ["createdDateTime gt 2000-01-01T00:00:00Z", "a B c"],
  ] as const) {
    test(`${filter} finds ${names || "nothing"}, and $count as many`, async () => {
      assert.equal(namesOf(await list(tenant, places.profiles, { $filter: filter })), names);
      const { status, body } = await get(`${places.profiles}/$count`, { $filter: filter });
      assert.deepEqual([status, body], [200, String(names.split(" ").filter(Boolean).length)]);
    });
  }
  test("of assignments asks for their target", async () => {
    const { value } = await list(tenant, places.assignments, { $filter: "Target/GroupId eq 'g1'" });
    assert.deepEqual(shown(value, "id"), [places.assignment.split("/").at(-1)]);
    const filtered = { $filter: "target/groupId eq null" };
    assert.equal((await get(`${places.assignments}/$count`, filtered)).body, "1");
    assert.equal((await list(tenant, places.assignments, { ...filtered, $count: "true" })).count, 1);
  });
});

describe("$orderby", () => {
  for (const [text, names] of [
    ["displayName", "B a c"],
    ["DisplayName DESC", "c a B"],
    ["description", "a c B"],
    ["description desc", "B c a"],
    ["platform , displayName desc", "c B a"],
    ["platform desc,priority", "a B c"],
    ["priority desc", "c B a"],
    ["id asc", "a B c"],
    ["priority desc,displayName,id,createdDateTime", "c B a"],
  ] as const) {
    test(`${text} gives ${names}, also in pages`, async () => {
      assert.equal(namesOf(await list(tenant, places.profiles, { $orderby: text })), names);
    });
  }
  test("sorts assignments by their target, those without such a property first", async () => {
    const { value } = await list(tenant, places.assignments, { $orderby: "target/groupId" });
    assert.deepEqual(
      value.map(({ target }) => Object(target).groupId),
      [undefined, "g1"],
    );
  });
});
