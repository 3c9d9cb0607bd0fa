/** Tests the size of the client's browser bundle. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "rolldown";

const folder = fileURLToPath(new URL("../../client/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));

describe("the minified browser bundle of the client and openapi-fetch", async () => {
  const bundle = await build({
    input: `${folder}index.ts`,
    platform: "browser",
    write: false,
    output: { format: "esm", minify: true },
  });
  const code = bundle.output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("");

  const [{ limit }] = manifest["size-limit"];
  test(`the browser bundle has at most ${limit} after gzip`, (t) => {
    const most = 1000 * Number(/^(\d+) kB$/.exec(limit)?.[1]);
    const size = gzipSync(code, { level: 9 }).length;
    t.diagnostic(`${size} bytes`);
    assert.ok(size > 2000, "The bundle is too small to contain the whole client.");
    assert.ok(size <= most, `It has ${size} bytes.`);
  });

  test("the browser bundle is one file without imports, not even of Node modules", () => {
    assert.equal(bundle.output.length, 1);
    const [chunk] = bundle.output;
    assert.deepEqual([...chunk.imports, ...chunk.dynamicImports], []);
  });
});
