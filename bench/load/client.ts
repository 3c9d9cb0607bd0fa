import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Job, LoadResult } from "./job.ts";

export interface LoadGenerator {
  /** Runs a job. Only one job may run at a time. */
  run(job: Job): Promise<LoadResult>;
  close(): void;
}

/** Starts the load generator in its own process, which ends when this process ends. */
export function startGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL("generator.ts", import.meta.url)));
  // A single promise for all jobs, so that no `exit` listeners accumulate.
  const gone = once(child, "exit").then((): [] => []);
  return {
    async run(job) {
      child.send(job);
      const [result]: (LoadResult | undefined)[] = await Promise.race([once(child, "message"), gone]);
      if (result === undefined) throw new Error("The load generator has ended.");
      return result;
    },
    close: () => child.disconnect(),
  };
}
