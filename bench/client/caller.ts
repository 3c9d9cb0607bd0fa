/** Runs one of the clients in its own process. It receives jobs, runs each, and sends the result back. */
import { type CallKind, isWay, ways } from "./ways.ts";

export interface CallerJob {
  readonly kind: CallKind;
  /** The number of concurrent calls. */
  readonly atOnce: number;
  readonly milliseconds: number;
}

export interface CallerResult {
  readonly perSecond: number;
  /** The CPU time of this process per call, in microseconds. */
  readonly cpuPerCall: number;
  /** The average number of cores that this process used. */
  readonly cores: number;
}

const [name = "", baseUrl = "", token = ""] = process.argv.slice(2);
if (!isWay(name)) throw new Error(`"${name}" is not one of ${Object.keys(ways).join(", ")}.`);
const calls = ways[name].make({ baseUrl, token });

process.on("message", async (job: CallerJob) => process.send?.(await run(job)));
process.on("disconnect", () => process.exit());
// Ctrl-C also sends SIGINT to this process. It is ignored here, because the benchmark tells this process when to exit.
process.on("SIGINT", () => {});

async function run({ kind, atOnce, milliseconds }: CallerJob): Promise<CallerResult> {
  const call = calls[kind];
  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  let count = 0;
  const one = async () => {
    while (performance.now() < began + milliseconds) {
      await call();
      count++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const elapsed = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    perSecond: (count / elapsed) * 1_000,
    cpuPerCall: (user + system) / count,
    cores: (user + system) / 1_000 / elapsed,
  };
}
