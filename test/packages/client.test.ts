/** Tests the client package as npm would publish it. The tests install, import, bundle and compile it. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { startService } from "../../server/testing.ts";
import { compilerErrors, projects } from "./compiled.ts";
import { attwFindings, install, outside, pack, publintFindings, remove, root, runFile } from "./packed.ts";
import { unresolvedSources } from "./sourceMaps.ts";

const folder = outside();
after(() => remove(folder));
const packed = await pack("client", folder);
const warnings = await install([packed.file], folder, "client");
const installed = join(folder, "node_modules/apple-enrollment-client");

const service = await startService();
after(() => service.close());
await service.seed({ profiles: [{ displayName: "Personal iPhones" }] });
const env = { BASE_URL: service.url, TOKEN: await service.token() };

describe("the client package", () => {
  test("contains only JavaScript, types, source maps and the files that npm requires", () => {
    const allowed = /^(LICENSE|README\.md|package\.json|dist\/(client|generated)\/\w+(\.js|\.js\.map|\.d\.ts))$/;
    assert.deepEqual(
      packed.paths.filter((path) => !allowed.test(path)),
      [],
    );
    assert.ok(packed.paths.includes("dist/client/index.js"));
    assert.ok(packed.paths.includes("dist/generated/api.d.ts"));
  });
  test("has the same LICENSE file as the service package", () => {
    assert.equal(readFileSync(join(installed, "LICENSE"), "utf8"), readFileSync(join(root, "LICENSE"), "utf8"));
  });
  test("has source maps that contain their sources", () => assert.deepEqual(unresolvedSources(installed), []));
  test("passes publint without findings", async () => assert.deepEqual(await publintFindings(packed), []));
  test('has types that "are the types wrong" accepts', async () =>
    assert.deepEqual(await attwFindings(packed, ["."]), []));
  test("installs without a warning and without an install script", () => assert.equal(warnings, ""));
});

describe("the installed client", () => {
  test("can be imported in Node as an ES module", async () => {
    assert.equal(await runFile(join(folder, "module.mjs"), env), "404 true\n");
  });
  test("can be required in Node by CommonJS", async () => {
    assert.equal(await runFile(join(folder, "commonjs.cjs"), env), "404 true\n");
  });
  test("runs the example program in its README", async () => {
    const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(installed, "README.md"), "utf8")) ?? [];
    writeFileSync(join(folder, "readme.mts"), program);
    const printed = await runFile(join(folder, "readme.mts"), env);
    assert.equal(printed, "Personal iPhones\nPersonal iPhones\n");
  });
  for (const project of projects) {
    test(`compiles with moduleResolution ${project.resolution} and exactOptionalPropertyTypes ${project.exact}`, () => {
      assert.deepEqual(compilerErrors(folder, project), []);
    });
  }
});

/** Bundles a fixture and all its imports into one script for a browser. */
async function bundle(file: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [join(folder, file)],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    target: "es2022",
  });
  assert.deepEqual(warnings, []);
  assert.equal(outputFiles.length, 1);
  return outputFiles[0]?.text ?? "";
}

/** The browser globals that the client needs, for pages and workers, without the globals of Node. */
const { fetch, Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal, crypto } = globalThis;
const { setTimeout, clearTimeout, performance, TextDecoder, TextEncoder } = globalThis;
const web = {
  ...{ fetch, Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal, crypto },
  ...{ setTimeout, clearTimeout, performance, TextDecoder, TextEncoder },
};

describe("the client, bundled by esbuild,", () => {
  test("runs in a page without the globals of Node", async () => {
    const script = await bundle("page.js");
    const { BASE_URL: baseUrl, TOKEN: token } = env;
    const shown = new Promise((show) => runInNewContext(script, { ...web, baseUrl, token, show }));
    assert.match(String(await shown), /^\d+$/);
  });
  test("runs in a web worker without the globals of Node", async () => {
    const script = await bundle("worker.js");
    const { BASE_URL: baseUrl, TOKEN: token } = env;
    const posted = new Promise((postMessage) => {
      const worker = { ...web, postMessage, onmessage: (_event: object) => {} };
      runInNewContext(script, worker);
      worker.onmessage({ data: { baseUrl, token } });
    });
    assert.match(String(await posted), /^\d+$/);
  });
  test("is, with its dependencies, not larger than the limit in its package.json", async (t) => {
    const [{ limit }] = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))["size-limit"];
    writeFileSync(join(folder, "all.js"), 'import * as all from "apple-enrollment-client"; globalThis.all = all;');
    const size = gzipSync(await bundle("all.js"), { level: 9 }).length;
    t.diagnostic(`${size} bytes`);
    assert.ok(size > 2000 && size <= 1000 * Number.parseInt(limit, 10), `it has ${size} bytes`);
  });
  test("adds nothing to a bundle that does not use it", async () => {
    writeFileSync(join(folder, "none.js"), 'import { createClient } from "apple-enrollment-client";');
    assert.equal((await bundle("none.js")).trim(), "(()=>{})();");
  });
});
