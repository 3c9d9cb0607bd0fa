import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Endpoint } from "./endpoint.ts";
import { readQuietTenant } from "./endpoint.ts";
import { competingKinds, enterPostgres, type Fixture } from "./fixtures.ts";
import { bounded, shown, type Tenant } from "./model.ts";
import { type Operation, operations } from "./operations.ts";
import { isLong, rounds, seed } from "./plan.ts";
import { SharedTenant } from "./sharedTenant.ts";
import { sendAndCheck } from "./writer.ts";

const postgres = await enterPostgres();

/** An operation that a client sends, either in its own tenant or in the tenant that all clients share. */
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

async function runClients(fixture: Fixture, url: string, sequences: readonly (readonly Step[])[]): Promise<void> {
  const shared = new SharedTenant(await fixture.token());
  await Promise.all(
    sequences.map(async (sequence) => {
      const endpoint = { url, token: await fixture.token() };
      const tenant = await runClient(endpoint, shared, sequence);
      assert.deepEqual(await readQuietTenant(endpoint), shown(tenant));
    }),
  );
  await shared.settle(url);
}

async function runClient(endpoint: Endpoint, shared: SharedTenant, sequence: readonly Step[]): Promise<Tenant> {
  let tenant: Tenant = [];
  for (const { where, operation } of sequence) {
    if (where === "shared") {
      assert.ok(await shared.send(endpoint.url, operation), "the service must answer, and not with 503");
      continue;
    }
    const after = await sendAndCheck(endpoint, tenant, bounded(tenant, operation, 5));
    assert.ok(after, "the service must answer, and not with 503");
    tenant = after;
  }
  return tenant;
}

describe("random operations of concurrent clients", () => {
  for (const kind of competingKinds(postgres)) {
    test(`get the answers and leave the content that the model predicts, on ${kind.name}`, async (t) => {
      const fixture = await kind.createFixture(t);
      const { url } = await fixture.serve();
      const property = fc.asyncProperty(clients, (sequences) => runClients(fixture, url, sequences));
      // The time limit stops the shrinking of a failing sequence, which takes too long if a race condition causes the failure.
      await fc.assert(property, {
        seed,
        numRuns: isLong ? rounds : 4,
        interruptAfterTimeLimit: isLong ? 120_000 : 20_000,
      });
    });
  }
});
