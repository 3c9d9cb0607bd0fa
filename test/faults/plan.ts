/**
 * How long the faults play and from which seed. `npm run test:faults` says both through the environment; without it, as
 * in `npm test`, the rounds are few and each test file has a seed of its own. Every test prints what repeats it.
 */
import { randomInt } from "node:crypto";
import type { TestContext } from "node:test";

function given(name: string): number | undefined {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
}

/** Whether this is the long run. */
export const isLong = given("FAULT_ROUNDS") !== undefined;

export const rounds = given("FAULT_ROUNDS") ?? 2;

export const seed = given("FAULT_SEED") ?? randomInt(2 ** 31);

export function announce(t: TestContext): void {
  t.diagnostic(`to repeat: npm run test:faults -- --rounds ${rounds} --seed ${seed}`);
}

/** What is promised in so many milliseconds is asserted at three times that: the machine may be busy. */
export function promised(milliseconds: number): number {
  return 3 * milliseconds;
}

/** Milliseconds, as server/stores/postgres/postgresStore.ts has it: what one step of a request waits for PostgreSQL. */
export const patience = 5000;

/** Milliseconds until a service that starts on what another left gives its first right answer. */
export const restart = 2000;
