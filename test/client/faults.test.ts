/**
 * Runs the same random operations in two tenants. In one tenant, a faulty network drops, cuts and delays responses, and answers
 * with errors like a proxy. Both tenants must get the same answers and the same final state. `OPERATIONS=10000` runs more.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Client, createClient } from "../../client/index.ts";
import { enterWorld, groupTarget } from "../support/tenant.ts";
import { failing, silent } from "./fetch.ts";

const world = await enterWorld();
const operations = Number(process.env["OPERATIONS"] ?? 1000);

/** "late" means that the proxy answers after the service has carried out the request. */
const networkFault = fc.oneof(
  { weight: 70, arbitrary: fc.constant("none" as const) },
  {
    weight: 30,
    arbitrary: fc.constantFrom("drop", "cut", "half", 429, 503, "502 late", "503 late", "504 late", "500 early"),
  },
  { weight: 1, arbitrary: fc.constantFrom("slow", "silent") },
);
type NetworkFault = typeof networkFault extends fc.Arbitrary<infer Kind> ? Kind : never;

/** A random operation on one of the profiles. It creates more often than it deletes, so that there are always several profiles. */
const operation = fc.record({
  kind: fc.constantFrom(
    "create",
    "create",
    "create",
    "create",
    "rename",
    "checked",
    "delete",
    "delete checked",
    "move",
    "upsert",
    "create only",
    "batch",
    "delta",
    "assign",
    "unassign",
    "read",
  ),
  which: fc.nat(1000),
  group: fc.nat(5).map(String),
});
type Operation = typeof operation extends fc.Arbitrary<infer Kind> ? Kind : never;

async function faultyFetch(request: Request, kind: NetworkFault): Promise<Response> {
  const early = { drop: true, silent: true, "500 early": true, 429: true, 503: true }[String(kind)];
  if (kind === "silent") return silent(request);
  if (kind === "drop") throw new TypeError("dropped");
  if (early) return failing(Number.parseInt(String(kind), 10), { "Retry-After": "0.001" });
  // The signal is left out, so that the service always carries out this request before the client's next request.
  const body = request.method === "GET" ? undefined : await request.clone().arrayBuffer();
  const { method, headers } = request;
  const response = await fetch(request.url, { method, headers, ...(body?.byteLength && { body }) });
  if (kind === "none") return response;
  await response.arrayBuffer();
  if (kind === "slow") return silent(request);
  if (kind === "cut") throw new TypeError("cut after commit");
  if (kind !== "half") return failing(Number.parseInt(String(kind), 10), { "Retry-After": "0.001" });
  return new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError("cut in the body")) }));
}

/** @returns the status of the answer, or undefined if no entity existed for the operation. */
async function play(client: Client, { kind, which, group }: Operation, name: string): Promise<number | undefined> {
  const profiles = await all(client.pages.listProfiles({ query: { $top: 5 } }));
  const profile = profiles[which % Math.max(1, profiles.length)];
  if (profile === undefined || (kind === "create" && profiles.length < 12)) {
    return (await client.createProfile({ body: { displayName: name } })).status;
  }
  const path = { profileId: profile.id };
  const target = groupTarget(group);
  switch (kind) {
    case "rename":
      return (await client.updateProfile({ path, body: { displayName: name } })).status;
    case "checked":
      return (await client.update(profile, { displayName: name })).status;
    case "delete":
      return (await client.deleteProfile({ path })).status;
    case "delete checked":
      return (await client.deleteProfile({ path, headers: { "If-Match": profile["@odata.etag"] } })).status;
    case "move":
      return (await client.setPriority({ path, body: { priority: (which * 7) % profiles.length } })).status;
    case "upsert":
      return (await client.updateAssignments({ path, body: { target } })).status;
    case "create only":
      return (await client.updateAssignments({ path, headers: { "If-None-Match": "*" }, body: { target } })).status;
    case "assign":
      return (await client.createAssignment({ path, body: { target } })).status;
    case "batch":
      return batched(client, path, group);
  }
  const assignments = await all(client.pages.listAssignments({ path, query: { $top: 2 } }));
  const first = assignments[which % Math.max(1, assignments.length)];
  if (kind === "delta") {
    const value = [...(first ? [{ "@removed": {}, id: first.id }] : []), { target }];
    return (await client.updateAssignmentsDelta({ path, body: { "@odata.context": "#$delta", value } })).status;
  }
  if (kind === "unassign" && first) {
    return (await client.deleteAssignment({ path: { ...path, assignmentId: first.id } })).status;
  }
  return undefined;
}

/** Sends two non-repeatable writes in a batch, the second after the first. @returns `1000 * first status + second status`. */
async function batched(client: Client, path: { profileId: string }, group: string): Promise<number> {
  const batch = client.newBatch();
  const assign = batch.createAssignment({ path, body: { target: groupTarget(group) } });
  const move = batch.setPriority({ path, body: { priority: 0 } }, { dependsOn: [assign] });
  const answers = await batch.send();
  if (!answers.ok) throw answers;
  return 1000 * answers.to(assign).status + answers.to(move).status;
}

async function all<Entity>(entities: AsyncIterable<Entity>): Promise<Entity[]> {
  const found: Entity[] = [];
  for await (const each of entities) found.push(each);
  return found;
}

/** A tenant's profiles and assignments without the properties that differ between tenants (ids and times). */
async function stateOf(client: Client) {
  const profiles = await all(client.pages.listProfiles());
  return Promise.all(
    profiles.map(async ({ id, displayName, priority, "@odata.etag": tag }) => {
      const assignments = await all(client.pages.listAssignments({ path: { profileId: id } }));
      return [displayName, priority, tag, assignments.map((each) => [each["@odata.etag"], each.target])];
    }),
  );
}

describe("a faulty network", () => {
  test(`${operations} operations get the same answers and final state with a faulty network as with a perfect one`, {
    timeout: 3_600_000,
  }, async (t) => {
    const size = { minLength: operations, maxLength: operations };
    let faults = 0;
    let isFaulty = false;
    const statuses = new Map<number | undefined, number>();
    const same = fc.asyncProperty(
      fc.array(operation, { ...size, size: "max" }),
      fc.infiniteStream(networkFault),
      async (plan, stream) => {
        const [perfect, faulty] = await Promise.all([world.tenant(), world.tenant()]);
        const one = createClient({ baseUrl: world.direct, token: perfect.token });
        const network = async (request: Request) => {
          const kind: NetworkFault = isFaulty ? stream.next().value : "none";
          if (kind !== "none") faults += 1;
          return faultyFetch(request, kind);
        };
        const other = createClient({
          baseUrl: world.direct,
          token: faulty.token,
          fetch: network,
          timeout: 100,
          retries: { base: 1, times: 30, budget: Number.POSITIVE_INFINITY },
        });
        // From the first answer, the client learns that the server supports repeatability ids, so this answer must not get lost.
        for (const client of [one, other]) await client.createProfile({ body: { displayName: "first" } });
        isFaulty = true;
        // The last operation creates a profile, so that the final state is never empty.
        for (const [index, each] of [...plan, { kind: "create", which: 0, group: "0" } as const].entries()) {
          const name = `${each.kind} ${index}`;
          const status = await play(one, each, name);
          assert.equal(await play(other, each, name), status, name);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
        const wanted = await stateOf(one);
        assert.ok(wanted.length > 0);
        assert.deepEqual(await stateOf(other), wanted);
      },
    );
    await fc.assert(same, { numRuns: 1, endOnFailure: true });
    t.diagnostic(`${faults} faults; statuses ${JSON.stringify([...statuses])}`);
    assert.ok(faults > operations / 10);
  });
});
