/** Asks TypeScript's language service for the documentation that editors show on the client's methods and properties. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { operationRoutes } from "../../generated/operations.ts";

const contract: Record<string, Record<string, Record<string, { summary?: string; description?: string }>>> = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);

const root = fileURLToPath(new URL("../..", import.meta.url));
const editor = fileURLToPath(new URL("editor.ts", import.meta.url));
const text = [
  'import type { Client, Schemas } from "../../client/index.ts";',
  "declare const client: Client;",
  "declare const input: never;",
  ...Object.keys(operationRoutes).map((operationId) => `client.${operationId}(input);`),
  "client.pages.listProfiles(input);",
  "client.newBatch().createProfile(input);",
  "client.update(input, input);",
  "declare const profile: Schemas['appleUserInitiatedEnrollmentProfile'];",
  "profile.displayName, profile.priority;",
].join("\n");
const service = languageService();

describe("hovering over a method", () => {
  for (const [operationId, { method, path }] of Object.entries(operationRoutes)) {
    test(`hovering over ${operationId} shows the contract's documentation and the names of its types`, () => {
      const { summary = "", description = "" } = contract["paths"]?.[path]?.[method] ?? {};
      assert.notEqual(summary, "");
      const info = service.getQuickInfoAtPosition(editor, text.indexOf(`client.${operationId}(`) + "client.".length);
      const documentation = ts.displayPartsToString(info?.documentation);
      assert.equal(documentation, `${summary}\n\n${description.trimEnd()}`);
      const signature = ts.displayPartsToString(info?.displayParts);
      assert.match(
        signature,
        new RegExp(`: PlainInput<"${operationId}">.* => Promise<PlainAnswer<"${operationId}">>$`),
      );
    });
  }
});

describe("hovering over a member that the client adds", () => {
  for (const [call, documentation] of [
    ["pages.listProfiles", /^List profiles\n\nReturns the profiles of the tenant/],
    ["newBatch().createProfile", /^Create a profile\n\nCreates a profile/],
    ["update", /^Updates a profile or an assignment only if/],
  ] as const) {
    test(`hovering over ${call} shows its documentation`, () => {
      const start = text.indexOf(`client.${call}(`) + "client.".length;
      const info = service.getQuickInfoAtPosition(editor, start + call.lastIndexOf(".") + 1);
      assert.match(ts.displayPartsToString(info?.documentation), documentation);
    });
  }
});

describe("hovering over a property", () => {
  for (const [name, signature, documentation] of [
    ["displayName", "string | null", "The profile's name."],
    [
      "priority",
      "number",
      "The profile's position in the tenant's order. 0 is the highest, and there are no gaps (Decision).",
    ],
  ] as const) {
    test(`hovering over ${name} shows the description of the property, or of the schema that it refers to`, () => {
      const info = service.getQuickInfoAtPosition(editor, text.indexOf(`profile.${name}`) + "profile.".length);
      assert.equal(ts.displayPartsToString(info?.displayParts), `(property) ${name}: ${signature}`);
      assert.ok(ts.displayPartsToString(info?.documentation).endsWith(documentation));
    });
  }
  test("hovering over a variable that contains a profile shows the name of its type", () => {
    const info = service.getQuickInfoAtPosition(editor, text.indexOf("profile.displayName"));
    assert.match(ts.displayPartsToString(info?.displayParts), /: appleUserInitiatedEnrollmentProfile$/);
  });
});

/** Creates the language service that editors use, with this project's settings and one in-memory file. */
function languageService(): ts.LanguageService {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  const read = (name: string) => (name === editor ? text : ts.sys.readFile(name));
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [editor],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const content = read(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === editor || ts.sys.fileExists(name),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath ?? ((name) => name),
  });
}
