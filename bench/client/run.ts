/**
 * Compares this client with plain fetch and other clients. The clients take turns with the same server, which sends recorded
 * bytes, so that the client limits the throughput and not the server. Options: `--rounds`, `--seconds`.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contenders } from "../contenders.ts";
import { sendRequest } from "../http.ts";
import { describeMachine, machineText } from "../machine.ts";
import { freePort, start } from "../processes.ts";
import { type Ratio, ratio } from "../ratios.ts";
import { number, ratiosTable, table } from "../report/text.ts";
import { spreadOf } from "../results.ts";
import { usageOf } from "../usage.ts";
import { clearWorkplace, openWorkplace, type Workplace } from "../workplace.ts";
import type { CallerJob, CallerResult } from "./caller.ts";
import { kinds, type WayName, wayNames, ways } from "./ways.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "10" }, seconds: { type: "string", default: "1" } },
});
const [rounds, milliseconds] = [Number(values.rounds), Number(values.seconds) * 1_000];
const loads = kinds.flatMap((kind) => [1, 50].map((atOnce) => ({ kind, atOnce })));

interface CallerRound extends CallerResult {
  /** The average number of cores that the server used. */
  readonly server: number | undefined;
}

/** The rounds by load and client. `keyOf` returns the key. */
type Results = ReadonlyMap<string, CallerRound[]>;

const keyOf = (kind: string, atOnce: number, way: string) => `${kind} ${atOnce} ${way}`;

async function startServer({ dataDir, answers }: Workplace) {
  const port = await freePort();
  const command = contenders["bare-http"].command({ port, dataDir, answers, databaseUrl: "", fixture: "" });
  const running = start(command, join(dataDir, "server.log"));
  while (!(await sendRequest({ port, method: "GET", path: "/" }).catch(() => undefined))) {
    if (running.ended() !== undefined) throw new Error(running.printed());
  }
  return { port, pid: running.pid };
}

interface CallerProcess {
  readonly way: WayName;
  run(job: CallerJob): Promise<CallerResult>;
  stop(): void;
}

function startCaller(way: WayName, baseUrl: string, token: string): CallerProcess {
  const child = fork(fileURLToPath(new URL("caller.ts", import.meta.url)), [way, baseUrl, token]);
  // A single promise for all jobs, so that no `exit` listeners accumulate.
  const gone = once(child, "exit").then((): [] => []);
  return {
    way,
    async run(job) {
      child.send(job);
      const [result]: (CallerResult | undefined)[] = await Promise.race([once(child, "message"), gone]);
      if (result === undefined)
        throw new Error(`The process of "${ways[way].label}" ended because it received a wrong answer.`);
      return result;
    },
    stop: () => child.disconnect(),
  };
}

/** Runs one round with one client, and measures the server's CPU time during the round. */
async function measureRound(caller: CallerProcess, job: CallerJob, serverPid: number): Promise<CallerRound> {
  const [before, began] = [usageOf(serverPid)?.cpu, performance.now()];
  const result = await caller.run(job);
  const [after, elapsed] = [usageOf(serverPid)?.cpu, performance.now() - began];
  return { ...result, server: after !== undefined && before !== undefined ? (after - before) / elapsed : undefined };
}

async function measure(workplace: Workplace): Promise<Results> {
  const { port, pid } = await startServer(workplace);
  const callers = wayNames.map((way) => startCaller(way, `http://127.0.0.1:${port}/beta`, workplace.token));
  const results = new Map<string, CallerRound[]>();
  try {
    for (let round = 0; round <= rounds; round++) {
      console.error(round === 0 ? "· warming up" : `· round ${round} of ${rounds}`);
      // Each round starts with a different client, so that a client does not always run after the same other client.
      const turns = [...callers.slice(round % callers.length), ...callers.slice(0, round % callers.length)];
      for (const { kind, atOnce } of loads) {
        for (const caller of turns) {
          const one = await measureRound(caller, { kind, atOnce, milliseconds }, pid);
          const key = keyOf(kind, atOnce, caller.way);
          if (round > 0) results.set(key, [...(results.get(key) ?? []), one]);
        }
      }
    }
    return results;
  } finally {
    for (const caller of callers) caller.stop();
  }
}

function report(results: Results): void {
  const median = (kind: string, atOnce: number, way: WayName, figure: (round: CallerRound) => number | undefined) =>
    spreadOf((results.get(keyOf(kind, atOnce, way)) ?? []).map(figure))?.median;
  const rate = ({ perSecond }: CallerRound) => perSecond;
  const cpuPerCall = (round: CallerRound) => round.cpuPerCall;
  const rows = loads.flatMap(({ kind, atOnce }) =>
    wayNames.map((way) => {
      const of = (figure: (round: CallerRound) => number | undefined) => median(kind, atOnce, way, figure);
      const [own = 0, bare = 0] = [of(rate), median(kind, atOnce, "fetch", rate)];
      const [cpu = 0, bareCpu = 0] = [of(cpuPerCall), median(kind, atOnce, "fetch", cpuPerCall)];
      return [
        `${kind.toUpperCase()}, ${atOnce} at once, ${ways[way].label}`,
        ...[number(own), number(own / bare, 2), number(cpu), number(bareCpu / cpu, 2)],
        ...[
          number(
            of(({ cores }) => cores),
            2,
          ),
          number(
            of(({ server }) => server),
            2,
          ),
        ],
      ];
    }),
  );
  const compare = (kind: string, atOnce: number, way: WayName, bar: number): Ratio[] =>
    ratio(
      `calls/s, ${kind.toUpperCase()}, ${atOnce} at once: ${ways[way].label} / the global fetch`,
      median(kind, atOnce, way, rate),
      median(kind, atOnce, "fetch", rate),
      ...(["reach", bar] as const),
    );
  const ratios = loads.flatMap(({ kind, atOnce }) => [
    ...compare(kind, atOnce, "client", 0.95),
    ...(atOnce === 1 ? [] : compare(kind, atOnce, "undici", 3)),
  ]);
  console.log(`${machineText(describeMachine())}\n${rounds} interleaved rounds of ${values.seconds} s, medians\n`);
  console.log(table(["", "calls/s", "× fetch", "CPU µs/call", "fetch's / own", "cores", "server's cores"], rows));
  console.log(`\n${ratiosTable(ratios)}`);
}

try {
  report(await measure(await openWorkplace()));
} finally {
  await clearWorkplace();
}
