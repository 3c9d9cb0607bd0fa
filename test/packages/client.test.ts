/** The client as who installs it has it: packed as npm would publish it, installed, imported, bundled, compiled. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { startService } from "../../server/testing.ts";
import { compileErrorsOf, projects } from "./compiled.ts";
import { attwsFindings, install, outside, pack, publintsFindings, remove, root, runFile } from "./packed.ts";
import { unresolvedSources } from "./sourceMaps.ts";

const folder = outside();
after(() => remove(folder));
const packed = await pack("client", folder);
const complaints = await install(packed.file, folder, "client");
const installed = join(folder, "node_modules/apple-enrollment-client");

const service = await startService();
after(() => service.close());
await service.seed({ profiles: [{ displayName: "Personal iPhones" }] });
const place = { BASE_URL: service.url, TOKEN: await service.token() };

describe("the client's package", () => {
  test("holds JavaScript, types, source maps and what npm asks for, and nothing else", () => {
    const fits = /^(LICENSE|README\.md|package\.json|dist\/(client|generated)\/\w+(\.js|\.js\.map|\.d\.ts))$/;
    assert.deepEqual(
      packed.paths.filter((path) => !fits.test(path)),
      [],
    );
    assert.ok(packed.paths.includes("dist/client/index.js"));
    assert.ok(packed.paths.includes("dist/generated/api.d.ts"));
  });
  test("has the licence of the whole", () => {
    assert.equal(readFileSync(join(installed, "LICENSE"), "utf8"), readFileSync(join(root, "LICENSE"), "utf8"));
  });
  test("has source maps that bring their sources", () => assert.deepEqual(unresolvedSources(installed), []));
  test("has nothing that publint would say", async () => assert.deepEqual(await publintsFindings(packed), []));
  test("has types that are not wrong", async () => assert.deepEqual(await attwsFindings(packed, ["."]), []));
  test("installs without a warning and without a script", () => assert.equal(complaints, ""));
});

describe("installed, the client", () => {
  test("runs in Node as an ES module", async () => {
    assert.equal(await runFile(join(folder, "module.mjs"), place), "404 true\n");
  });
  test("runs in Node as CommonJS", async () => {
    assert.equal(await runFile(join(folder, "commonjs.cjs"), place), "404 true\n");
  });
  test("runs the program of its README", async () => {
    const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(installed, "README.md"), "utf8")) ?? [];
    writeFileSync(join(folder, "readme.mts"), program);
    const printed = await runFile(join(folder, "readme.mts"), place);
    assert.equal(printed, "Personal iPhones\nPersonal iPhones\n");
  });
  for (const project of projects) {
    test(`compiles with ${project.resolution}, exactOptionalPropertyTypes ${project.exact}`, () => {
      assert.deepEqual(compileErrorsOf(folder, project), []);
    });
  }
});

/** A fixture with all it needs as one script that a browser loads. */
async function bundled(file: string): Promise<string> {
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

/** What pages and workers have and the client needs: nothing of Node's is there. */
const { fetch, Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal, crypto } = globalThis;
const { setTimeout, clearTimeout, performance, TextDecoder, TextEncoder } = globalThis;
const web = {
  ...{ fetch, Request, Response, Headers, URL, URLSearchParams, AbortController, AbortSignal, crypto },
  ...{ setTimeout, clearTimeout, performance, TextDecoder, TextEncoder },
};

describe("bundled by esbuild, the client", () => {
  test("runs where only a browser's globals are", async () => {
    const script = await bundled("page.js");
    const { BASE_URL: baseUrl, TOKEN: token } = place;
    const shown = new Promise((show) => runInNewContext(script, { ...web, baseUrl, token, show }));
    assert.match(String(await shown), /^\d+$/);
  });
  test("runs in a worker", async () => {
    const script = await bundled("worker.js");
    const { BASE_URL: baseUrl, TOKEN: token } = place;
    const posted = new Promise((postMessage) => {
      const worker = { ...web, postMessage, onmessage: (_event: object) => {} };
      runInNewContext(script, worker);
      worker.onmessage({ data: { baseUrl, token } });
    });
    assert.match(String(await posted), /^\d+$/);
  });
  test("is no larger than its package.json allows, with what it depends on", async (t) => {
    const [{ limit }] = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))["size-limit"];
    writeFileSync(join(folder, "all.js"), 'import * as all from "apple-enrollment-client"; globalThis.all = all;');
    const size = gzipSync(await bundled("all.js"), { level: 9 }).length;
    t.diagnostic(`${size} bytes`);
    assert.ok(size > 2000 && size <= 1000 * Number.parseInt(limit, 10), `it has ${size} bytes`);
  });
  test("is not there if nothing of it is used", async () => {
    writeFileSync(join(folder, "none.js"), 'import { createClient } from "apple-enrollment-client";');
    assert.equal((await bundled("none.js")).trim(), "(()=>{})();");
  });
});
