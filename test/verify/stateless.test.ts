/** The checker judges a server that stores nothing only by statuses, headers and schemas. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { operations } from "../../verify/server/contract.ts";
import { type Prism, startPrism } from "../support/prism.ts";
import { runCli } from "../support/process.ts";
import { describeViolations } from "./broken.ts";
import { passThrough } from "./gateway.ts";
import { checkMock } from "./mock.ts";

let prism: Prism;
before(async () => {
  prism = await startPrism("mock");
});
after(() => prism.close());

describe("the checker against a mock that stores nothing", () => {
  test("finds no violation, and every operation succeeds at least once", async () => {
    const result = await checkMock(prism, passThrough);
    assert.deepEqual(describeViolations(result), []);
    const successes = [...result.coverage.cells].filter((cell) => / 2\d\d$/.test(cell));
    assert.deepEqual(new Set(successes.map((cell) => cell.replace(/ .*/, ""))), new Set(operations.keys()));
  });
  test("reports violations unless --stateless is set", async () => {
    const verify = ["verify", prism.url, "--token", "any", "--include", "updateAssignment"];
    assert.deepEqual(
      await Promise.all([runCli(verify), runCli([...verify, "--stateless"])].map(async (one) => (await one).code)),
      [1, 0],
    );
  });
});
