/** A server that keeps nothing: judged by statuses, headers and schemas, and by nothing that it can't know. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { operations } from "../../verify/server/contract.ts";
import { type Prism, startPrism } from "../support/prism.ts";
import { runCli } from "../support/process.ts";
import { named } from "./broken.ts";
import { passing } from "./gateway.ts";
import { checkMock } from "./mock.ts";

let prism: Prism;
before(async () => {
  prism = await startPrism("mock");
});
after(() => prism.close());

describe("the checker, of a mock that keeps nothing,", () => {
  test("has nothing to say, and sees every operation answer with success", async () => {
    const result = await checkMock(prism, passing);
    assert.deepEqual(named(result), []);
    const successes = [...result.coverage.cells].filter((cell) => / 2\d\d$/.test(cell));
    assert.deepEqual(new Set(successes.map((cell) => cell.replace(/ .*/, ""))), new Set(operations.keys()));
  });
  test("is told so with --stateless", async () => {
    const verify = ["verify", prism.url, "--token", "any", "--include", "updateAssignment"];
    assert.deepEqual(
      await Promise.all([runCli(verify), runCli([...verify, "--stateless"])].map(async (one) => (await one).code)),
      [1, 0],
    );
  });
});
