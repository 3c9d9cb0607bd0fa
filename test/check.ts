/**
 * All that can be known without running the service: generated files, contract lint, code lint and format, types. The
 * checks run side by side; what a failing one printed is shown whole.
 */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileCache } from "./support/compileCache.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const require = createRequire(import.meta.url);

const checks: readonly (readonly [string, readonly string[]])[] = [
  ["generated files are those of openapi.yaml", [join(root, "generated/generate.ts"), "--check"]],
  ["docs/configuration.md is that of the commands", [join(root, "generated/configuration.ts"), "--check"]],
  ["what of the contract breaks somebody is in the changelog", [join(root, "test/contractDrift.ts")]],
  ["the contract is lint-free", [bin("@redocly/cli", "redocly"), "lint"]],
  ["the code is lint-free and formatted", [bin("@biomejs/biome", "biome"), "ci"]],
  ["the types hold", [bin("typescript", "tsc"), "-p", "."]],
  ["the client's types hold without Node's", [bin("typescript", "tsc"), "-p", "client"]],
];

/** The script behind a package's command. Not the link in node_modules/.bin: on Windows that is no script. */
function bin(name: string, command: string): string {
  const manifest = require.resolve(`${name}/package.json`);
  return join(dirname(manifest), require(manifest).bin[command]);
}

const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };

await Promise.all(
  checks.map(
    ([name, args]) =>
      new Promise<void>((resolve) => {
        execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) => {
          console.log(`${error ? "✖" : "✔"} ${name}`);
          if (error) {
            console.log(`${stdout}${stderr}`);
            process.exitCode = 1;
          }
          resolve();
        });
      }),
  ),
);
