/** Tests of the repository itself: who may import whom, and what every file keeps to. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));
const files = globSync("{generated,server,client,verify,test}/**/*.ts", { cwd: root, exclude: ["client/dist/**"] });

/** What each room may import: rooms, packages, and `node:` for Node's own modules. The first that fits a file counts. */
const rules: readonly [RegExp, readonly RegExp[]][] = [
  [/^server\/domain\//, [/^server\/domain\//, /^fractional-indexing$/]],
  [
    /^server\/stores\//,
    [/^server\/(domain\/|stores\/|startRefused\.ts|folder\.ts|limits\.ts)/, /^pg$/, /^node:(fs|sqlite|path)$/],
  ],
  [/^server\/limits\.ts$/, [/^node:http$/]],
  [/^server\/hosts\.ts$/, [/^node:net$/]],
  [/^server\/rateLimit\.ts$/, [/^server\/(auth\/principal|errors|limits)\.ts$/]],
  [/^server\/shedding\.ts$/, [/^server\/limits\.ts$/]],
  [/^server\/odata\/skiptoken\.ts$/, [/^server\/(domain|odata)\//, /^node:crypto$/]],
  [/^server\/odata\//, [/^server\/(domain|odata)\//]],
  [
    /^server\/contract\.ts$/,
    [
      /^generated\/(api|control)\.d\.ts$/,
      /^server\/(auth\/principal|domain\/(errors|json|repeats)|errors|odata\/batch)\.ts$/,
    ],
  ],
  [/^server\/handlers\.ts$/, [/^server\/(answers|bodies|contract|entities)\.ts$/, /^server\/(domain|odata)\//]],
  [/^server\/bodies\.ts$/, [/^server\/contract\.ts$/, /^server\/domain\//]],
  [
    /^server\/control\//,
    [
      /^server\/(control|domain)\//,
      /^server\/(bodies|contract|document|errors|auth\/bearer|auth\/principal)\.ts$/,
      /^generated\/control\.json$/,
      /^node:timers\/promises$/,
    ],
  ],
  [
    /^server\/seeding\//,
    [
      /^server\/(seeding|domain)\//,
      /^server\/(auth\/development|bodies|contract|document|errors|hosts|startRefused|validation)\.ts$/,
      /^client\/index\.ts$/,
      /^generated\/control\.json$/,
      /^node:(fs|stream(\/(consumers|promises))?|timers\/promises|util)$/,
      /^yaml$/,
    ],
  ],
  // What starts a service in a test is the service's, and has the client in its hand.
  [
    /^server\/fixture\.ts$/,
    [/^server\//, /^client\/index\.ts$/, /^generated\/control\.d\.ts$/, /^openapi-fetch$/, /^node:crypto$/],
  ],
  [/^server\/answers\.ts$/, [/^server\/(contract|entities)\.ts$/, /^server\/(domain|odata)\//]],
  [/^server\/entities\.ts$/, [/^server\/contract\.ts$/, /^server\/(domain|odata)\//]],
  [
    /^server\/auth\//,
    [
      /^server\/(auth\/|errors\.ts|hosts\.ts|rawHeaders\.ts|startRefused\.ts|folder\.ts|keptFile\.ts)/,
      /^jose(\/|$)/,
      /^node:(crypto|http|path)$/,
    ],
  ],
  [
    /^server\/tls\//,
    [
      /^server\/(tls\/|startRefused\.ts|folder\.ts|keptFile\.ts)/,
      /^@peculiar\/asn1-(schema|x509)$/,
      /^node:(crypto|fs|net|path|tls)$/,
    ],
  ],
  [
    /^server\/(errors|validationMessages|json|document|validation)\.ts$/,
    [
      /^generated\//,
      /^server\/(domain\/errors|errors|limits|validationMessages|json|document)\.ts$/,
      /^ajv\//,
      /^node:buffer$/,
    ],
  ],
  [
    /^server\/(commands\/\w+|cli|commands|backup|demo|drift|serve|main|config|processes|log)\.ts$/,
    [
      /^server\//,
      /^client\/index\.ts$/,
      /^verify\/(command|drift)\.ts$/,
      /^generated\/openapi\.json$/,
      /^node:/,
      /^(commander|fastify|pino(-pretty)?|yaml)$/,
    ],
  ],
  [/^server\/metrics\.ts$/, [/^server\/observation\.ts$/, /^prom-client$/]],
  [
    /^server\/traces\.ts$/,
    [/^server\/(domain\/store|startRefused)\.ts$/, /^fastify$/, /^@opentelemetry\/(api|sdk-node)$/],
  ],
  [
    /^server\/(logging|faults|observation)\.ts$/,
    [/^server\/(log|errorHandlers|observation|domain\/store)\.ts$/, /^fastify$/],
  ],
  [
    /^server\//,
    [
      /^server\/(?!main|cli|commands|backup\.|demo|drift|seeding|serve|fixture|processes|log)/,
      /^generated\/openapi\.json$/,
      /^node:/,
      /^fastify$/,
      /^@fastify\//,
      /^light-my-request$/,
      /^uuid$/,
    ],
  ],
  [/^client\/node\.ts$/, [/^client\/(light|options)\.ts$/, /^undici$/, /^node:module$/]],
  [/^client\//, [/^client\/(?!node)/, /^generated\/(api\.d|operations)\.ts$/, /^openapi-fetch$/]],
  [/^generated\/configuration\.ts$/, [/^server\/commands\/\w+\.ts$/, /^node:fs$/, /^commander$/]],
  [
    /^generated\//,
    [/^generated\//, /^node:/, /^@redocly\/openapi-core$/, /^openapi-typescript$/, /^typescript$/, /^yaml$/],
  ],
  [/^verify\/drift/, [/^verify\/drift/, /^node:util$/]],
  [
    /^verify\/generated\//,
    [/^verify\//, /^client\/index\.ts$/, /^generated\/openapi\.json$/, /^fast-check$/, /^json-schema-faker$/, /^node:/],
  ],
  [
    /^verify\//,
    [/^verify\//, /^client\/index\.ts$/, /^generated\/(openapi\.json|operations\.ts)$/, /^ajv(-formats$|\/)/, /^node:/],
  ],
  [/^test\//, [/./]],
];

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => (fileName.startsWith(".") ? join(file, "..", fileName) : fileName));
}

describe("the layers", () => {
  test("are those of the files that exist", () => assert.ok(files.length > 30));
  for (const file of files) {
    const [, allowed = []] = rules.find(([pattern]) => pattern.test(file)) ?? [];
    const wrong = importsOf(file).filter((name) => !allowed.some((pattern) => pattern.test(name)));
    test(`${file} imports only what its room may`, () => assert.deepEqual(wrong, []));
  }
  test("point away from the tests", () => {
    const wrong = files.filter(
      (file) => !file.startsWith("test/") && importsOf(file).some((name) => name.startsWith("test/")),
    );
    assert.deepEqual(wrong, []);
  });
  test("leave Fastify to app, mount, main and what they mount", () => {
    const knowing = files.filter((file) => !file.startsWith("test/") && importsOf(file).includes("fastify"));
    assert.deepEqual(
      knowing.sort(),
      [
        "app",
        "developmentRoutes",
        "docs",
        "errorHandlers",
        "landing",
        "main",
        "mount",
        "observation",
        "probes",
        "traces",
      ].map((name) => `server/${name}.ts`),
    );
  });
  test("leave the generated operations' types to contract.ts and the client", () => {
    const source = /\boperations\b[^;]*from "[^"]*api\.d\.ts"/;
    const knowing = files.filter(
      (file) => !file.startsWith("test/") && source.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(knowing.sort(), ["client/types.ts", "server/contract.ts"]);
  });
});

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
