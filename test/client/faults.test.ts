/**
 * The same random operations in two tenants, one behind a network that drops, cuts and delays at random and has proxies
 * that answer in the service's place: both end the same. `OPERATIONS=10000` plays more.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Client, createClient, GraphError } from "../../client/index.ts";
import { enterWorld, groupTarget } from "../tenant.ts";
import { failing, silent } from "./fetch.ts";

const world = await enterWorld();
const operations = Number(process.env["OPERATIONS"] ?? 1000);

/** Never a 503 after the request was carried out: that one alone is promised to be as good as never. */
const fault = fc.oneof(
  { weight: 70, arbitrary: fc.constant("none" as const) },
  { weight: 30, arbitrary: fc.constantFrom("drop", "cut", "half", 429, 503, "502 late", "504 late", "500 early") },
  { weight: 1, arbitrary: fc.constantFrom("slow", "silent") },
);
type Fault = typeof fault extends fc.Arbitrary<infer Kind> ? Kind : never;

/** What is done, to the n-th of what is there. */
const operation = fc.record({
  kind: fc.constantFrom(
    "create",
    "rename",
    "checked",
    "delete",
    "move",
    "upsert",
    "delta",
    "assign",
    "unassign",
    "read",
  ),
  which: fc.nat(1000),
  group: fc.nat(5).map(String),
});
type Operation = typeof operation extends fc.Arbitrary<infer Kind> ? Kind : never;

async function faultyFetch(request: Request, kind: Fault): Promise<Response> {
  const early = { drop: true, silent: true, "500 early": true, 429: true, 503: true }[String(kind)];
  if (kind === "silent") return silent(request);
  if (kind === "drop") throw new TypeError("dropped");
  if (early) return failing(Number.parseInt(String(kind), 10), { "Retry-After": "0.001" });
  // Not with its signal: what was sent is carried out now, and not after what the client does next.
  const body = request.method === "GET" ? undefined : await request.clone().arrayBuffer();
  const { method, headers } = request;
  const response = await fetch(request.url, { method, headers, ...(body?.byteLength && { body }) });
  if (kind === "none") return response;
  await response.arrayBuffer();
  if (kind === "slow") return silent(request);
  if (kind === "cut") throw new TypeError("cut after commit");
  if (kind !== "half") return failing(Number.parseInt(String(kind), 10));
  return new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError("cut in the body")) }));
}

/** The caller's part: what the client doesn't repeat because nobody knows, is looked at first. */
async function settled<A extends { readonly ok: boolean; readonly status: number }>(
  call: () => Promise<A>,
  isDone: () => Promise<boolean>,
): Promise<number> {
  for (;;) {
    const status = await call().then(
      (answer) => answer.status,
      (error) => {
        assert.ok(error instanceof GraphError && error.status === 0, String(error));
        return 0;
      },
    );
    if (status !== 0 && ![408, 429, 500, 502, 503, 504].includes(status)) return status;
    if (await isDone()) return 0;
  }
}

const never = async () => false;

async function all<Entity>(entities: AsyncIterable<Entity>): Promise<Entity[]> {
  const found: Entity[] = [];
  for await (const each of entities) found.push(each);
  return found;
}

async function profilesOf(client: Client) {
  for (;;) {
    try {
      return await all(client.pages.listProfiles({ query: { $top: 5 } }));
    } catch (error) {
      assert.ok(error instanceof GraphError);
    }
  }
}

async function assignmentsOf(client: Client, profileId: string) {
  for (;;) {
    try {
      return await all(client.pages.listAssignments({ path: { profileId }, query: { $top: 2 } }));
    } catch (error) {
      assert.ok(error instanceof GraphError);
    }
  }
}

async function play(client: Client, { kind, which, group }: Operation, name: string): Promise<void> {
  const profiles = await profilesOf(client);
  const profile = profiles[which % Math.max(1, profiles.length)];
  const named = async () => (await profilesOf(client)).some(({ displayName }) => displayName === name);
  if (profile === undefined || (kind === "create" && profiles.length < 12)) {
    await settled(() => client.createProfile({ body: { displayName: name } }), named);
    return;
  }
  const path = { profileId: profile.id };
  const target = groupTarget(group);
  if (kind === "rename") await settled(() => client.updateProfile({ path, body: { displayName: name } }), never);
  if (kind === "checked") await settled(() => client.update(profile, { displayName: name }), named);
  if (kind === "delete") await settled(() => client.deleteProfile({ path }), never);
  if (kind === "move") {
    const priority = (which * 7) % profiles.length;
    const moved = async () => (await profilesOf(client))[priority]?.id === profile.id;
    await settled(() => client.setPriority({ path, body: { priority } }), moved);
  }
  if (kind === "upsert") await settled(() => client.updateAssignments({ path, body: { target } }), never);
  if (!["delta", "assign", "unassign"].includes(kind)) return;
  const assignments = await assignmentsOf(client, profile.id);
  const first = assignments[which % Math.max(1, assignments.length)];
  if (kind === "delta") {
    const removed = first ? [{ "@removed": {}, id: first.id }] : [];
    const value = [...removed, { target }];
    await settled(() => client.updateAssignmentsDelta({ path, body: { "@odata.context": "#$delta", value } }), never);
  }
  if (kind === "assign") {
    const there = async () =>
      (await assignmentsOf(client, profile.id)).some((each) => Object(each.target).groupId === group);
    await settled(() => client.createAssignment({ path, body: { target } }), there);
  }
  if (kind === "unassign" && first) {
    await settled(() => client.deleteAssignment({ path: { ...path, assignmentId: first.id } }), never);
  }
}

/** All that can be compared: ids and times are each tenant's own. */
async function stateOf(client: Client) {
  const profiles = await profilesOf(client);
  return Promise.all(
    profiles.map(async ({ id, displayName, priority, "@odata.etag": tag }) => {
      const assignments = await assignmentsOf(client, id);
      return [displayName, priority, tag, assignments.map((each) => [each["@odata.etag"], each.target])];
    }),
  );
}

describe("behind a network that fails", () => {
  test(`${operations} operations end with the state of a perfect one`, { timeout: 600_000 }, async (t) => {
    const size = { minLength: operations, maxLength: operations };
    let faults = 0;
    const same = fc.asyncProperty(
      fc.array(operation, { ...size, size: "max" }),
      fc.infiniteStream(fault),
      async (plan, stream) => {
        const [perfect, faulty] = await Promise.all([world.tenant(), world.tenant()]);
        const one = createClient({ baseUrl: world.direct, token: perfect.token });
        const network = async (request: Request) => {
          const kind: Fault = stream.next().value;
          if (kind !== "none") faults += 1;
          return faultyFetch(request, kind);
        };
        const other = createClient({
          baseUrl: world.direct,
          token: faulty.token,
          fetch: network,
          timeout: 100,
          retries: { base: 1, times: 5 },
        });
        for (const [index, each] of plan.entries()) {
          await play(one, each, `${each.kind} ${index}`);
          await play(other, each, `${each.kind} ${index}`);
        }
        const wanted = await stateOf(one);
        assert.ok(wanted.length > 0);
        assert.deepEqual(await stateOf(other), wanted);
      },
    );
    await fc.assert(same, { numRuns: 1, endOnFailure: true });
    t.diagnostic(`${faults} faults`);
    assert.ok(faults > operations / 10);
  });
});
