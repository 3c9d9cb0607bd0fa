/** A client that follows the next links reads each unchanged row exactly once while others insert, delete and move rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld, groupTarget, profilesPath, type Tenant } from "../support/tenant.ts";

const world = await enterWorld();
const writers = 4;
const readers = 3;
const rounds = 4;

/** Reads all pages without Prism, which would slow the writers down. pages.test.ts validates the same answers with Prism. */
async function readAll(tenant: Tenant, first: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const { status, body } = await tenant.callDirectly({ method: "GET", path });
    assert.equal(status, 200, JSON.stringify(body));
    const { value, "@odata.nextLink": next }: { value: { id: string }[]; "@odata.nextLink"?: string } = Object(body);
    ids.push(...value.map(({ id }) => id));
    path = next?.slice(world.direct.length);
  }
  return ids;
}

/** Runs the writers until every reader has read the list `rounds` times, and checks the pages that the readers got. */
async function readWhile(tenant: Tenant, first: string, stays: readonly string[], write: () => Promise<void>) {
  let [isOver, written] = [false, 0];
  const writing = Array.from({ length: writers }, async () => {
    while (!isOver) {
      await write();
      written++;
    }
  });
  const reading = Array.from({ length: readers }, async () => {
    const seen: (readonly string[])[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await readAll(tenant, first));
    return seen;
  });
  try {
    const known = new Set(stays);
    for (const ids of (await Promise.all(reading)).flat()) {
      assert.deepEqual(
        ids.filter((id) => known.has(id)),
        stays,
      );
      assert.equal(new Set(ids).size, ids.length, "no row occurs twice");
    }
  } finally {
    isOver = true;
    await Promise.all(writing);
  }
  assert.ok(written > rounds, `the writers wrote only ${written} times`);
}

async function send(tenant: Tenant, method: string, path: string, body?: unknown): Promise<string> {
  const answer = await tenant.callDirectly({ method, path, body });
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
  return String(Object(answer.body).id);
}

const anywhere = (size: number) => Math.floor(Math.random() * size);

for (const $orderby of ["", "&$orderby=displayName desc"]) {
  test(`reads each unchanged profile once${$orderby && " by name"}, while others are inserted, moved and deleted`, async () => {
    const tenant = await world.tenant();
    const stays: string[] = [];
    for (let index = 0; index < 40; index++) {
      const name = String.fromCodePoint(0x30 + ($orderby === "" ? index : 40 - index));
      stays.push(await send(tenant, "POST", profilesPath, { displayName: name }));
    }
    await readWhile(tenant, `${profilesPath}?$top=3${$orderby}`, stays, async () => {
      const displayName = String.fromCodePoint(0x30 + anywhere(40));
      const id = await send(tenant, "POST", profilesPath, { displayName, priority: anywhere(40) });
      const path = `${profilesPath}/${id}`;
      // Rows are only moved to the front, so that a reader does not get the same row again on a later page.
      if ($orderby === "") await send(tenant, "POST", `${path}/setPriority`, { priority: 0 });
      await send(tenant, "DELETE", path);
    });
  });
}

for (const $orderby of ["", "&$orderby=target/groupId desc"]) {
  test(`reads each unchanged assignment once${$orderby && " by target"}, while others are inserted and deleted`, async () => {
    const tenant = await world.tenant();
    const { id } = await tenant.profile();
    const path = `${profilesPath}/${id}/assignments`;
    const stays: string[] = [];
    for (let index = 0; index < 40; index++) {
      stays.push(await send(tenant, "POST", path, { target: groupTarget(`g${$orderby === "" ? index : 90 - index}`) }));
    }
    let made = 0;
    await readWhile(tenant, `${path}?$top=3${$orderby}`, stays, async () => {
      const target = groupTarget(`g${anywhere(100)}.${made++}`);
      await send(tenant, "DELETE", `${path}/${await send(tenant, "POST", path, { target })}`);
    });
  });
}
