/**
 * The entry point of the benchmark. The exit code is 0 if everything was measured, 1 if a contender answered wrongly or
 * could not be measured, and 2 if an option is invalid. A ratio that misses its bar is reported, but does not change the
 * exit code.
 */
import { existsSync } from "node:fs";
import { parseOptions } from "./options.ts";

const options = parseOptions(process.argv.slice(2));
if (existsSync(new URL("../node_modules/fastify", import.meta.url))) {
  // Imported after the check for installed packages, because this module imports the service.
  const { runBenchmark } = await import("./benchmark.ts");
  process.exitCode = await runBenchmark(options);
} else {
  console.error("The packages of the service are not installed. Run npm ci in the root folder of the project first.");
  process.exitCode = 1;
}
