/** The queues in which tenants take turns. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TenantQueues } from "../../server/stores/tenantQueues.ts";

describe("a full queue", () => {
  test("refuses the added item if no other tenant has more items waiting", () => {
    const queues = new TenantQueues<string>(3);
    queues.add("a", "a1");
    queues.add("b", "b1");
    queues.add("b", "b2");
    assert.equal(queues.add("a", "a2"), "a2");
  });
  test("refuses the last item of the tenant with the most items", () => {
    const queues = new TenantQueues<string>(3);
    for (const item of ["a1", "a2", "a3"]) queues.add("a", item);
    assert.equal(queues.add("b", "b1"), "a3");
    assert.deepEqual([queues.takeNext(), queues.takeNext(), queues.takeNext()], ["a1", "b1", "a2"]);
  });
  test("has room again for each item that was taken or removed", () => {
    const queues = new TenantQueues<string>(2);
    queues.add("a", "a1");
    queues.add("a", "a2");
    assert.equal(queues.add("a", "a3"), "a3");
    assert.deepEqual(queues.take("a", 1), ["a1"]);
    assert.equal(queues.add("a", "a4"), undefined);
    queues.remove("a", "a2");
    assert.equal(queues.length, 1);
    assert.equal(queues.add("b", "b1"), undefined);
  });
});
