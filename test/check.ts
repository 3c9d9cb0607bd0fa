/**
 * Runs all checks that need no running service. They run in parallel, and the complete output of each failed check is printed.
 */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileCache } from "./support/compileCache.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const require = createRequire(import.meta.url);

const checks: readonly (readonly [string, readonly string[]])[] = [
  ["the generated files are up to date with openapi.yaml", [join(root, "generated/generate.ts"), "--check"]],
  ["docs/configuration.md is up to date with the commands", [join(root, "generated/configuration.ts"), "--check"]],
  ["the changelog lists the breaking changes of the contract", [join(root, "test/contractDrift.ts")]],
  ["the contract has no lint errors", [bin("@redocly/cli", "redocly"), "lint"]],
  ["imports follow the layers of server/README.md", ["--test", join(root, "test/repository.test.ts")]],
  ["the code has no lint errors and is formatted", [bin("@biomejs/biome", "biome"), "ci"]],
  ["the types are correct", [bin("typescript", "tsc"), "-p", "."]],
  ["the client's types are correct without Node's types", [bin("typescript", "tsc"), "-p", "client"]],
];

/** Returns the path of a package's command-line script. node_modules/.bin cannot be used, because it has no scripts on Windows. */
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
