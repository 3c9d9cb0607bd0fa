/**
 * Does the checker bite? Every mutant is found by the scenarios of the promise that it breaks, and that is named. Each with
 * all scenarios, and the sound service besides: whole.ts.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { operations } from "../../verify/server/contract.ts";
import { check, named, type Started, start } from "./broken.ts";
import { operationIn } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";

describe("the checker", () => {
  // For the mutants that are a gateway before it.
  let sound: Started;
  before(async () => {
    sound = await start();
  });
  after(() => sound.close());
  for (const mutant of mutants) {
    test(`names ${mutant.cell} where ${mutant.name}`, async () => {
      const service = mutant.gateway ? sound : await start(mutant);
      try {
        const found = named(await check(service, mutant, { include: [mutant.cell] }));
        assert.ok(
          found.some((one) => one.startsWith(`${mutant.cell}:`)),
          `It says: ${found.join("\n") || "nothing"}`,
        );
      } finally {
        if (service !== sound) await service.close();
      }
    });
  }
});

describe("the mutants", () => {
  test("break every operation of the contract, in more ways than one", () => {
    for (const operation of operations.keys()) {
      assert.ok(mutants.filter(({ cell }) => operationIn(cell) === operation).length > 1, operation);
    }
  });
  test("have a name each", () => {
    assert.equal(new Set(mutants.map(({ cell, name }) => `${cell} ${name}`)).size, mutants.length);
  });
});
