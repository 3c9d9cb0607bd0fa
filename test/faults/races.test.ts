import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { groupTarget, profilesPath } from "../support/tenant.ts";
import { type Answer, ask, type Door, type Entity, entityOf, readProfiles, readQuietTenant } from "./door.ts";
import { competingKinds, enterPostgres } from "./grounds.ts";
import { isLong, rounds, seed } from "./plan.ts";

const postgres = await enterPostgres();

/** Each race is run so often, each time in a tenant of its own. */
const times = isLong ? Math.ceil(rounds / 4) : 1;

/** How often PostgreSQL has ended one of two that waited for each other. */
function deadlocks(): number {
  return postgres.log.filter((line) => line.includes("deadlock detected")).length;
}

async function newProfile(door: Door, displayName = "A profile"): Promise<Entity> {
  const answer = await ask(door, { method: "POST", path: profilesPath, body: { displayName } });
  assert.equal(answer.status, 201);
  return entityOf(answer.body);
}

/** Sends the same request so often at once, but for the body. */
function together(count: number, one: (index: number) => Promise<Answer>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => one(index)));
}

/** How many answers have each status. */
function tally(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function theOne(answers: readonly Answer[], status: number): Entity {
  const [answer, ...others] = answers.filter((answer) => answer.status === status);
  assert.ok(answer && others.length === 0);
  return entityOf(answer.body);
}

/** What is raced for. @member time how often it was raced for before. */
const races: Readonly<Record<string, (door: Door, time: number) => Promise<void>>> = {
  "of 100 PATCHes of an assignment with one entity tag, one is done and 99 are refused": async (door) => {
    const { id } = await newProfile(door);
    const path = `${profilesPath}/${id}/assignments`;
    const target = groupTarget("g");
    const created = entityOf((await ask(door, { method: "POST", path, body: { target } })).body);
    const answers = await together(100, (index) =>
      ask(door, {
        method: "PATCH",
        path: `${path}/${created.id}`,
        headers: { "If-Match": created["@odata.etag"] },
        body: { target: { ...target, deviceAndAppManagementAssignmentFilterId: `f${index}` } },
      }),
    );
    assert.deepEqual(tally(answers), { 200: 1, 412: 99 });
    const [found] = await readQuietTenant(door);
    assert.deepEqual(found?.assignments, [theOne(answers, 200)]);
    assert.equal(found?.assignments[0]?.["@odata.etag"], 'W/"2"');
  },

  "of 100 PATCHes of a profile with one entity tag, one is done and 99 are refused": async (door) => {
    const created = await newProfile(door);
    const answers = await together(100, (index) =>
      ask(door, {
        method: "PATCH",
        path: `${profilesPath}/${created.id}`,
        headers: { "If-Match": created["@odata.etag"] },
        body: { description: `d${index}` },
      }),
    );
    assert.deepEqual(tally(answers), { 200: 1, 412: 99 });
    assert.deepEqual(await readQuietTenant(door), [{ profile: theOne(answers, 200), assignments: [] }]);
  },

  "100 equal updates of a profile's assignments leave one, and all answer it": async (door) => {
    const { id } = await newProfile(door);
    const path = `${profilesPath}/${id}/assignments`;
    const body = { target: groupTarget(randomUUID()) };
    const answers = await together(100, () => ask(door, { method: "PATCH", path, body }));
    assert.deepEqual(tally(answers), { 200: 100 });
    const [found] = await readQuietTenant(door);
    for (const answer of answers) assert.deepEqual([entityOf(answer.body)], found?.assignments);
  },

  "of 100 POSTs of one target, one creates it and 99 meet it": async (door) => {
    const { id } = await newProfile(door);
    const path = `${profilesPath}/${id}/assignments`;
    const body = { target: groupTarget(randomUUID()) };
    const answers = await together(100, () => ask(door, { method: "POST", path, body }));
    assert.deepEqual(tally(answers), { 201: 1, 409: 99 });
    const [found] = await readQuietTenant(door);
    assert.deepEqual(found?.assignments, [theOne(answers, 201)]);
  },

  "100 equal POSTs under one repeatability id create one, and all answer it": async (door) => {
    const headers = {
      "Repeatability-Request-ID": randomUUID(),
      "Repeatability-First-Sent": new Date().toUTCString(),
    };
    const post = { method: "POST", path: profilesPath, headers, body: { displayName: "once" } };
    const answers = await together(100, () => ask(door, post));
    assert.deepEqual(tally(answers), { 201: 100 });
    const [found, ...others] = await readQuietTenant(door);
    assert.deepEqual(others, []);
    for (const answer of answers) assert.deepEqual(entityOf(answer.body), found?.profile);

    const path = `${profilesPath}/${found?.profile.id}/assignments`;
    const assign = { ...post, path, body: { target: groupTarget(randomUUID()) } };
    headers["Repeatability-Request-ID"] = randomUUID();
    const assigned = await together(100, () => ask(door, assign));
    assert.deepEqual(tally(assigned), { 201: 100 });
    const [assignedTo] = await readQuietTenant(door);
    for (const answer of assigned) assert.deepEqual([entityOf(answer.body)], assignedTo?.assignments);

    headers["Repeatability-Request-ID"] = randomUUID();
    const remove = { method: "DELETE", path: `${path}/${assignedTo?.assignments[0]?.id}`, headers };
    assert.deepEqual(tally(await together(100, () => ask(door, remove))), { 204: 100 });
  },

  "while 200 setPriority race, whoever looks sees a permutation, and none ends in a deadlock": async (door, time) => {
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) ids.push((await newProfile(door, `p${index}`)).id);
    const moves = fc.sample(fc.record({ id: fc.constantFrom(...ids), priority: fc.nat(19) }), {
      seed: seed + time,
      numRuns: 200,
    });
    const [answers] = await Promise.all([
      together(200, async (index) => {
        const { id = "", priority = 0 } = moves[index] ?? {};
        return ask(door, { method: "POST", path: `${profilesPath}/${id}/setPriority`, body: { priority } });
      }),
      ...Array.from({ length: 20 }, async () => assertPermutation(door, ids)),
    ]);
    assert.deepEqual(tally(answers), { 204: 200 });
    await assertPermutation(door, ids);
  },
};

/** @throws AssertionError unless all are there, at priorities 0…n-1: `readProfiles` asserts the latter. */
async function assertPermutation(door: Door, ids: readonly string[]): Promise<void> {
  const found = await readProfiles(door);
  assert.deepEqual(found.map(({ id }) => id).sort(), ids.toSorted());
}

/** Two who wait for each other there would be no surprise: one deletes in the order of requests, one writes in its own. */
async function raceForLife(door: Door): Promise<void> {
  const ids: string[] = [];
  for (let index = 0; index < 10; index++) ids.push((await newProfile(door)).id);
  const answers = await together(100, async (index) => {
    const path = `${profilesPath}/${ids[index % 10]}`;
    if (index % 20 < 10) return ask(door, { method: "DELETE", path });
    return ask(door, {
      method: "PATCH",
      path: `${path}/assignments`,
      body: { target: groupTarget(`g${index}`) },
    });
  });
  assert.equal(tally(answers)[204], 10);
  for (const { status } of answers) assert.ok([200, 204, 404].includes(status), String(status));
  assert.deepEqual(await readQuietTenant(door), []);
}

for (const kind of competingKinds(postgres)) {
  test(`on ${kind.name}`, async (t) => {
    const ground = await kind.lay(t);
    const service = await ground.serve();
    const run = (what: string, race: (door: Door, time: number) => Promise<void>) =>
      t.test(what, async () => {
        for (let time = 0; time < times; time++) await race({ url: service.url, token: await ground.token() }, time);
      });
    const before = deadlocks();
    for (const [what, race] of Object.entries(races)) await run(what, race);
    assert.equal(deadlocks(), before, "nobody waited for each other");
    await run("profiles deleted while their assignments are written go whole", raceForLife);
    assert.equal(await service.stop("SIGTERM"), 0);
  });
}
