/** Tests of the repository itself: what each file may import, the size of folders, and the dependencies of packages. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));
const files = globSync("{generated,contract,server,client,verify,test}/**/*.ts", {
  cwd: root,
  exclude: ["{client,verify}/dist/**"],
});

/** A folder or file directly in `server/` or `verify/`, and the packages it may import in addition to Node's own modules. */
type Layer = readonly [place: string, packages?: readonly string[]];

/**
 * The layers from top to bottom. A file may import files of its own layer and of the layers below it (server/README.md), and
 * only those packages that are listed for its layer.
 */
const layers: Readonly<Record<"server" | "verify", readonly Layer[]>> = {
  server: [
    ["cli", ["commander", "apple-enrollment-verify"]],
    ["testing.ts", ["openapi-fetch"]],
    ["seeding", ["yaml"]],
    ["process", ["fastify"]],
    ["app.ts", ["fastify", "uuid"]],
    ["pages", ["fastify", "@fastify/swagger", "@fastify/swagger-ui", "yaml"]],
    ["control"],
    [
      "observability",
      ["fastify", "@opentelemetry/api", "@opentelemetry/sdk-node", "pino", "pino-pretty", "prom-client"],
    ],
    ["graph"],
    ["api", ["fastify", "light-my-request", "ajv"]],
    ["auth", ["fastify", "jose"]],
    ["http", ["fastify"]],
    ["odata"],
    ["stores", ["pg"]],
    ["tls", ["@peculiar/asn1-schema", "@peculiar/asn1-x509"]],
    ["domain", ["fractional-indexing"]],
    ["shared"],
  ],
  verify: [
    ["bin.ts", ["commander"]],
    ["index.ts"],
    ["verifyCommand.ts", ["commander"]],
    ["command.ts"],
    ["run.ts"],
    ["progress.ts"],
    ["drift", ["yaml"]],
    ["reports"],
    ["fuzz", ["fast-check", "json-schema-faker"]],
    ["playing"],
    ["judging", ["ajv", "ajv-formats"]],
    ["server"],
    ["scenarios"],
  ],
};

/** The other parts of the repository that a part may import. */
const parts: Readonly<Record<string, readonly string[]>> = {
  server: ["client", "contract", "generated"],
  verify: ["client", "contract", "generated"],
};

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => (fileName.startsWith(".") ? join(file, "..", fileName) : fileName));
}

function partOf(path: string): string {
  return path.split("/")[0] ?? "";
}

/** Returns the index of a file's layer in `layers`, or -1 if the file belongs to no layer. */
function layerOf(path: string): number {
  const [part, second = ""] = path.split("/");
  return part === "server" || part === "verify" ? layers[part].findIndex(([place]) => place === second) : -1;
}

const isFile = (name: string) => /\.(ts|json)$/.test(name);
const isNode = (name: string) => name.startsWith("node:");
/** `jose` of `jose/jwt/sign`, `@fastify/swagger` of itself. */
const packageOf = (name: string) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
const layered = files.filter((file) => ["server", "verify"].includes(partOf(file)));

describe("the layers", () => {
  for (const file of layered) {
    test(`${file} imports only files of its own and lower layers, and packages listed for its layer`, () => {
      const own = layerOf(file);
      assert.notEqual(own, -1, `${file} is in no folder of the table`);
      const wrong = importsOf(file).filter((name) => {
        if (isNode(name)) return false;
        if (!isFile(name)) return !(layers[partOf(file) as "server"][own]?.[1] ?? []).includes(packageOf(name));
        if (partOf(name) === "client") return name !== "client/index.ts";
        if (partOf(name) !== partOf(file)) return !(parts[partOf(file)] ?? []).includes(partOf(name));
        return layerOf(name) < own;
      });
      assert.deepEqual(wrong, []);
    });
  }
  test("have no circular imports between folders", () => assert.deepEqual(circlesOf(folderImports(layered)), []));
  test("have folders of at most 12 files", () => {
    const counts = Map.groupBy(layered, (file) => dirname(file));
    assert.deepEqual(
      [...counts].filter(([, inside]) => inside.length > 12).map(([folder]) => folder),
      [],
    );
  });
  test("let the domain import only its own files, server/shared, and what is generated from the contract", () => {
    const names = files.filter((file) => file.startsWith("server/domain/")).flatMap(importsOf);
    const foreign = names.filter((name) => !/^(server\/(domain|shared)\/|fractional-indexing$)/.test(name));
    assert.deepEqual([...new Set(foreign)].sort(), ["generated/api.d.ts", "generated/enums.ts"]);
  });
  test("let the client import only its own files, the generated operations, openapi-fetch and, in node.ts, undici", () => {
    const wrong = files
      .filter((file) => file.startsWith("client/"))
      .flatMap((file) => {
        const allowed =
          file === "client/node.ts"
            ? /^(client\/(light|options)\.ts|undici|node:module)$/
            : /^(client\/(?!node\.ts)|generated\/(api\.d|operations)\.ts$|openapi-fetch$)/;
        return importsOf(file)
          .filter((name) => !allowed.test(name))
          .map((name) => `${file}: ${name}`);
      });
    assert.deepEqual(wrong, []);
  });
  test("let Fastify be known only where the application is assembled, and where a request is received or answered", () => {
    const knowing = layered.filter((file) => importsOf(file).includes("fastify"));
    assert.deepEqual(knowing.sort(), [
      "server/api/admission.ts",
      "server/api/answerForm.ts",
      "server/api/mount.ts",
      "server/api/reply.ts",
      "server/api/serviceRoot.ts",
      "server/api/strict/intuneErrors.ts",
      "server/api/strict/missingRoutes.ts",
      "server/app.ts",
      "server/auth/tokenEndpoint.ts",
      "server/http/connections.ts",
      "server/http/errorHandler.ts",
      "server/http/hostCheck.ts",
      "server/http/ignoredBodies.ts",
      "server/http/probes.ts",
      "server/http/requestIds.ts",
      "server/http/steps.ts",
      "server/observability/observation.ts",
      "server/observability/traces.ts",
      "server/pages/docs.ts",
      "server/pages/landing.ts",
      "server/process/listener.ts",
    ]);
  });
  test("do not import the tests", () => {
    const wrong = files.filter(
      (file) => !file.startsWith("test/") && importsOf(file).some((name) => name.startsWith("test/")),
    );
    assert.deepEqual(wrong, []);
  });
  test("use the types of operations only in handlers, list options and the client", () => {
    const source = /\boperations\b[^;]*from "[^"]*api\.d\.ts"/;
    const knowing = files.filter(
      (file) => !file.startsWith("test/") && source.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(knowing.sort(), ["client/types.ts", "server/api/handlerTypes.ts", "server/odata/listOptions.ts"]);
  });
});

/** Returns the folder of a file, or the file itself if it is directly in its part, such as server/app.ts. */
function folderOf(file: string): string {
  return dirname(file).includes("/") ? dirname(file) : file;
}

/** Returns, for each folder, the folders from which its files import. */
function folderImports(of: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of of) {
    const folder = folderOf(file);
    const others = found.get(folder) ?? new Set();
    for (const name of importsOf(file)) if (isFile(name) && folderOf(name) !== folder) others.add(folderOf(name));
    found.set(folder, others);
  }
  return found;
}

/** Returns the pairs of folders that import each other, directly or through other folders. */
function circlesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reach = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const next of edges.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reach(next, seen);
    }
    return seen;
  };
  const reachable = new Map([...edges.keys()].map((folder) => [folder, reach(folder)]));
  return [...reachable].flatMap(([folder, others]) =>
    [...others]
      .filter((other) => folder < other && reachable.get(other)?.has(folder))
      .map((other) => `${folder} ↔ ${other}`),
  );
}

describe("the packages", () => {
  const manifest = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
  test("the client depends on openapi-fetch alone", () => {
    assert.deepEqual(Object.keys(manifest("client/package.json").dependencies), ["openapi-fetch"]);
  });
  test("nothing a user installs runs an install script", () => {
    const { packages } = manifest("package-lock.json");
    const scripted = Object.entries<{ hasInstallScript?: boolean; dev?: boolean; optional?: boolean }>(packages)
      .filter(([, { hasInstallScript = false, dev = false }]) => hasInstallScript && !dev)
      .map(([path]) => path);
    assert.deepEqual(scripted, []);
  });
});
