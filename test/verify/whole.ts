/**
 * `npm run test:mutants` runs all scenarios against every mutant, and against the correct service on both stores. It also
 * applies the mutants that violate a schema to a mock. Each test prints the number of violations with operation and status.
 */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import type { Run } from "../../verify/judging/verdict.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type Prism, startPrism } from "../support/prism.ts";
import { temporaryFolder } from "../support/setting.ts";
import { check, describeViolations, type Started, start } from "./broken.ts";
import { passThrough } from "./gateway.ts";
import { checkMock } from "./mock.ts";
import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";

async function checked(service: Started, mutant?: Partial<Mutant>): Promise<Run> {
  try {
    return await check(service, mutant);
  } finally {
    await service.close();
  }
}

describe("the checker against the correct service", () => {
  const folder = temporaryFolder();
  let postgres: Postgres;
  before(async () => {
    postgres = await startPostgres(folder);
  });
  after(async () => {
    await postgres.close();
    rmSync(folder, { recursive: true });
  });
  test("finds no violation on SQLite", async () =>
    assert.deepEqual(describeViolations(await checked(await start())), []));
  test("finds no violation on PostgreSQL", async () => {
    const store = await openPostgresStore(await postgres.newDatabase());
    assert.deepEqual(describeViolations(await checked(await start({}, store))), []);
  });
  test("finds no violation through a gateway that changes nothing", async () => {
    assert.deepEqual(describeViolations(await checked(await start(), { gateway: () => passThrough })), []);
  });
});

describe("the checker with all its scenarios", () => {
  for (const mutant of mutants) {
    test(`reports a violation of ${mutant.cell} if ${mutant.name}`, async (context) => {
      const cells = describeViolations(await checked(await start(mutant), mutant)).map((one) =>
        one.replace(/:.*/s, ""),
      );
      context.diagnostic(`${cells.length} violations of ${[...new Set(cells)].join(", ")}`);
      assert.ok(cells.includes(mutant.cell));
    });
  }
});

describe("the checker against a mock that stores nothing", () => {
  let prism: Prism;
  before(async () => {
    prism = await startPrism("mock");
  });
  after(() => prism.close());
  for (const { cell, name, gateway } of mutants.filter(({ breaksSchema }) => breaksSchema)) {
    test(`reports a violation of ${cell} if ${name}`, async () => {
      const found = describeViolations(await checkMock(prism, gateway?.() ?? passThrough, [cell]));
      assert.ok(found.some((one) => one.startsWith(`${cell}:`)));
    });
  }
});
