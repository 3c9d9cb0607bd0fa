/**
 * The benchmark. Exit codes: 0 everything was measured; 1 a contender answered wrongly or could not be measured; 2 an option is
 * wrong. A ratio that misses its bar is reported, but does not change the exit code.
 */
import { existsSync } from "node:fs";
import { parseOptions } from "./options.ts";

const options = parseOptions(process.argv.slice(2));
if (existsSync(new URL("../node_modules/fastify", import.meta.url))) {
  // Imported after the check, because it imports the service and its packages.
  const { runBenchmark } = await import("./benchmark.ts");
  process.exitCode = await runBenchmark(options);
} else {
  console.error("The packages of the service are not installed. Run npm ci in the root folder of the project first.");
  process.exitCode = 1;
}
