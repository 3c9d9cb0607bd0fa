/** The contenders, with the command that starts each and the behaviour to check. To add a contender, add an entry. */
import { fileURLToPath } from "node:url";
import type { Command } from "./processes.ts";

/** The settings that are passed to a contender. */
export interface ContenderSettings {
  readonly port: number;
  /** The folder with the key that signs tokens. */
  readonly dataDir: string;
  /** The URL of the prepared store. Empty if the contender has no store. */
  readonly databaseUrl: string;
  /** The path of the file with the recorded answers. */
  readonly answers: string;
  /** The fixture (fixture.ts) as JSON. */
  readonly fixture: string;
}

export interface Contender {
  readonly label: string;
  /**
   * `recorded`: the contender sends recorded bytes. `mock`: it sends an example. `checked`: it validates the token and the
   * body, executes the request, and later answers show the change.
   */
  readonly does: "recorded" | "mock" | "checked";
  readonly store: "none" | "sqlite" | "postgres" | "plain table";
  /** The prefix of all paths, such as `/beta`. */
  readonly basePath: string;
  command(settings: ContenderSettings): Command;
}

/** The Node flags that `npm start` uses for the service. */
const nodeFlags = ["--max-semi-space-size=8"];

const beta = { store: "none", basePath: "/beta" } as const;
const service = { does: "checked", basePath: "/beta" } as const;

export const contenders = {
  "bare-http": { ...beta, label: "bare node:http", does: "recorded", command: script("bareHttp") },
  "bare-fastify": { ...beta, label: "bare Fastify", does: "recorded", command: script("bareFastify") },
  "fastify-plugins": {
    ...beta,
    label: "Fastify with Swagger UI",
    does: "recorded",
    command: script("fastifyPlugins"),
  },
  sqlite: { ...service, label: "this service, SQLite", store: "sqlite", command: script("service", nodeFlags) },
  "sqlite-observed": {
    ...service,
    label: "this service, SQLite, with log and metrics",
    store: "sqlite",
    command: script("service", nodeFlags, { OBSERVED: "1" }),
  },
  postgres: { ...service, label: "this service, PostgreSQL", store: "postgres", command: script("service", nodeFlags) },
  "postgres-2": {
    ...service,
    label: "this service, PostgreSQL, 2 processes",
    store: "postgres",
    command: commandLine("--processes", "2"),
  },
  "sqlite-cli": { ...service, label: "this service, SQLite", store: "sqlite", command: commandLine() },
  "postgres-cli": { ...service, label: "this service, PostgreSQL", store: "postgres", command: commandLine() },
  "pg-statement": {
    ...beta,
    label: "Fastify + pg, one statement per request",
    does: "recorded",
    store: "plain table",
    command: script("pgStatement"),
  },
  glue: { ...beta, label: "fastify-openapi-glue, in memory", does: "checked", command: script("glue") },
  "openapi-backend": {
    ...beta,
    label: "openapi-backend, in memory",
    does: "checked",
    command: script("openapiBackend"),
  },
  prism: {
    label: "Prism mock",
    does: "mock",
    store: "none",
    // Prism's mock ignores the base path in `servers`.
    basePath: "",
    command: ({ port }: ContenderSettings): Command => ({
      // Silent, because the other contenders do not print a line for each request either.
      args: [
        bin("@stoplight/prism-cli/dist/index.js"),
        ...["mock", openapi, "--host", "127.0.0.1", "--port", String(port), "--verboseLevel", "silent"],
      ],
      hasChannel: false,
    }),
  },
  mockoon: {
    ...beta,
    label: "Mockoon",
    does: "mock",
    command: ({ port, dataDir }: ContenderSettings): Command => ({
      // Mockoon prints a line for each request, which cannot be switched off. It creates a folder in HOME.
      env: { HOME: dataDir },
      args: [
        bin("@mockoon/cli/bin/run.js"),
        ...["start", "--data", openapi, "--hostname", "127.0.0.1", "--port", String(port)],
        ...["--disable-log-to-file", "--disable-admin-api", "--disable-external-refs"],
      ],
      hasChannel: false,
    }),
  },
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;

export const contenderNames = Object.keys(contenders).filter(isContender);

export function isContender(name: string): name is ContenderName {
  return Object.hasOwn(contenders, name);
}

function script(
  name: string,
  nodeFlags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): (settings: ContenderSettings) => Command {
  return (settings) => ({
    args: [...nodeFlags, path(`contenders/${name}.ts`)],
    env: {
      ...env,
      PORT: String(settings.port),
      DATA_DIR: settings.dataDir,
      DATABASE_URL: settings.databaseUrl,
      ANSWERS: settings.answers,
      FIXTURE: settings.fixture,
    },
    hasChannel: true,
  });
}

/** Returns the command that starts the service with its command line, as a user does. */
function commandLine(...flags: readonly string[]): (settings: ContenderSettings) => Command {
  return ({ port, dataDir, databaseUrl }) => ({
    args: [...nodeFlags, path("../server/cli/cli.ts"), "serve", ...flags],
    env: { HOST: "127.0.0.1", PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    hasChannel: false,
  });
}

function bin(module: string): string {
  return path(`node_modules/${module}`);
}

function path(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

const openapi = path("../generated/openapi.json");
