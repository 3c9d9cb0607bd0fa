/**
 * Does the checker bite? Every mutant is found by the scenarios of the promise that it breaks, and that is named. Each with
 * all scenarios, and the sound service besides: whole.ts.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations } from "../../verify/contract.ts";
import { check, named } from "./broken.ts";
import { operationIn } from "./mutant.ts";
import { mutants } from "./mutants/all.ts";

describe("the checker", () => {
  for (const mutant of mutants) {
    test(`names ${mutant.cell} where ${mutant.name}`, async () => {
      const result = await check(mutant, { include: [mutant.cell] });
      const found = named(result);
      assert.ok(
        found.some((one) => one.startsWith(`${mutant.cell}:`)),
        `It says: ${found.join("\n") || "nothing"}`,
      );
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
