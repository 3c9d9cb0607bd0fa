/** Generated requests: no false alarm, and what is found is small and can be seen again. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { describe, test } from "node:test";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { everything } from "../../verify/playing/selection.ts";
import { formatSummary, textReport } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { checkedService, type Outgoing } from "./service.ts";

async function generated(
  options: { seed: number; path?: string; include?: string[] },
  spoil?: (one: Outgoing) => void,
) {
  const { include = [], ...chosen } = options;
  const store = openSqliteStore(":memory:");
  const service = await checkedService(store, spoil);
  try {
    const selection = { ...everything, include };
    return await run(service.target, { plays: [], selection, generation: { requests: 320, ...chosen } });
  } finally {
    await service.close();
    await store.close();
  }
}

/** Fails with a description that is longer than the contract's own examples. */
const spoilLong = (answer: Outgoing) => {
  const { description } = Object(answer.sent);
  if (answer.method === "POST" && String(description ?? "").length > 40 && answer.status === 201) answer.status = 500;
};

describe("generated requests", () => {
  test("find no fault in this service, and leave nothing behind", async () => {
    const result = await generated({ seed: randomInt(2 ** 31) });
    assert.deepEqual([result.violations, result.left], [[], []], textReport(result));
    assert.match(formatSummary(result), /320 generated requests, --seed \d+$/);
    assert.ok(result.coverage.cells.size > 20, "many kinds of answers were seen");
  });
  test("are the same by the same seed, shrunk to what fails, and the failure is found again by its path", async () => {
    const first = await generated({ seed: 7, include: ["createProfile"] }, spoilLong);
    const [found] = first.violations;
    assert.equal(found?.operation, "createProfile");
    const { displayName, description, ...others } = JSON.parse(found?.exchange.sent ?? "");
    assert.deepEqual(others, {});
    assert.ok(String(description).length <= 82, "half of it would not fail");
    assert.deepEqual(first.left, []);
    const [, path] = /--seed 7:([\d:]+)/.exec(found?.scenario ?? "") ?? [];
    assert.ok(path);
    const again = await generated({ seed: 7, path, include: ["createProfile"] }, spoilLong);
    assert.equal(JSON.parse(again.violations[0]?.exchange.sent ?? "").description, description);
  });
  test("come as sequences as well, shrunk to the writes that show it", async () => {
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
  test("hold a service to refusing what is wrong, and to the property it blames", async () => {
    const unblamed = (answer: Outgoing) => {
      if (answer.status === 400) answer.body = answer.body.replaceAll('"target":"priority"', '"target":"platform"');
    };
    const { violations } = await generated({ seed: 3, include: ["setPriority"] }, unblamed);
    assert.match(violations[0]?.message ?? "", /with the target 'platform'; it must be 'priority'/);
  });
});
