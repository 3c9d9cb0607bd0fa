/** Measures the selected scenarios one after another, and prints the report. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { startGenerator } from "./load/client.ts";
import { describeMachine, differingPackages, machineText } from "./machine.ts";
import { type MeasureOptions, measure } from "./measure.ts";
import type { Options } from "./options.ts";
import { ratiosOf } from "./ratios.ts";
import { drawChart } from "./report/svg.ts";
import { scenarioText } from "./report/text.ts";
import type { Row, ScenarioResult } from "./results.ts";
import { scenarioOf } from "./scenarios.ts";
import { isMeasured } from "./usage.ts";
import { clearWorkplace, openWorkplace } from "./workplace.ts";

/** @returns the exit code. */
export async function runBenchmark(options: Options): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  const results = await measureAll(options);
  report(results, options);
  return results.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

async function interrupt(): Promise<void> {
  // Errors after the interruption are caused by it, so they are not printed.
  console.log = console.error = () => {};
  await clearWorkplace();
  process.exit(130);
}

async function measureAll({ scenario, rounds, seconds, warmUp, connections, sizes, contenders }: Options) {
  const generator = startGenerator();
  try {
    const measureOptions: MeasureOptions = {
      rounds,
      milliseconds: seconds * 1_000,
      warmUp: warmUp * 1_000,
      workplace: await openWorkplace(),
      generator,
      progress: (text) => console.error(`· ${text}`),
    };
    const all: ScenarioResult[] = [];
    for (const name of scenario) {
      const result = await measure(scenarioOf(name, { contenders, connections, sizes }), measureOptions);
      all.push(withStarts(result, all[0]));
    }
    return all;
  } finally {
    generator.close();
    await clearWorkplace();
  }
}

/** For these stores, the scenario `startup` starts the service with its command line, which is another contender. */
const startedAs: Readonly<Record<string, string>> = { sqlite: "sqlite-cli", postgres: "postgres-cli" };

/** Replaces the single start before the rounds with the starts of the scenario `startup`, if that was measured. */
function withStarts(result: ScenarioResult, first: ScenarioResult | undefined): ScenarioResult {
  if (first?.name !== "startup" || result.name === "growth" || result.name === "setPriority") return result;
  const startsOf = ({ contender }: Row) =>
    first.rows.find((row) => row.contender === (startedAs[contender] ?? contender))?.startups;
  return { ...result, rows: result.rows.map((row) => ({ ...row, startups: startsOf(row) ?? row.startups })) };
}

function report(results: readonly ScenarioResult[], { json, svg, ...options }: Options): void {
  const { rounds, seconds, connections } = options;
  const machine = describeMachine();
  const how = `${connections} connections, ${rounds} interleaved rounds of ${seconds} s, medians; bars and columns show the lowest and highest round`;
  console.log(`${machineText(machine)}\n${how}\n`);
  for (const difference of differingPackages())
    console.log(`The benchmark and the service use different versions: ${difference}\n`);
  if (!isMeasured) console.log("Memory and CPU are not measured, because they need /proc (Linux only).\n");
  console.log(results.map(scenarioText).join("\n\n\n"));
  if (json !== undefined) {
    const scenarios = results.map((result) => ({ ...result, ratios: ratiosOf(result) }));
    write(json, `${JSON.stringify({ machine, options, scenarios }, null, 2)}\n`);
  }
  if (svg !== undefined) write(svg, drawChart(results, [machineText(machine), how]));
}

/** Writes a file. `path` is relative to the folder where npm was started, because npm changes to the folder of the package. */
function write(path: string, text: string): void {
  const file = resolve(process.env["INIT_CWD"] ?? ".", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`\nWritten: ${path}`);
}
