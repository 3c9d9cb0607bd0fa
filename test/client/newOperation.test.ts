/** If a list operation is added to the contract, the client has it without further changes, in its types and at run time. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { temporaryFolder } from "../support/setting.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

const operation = `paths:
  /deviceManagement/retiredEnrollmentProfiles:
    get:
      operationId: listRetiredProfiles
      summary: List retired profiles
      responses:
        '200':
          description: The profiles.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/profileCollection' }
`;

const program = `import { createClient } from "./client/index.ts";
const page = { value: [{ displayName: "Old" }] };
const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch: async () => Response.json(page) });
export const names: (string | null | undefined)[] = [];
for await (const { displayName } of client.pages.listRetiredProfiles()) names.push(displayName);
for await (const { displayName } of client.shaped.pages.listRetiredProfiles()) names.push(displayName);
client.newBatch().listRetiredProfiles();
// @ts-expect-error an operation that is not a list
client.pages.getProfile;
`;

function copyWithNewOperation(): void {
  for (const path of [
    "client",
    "contract",
    "generated",
    "server/control/control.yaml",
    "tsconfig.json",
    "package.json",
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const isSource = (file: string) => !/node_modules|\bdist\b/.test(relative(root, file));
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: isSource });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const contract = readFileSync(join(root, "openapi.yaml"), "utf8");
  writeFileSync(join(folder, "openapi.yaml"), contract.replace(/^paths:\n/m, operation));
  execFileSync(process.execPath, [join(folder, "generated/generate.ts")]);
  writeFileSync(join(folder, "program.ts"), program);
}

function compileErrorsOf(file: string): readonly string[] {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, folder);
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("a list operation that is added to the contract", () => {
  copyWithNewOperation();
  const file = join(folder, "program.ts");

  test("a new list operation has a typed method in client.pages", () => assert.deepEqual(compileErrorsOf(file), []));

  test("a new list operation can be called at run time", async () => {
    const { names } = await import(pathToFileURL(file).href);
    assert.deepEqual(names, ["Old", "Old"]);
  });
});
