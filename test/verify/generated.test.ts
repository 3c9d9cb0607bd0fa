/** Tests generated requests. They must report no false violations, and a violation must be shrunk and reproducible. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { describe, test } from "node:test";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { everything } from "../../verify/playing/selection.ts";
import { formatSummary, textReport } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { type Outgoing, startCheckedService } from "./service.ts";

async function generated(
  options: { seed: number; path?: string; include?: string[] },
  spoil?: (one: Outgoing) => void,
) {
  const { include = [], ...chosen } = options;
  const store = openSqliteStore(":memory:");
  const service = await startCheckedService(store, spoil);
  try {
    const selection = { ...everything, include };
    return await run(service.target, { plays: [], selection, generation: { requests: 320, ...chosen } });
  } finally {
    await service.close();
    await store.close();
  }
}

/** Changes the answer to 500 if the description in the request is longer than 40 characters. */
const failOnLongDescription = (answer: Outgoing) => {
  const { description } = Object(answer.sent);
  if (answer.method === "POST" && String(description ?? "").length > 40 && answer.status === 201) answer.status = 500;
};

/** Refuses an invalid request as if an earlier request had had the same Repeatability-Request-ID. */
const findRequestIdReused = (answer: Outgoing) => {
  if (answer.status !== 400 || answer.headers["repeatability-request-id"] === undefined) return;
  const { error } = JSON.parse(answer.body);
  answer.status = 409;
  answer.body = JSON.stringify({ error: { ...error, code: "Conflict", target: "Repeatability-Request-ID" } });
};

describe("generated requests", () => {
  test("find no violation in this service, and delete all profiles that they created", async () => {
    const result = await generated({ seed: randomInt(2 ** 31) });
    assert.deepEqual([result.violations, result.left], [[], []], textReport(result));
    assert.match(formatSummary(result), /320 generated requests, --seed \d+$/);
    assert.ok(result.coverage.cells.size > 20, "more than 20 pairs of operation and status were seen");
  });
  test("accept a 409 for an invalid request with a Repeatability-Request-ID, which an earlier request may have had", async () => {
    const result = await generated({ seed: randomInt(2 ** 31), include: ["updateAssignments"] }, findRequestIdReused);
    assert.deepEqual(result.violations, [], textReport(result));
    assert.ok(result.coverage.cells.has("updateAssignments 409"), "a 409 was seen");
  });
  test("generated requests are the same for the same seed, and a violation is shrunk and found again by its counterexample path", async () => {
    const first = await generated({ seed: 7, include: ["createProfile"] }, failOnLongDescription);
    const [found] = first.violations;
    assert.equal(found?.operation, "createProfile");
    const { displayName, description, ...others } = JSON.parse(found?.exchange.sent ?? "");
    assert.deepEqual(others, {});
    assert.ok(String(description).length <= 82, "a description of half the length would not fail");
    assert.deepEqual(first.left, []);
    const [, path] = /--seed 7:([\d:]+)/.exec(found?.scenario ?? "") ?? [];
    assert.ok(path);
    const again = await generated({ seed: 7, path, include: ["createProfile"] }, failOnLongDescription);
    assert.equal(JSON.parse(again.violations[0]?.exchange.sent ?? "").description, description);
  });
  test("include sequences of writes, which are also shrunk", async () => {
    const reversed = (answer: Outgoing) => {
      if (answer.method !== "GET") return;
      const list = JSON.parse(answer.body);
      answer.body = JSON.stringify({ ...list, value: list.value.reverse() });
    };
    const { violations, verdicts } = await generated({ seed: 5, include: ["sequences"] }, reversed);
    assert.match(violations[0]?.message ?? "", /^The profile is \{.*\}; it must be \{/);
    const sent = verdicts[0]?.exchanges.map(({ operation }) => operation);
    assert.deepEqual(sent, ["createProfile", "createProfile", "listProfiles"]);
  });
  test("check that the error for an invalid body names the invalid property", async () => {
    const unblamed = (answer: Outgoing) => {
      if (answer.status === 400) answer.body = answer.body.replaceAll('"target":"priority"', '"target":"platform"');
    };
    const { violations } = await generated({ seed: 3, include: ["setPriority"] }, unblamed);
    assert.match(violations[0]?.message ?? "", /with the target 'platform'; it must be 'priority'/);
  });
});
