/** Kill tests. In each round fifty clients write, a process gets SIGKILL at a random moment, and then all content is checked. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { childrenOf, type Served, signalAll } from "../support/process.ts";
import { profilesPath } from "../support/tenant.ts";
import { type Endpoint, send } from "./endpoint.ts";
import type { Fixture, StoreKind } from "./fixtures.ts";
import { restart, seed, withTolerance } from "./plan.ts";
import { SharedTenant } from "./sharedTenant.ts";
import { randomOperations, Writer } from "./writer.ts";

/** The running service and its clients at the moment when a process is killed. */
export interface RunningLoad {
  readonly fixture: Fixture;
  readonly service: Served;
  /** Stops the clients that have not already stopped because of an error. */
  endLoad(): Promise<void>;
}

/** Kills a process. @returns the service that runs afterwards. */
export type Kill = (scene: RunningLoad) => Promise<Served>;

export async function runKillRounds(t: TestContext, kind: StoreKind, rounds: number, kill: Kill): Promise<void> {
  const fixture = await kind.createFixture(t);
  const endpoint = { url: "", token: await fixture.token() };
  const shared = new SharedTenant(await fixture.token());
  const writers: Writer[] = [];
  for (let index = 0; index < 50; index++) {
    writers.push(new Writer(await fixture.token(), randomOperations(seed + 10_000 * index), shared));
  }
  let service = await fixture.serve();
  for (const moment of fc.sample(fc.integer({ min: 0, max: 400 }), { seed, numRuns: rounds })) {
    const { url } = service;
    let isOver = false;
    const load = Promise.all(writers.map((writer) => writer.run(url, () => isOver)));
    let hasFailed = false;
    // The load is awaited after the kill. Until then this handler avoids an unhandled rejection.
    load.catch(() => {
      hasFailed = true;
    });
    const before = answeredBy(writers);
    // Waits until the clients have received some answers.
    while (answeredBy(writers) - before < 50 && !hasFailed) await sleep(5);
    await sleep(moment);
    const endLoad = async () => {
      isOver = true;
      await load;
    };
    service = await kill({ fixture, service, endLoad });
    await endLoad();
    await fixture.settled();
    await answersAgain({ ...endpoint, url: service.url }, withTolerance(restart));
    await Promise.all([...writers, shared].map((client) => client.settle(service.url)));
  }
  assert.equal(await service.stop("SIGTERM"), 0);
  await fixture.check();
  t.diagnostic(`${answeredBy(writers)} answered requests in ${rounds} rounds`);
}

function answeredBy(writers: readonly Writer[]): number {
  return writers.reduce((sum, writer) => sum + writer.answered, 0);
}

/** Kills the service and all its child processes. */
export const killService: Kill = async ({ fixture, service, endLoad }) => {
  signalAll([service.pid, ...childrenOf(service.pid)], "SIGKILL");
  await service.stop("SIGKILL");
  await endLoad();
  return startAgain(fixture);
};

/** Kills the primary process. The worker processes must stop by themselves. */
export const killPrimary: Kill = async ({ fixture, service, endLoad }) => {
  const started = Date.now();
  // Resolves when the output of the service is closed, that is, when all processes that share the output have ended.
  await service.stop("SIGKILL");
  assert.ok(
    Date.now() - started < withTolerance(3000),
    "worker processes must stop in time after the primary process has ended",
  );
  await endLoad();
  return startAgain(fixture);
};

/** Kills one of two worker processes. The other must continue, and a new worker process must replace the killed one. */
export const killWorker: Kill = async ({ service, endLoad }) => {
  const [victim = 0, survivor = 0] = childrenOf(service.pid);
  signalAll([victim], "SIGKILL");
  await sleep(100);
  await endLoad();
  const limit = Date.now() + withTolerance(1000 + restart);
  const hasTwoWorkers = () => childrenOf(service.pid).filter((pid) => pid !== victim).length === 2;
  while (!hasTwoWorkers() && Date.now() < limit) await sleep(20);
  assert.ok(hasTwoWorkers(), "a new worker process must replace the killed one");
  assert.ok(childrenOf(service.pid).includes(survivor), "the other worker process must continue");
  return service;
};

async function startAgain(fixture: Fixture): Promise<Served> {
  await fixture.check();
  const started = Date.now();
  const service = await fixture.serve();
  await answersAgain({ url: service.url, token: await fixture.token() });
  const passed = Date.now() - started;
  assert.ok(passed < withTolerance(restart), `the service needed ${passed} ms to start again`);
  return service;
}

/** Waits until the service answers 200. */
export async function answersAgain(endpoint: Endpoint, limit = withTolerance(restart)): Promise<void> {
  const started = Date.now();
  for (;;) {
    const answer = await send(endpoint, { method: "GET", path: profilesPath });
    if (answer?.status === 200) return;
    const passed = Date.now() - started;
    assert.ok(passed < limit, `the service must answer within ${limit} ms: ${JSON.stringify(answer?.body)}`);
    await sleep(20);
  }
}
