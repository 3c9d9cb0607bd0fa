/** Tests `npm run check` on the real handlers: an edit that breaks the contract does not compile. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The errors of the compiler after an edit of one file, which is not written to disk. */
function compilerErrorsAfter(file: string, edit: (text: string) => string): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const path = `${root}${file}`;
  const edited = edit(readFileSync(path, "utf8"));
  assert.notEqual(edited, readFileSync(path, "utf8"), "the edit changes nothing");
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) =>
    name === path ? ts.createSourceFile(name, edited, version) : getSourceFile.call(host, name, version, ...rest);
  const program = ts.createProgram([path], options, host);
  const source = program.getSourceFile(path);
  return program
    .getSemanticDiagnostics(source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("npm run check", () => {
  test("fails when a handler is removed", () => {
    const errors = compilerErrorsAfter("server/graph/handlers.ts", (text) =>
      text.replace(/ {4}deleteProfile: .*\n/, ""),
    );
    assert.match(errors.join("\n"), /Property 'deleteProfile' is missing/);
  });
  test("fails when a response field is misspelt", () => {
    const errors = compilerErrorsAfter("server/graph/entities.ts", (text) =>
      text.replace("displayName: ", "dispalyName: "),
    );
    assert.match(errors.join("\n"), /'dispalyName' does not exist/);
  });
  test("fails when a handler answers an undeclared status", () => {
    const errors = compilerErrorsAfter("server/graph/profileHandlers.ts", (text) =>
      text.replace("reply(204)", "reply(202)"),
    );
    assert.match(errors.join("\n"), /202/);
  });
});
