import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Door } from "./door.ts";
import { readQuietTenant } from "./door.ts";
import { competingKinds, enterPostgres, type Ground } from "./grounds.ts";
import { bounded, shown, type Tenant } from "./model.ts";
import { type Operation, operations } from "./operations.ts";
import { isLong, rounds, seed } from "./plan.ts";
import { SharedTenant } from "./sharedTenant.ts";
import { play } from "./writer.ts";

const postgres = await enterPostgres();

/** What a client does: an operation in its own tenant, or in the one that all share. */
interface Step {
  readonly where: "own" | "shared";
  readonly operation: Operation;
}

const step: fc.Arbitrary<Step> = fc.record({
  where: fc.constantFrom("own", "shared"),
  operation: operations,
});

const clients = fc.array(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }), {
  minLength: 2,
  maxLength: 20,
  size: "max",
});

async function playClients(ground: Ground, url: string, sequences: readonly (readonly Step[])[]): Promise<void> {
  const shared = new SharedTenant(await ground.token());
  await Promise.all(
    sequences.map(async (sequence) => {
      const door = { url, token: await ground.token() };
      const tenant = await playClient(door, shared, sequence);
      assert.deepEqual(await readQuietTenant(door), shown(tenant));
    }),
  );
  await shared.settle(url);
}

async function playClient(door: Door, shared: SharedTenant, sequence: readonly Step[]): Promise<Tenant> {
  let tenant: Tenant = [];
  for (const { where, operation } of sequence) {
    if (where === "shared") {
      assert.ok(await shared.play(door.url, operation), "answered, and not with a 503");
      continue;
    }
    const after = await play(door, tenant, bounded(tenant, operation, 5));
    assert.ok(after, "answered, and not with a 503");
    tenant = after;
  }
  return tenant;
}

describe("whatever several clients do at once, each answer and each tenant is the model's", () => {
  for (const kind of competingKinds(postgres)) {
    test(`on ${kind.name}`, async (t) => {
      const ground = await kind.lay(t);
      const { url } = await ground.serve();
      const property = fc.asyncProperty(clients, (sequences) => playClients(ground, url, sequences));
      // The limit is for the search of a shorter sequence that fails: where the failure is a race, it would go on and on.
      await fc.assert(property, {
        seed,
        numRuns: isLong ? rounds : 4,
        interruptAfterTimeLimit: isLong ? 120_000 : 20_000,
      });
    });
  }
});
