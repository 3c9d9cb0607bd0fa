/** Who takes part: how each is started and what may be expected of it. To add one, add an entry. */
import { fileURLToPath } from "node:url";
import type { Command } from "./processes.ts";

/** Where a contender finds its things; all that it is told. */
export interface Place {
  readonly port: number;
  /** Holds the key that tokens are signed with. */
  readonly dataDir: string;
  /** Of the store that was prepared for it; empty if it keeps none. */
  readonly databaseUrl: string;
  readonly answers: string;
  readonly fixture: string;
}

export interface Contender {
  readonly label: string;
  /**
   * recorded: it sends recorded bytes; mock: it answers an example; checked: it checks the token and the body, does
   * what was asked and shows it in later answers.
   */
  readonly does: "recorded" | "mock" | "checked";
  readonly store: "none" | "sqlite" | "postgres" | "plain table";
  /** What stands before the contract's paths. */
  readonly basePath: string;
  command(place: Place): Command;
}

/** Of Node, as in the service's own `npm start`. */
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
    label: "Fastify + pg, a statement each",
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
    // Prism's mock doesn't know the base path of `servers`.
    basePath: "",
    command: ({ port }: Place): Command => ({
      // Silent: what it would print for each request would be a burden that nobody else has.
      args: [
        bin("@stoplight/prism-cli/dist/index.js"),
        ...["mock", openapi, "--host", "127.0.0.1", "--port", String(port), "--verboseLevel", "silent"],
      ],
      talks: false,
    }),
  },
  mockoon: {
    ...beta,
    label: "Mockoon",
    does: "mock",
    command: ({ port, dataDir }: Place): Command => ({
      // It prints a line for each request and can't be told not to; and it makes a folder in the home.
      env: { HOME: dataDir },
      args: [
        bin("@mockoon/cli/bin/run.js"),
        ...["start", "--data", openapi, "--hostname", "127.0.0.1", "--port", String(port)],
        ...["--disable-log-to-file", "--disable-admin-api", "--disable-external-refs"],
      ],
      talks: false,
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
): (place: Place) => Command {
  return (place) => ({
    args: [...nodeFlags, path(`contenders/${name}.ts`)],
    env: {
      ...env,
      PORT: String(place.port),
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl,
      ANSWERS: place.answers,
      FIXTURE: place.fixture,
    },
    talks: true,
  });
}

/** The service as a user starts it. */
function commandLine(...flags: readonly string[]): (place: Place) => Command {
  return ({ port, dataDir, databaseUrl }) => ({
    args: [...nodeFlags, path("../server/cli/cli.ts"), "serve", ...flags],
    env: { HOST: "127.0.0.1", PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    talks: false,
  });
}

function bin(module: string): string {
  return path(`node_modules/${module}`);
}

function path(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

const openapi = path("../generated/openapi.json");
