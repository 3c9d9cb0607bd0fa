/** One way to ask, in a process of its own: it is sent loads, puts each on the service, and sends back what came of it. */
import { isWay, type Kind, ways } from "./ways.ts";

export interface Load {
  readonly kind: Kind;
  /** How many calls are under way at a time. */
  readonly atOnce: number;
  readonly milliseconds: number;
}

export interface Done {
  readonly perSecond: number;
  /** CPU time of this process for each call, microseconds, and for each second, in cores. */
  readonly cpuPerCall: number;
  readonly cores: number;
}

const [name = "", baseUrl = "", token = ""] = process.argv.slice(2);
if (!isWay(name)) throw new Error(`${name} is no way to ask.`);
const calls = ways[name].make({ baseUrl, token });

process.on("message", async (load: Load) => process.send?.(await run(load)));
process.on("disconnect", () => process.exit());
process.on("SIGINT", () => {});

async function run({ kind, atOnce, milliseconds }: Load): Promise<Done> {
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
