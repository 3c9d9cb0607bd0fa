/**
 * The number of random filters and lists, by default a few hundred, and their random seed. Environment variables can set
 * other values, for example `FILTER_RUNS=10000 FILTER_SEED=1`.
 */
import { randomInt } from "node:crypto";
import type { TestContext } from "node:test";

export const runs = Number(process.env["FILTER_RUNS"] ?? 300);

export const seed = Number(process.env["FILTER_SEED"] ?? randomInt(2 ** 31));

export function announce(t: TestContext, file: string): void {
  t.diagnostic(`to repeat: FILTER_RUNS=${runs} FILTER_SEED=${seed} npx node test/run.ts test/${file}`);
}
