/** Rounds of: fifty clients write, something is killed with SIGKILL at a random moment, and all is compared. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { childrenOf, type Served, signalAll } from "../support/process.ts";
import { profilesPath } from "../support/tenant.ts";
import { type Door, send } from "./door.ts";
import type { Ground, Kind } from "./grounds.ts";
import { promised, restart, seed } from "./plan.ts";
import { SharedTenant } from "./sharedTenant.ts";
import { endlessly, Writer } from "./writer.ts";

/** What is under way when the blow falls. */
export interface Scene {
  readonly ground: Ground;
  readonly service: Served;
  /** Ends what of the load doesn't end by itself. */
  endLoad(): Promise<void>;
}

/** A blow. @returns the service that is there afterwards. */
export type Strike = (scene: Scene) => Promise<Served>;

export async function playKills(t: TestContext, kind: Kind, rounds: number, strike: Strike): Promise<void> {
  const ground = await kind.lay(t);
  const door = { url: "", token: await ground.token() };
  const shared = new SharedTenant(await ground.token());
  const writers: Writer[] = [];
  for (let index = 0; index < 50; index++) {
    writers.push(new Writer(await ground.token(), endlessly(seed + 10_000 * index), shared));
  }
  let service = await ground.serve();
  for (const moment of fc.sample(fc.integer({ min: 0, max: 400 }), { seed, numRuns: rounds })) {
    const { url } = service;
    let isOver = false;
    const load = Promise.all(writers.map((writer) => writer.run(url, () => isOver)));
    let hasFailed = false;
    // It is awaited once the blow has fallen.
    load.catch(() => {
      hasFailed = true;
    });
    const before = answeredBy(writers);
    // First all are at it.
    while (answeredBy(writers) - before < 50 && !hasFailed) await sleep(5);
    await sleep(moment);
    const endLoad = async () => {
      isOver = true;
      await load;
    };
    service = await strike({ ground, service, endLoad });
    await endLoad();
    await ground.settled();
    await answersAgain({ ...door, url: service.url }, promised(restart));
    await Promise.all([...writers, shared].map((one) => one.settle(service.url)));
  }
  assert.equal(await service.stop("SIGTERM"), 0);
  await ground.check();
  t.diagnostic(`${answeredBy(writers)} answered requests in ${rounds} rounds`);
}

function answeredBy(writers: readonly Writer[]): number {
  return writers.reduce((sum, writer) => sum + writer.answered, 0);
}

/** The service and every process of its own. */
export const killService: Strike = async ({ ground, service, endLoad }) => {
  signalAll([service.pid, ...childrenOf(service.pid)], "SIGKILL");
  await service.stop("SIGKILL");
  await endLoad();
  return startAgain(ground);
};

/** The process that starts the others: they stop by themselves, and nothing is left. */
export const killPrimary: Strike = async ({ ground, service, endLoad }) => {
  const begun = Date.now();
  // Resolves when its output is closed, and so when those that share it have ended.
  await service.stop("SIGKILL");
  assert.ok(Date.now() - begun < promised(3000), "without their primary, processes stop in time");
  await endLoad();
  return startAgain(ground);
};

/** One of two that serve: the other goes on, and a new one takes its place. */
export const killWorker: Strike = async ({ service, endLoad }) => {
  const [victim = 0, survivor = 0] = childrenOf(service.pid);
  signalAll([victim], "SIGKILL");
  await sleep(100);
  await endLoad();
  const limit = Date.now() + promised(1000 + restart);
  const isWhole = () => childrenOf(service.pid).filter((pid) => pid !== victim).length === 2;
  while (!isWhole() && Date.now() < limit) await sleep(20);
  assert.ok(isWhole(), "another process takes the place of the one that was killed");
  assert.ok(childrenOf(service.pid).includes(survivor), "the other process lives");
  return service;
};

async function startAgain(ground: Ground): Promise<Served> {
  await ground.check();
  const begun = Date.now();
  const service = await ground.serve();
  await answersAgain({ url: service.url, token: await ground.token() });
  const passed = Date.now() - begun;
  assert.ok(passed < promised(restart), `it started again in ${passed} ms`);
  return service;
}

/** Resolves with the first right answer. */
export async function answersAgain(door: Door, limit = promised(restart)): Promise<void> {
  const begun = Date.now();
  for (;;) {
    const answer = await send(door, { method: "GET", path: profilesPath });
    if (answer?.status === 200) return;
    const passed = Date.now() - begun;
    assert.ok(passed < limit, `it answers again after ${limit} ms at the latest: ${JSON.stringify(answer?.body)}`);
    await sleep(20);
  }
}
