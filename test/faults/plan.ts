/**
 * The number of rounds and the random seed of the fault tests. `npm run test:faults` sets both through the environment.
 * In `npm test` there are few rounds, and each test file chooses its own seed. Every test prints the command to repeat it.
 */
import { randomInt } from "node:crypto";
import type { TestContext } from "node:test";

function readNumber(name: string): number | undefined {
  const text = process.env[name];
  return text === undefined ? undefined : Number(text);
}

/** Whether the tests were started by `npm run test:faults`, which is the long run. */
export const isLong = readNumber("FAULT_ROUNDS") !== undefined;

export const rounds = readNumber("FAULT_ROUNDS") ?? 2;

export const seed = readNumber("FAULT_SEED") ?? randomInt(2 ** 31);

export function printSeed(t: TestContext): void {
  t.diagnostic(`to repeat: npm run test:faults -- --rounds ${rounds} --seed ${seed}`);
}

/** Triples a time limit, because the machine that runs the tests may be busy. */
export function withTolerance(milliseconds: number): number {
  return 3 * milliseconds;
}

/** The time in milliseconds that the service waits for PostgreSQL (`patience` in server/stores/postgres/connections/timeLimits.ts). */
export const patience = 5000;

/** The time in milliseconds in which a service that was killed and restarted must send its first correct answer. */
export const restart = 2000;
