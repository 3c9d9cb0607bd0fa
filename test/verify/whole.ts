/**
 * `npm run test:mutants`: every mutant with all scenarios, those that a schema says also before a mock, and the sound service
 * on both stores. What the checker says of each is printed: how many violations, and of which promises.
 */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import type { Run } from "../../verify/judging/verdict.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type Prism, startPrism } from "../support/prism.ts";
import { temporaryFolder } from "../support/setting.ts";
import { check, named, type Started, start } from "./broken.ts";
import { passing } from "./gateway.ts";
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
  test("on SQLite", async () => assert.deepEqual(named(await checked(await start())), []));
  test("on PostgreSQL", async () => {
    const store = await openPostgresStore(await postgres.newDatabase());
    assert.deepEqual(named(await checked(await start({}, store))), []);
  });
  test("through the gateway that mutants use", async () => {
    assert.deepEqual(named(await checked(await start(), { gateway: () => passing })), []);
  });
});

describe("the checker, with all its scenarios,", () => {
  for (const mutant of mutants) {
    test(`names ${mutant.cell} where ${mutant.name}`, async (context) => {
      const cells = named(await checked(await start(mutant), mutant)).map((one) => one.replace(/:.*/s, ""));
      context.diagnostic(`${cells.length} violations of ${[...new Set(cells)].join(", ")}`);
      assert.ok(cells.includes(mutant.cell));
    });
  }
});

describe("the checker, of a mock that keeps nothing,", () => {
  let prism: Prism;
  before(async () => {
    prism = await startPrism("mock");
  });
  after(() => prism.close());
  for (const { cell, name, gateway } of mutants.filter(({ isMisshapen }) => isMisshapen)) {
    test(`names ${cell} where ${name}`, async () => {
      const found = named(await checkMock(prism, gateway?.() ?? passing, [cell]));
      assert.ok(found.some((one) => one.startsWith(`${cell}:`)));
    });
  }
});
