/**
 * `npm run test:mutants`: every mutant with all scenarios, and the sound service on both stores. What the checker says is
 * printed in one line each: how many violations, and of which promises.
 */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openPostgresStore } from "../../server/stores/postgres.ts";
import { type Postgres, startPostgres } from "../postgres.ts";
import { temporaryFolder } from "../setting.ts";
import { check, named } from "./broken.ts";
import type { Gateway } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";

const passing: Gateway = (asked, next) => next(asked);

describe("the checker has nothing against the sound service", () => {
  const folder = temporaryFolder();
  let postgres: Postgres;
  before(async () => {
    postgres = await startPostgres(folder);
  });
  after(async () => {
    await postgres.close();
    rmSync(folder, { recursive: true });
  });
  test("on SQLite", async () => assert.deepEqual(named(await check({})), []));
  test("on PostgreSQL", async () => {
    const store = await openPostgresStore(await postgres.newDatabase());
    assert.deepEqual(named(await check({}, {}, store)), []);
  });
  test("through the gateway that mutants use", async () => {
    assert.deepEqual(named(await check({ gateway: () => passing })), []);
  });
});

describe("the checker, with all its scenarios,", () => {
  for (const mutant of mutants) {
    test(`names ${mutant.cell} where ${mutant.name}`, async (context) => {
      const result = await check(mutant);
      const cells = named(result).map((one) => one.replace(/:.*/s, ""));
      context.diagnostic(`${cells.length} violations of ${[...new Set(cells)].join(", ")}`);
      assert.ok(cells.includes(mutant.cell));
    });
  }
});
