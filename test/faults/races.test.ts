import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { groupTarget, profilesPath } from "../support/tenant.ts";
import { type Answer, ask, type Endpoint, type Entity, entityOf, readProfiles, readQuietTenant } from "./endpoint.ts";
import { competingKinds, enterPostgres } from "./fixtures.ts";
import { isLong, rounds, seed } from "./plan.ts";

const postgres = await enterPostgres();

/** The number of times that each race runs, each time in a new tenant. */
const times = isLong ? Math.ceil(rounds / 4) : 1;

/** Counts the deadlocks that PostgreSQL has logged. */
function countDeadlocks(): number {
  return postgres.log.filter((line) => line.includes("deadlock detected")).length;
}

async function newProfile(endpoint: Endpoint, displayName = "A profile"): Promise<Entity> {
  const answer = await ask(endpoint, { method: "POST", path: profilesPath, body: { displayName } });
  assert.equal(answer.status, 201);
  return entityOf(answer.body);
}

/** Sends requests at the same time. */
function sendAtOnce(count: number, sendOne: (index: number) => Promise<Answer>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => sendOne(index)));
}

/** Counts the answers by status. */
function countStatuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function onlyAnswer(answers: readonly Answer[], status: number): Entity {
  const [answer, ...others] = answers.filter((answer) => answer.status === status);
  assert.ok(answer && others.length === 0);
  return entityOf(answer.body);
}

/** The races by name. The second argument is the number of earlier runs. */
const races: Readonly<Record<string, (endpoint: Endpoint, time: number) => Promise<void>>> = {
  "of 100 PATCHes of an assignment with the same entity tag, one succeeds and 99 are refused": async (endpoint) => {
    const { id } = await newProfile(endpoint);
    const path = `${profilesPath}/${id}/assignments`;
    const target = groupTarget("g");
    const created = entityOf((await ask(endpoint, { method: "POST", path, body: { target } })).body);
    const answers = await sendAtOnce(100, (index) =>
      ask(endpoint, {
        method: "PATCH",
        path: `${path}/${created.id}`,
        headers: { "If-Match": created["@odata.etag"] },
        body: { target: { ...target, deviceAndAppManagementAssignmentFilterId: `f${index}` } },
      }),
    );
    assert.deepEqual(countStatuses(answers), { 200: 1, 412: 99 });
    const [found] = await readQuietTenant(endpoint);
    assert.deepEqual(found?.assignments, [onlyAnswer(answers, 200)]);
    assert.equal(found?.assignments[0]?.["@odata.etag"], 'W/"2"');
  },

  "of 100 PATCHes of a profile with the same entity tag, one succeeds and 99 are refused": async (endpoint) => {
    const created = await newProfile(endpoint);
    const answers = await sendAtOnce(100, (index) =>
      ask(endpoint, {
        method: "PATCH",
        path: `${profilesPath}/${created.id}`,
        headers: { "If-Match": created["@odata.etag"] },
        body: { description: `d${index}` },
      }),
    );
    assert.deepEqual(countStatuses(answers), { 200: 1, 412: 99 });
    assert.deepEqual(await readQuietTenant(endpoint), [{ profile: onlyAnswer(answers, 200), assignments: [] }]);
  },

  "100 equal PATCHes of a profile's assignments create one assignment, which all answers contain": async (endpoint) => {
    const { id } = await newProfile(endpoint);
    const path = `${profilesPath}/${id}/assignments`;
    const body = { target: groupTarget(randomUUID()) };
    const answers = await sendAtOnce(100, () => ask(endpoint, { method: "PATCH", path, body }));
    assert.deepEqual(countStatuses(answers), { 200: 100 });
    const [found] = await readQuietTenant(endpoint);
    for (const answer of answers) assert.deepEqual([entityOf(answer.body)], found?.assignments);
  },

  "of 100 POSTs with the same target, one creates an assignment and 99 are refused": async (endpoint) => {
    const { id } = await newProfile(endpoint);
    const path = `${profilesPath}/${id}/assignments`;
    const body = { target: groupTarget(randomUUID()) };
    const answers = await sendAtOnce(100, () => ask(endpoint, { method: "POST", path, body }));
    assert.deepEqual(countStatuses(answers), { 201: 1, 409: 99 });
    const [found] = await readQuietTenant(endpoint);
    assert.deepEqual(found?.assignments, [onlyAnswer(answers, 201)]);
  },

  "100 equal POSTs with the same repeatability id create one entity, which all answers contain": async (endpoint) => {
    const headers = {
      "Repeatability-Request-ID": randomUUID(),
      "Repeatability-First-Sent": new Date().toUTCString(),
    };
    const post = { method: "POST", path: profilesPath, headers, body: { displayName: "once" } };
    const answers = await sendAtOnce(100, () => ask(endpoint, post));
    assert.deepEqual(countStatuses(answers), { 201: 100 });
    const [found, ...others] = await readQuietTenant(endpoint);
    assert.deepEqual(others, []);
    for (const answer of answers) assert.deepEqual(entityOf(answer.body), found?.profile);

    const path = `${profilesPath}/${found?.profile.id}/assignments`;
    const assign = { ...post, path, body: { target: groupTarget(randomUUID()) } };
    headers["Repeatability-Request-ID"] = randomUUID();
    const assigned = await sendAtOnce(100, () => ask(endpoint, assign));
    assert.deepEqual(countStatuses(assigned), { 201: 100 });
    const [assignedTo] = await readQuietTenant(endpoint);
    for (const answer of assigned) assert.deepEqual([entityOf(answer.body)], assignedTo?.assignments);

    headers["Repeatability-Request-ID"] = randomUUID();
    const remove = { method: "DELETE", path: `${path}/${assignedTo?.assignments[0]?.id}`, headers };
    assert.deepEqual(countStatuses(await sendAtOnce(100, () => ask(endpoint, remove))), { 204: 100 });
  },

  "during 200 concurrent setPriority requests, every list is a permutation, and there is no deadlock": async (
    endpoint,
    time,
  ) => {
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) ids.push((await newProfile(endpoint, `p${index}`)).id);
    const moves = fc.sample(fc.record({ id: fc.constantFrom(...ids), priority: fc.nat(19) }), {
      seed: seed + time,
      numRuns: 200,
    });
    const [answers] = await Promise.all([
      sendAtOnce(200, async (index) => {
        const { id = "", priority = 0 } = moves[index] ?? {};
        return ask(endpoint, { method: "POST", path: `${profilesPath}/${id}/setPriority`, body: { priority } });
      }),
      ...Array.from({ length: 20 }, async () => assertPermutation(endpoint, ids)),
    ]);
    assert.deepEqual(countStatuses(answers), { 204: 200 });
    await assertPermutation(endpoint, ids);
  },
};

/** Asserts that all profiles exist with the priorities 0…n-1, which `readProfiles` checks. */
async function assertPermutation(endpoint: Endpoint, ids: readonly string[]): Promise<void> {
  const found = await readProfiles(endpoint);
  assert.deepEqual(found.map(({ id }) => id).sort(), ids.toSorted());
}

async function raceWithDeletions(endpoint: Endpoint): Promise<void> {
  const ids: string[] = [];
  for (let index = 0; index < 10; index++) ids.push((await newProfile(endpoint)).id);
  const answers = await sendAtOnce(100, async (index) => {
    const path = `${profilesPath}/${ids[index % 10]}`;
    if (index % 20 < 10) return ask(endpoint, { method: "DELETE", path });
    return ask(endpoint, {
      method: "PATCH",
      path: `${path}/assignments`,
      body: { target: groupTarget(`g${index}`) },
    });
  });
  assert.equal(countStatuses(answers)[204], 10);
  for (const { status } of answers) assert.ok([200, 204, 404].includes(status), String(status));
  assert.deepEqual(await readQuietTenant(endpoint), []);
}

for (const kind of competingKinds(postgres)) {
  test(`concurrent writes of the same entities are consistent on ${kind.name}`, async (t) => {
    const fixture = await kind.createFixture(t);
    const service = await fixture.serve();
    const run = (what: string, race: (endpoint: Endpoint, time: number) => Promise<void>) =>
      t.test(what, async () => {
        for (let time = 0; time < times; time++) await race({ url: service.url, token: await fixture.token() }, time);
      });
    const before = countDeadlocks();
    for (const [what, race] of Object.entries(races)) await run(what, race);
    await run(
      "profiles are deleted completely, even if their assignments are written at the same time",
      raceWithDeletions,
    );
    assert.equal(countDeadlocks(), before, "PostgreSQL must not detect a deadlock");
    assert.equal(await service.stop("SIGTERM"), 0);
  });
}
