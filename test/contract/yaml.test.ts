/** The contracts are YAML that every reader accepts: Java's reader refuses documents with more than 50 aliases. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isAlias, isNode, parseDocument, visit } from "yaml";

for (const file of ["openapi.yaml", "server/control/control.yaml"]) {
  test(`${file} has no anchors and no aliases`, () => {
    const document = parseDocument(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
    assert.deepEqual(document.errors, []);
    const found: string[] = [];
    visit(document, (_key, node) => {
      if (isAlias(node)) found.push(`*${node.source}`);
      else if (isNode(node) && "anchor" in node && node.anchor) found.push(`&${node.anchor}`);
    });
    assert.deepEqual(found, []);
  });
}
