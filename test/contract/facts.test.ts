/**
 * Every fact of the contract is written once. The test adds four facts to a copy of openapi.yaml, generates from the copy
 * and compiles the service: either the generated code covers a new fact, or the compiler names each file that needs a
 * decision about it. All four are compiled together, because one compilation takes many seconds.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { type Document, parseDocument } from "yaml";
import { deriveFiles } from "../../generated/generate.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "contract-"));
after(() => rmSync(folder, { recursive: true }));

const schemas = ["components", "schemas"];
const listPath = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** A property that callers can set, in the schemas of answers and requests. */
function addProperty(contract: Document): void {
  for (const name of ["appleUserInitiatedEnrollmentProfile", "selectableProfile", "profileCreate", "profileUpdate"]) {
    contract.setIn([...schemas, name, "properties", "colour"], { type: "string", description: "A colour." });
  }
  contract.addIn([...schemas, "appleUserInitiatedEnrollmentProfile", "required"], "colour");
}

/** A member after the sentinel, so that it is shown as the sentinel. */
function addEnumMember(contract: Document): void {
  contract.addIn([...schemas, "devicePlatformType", "enum"], "visionOS");
}

function addListOption(contract: Document): void {
  contract.addIn(["paths", listPath, "get", "parameters"], {
    name: "$search",
    in: "query",
    description: "A text to search for.",
    schema: { type: "string" },
  });
}

function addListOperation(contract: Document): void {
  const { post: _post, ...item } = Object(contract.toJS()).paths[listPath];
  contract.setIn(["paths", "/deviceManagement/colours"], { get: { ...item.get, operationId: "listColours" } });
}

/** The generated files, by their paths in the repository. */
async function generateFrom(contract: Document): Promise<ReadonlyMap<string, string>> {
  cpSync(join(root, "server/control/control.yaml"), join(folder, "server/control/control.yaml"));
  writeFileSync(join(folder, "openapi.yaml"), contract.toString());
  const files = await deriveFiles(pathToFileURL(`${folder}/`));
  return new Map(Object.entries(files).map(([name, text]) => [`generated/${name}`, text]));
}

const tableFile = "server/domain/profile/properties.ts";
const firstEntry = "export const comparableProperties = {\n";
const newEntry = '  colour: { path: "colour", source: "caller", type: "string", nullable: false },\n';

/** The table of properties with an entry for the new one. */
function tableWithEntry(): string {
  const table = readFileSync(join(root, tableFile), "utf8");
  assert.ok(table.includes(firstEntry));
  return table.replace(firstEntry, firstEntry + newEntry);
}

/** The service, the client and the checker, with other texts for some of their files. */
function createProgram(replaced: ReadonlyMap<string, string>, previous?: ts.Program): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile } = host;
  host.readFile = (name) => replaced.get(relative(root, name)) ?? readFile.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    (replaced.has(relative(root, name)) ? undefined : previous?.getSourceFile(name)) ??
    getSourceFile.call(host, name, ...rest);
  const entries = [
    "server/cli/cli.ts",
    "server/cli/apple-enrollment-verify.d.ts",
    "server/testing.ts",
    "verify/index.ts",
  ];
  return ts.createProgram(
    entries.map((entry) => join(root, entry)),
    options,
    host,
  );
}

/** The files that do not compile, each with its messages. */
function errorsOf(program: ts.Program, files: readonly ts.SourceFile[]): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const file of files.filter(({ fileName }) => !fileName.includes("node_modules"))) {
    const messages = program
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    if (messages.length > 0) errors.set(relative(root, file.fileName), messages.join("\n"));
  }
  return errors;
}

describe("a fact that is added to openapi.yaml", () => {
  let generated: ReadonlyMap<string, string>;
  /** Before the new property has an entry in the table: the errors of the table. */
  let tableErrors: ReadonlyMap<string, string>;
  /** After that: all errors. */
  let errors: ReadonlyMap<string, string>;

  before(async () => {
    const contract = parseDocument(readFileSync(join(root, "openapi.yaml"), "utf8"));
    for (const add of [addProperty, addEnumMember, addListOption, addListOperation]) add(contract);
    generated = await generateFrom(contract);
    const program = createProgram(generated);
    const table = program.getSourceFile(join(root, tableFile));
    tableErrors = errorsOf(program, table ? [table] : []);
    const next = createProgram(new Map([...generated, [tableFile, tableWithEntry()]]), program);
    errors = errorsOf(next, next.getSourceFiles());
  });

  /** The files whose errors name a new fact. */
  function filesNaming(name: string): readonly string[] {
    return [...errors]
      .filter(([, messages]) => messages.includes(name))
      .map(([file]) => file)
      .sort();
  }

  test("as a property needs an entry in the one table of properties", () => {
    assert.match(tableErrors.get(tableFile) ?? "", /Property 'colour' is missing/);
  });
  test("as a property then needs a decision in each place that writes properties down", () => {
    assert.deepEqual(filesNaming("'colour'"), [
      // Its initial value.
      "server/domain/profile/properties.ts",
      "server/graph/entities.ts",
      "server/graph/metadata.ts",
      "server/graph/profileBodies.ts",
      // It is also missing from control.yaml.
      "server/seeding/entries.ts",
      "server/stores/columns.ts",
    ]);
  });
  test("as a member of an enumeration is covered by the generated code", () => {
    assert.match(generated.get("generated/enums.ts") ?? "", /devicePlatformType: \[.*"visionOS"\]/);
    assert.deepEqual(filesNaming("visionOS"), []);
  });
  test("as an option of a list needs a decision about the next page", () => {
    assert.deepEqual(filesNaming("'$search'"), ["server/odata/listOptions.ts"]);
  });
  test("as an operation with a list needs a handler and scenarios of the checker", () => {
    const files = filesNaming("'listColours'").filter((file) => !file.startsWith("client/"));
    assert.deepEqual(files, ["server/graph/handlers.ts", "verify/scenarios/all.ts"]);
  });
  test("needs nothing else", () => {
    const explained = ["'colour'", "'$search'", "'listColours'"].flatMap(filesNaming);
    assert.deepEqual(
      [...errors.keys()].filter((file) => !explained.includes(file)),
      [],
    );
  });
});
