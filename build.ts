/**
 * Builds what is published, JavaScript and types: the service in dist/, the client in client/dist/. With a name as argument
 * (`service`, `client`), that one alone.
 *
 * The service brings the client's modules with it and does not depend on its package: `npx <tarball> serve` has to work
 * where no registry has the other.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Package {
  readonly folder: string;
  readonly projects: readonly string[];
  /** What tsc reads but does not write. */
  readonly copied: readonly string[];
}

const packages: Readonly<Record<string, Package>> = {
  service: {
    folder: "./",
    projects: ["tsconfig.build.json"],
    copied: ["openapi.yaml", "generated/api.d.ts", "generated/control.d.ts", "server/seeding/sample.yaml"],
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
  for (const file of copied) cpSync(path(file), path(`${folder}dist/${file}`), { recursive: true });
}
if (chosen.length === 0 || chosen.includes("service")) chmodSync(path("dist/server/cli/cli.js"), 0o755);
