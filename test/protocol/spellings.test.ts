/** Alternative OData spellings of the contract's paths. Each must be routed to the same operation as the usual spelling. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operationRoutes } from "../../generated/operations.ts";
import { targetNormalizer } from "../../server/odata/requestTarget.ts";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();
const root = `/beta${profilesPath}`;
const normalizeTarget = targetNormalizer(Object.values(operationRoutes).map(({ path }) => `/beta${path}`));

describe("a key in parentheses", () => {
  test("a key in parentheses identifies a profile or an assignment, like an id in a path segment", async () => {
    const tenant = await world.tenant();
    const { id: profileId } = await tenant.profile();
    const { id: assignmentId } = await tenant.assignment(profileId);
    const whole = `${profilesPath}('${profileId}')/assignments('${assignmentId}')`;
    for (const path of [
      whole,
      whole.replaceAll("'", "%27"),
      whole.replaceAll("(", "%28").replaceAll(")", "%29"),
      `${profilesPath}/${profileId}/assignments('${assignmentId}')`,
      `${profilesPath}('${profileId}')/assignments/${assignmentId}`,
    ]) {
      const answer = await tenant.callDirectly({ method: "GET", path });
      assert.equal(answer.status, 200, path);
      assert.equal(Object(answer.body).id, assignmentId);
    }
    const count = await tenant.callDirectly({
      method: "GET",
      path: `${profilesPath}('${profileId}')/assignments/$count`,
    });
    assert.equal(count.body, "1");
    const body = { target: groupTarget("g") };
    const updated = await tenant.callDirectly({
      method: "PATCH",
      path: `${profilesPath}(%27${profileId}%27)/assignments`,
      body,
    });
    assert.equal(updated.status, 200);
  });
  for (const [path, status] of [
    [`${profilesPath}('')`, 404],
    [`${profilesPath}(%27%27)`, 404],
    [`${profilesPath}('')/assignments`, 404],
    [`${profilesPath}('x')/assignments('')`, 404],
    [`${profilesPath}('$count')`, 404],
    [`${profilesPath}('%24count')`, 404],
    [`${profilesPath}('x')/assignments('$count')`, 404],
    [`${profilesPath}('x'`, 404],
    [`${profilesPath}(x)`, 404],
    [`${profilesPath}('x'y')`, 404],
    [`${profilesPath}('x')('y')`, 404],
    [`${profilesPath}('x')y`, 404],
    [`${profilesPath}('x')/`, 404],
    [`${profilesPath}('x%2Fassignments')`, 404],
  ] as const) {
    test(`a key in parentheses that is malformed, ${path}, is refused with ${status} for every method`, async () => {
      const tenant = await world.tenant();
      await tenant.profile();
      for (const method of ["GET", "DELETE"]) {
        assert.equal((await tenant.callDirectly({ method, path })).status, status);
      }
      assert.equal((await tenant.call({ method: "GET", path: `${profilesPath}/$count` })).body, "1");
    });
  }
});

describe("the qualified action name microsoft.graph.setPriority", () => {
  test("calls the action setPriority", async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile();
    for (const profile of [`/${id}`, `('${id}')`]) {
      const path = `${profilesPath}${profile}/microsoft.graph.setPriority`;
      assert.equal((await tenant.callDirectly({ method: "POST", path, body: { priority: 0 } })).status, 204);
    }
  });
});

describe("the normalized request target", () => {
  for (const [given, seen] of [
    [`${root}('a''b')`, `${root}/a'b`],
    [`${root}('a%27%27b')`, `${root}/a'b`],
    [`${root}('a%2Fb')`, `${root}/a%2Fb`],
    [`${root}('a%3Fb')/assignments`, `${root}/a%3Fb/assignments`],
    [`${root}('$count')`, `${root}/%24count`],
    [`${root}/%24count`, `${root}/$count`],
    [`${root}/x/microsoft.graph.setPriority?a=b?c`, `${root}/x/setPriority?a=b?c`],
    // A path segment in the position of an id is never treated as the name of an action or property.
    [`${root}/assignments('setPriority')`, `${root}/assignments('setPriority')`],
    [`${root}/microsoft.graph.setPriority`, `${root}/microsoft.graph.setPriority`],
    [`${root}/x/microsoft.graph.delta`, `${root}/x/microsoft.graph.delta`],
    [`${root}/x/microsoft.graph.assignments`, `${root}/x/microsoft.graph.assignments`],
    [`${root}/microsoft.graph.$count`, `${root}/microsoft.graph.$count`],
    // The query string is not normalized here: the query parser does this.
    [`${root}?%24top=5&$filter=contains(displayName,'x')`, `${root}?%24top=5&$filter=contains(displayName,'x')`],
    [`${root}('x')?$filter=a(%27b%27)#c`, `${root}/x?$filter=a(%27b%27)`],
    [`${root}('%zz')`, `${root}('%25zz')`],
  ] as const) {
    test(`the normalized request target of ${given} is ${seen}`, () => assert.equal(normalizeTarget(given), seen));
  }
});

describe("the name of a query option", () => {
  test("a query option may start with %24 instead of $", async () => {
    const tenant = await world.tenant();
    for (const query of ["$search=x", "%24search=x", "%24%73earch=x"]) {
      const answer = await tenant.callDirectly({ method: "GET", path: `${profilesPath}?${query}` });
      assert.equal(answer.error.target, "$search");
    }
  });
});
