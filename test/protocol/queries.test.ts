/** Tests the results of $select, $expand, $filter and $orderby on every operation that supports them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";
import { list, namesOf, type Options, pathWithQuery, valuesOf } from "./collections.ts";

const world = await enterWorld();
const metadata = `${world.direct}/$metadata#${profilesPath.slice(1)}`;

interface Paths {
  readonly tenant: Tenant;
  readonly profileId: string;
  readonly profiles: string;
  readonly profile: string;
  readonly assignments: string;
  readonly assignment: string;
}

/** Creates a tenant with three profiles: `a` (without description, macOS, two assignments), `B` and `c`. */
async function createTenant(): Promise<Paths> {
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

const paths = await createTenant();
const { tenant, profileId } = paths;
const get = (path: string, options: Options) => tenant.call({ method: "GET", path: pathWithQuery(path, options) });

describe("$select", () => {
  const described = ["@odata.etag", "@odata.type"];
  for (const [text, names, context] of [
    ["id", ["id"], "(id)"],
    ["DISPLAYNAME,Id", ["displayName", "id"], "(displayName,id)"],
    [" id ,\tpriority ", ["id", "priority"], "(id,priority)"],
    ["id,ID,id", ["id"], "(id)"],
    ["availableEnrollmentTypeOptions", ["availableEnrollmentTypeOptions"], "(availableEnrollmentTypeOptions)"],
  ] as const) {
    test(`returns only the properties in ${JSON.stringify(text)}, and names them in @odata.context`, async () => {
      const page = await list(tenant, paths.profiles, { $select: text });
      assert.equal(page.context, `${metadata}${context}`);
      for (const entity of page.value)
        assert.deepEqual(Object.keys(Object(entity)).sort(), [...described, ...names].sort());
      const { body, headers } = await get(paths.profile, { $select: text });
      const { "@odata.context": own, ...entity } = Object(body);
      assert.equal(own, `${metadata}${context}/$entity`);
      assert.deepEqual(entity, page.value[0]);
      assert.equal(headers.get("etag"), Object(body)["@odata.etag"]);
    });
  }
  test("returns all properties for *, alone or together with property names", async () => {
    const { value } = await list(tenant, paths.profiles);
    for (const $select of ["*", "id,*"]) {
      const page = await list(tenant, paths.profiles, { $select });
      assert.equal(page.context, metadata);
      assert.deepEqual(page.value, value);
    }
  });
  test("returns only the target or only the id of assignments", async () => {
    const page = await list(tenant, paths.assignments, { $select: "Target" });
    assert.equal(page.context, `${metadata}('${profileId}')/assignments(target)`);
    assert.deepEqual(Object.keys(Object(page.value[0])).sort(), [...described, "target"]);
    const { body } = await get(paths.assignment, { $select: "id" });
    assert.equal(Object(body)["@odata.context"], `${metadata}('${profileId}')/assignments(id)/$entity`);
    assert.deepEqual(Object.keys(Object(body)).sort(), ["@odata.context", ...described, "id"]);
  });
});

describe("$expand=assignments", () => {
  test("returns the same assignments as listAssignments, and [] for a profile without assignments", async () => {
    const own = await list(tenant, paths.assignments);
    const page = await list(tenant, paths.profiles, { $expand: "assignments" });
    assert.equal(page.context, `${metadata}(assignments())`);
    assert.deepEqual(valuesOf(page.value, "assignments"), [own.value, [], []]);
    assert.equal(page.value[0]?.["assignments@odata.context"], own.context);
    const { body } = await get(paths.profile, { $expand: "Assignments" });
    assert.deepEqual(Object(body).assignments, own.value);
    assert.equal(Object(body)["@odata.context"], `${metadata}(assignments())/$entity`);
  });
  test("$expand=assignments can be combined with $select, even if $select names assignments", async () => {
    for (const $select of ["displayName", "displayName,assignments"]) {
      const page = await list(tenant, paths.profiles, { $select, $expand: "assignments" });
      assert.equal(page.context, `${metadata}(${$select},assignments())`);
      assert.equal(page.value[0]?.id, undefined);
      assert.deepEqual(valuesOf(page.value, "displayName"), ["a", "B", "c"]);
      assert.equal(Object(page.value[0]).assignments.length, 2);
    }
  });
  test("$expand=assignments is never answered with 304, because the entity tag does not cover assignments", async () => {
    const headers = { "if-none-match": "*" };
    const path = pathWithQuery(paths.profile, { $expand: "assignments" });
    assert.equal((await tenant.call({ method: "GET", path, headers })).status, 200);
    assert.equal((await tenant.call({ method: "GET", path: paths.profile, headers })).status, 304);
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
    test(`${filter} matches the profiles ${names || "(none)"}, in the list and in /$count`, async () => {
      assert.equal(namesOf(await list(tenant, paths.profiles, { $filter: filter })), names);
      const { status, body } = await get(`${paths.profiles}/$count`, { $filter: filter });
      assert.deepEqual([status, body], [200, String(names.split(" ").filter(Boolean).length)]);
    });
  }
  test("can compare properties of an assignment's target", async () => {
    const { value } = await list(tenant, paths.assignments, { $filter: "Target/GroupId eq 'g1'" });
    assert.deepEqual(valuesOf(value, "id"), [paths.assignment.split("/").at(-1)]);
    const filtered = { $filter: "target/groupId eq null" };
    assert.equal((await get(`${paths.assignments}/$count`, filtered)).body, "1");
    assert.equal((await list(tenant, paths.assignments, { ...filtered, $count: "true" })).count, 1);
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
    test(`${text} sorts the profiles to ${names}`, async () => {
      assert.equal(namesOf(await list(tenant, paths.profiles, { $orderby: text })), names);
    });
  }
  test("sorts assignments by a property of the target, starting with those that lack it", async () => {
    const { value } = await list(tenant, paths.assignments, { $orderby: "target/groupId" });
    assert.deepEqual(
      value.map(({ target }) => Object(target).groupId),
      [undefined, "g1"],
    );
  });
});
