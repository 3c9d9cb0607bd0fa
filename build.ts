/**
 * Builds the published packages, JavaScript and types: the service in dist/, the client in client/dist/, the checker in verify/dist/.
 * With names as arguments (`service`, `client`, `verify`) it builds only those.
 *
 * The service and the checker contain the modules of the client and do not depend on its package: `npx <tarball> serve` must work
 * where no registry has the client.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Package {
  readonly folder: string;
  readonly projects: readonly string[];
  /** Files that the package needs and tsc does not emit. */
  readonly copied: readonly string[];
}

const packages: Readonly<Record<string, Package>> = {
  service: {
    folder: "./",
    projects: ["tsconfig.build.json"],
    copied: ["openapi.yaml", "generated/api.d.ts", "generated/control.d.ts", "server/seeding/sample.yaml"],
  },
  verify: {
    folder: "./verify/",
    projects: ["tsconfig.build.json"],
    copied: ["generated/api.d.ts"],
  },
  client: {
    folder: "./client/",
    projects: ["tsconfig.build.json", "tsconfig.node.json"],
    copied: ["generated/api.d.ts"],
  },
};

const chosen = process.argv.slice(2);
for (const [name, { folder, projects, copied }] of Object.entries(packages)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  rmSync(path(`${folder}dist`), { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  for (const project of projects) {
    execFileSync(process.execPath, [tsc, "-p", path(folder + project)], { stdio: "inherit" });
  }
  for (const file of copied) cpSync(path(file), path(`${folder}dist/${file}`));
}
for (const program of ["dist/server/cli/cli.js", "verify/dist/verify/bin.js"]) {
  if (existsSync(path(program))) chmodSync(path(program), 0o755);
}
