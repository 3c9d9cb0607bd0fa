/** Describes the machine, its operating system and the version of Node, and compares package versions. */
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
}

const packages = ["fastify", "fastify-openapi-glue", "openapi-backend", "@stoplight/prism-cli", "@mockoon/cli", "pg"];

export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version.slice(1),
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name, ".")])),
  };
}

export function machineText({ cpu, cores, memoryGigabytes, system, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${system}, Node ${node}`;
}

/** Lists packages whose version differs between the installations of service and benchmark, which makes a comparison unfair. */
export function differingPackages(): string[] {
  return ["fastify", "@fastify/swagger", "@fastify/swagger-ui", "jose", "ajv"]
    .filter((name) => versionOf(name, ".") !== versionOf(name, ".."))
    .map((name) => `${name} ${versionOf(name, ".")} here, ${versionOf(name, "..")} in the service`);
}

function versionOf(name: string, folder: string): string {
  const file = new URL(`${folder}/node_modules/${name}/package.json`, import.meta.url);
  const manifest: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return manifest.version;
}
