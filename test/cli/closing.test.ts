/** How a stopping service closes its resources. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { closeInOrder } from "../../server/process/listener.ts";

test("a stopping service closes every resource in order, even if some fail, and reports the first failure", async () => {
  const closed: string[] = [];
  const resource = (name: string, failure?: Error) => ({
    close: async () => {
      closed.push(name);
      if (failure) throw failure;
    },
  });
  const first = new Error("the first failure");
  const list = [resource("listener", first), undefined, resource("store", new Error("the second")), resource("socket")];
  await assert.rejects(closeInOrder(list), first);
  assert.deepEqual(closed, ["listener", "store", "socket"]);
});

test("a stopping service closes a resource only after the one before it is closed", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const closed: string[] = [];
  const store = { close: () => closed.push("store") };
  const closing = closeInOrder([{ close: () => promise.then(() => closed.push("listener")) }, store]);
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(closed, []);
  resolve();
  await closing;
  assert.deepEqual(closed, ["listener", "store"]);
});
