/**
 * Tests that the checker finds each mutant with the scenarios of the operation and status that the mutant breaks. whole.ts
 * runs all scenarios against each mutant and against the correct service.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { operations } from "../../verify/server/contract.ts";
import { check, describeViolations, type Started, start } from "./broken.ts";
import { operationIn } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";

describe("the checker", () => {
  // Mutants with a gateway share one correct service.
  let sound: Started;
  before(async () => {
    sound = await start();
  });
  after(() => sound.close());
  for (const mutant of mutants) {
    test(`reports a violation of ${mutant.cell} if ${mutant.name}`, async () => {
      const service = mutant.gateway ? sound : await start(mutant);
      try {
        const found = describeViolations(await check(service, mutant, { include: [mutant.cell] }));
        assert.ok(
          found.some((one) => one.startsWith(`${mutant.cell}:`)),
          `The checker reports: ${found.join("\n") || "no violation"}`,
        );
      } finally {
        if (service !== sound) await service.close();
      }
    });
  }
});

describe("the mutants", () => {
  test("break every operation in the contract in at least two ways", () => {
    for (const operation of operations.keys()) {
      assert.ok(mutants.filter(({ cell }) => operationIn(cell) === operation).length > 1, operation);
    }
  });
  test("have different names", () => {
    assert.equal(new Set(mutants.map(({ cell, name }) => `${cell} ${name}`)).size, mutants.length);
  });
});
