/**
 * The benchmark. Exit codes: 0 everything was measured, 1 somebody gave a wrong answer or could not be measured,
 * 2 a wrong option. Whether a ratio meets its bar is reported and changes nothing.
 */
import { existsSync } from "node:fs";
import { optionsOf } from "./options.ts";

const options = optionsOf(process.argv.slice(2));
if (existsSync(new URL("../node_modules/fastify", import.meta.url))) {
  // Only now: it imports the service, and with it the packages that were looked for.
  const { runBenchmark } = await import("./benchmark.ts");
  process.exitCode = await runBenchmark(options);
} else {
  console.error("The service's own packages are missing: run npm ci in the project's folder first.");
  process.exitCode = 1;
}
