/**
 * Runs the tests: one service and one Prism for all, then every test file in a process of its own, then the contract
 * coverage gate. With files as arguments it runs only those, and no gate.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileCache } from "./compileCache.ts";
import { coverageReport } from "./coverage.ts";
import { clearRecord, readRecord } from "./judge.ts";
import { startSetting, temporaryFolder } from "./setting.ts";

const chosen = process.argv.slice(2);
const files = chosen.length > 0 ? chosen : globSync(fileURLToPath(new URL("**/*.test.ts", import.meta.url))).sort();

process.env["NODE_COMPILE_CACHE"] = compileCache;
clearRecord();
const setting = await startSetting(temporaryFolder());
try {
  const tests = spawn(process.execPath, ["--test", ...files], { stdio: "inherit" });
  const [code] = await once(tests, "close");
  if (code !== 0) process.exitCode = 1;
} finally {
  await setting.close();
}

if (chosen.length === 0) {
  const { text, complete } = coverageReport(readRecord());
  console.log(text);
  if (!complete) process.exitCode = 1;
}
