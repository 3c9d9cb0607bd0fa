/** The process of the load generator. It receives jobs, runs each, and sends the result back. */
import { createHistogram } from "node:perf_hooks";
import { runConnection } from "./connection.ts";
import type { Job, LoadResult } from "./job.ts";
import { type LoadRequest, requestsOf } from "./requests.ts";

process.on("message", async (job: Job) => process.send?.(await run(job)));
process.on("disconnect", () => process.exit());
// Ignored, because Ctrl-C reaches the whole process group, but the benchmark ends this process itself.
process.on("SIGINT", () => {});

async function run(job: Job): Promise<LoadResult> {
  const sources = Array.from({ length: job.connections }, (_, connection) => requestsOf(job, connection));
  // The latencies are recorded in microseconds.
  const latencies = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  const failures: Record<string, number> = {};
  let [answered, inTime, changes] = [0, 0, 0];

  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  const deadline = started + job.milliseconds;
  const observer = {
    answered(request: LoadRequest, start: number) {
      const now = performance.now();
      latencies.record(Math.max(1, Math.round((now - start) * 1_000)));
      answered++;
      if (now <= deadline) inTime++;
      if (request.changes) changes++;
    },
    failed(reason: string) {
      failures[reason] = (failures[reason] ?? 0) + 1;
    },
    wantsMore: () => performance.now() < deadline,
  };
  await Promise.all(sources.map((next) => runConnection(job.port, next, observer)));
  const cpu = process.cpuUsage(cpuBefore);

  return {
    perSecond: (inTime / job.milliseconds) * 1_000,
    p50: latencies.percentile(50) / 1_000,
    p99: latencies.percentile(99) / 1_000,
    slowest: latencies.max / 1_000,
    answered,
    changes,
    failures,
    generatorShare: (cpu.user + cpu.system) / 1_000 / (performance.now() - started),
  };
}
