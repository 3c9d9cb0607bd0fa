import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { startEphemeralService } from "../../server/process/service.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";

const service = await startEphemeralService();
after(() => service.close());

const get = (path: string) => fetch(`${service.origin}${path}`, { redirect: "manual" });
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));

describe("the published contract", () => {
  test("the contract is available as YAML, byte for byte like openapi.yaml", async () => {
    for (const path of ["/openapi.yaml", "/docs/yaml"]) {
      const served = Buffer.from(await (await get(path)).arrayBuffer());
      assert.ok(served.equals(read("openapi.yaml")), path);
    }
  });
  const contract = JSON.parse(read("generated/openapi.json").toString());
  test("the contract is available as JSON with the same content", async () => {
    assert.deepEqual(await (await get("/openapi.json")).json(), contract);
  });
  test("the contract has no example ids in the version for Swagger UI, because entities with these ids do not exist", async () => {
    const served = Object(await (await get("/docs/json")).json());
    assert.equal(served.components.parameters.profileId.example, undefined);
    assert.deepEqual(served.paths, contract.paths);
    assert.deepEqual(served.components.schemas, contract.components.schemas);
  });
});

describe("the page /docs", () => {
  test("has a viewport as wide as the screen, even at a URL with a trailing slash or a query", async () => {
    for (const path of ["/docs", "/docs/", "/docs?x=1"]) {
      assert.match(await (await get(path)).text(), /<meta name="viewport" content="width=device-width/);
    }
  });
  test("has a Content-Security-Policy that allows only files from the service", async () => {
    for (const path of ["/docs", "/docs/json", "/docs/static/docs.js", "/docs/static/swagger-ui-bundle.js"]) {
      const policy = (await get(path)).headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'self';/);
      assert.doesNotMatch(policy, /https?:|unsafe|script-src|style-src/);
    }
  });
  test("references only files that exist", async () => {
    const page = await (await get("/docs")).text();
    const paths = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path = ""]) => path);
    assert.ok(paths.length > 5);
    for (const path of paths) assert.equal((await get(path)).status, 200, path);
  });
  test("does not make other files of Swagger UI available: they get 404", async () => {
    for (const name of ["csp.json", "swagger-ui.js", "nothing.css", ""]) {
      assert.equal((await get(`/docs/static/${name}`)).status, 404, name);
    }
  });
});

test("the script of the page requests tokens only if the service issues them", async (t) => {
  const script = async (origin: string) => (await fetch(`${origin}/docs/static/docs.js`)).text();
  assert.match(await script(service.origin), /\/oauth2\/v2\.0\/token/);
  const { verifyToken } = await ephemeralIdentity();
  const store = openSqliteStore(":memory:");
  const app = buildApp({ store, verifyToken });
  t.after(async () => {
    await app.close();
    await store.close();
  });
  assert.doesNotMatch(await script(await app.listen({ host: "127.0.0.1", port: 0 })), /\/oauth2\/v2\.0\/token/);
});

describe("the modules that run in the browser", () => {
  const modules = globSync("server/pages/swaggerUi/*.ts", { cwd: fileURLToPath(new URL("../../", import.meta.url)) });
  assert.ok(modules.length > 0);
  for (const file of modules) {
    test(`${file} exports all of its functions, because only exported functions are sent to the browser`, () => {
      const { statements } = ts.createSourceFile(file, read(file).toString(), ts.ScriptTarget.Latest);
      for (const statement of statements) {
        const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
        const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
        const isOnlyType = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
        const isExported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
        if (isType || isOnlyType || ts.isImportDeclaration(statement)) continue;
        assert.ok(ts.isFunctionDeclaration(statement) && isExported, ts.SyntaxKind[statement.kind]);
      }
    });
  }
});
