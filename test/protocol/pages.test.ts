/** `$top`, `$skip`, `$count`, and paging by `@odata.nextLink`. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { unavailableTenant } from "../support/faulty.ts";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";
import { list, namesOf, pagesFrom, pathWithQuery, valuesOf } from "./collections.ts";

const world = await enterWorld();
const tenant = await world.tenant();
for (const displayName of ["e", "d", "c", "b", "a"]) {
  await tenant.profile({ displayName, ...(displayName < "c" && { description: displayName }) });
}
const [first] = (await list(tenant, profilesPath)).value;
const assignments = `${profilesPath}/${first?.id}/assignments`;
for (let index = 0; index < 5; index++)
  await tenant.assignment(String(first?.id), groupTarget(`g${index % 2}${index}`));

const link = new URL(`${world.direct}${profilesPath}`);

describe("$top and $skip", () => {
  test("limit the number of entities, and skip entities at the start of the list", async () => {
    assert.equal(namesOf(await list(tenant, profilesPath, { $top: 2 })), "e d");
    assert.equal(namesOf(await list(tenant, profilesPath, { $skip: 3 })), "b a");
    assert.equal(namesOf(await list(tenant, profilesPath, { $top: 2, $skip: 2 })), "c b");
    assert.equal((await list(tenant, assignments, { $top: 2, $skip: 4 })).value.length, 1);
  });
  test("return no entities and no next link, but the count, if $top is 0", async () => {
    for (const path of [profilesPath, assignments]) {
      const { value, nextLink, count } = await list(tenant, path, { $top: 0, $count: "true" });
      assert.deepEqual([value, nextLink, count], [[], undefined, 5]);
    }
  });
  for (const $top of [5, 6, 999, 2 ** 31 - 1]) {
    test(`return all five entities and no next link if $top is ${$top}`, async () => {
      for (const path of [profilesPath, assignments]) {
        const { value, nextLink } = await list(tenant, path, { $top });
        assert.deepEqual([value.length, nextLink], [5, undefined]);
      }
    });
  }
  for (const $skip of [5, 6, 2 ** 31 - 1]) {
    test(`return no entities if $skip is ${$skip}`, async () => {
      for (const path of [profilesPath, assignments]) {
        const { value, nextLink } = await list(tenant, path, { $skip, $top: 2 });
        assert.deepEqual([value, nextLink], [[], undefined]);
      }
    });
  }
});

describe("@odata.count", () => {
  test("@odata.count is the number of entities that match the filter, on every page, if $count is true", async () => {
    const $filter = "displayName lt 'd'";
    const pages = await pagesFrom(tenant, await list(tenant, profilesPath, { $filter, $count: "true", $top: 2 }));
    assert.deepEqual(pages.map(namesOf), ["c b", "a"]);
    assert.deepEqual(
      valuesOf(
        pages.map(({ count }) => ({ id: "", count })),
        "count",
      ),
      [3, 3],
    );
    const all = await list(tenant, assignments, {
      $count: "true",
      $skip: 4,
      $filter: "startswith(target/groupId,'g0')",
    });
    assert.deepEqual([all.count, all.value], [3, []]);
  });
  test("@odata.count is absent if $count is false or missing", async () => {
    for (const options of [{ $count: "false" }, {}]) {
      assert.equal((await list(tenant, profilesPath, options)).count, undefined);
    }
  });
  test("fails together with the list, without stopping the service", async () => {
    const unavailable = await world.tenant(unavailableTenant);
    for (const path of [profilesPath, assignments]) {
      const answer = await unavailable.call({ method: "GET", path: pathWithQuery(path, { $count: "true" }) });
      assert.equal(answer.status, 503);
    }
    assert.equal((await list(tenant, profilesPath)).value.length, 5);
  });
});

describe("@odata.nextLink", () => {
  test("@odata.nextLink is an absolute URL with the other query options, and is absent on the last page", async () => {
    const options = {
      $select: "displayName",
      $expand: "assignments",
      $filter: "displayName ne 'd' and displayName ne '&$top=1#+%'",
      $orderby: "description desc,displayName",
      $top: 2,
      $count: "true",
    };
    const page = await list(tenant, profilesPath, { ...options, $skip: 1 });
    const next = new URL(page.nextLink ?? "");
    assert.equal(next.origin + next.pathname, link.href);
    const { $skiptoken, ...others } = Object.fromEntries(next.searchParams);
    assert.deepEqual(others, { ...options, $top: "2" });
    assert.match($skiptoken ?? "", /^[\w-]+$/);
    const pages = await pagesFrom(tenant, page);
    assert.deepEqual(pages.map(namesOf), ["a c", "e"]);
    assert.equal(pages.at(-1)?.nextLink, undefined);
    for (const { context } of pages) assert.equal(context, page.context);
  });
  test("@odata.nextLink has the origin to which the caller sent the request", async () => {
    const { port } = link;
    const headers = { authorization: `Bearer ${tenant.token}` };
    const keyed = `http://localhost:${port}/beta${profilesPath}('${first?.id}')/assignments?%24top=4`;
    const body = Object(await (await fetch(keyed, { headers })).json());
    assert.ok(body["@odata.nextLink"].startsWith(`http://localhost:${port}/beta${assignments}?$top=4&$skiptoken=`));
    const last = Object(await (await fetch(body["@odata.nextLink"], { headers })).json());
    assert.equal(last.value.length, 1);
  });
  for (const $orderby of [
    "description",
    "description desc",
    "platform,description desc",
    "displayName",
    "priority desc",
  ]) {
    for (const $top of [1, 2, 3, 4]) {
      test(`leads to every profile once, with $orderby=${$orderby} and $top=${$top}`, async () => {
        const all = await list(tenant, profilesPath, { $orderby });
        const pages = await pagesFrom(tenant, await list(tenant, profilesPath, { $orderby, $top }));
        assert.equal(pages.length, Math.ceil(5 / $top));
        assert.deepEqual(
          pages.flatMap(({ value }) => value),
          all.value,
        );
      });
    }
  }
  test("leads to every assignment once, even if some targets lack the property in $orderby", async () => {
    await tenant.assignment(String(first?.id), { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" });
    for (const $orderby of ["target/groupId", "target/groupId desc", "target/collectionId,id desc"]) {
      const all = await list(tenant, assignments, { $orderby });
      const pages = await pagesFrom(tenant, await list(tenant, assignments, { $orderby, $top: 1 }));
      assert.deepEqual(
        pages.flatMap(({ value }) => value),
        all.value,
      );
    }
  });
});

describe("without $top, a page", () => {
  /** Creates 1,001 entities, only 77 at a time, because an overloaded service refuses requests. */
  const create = async (one: Tenant, path: string, body: (index: number) => unknown) => {
    for (let turn = 0; turn < 13; turn++) {
      const creations = Array.from({ length: 77 }, async (_, index) => {
        const { status } = await one.callDirectly({ method: "POST", path, body: body(turn * 77 + index) });
        assert.equal(status, 201);
      });
      await Promise.all(creations);
    }
  };
  test("a page without $top has at most 1,000 profiles, even if $top or maxpagesize is larger", async () => {
    const large = await world.tenant();
    await create(large, profilesPath, (index) => ({ displayName: `p${index}` }));
    for (const [options, headers] of [
      [{}, {}],
      [{ $top: 1001 }, {}],
      [{}, { prefer: "odata.maxpagesize=5000" }],
    ] as const) {
      const pages = await pagesFrom(large, await list(large, profilesPath, options, headers));
      assert.deepEqual(
        pages.map(({ value }) => value.length),
        [1000, 1],
      );
      assert.deepEqual(
        valuesOf(
          pages.flatMap(({ value }) => value),
          "priority",
        ),
        [...Array(1001).keys()],
      );
    }
  });
  test("a page without $top has at most 1,000 assignments", async () => {
    const large = await world.tenant();
    const path = `${profilesPath}/${(await large.profile()).id}/assignments`;
    await create(large, path, (index) => ({ target: groupTarget(`g${index}`) }));
    const pages = await pagesFrom(large, await list(large, path));
    assert.deepEqual(
      pages.map(({ value }) => value.length),
      [1000, 1],
    );
  });
  test("a page without $top has a working next link even if it contains the longest possible text of a profile", async () => {
    const wordy = await world.tenant();
    for (const letter of ["😀", "😁"]) await wordy.profile({ description: letter.repeat(1024) });
    const pages = await pagesFrom(wordy, await list(wordy, profilesPath, { $orderby: "description desc", $top: 1 }));
    assert.equal(pages.length, 2);
    const tooLong = { method: "POST", path: profilesPath, body: { displayName: "x", description: "x".repeat(1025) } };
    assert.equal((await wordy.call(tooLong)).error.target, "description");
  });
  test("a page without $top has at most 100 profiles if $expand is set", async () => {
    const large = await world.tenant();
    await Promise.all(Array.from({ length: 101 }, () => large.profile()));
    const pages = await pagesFrom(large, await list(large, profilesPath, { $expand: "assignments" }));
    assert.deepEqual(
      pages.map(({ value }) => value.length),
      [100, 1],
    );
  });
});
