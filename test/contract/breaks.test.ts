/** Edits the real handlers in memory, to test that a handler that breaks the contract does not compile. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Returns the compiler's errors in a file after an edit. The edited file exists only in memory. */
function complaintsAfter(file: string, edit: (text: string) => string): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const path = `${root}${file}`;
  const edited = edit(readFileSync(path, "utf8"));
  assert.notEqual(edited, readFileSync(path, "utf8"), "the edit did not change the file");
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
  test("npm run check fails if a handler is removed", () => {
    const complaints = complaintsAfter("server/graph/handlers.ts", (text) =>
      text.replace(/ {4}deleteProfile: .*\n/, ""),
    );
    assert.match(complaints.join("\n"), /Property 'deleteProfile' is missing/);
  });
  test("npm run check fails if a property of an answer is misspelt", () => {
    const complaints = complaintsAfter("server/graph/entities.ts", (text) =>
      text.replace("displayName: ", "dispalyName: "),
    );
    assert.match(complaints.join("\n"), /'dispalyName' does not exist/);
  });
  test("npm run check fails if a handler answers with an undeclared status", () => {
    const complaints = complaintsAfter("server/graph/profileHandlers.ts", (text) =>
      text.replace("reply(204)", "reply(202)"),
    );
    assert.match(complaints.join("\n"), /202/);
  });
});
