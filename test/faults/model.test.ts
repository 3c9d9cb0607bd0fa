import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Endpoint } from "./endpoint.ts";
import { readQuietTenant } from "./endpoint.ts";
import { competingKinds, enterPostgres, type Fixture } from "./fixtures.ts";
import { bounded, shown, type Tenant } from "./model.ts";
import { type Operation, readBackOf, sequences } from "./operations.ts";
import { isLong, rounds, seed } from "./plan.ts";
import { toRequest } from "./requests.ts";
import { SharedTenant } from "./sharedTenant.ts";
import { sendAndCheck, toRepeatableRequest } from "./writer.ts";

const postgres = await enterPostgres();

/** A sequence of operations that a client sends, either in its own tenant or in the tenant that all clients share. */
interface Step {
  readonly where: "own" | "shared";
  readonly operations: readonly Operation[];
  /** Whether writes in the client's own tenant are sent with a repeatability key, and sent again after the sequence. */
  readonly isRepeated: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  where: fc.constantFrom("own", "shared"),
  operations: sequences,
  isRepeated: fc.boolean(),
});

const clients = fc.array(fc.array(step, { minLength: 1, maxLength: 40, size: "max" }), {
  minLength: 2,
  maxLength: 20,
  size: "max",
});

async function runClients(fixture: Fixture, url: string, plans: readonly (readonly Step[])[]): Promise<void> {
  const shared = new SharedTenant(await fixture.token());
  await Promise.all(
    plans.map(async (steps) => {
      const endpoint = { url, token: await fixture.token() };
      const tenant = await runClient(endpoint, shared, steps);
      assert.deepEqual(await readQuietTenant(endpoint), shown(tenant));
    }),
  );
  await shared.settle(url);
}

async function runClient(endpoint: Endpoint, shared: SharedTenant, steps: readonly Step[]): Promise<Tenant> {
  let tenant: Tenant = [];
  for (const { where, operations, isRepeated } of steps) {
    if (where === "shared") {
      for (const operation of operations) assertAnswered(await shared.send(endpoint.url, operation));
    } else {
      tenant = await sendOwn(endpoint, tenant, operations, isRepeated);
    }
  }
  return tenant;
}

/** Sends operations in the client's own tenant, and reads back every write. @returns the tenant after the operations. */
async function sendOwn(
  endpoint: Endpoint,
  before: Tenant,
  operations: readonly Operation[],
  isRepeated: boolean,
): Promise<Tenant> {
  const repeats: (() => Promise<void>)[] = [];
  let tenant = before;
  for (const random of operations) {
    const operation = bounded(tenant, random, 5);
    const previous = tenant;
    const call = isRepeated ? toRepeatableRequest(previous, operation) : toRequest(previous, operation);
    const after = await sendAndCheck(endpoint, previous, operation, call);
    assertAnswered(after);
    tenant = after;
    const readBack = readBackOf(operation);
    if (readBack) assertAnswered(await sendAndCheck(endpoint, tenant, readBack));
    // A request that was refused or has changed nothing is decided again, so its answer may be another one.
    if (!isRepeated || isDeepStrictEqual(after, previous)) continue;
    repeats.push(async () => {
      const repeated = await sendAndCheck(endpoint, previous, operation, call);
      assert.deepEqual(repeated, after, "a repetition must get the same answer, whatever has changed since");
    });
  }
  for (const repeat of repeats) await repeat();
  return tenant;
}

function assertAnswered<Answer>(answer: Answer | false | undefined): asserts answer is Answer {
  assert.ok(answer, "the service must answer, and not with 503");
}

describe("random operations of concurrent clients", () => {
  for (const kind of competingKinds(postgres)) {
    test(`get the answers and leave the content that the model predicts, on ${kind.name}`, async (t) => {
      const fixture = await kind.createFixture(t);
      const { url } = await fixture.serve();
      const property = fc.asyncProperty(clients, (plans) => runClients(fixture, url, plans));
      // The time limit stops the shrinking of a failing sequence, which takes too long if a race condition causes the failure.
      await fc.assert(property, {
        seed,
        numRuns: isLong ? rounds : 4,
        interruptAfterTimeLimit: isLong ? 120_000 : 20_000,
      });
    });
  }
});
