/** The queues of PostgreSQL's store, with transactions that fail as the tests want them to. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { emptyTenant } from "../../server/domain/commands/tenantContent.ts";
import { accept, StoreUnavailable } from "../../server/domain/store.ts";
import { createJob, type Job } from "../../server/stores/jobs.ts";
import { openJobQueues } from "../../server/stores/postgres/queues.ts";

/** Runs commands of one tenant as a group. @param fail throws the error of a transaction. @returns the answers. */
function answersTo(names: readonly string[], fail: (group: readonly string[]) => void) {
  const jobs = new Map<Job, string>();
  const queues = openJobQueues({
    parallel: 1,
    run: async (_options, group) => {
      fail(group.map((job) => jobs.get(job) ?? ""));
      for (const job of group) job.decide(emptyTenant);
    },
    committed: () => {},
  });
  const answers = names.map((name) => {
    const { job, answer } = createJob("tenant", { loads: {}, decide: () => accept(name) }, undefined);
    jobs.set(job, name);
    queues.add(job);
    return answer.then(
      () => "done",
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    );
  });
  return Promise.all(answers);
}

describe("a group of commands that cannot be committed together", { timeout: 60_000 }, () => {
  test("is answered completely if the store fails while its commands run one by one", async () => {
    const answers = await answersTo(["a", "b", "c"], (group) => {
      if (group.length > 1) throw new Error("one command cannot be applied");
      if (group.includes("b")) throw new StoreUnavailable("The store is down.", { retryAfter: 1 });
    });
    assert.deepEqual(answers, ["done", "StoreUnavailable", "StoreUnavailable"]);
  });
});
